"""What derives from a code: one table holds the server and the browser to the same."""

import re
from pathlib import Path

import pytest

import matcher
from matcher.domain import codes
from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import MistypedCodeError
from matcher.store.secrets import keys_of
from tests import vectors
from tests.vectors import Known, Spelled

VECTORS = vectors.read()


@pytest.mark.parametrize("known", VECTORS["codes"], ids=lambda known: known["code"])
def test_a_code_and_its_keys_are_those_of_the_table(known: Known) -> None:
    code = codes.from_bits(int(known["bits"], 16))

    assert code == known["code"]
    assert keys_of(code) == CodeKeys.from_hex(lookup=known["lookup"], seal=known["seal"])


@pytest.mark.parametrize("spelled", VECTORS["spellings"], ids=ascii)
def test_every_spelling_of_the_table_is_read(spelled: Spelled) -> None:
    assert codes.parse(spelled["typed"]) == spelled["code"]


@pytest.mark.parametrize("typed", VECTORS["mistyped"], ids=ascii)
def test_what_the_table_calls_mistyped_is_refused(typed: str) -> None:
    with pytest.raises(MistypedCodeError):
        codes.parse(typed)


def test_nobody_gets_from_one_key_to_the_other() -> None:
    keys = keys_of(Code(VECTORS["codes"][3]["code"]))

    assert keys.lookup != keys.seal
    assert len(keys.lookup) == len(keys.seal) == codes.KEY_BYTES


def test_the_server_never_derives_the_key_that_is_the_browsers_alone() -> None:
    sources = Path(matcher.__file__).parent.rglob("*.py")
    labels = {
        label
        for path in sources
        for label in re.findall(r"derive\([^\n]*?\"(.*?)\"", path.read_text("utf-8"))
    }

    assert {"lookup", "seal"} <= labels
    assert "room" not in labels


@pytest.mark.parametrize(
    "wrong", ["", "0", "g" * 64, "A" * 64, "0" * 63, "0" * 65, "\u0660" * 64]
)
def test_keys_that_no_script_of_ours_makes_are_refused(wrong: str) -> None:
    fine = "0" * 64

    for lookup, seal in ((wrong, fine), (fine, wrong)):
        with pytest.raises(MistypedCodeError):
            CodeKeys.from_hex(lookup=lookup, seal=seal)
