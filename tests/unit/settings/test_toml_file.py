"""What somebody reads of a file that is broken: where it is, and in plain words."""

from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta, Struct

from matcher.domain.errors import SettingsError
from matcher.settings.toml_file import read

FAR_TOO_MANY = 3_000


def refusal(written: str | bytes, folder: Path) -> str:
    """Write a file, and return what is said of it."""
    file = folder / "rules.toml"
    file.write_bytes(written.encode() if isinstance(written, str) else written)
    with pytest.raises(SettingsError) as caught:
        read(file)
    return str(caught.value)


@pytest.mark.parametrize(
    "brackets",
    ["[" * FAR_TOO_MANY, "{a = " * FAR_TOO_MANY, "[" * FAR_TOO_MANY + "]" * FAR_TOO_MANY],
)
def test_too_deep_a_nesting_is_told_with_its_line(brackets: str, tmp_path: Path) -> None:
    said = refusal(f"first = 1\n\nmuch = {brackets}\nlast = 2\n", tmp_path)

    assert said == "rules.toml, line 3: too many brackets inside each other"


def test_a_number_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    said = refusal(f"first = 1\nmuch = {'9' * 5_000}\n", tmp_path)

    assert said == "rules.toml, line 2: this number has too many digits"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[relax]\na = 1\n[relax]\na = 2", "line 3: [relax] stands here twice (only what may"),
        ("[a.b]\n\n[a.b]", "line 3: [a.b] stands here twice"),
        ("a = 1\nb = [1,\n\n", "line 2: "),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(
    written: str, said: str, tmp_path: Path
) -> None:
    assert refusal(written, tmp_path).startswith(f"rules.toml, {said}")


def test_a_mark_at_the_beginning_that_some_editors_write_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("first = 1\n", "utf-8-sig")

    assert read(file).values == {"first": 1}


def test_a_file_that_is_no_text_is_told_as_such(tmp_path: Path) -> None:
    assert (
        refusal(b"\x89PNG\xff\xfe\x00", tmp_path)
        == "rules.toml: this is no text file (in UTF-8)"
    )


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file below."""

    after: int | None = None


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """A file with one of each kind of value."""

    count: Annotated[int, Meta(ge=0, le=50)] = 0
    share: float = 0.0
    name: str = ""
    names: frozenset[str] = frozenset()
    step: tuple[Step, ...] = ()
    table: Step = Step()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            'count = "3"',
            "count: this has to be a whole number, not a text in quotes; allowed: 0 to 50",
        ),
        ("count = 3.5", "count: this has to be a whole number, not a number with a point"),
        ("share = true", "share: this has to be a number, not true or false"),
        ("name = 3", "name: this has to be a text in quotes, not a whole number"),
        ("name = 2026-01-02", "name: this has to be a text in quotes, not a date"),
        ('names = "a"', "names: this has to be a list in [ ], not a text in quotes"),
        ("[step]\nafter = 3", "step: write [[step]] with two brackets: there may be several"),
        ("[[table]]\nafter = 3", "table: this has to be a table, not a list in [ ]"),
        ('table.after = "3"', "table.after: this has to be a whole number, not a text"),
        ('"" = 3', "top level: this key is not known"),
        (r'"\u001b[31mnaem" = 3', r"\x1b[31mnaem: this key is not known; known here: count"),
        (r'table."\u009b\n" = 3', r"table.\x9b\n: this key is not known; known here: after"),
    ],
)
def test_a_value_of_another_kind_is_told_in_plain_words(
    written: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(written, "utf-8")

    with pytest.raises(SettingsError) as caught:
        read(file).convert(Shape)

    assert said in str(caught.value)
    assert str(caught.value).isprintable()
