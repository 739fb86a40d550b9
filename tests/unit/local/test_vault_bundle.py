"""What carries a vault to another machine: all of it, or a clear refusal and nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.local.vault import bundle
from matcher.local.vault.bundle import Bundle, BundleError
from matcher.store.secrets import Secrets
from matcher.store.spent import SpentList
from matcher.store.vault import Vault, put, standing

TODAY = 20_000
CONTEXT = b"here"
NOON = datetime.fromtimestamp(TODAY * 86_400 + 43_200, UTC)


def _filled(folder: Path) -> Path:
    folder.mkdir()
    Vault(folder, lambda: TODAY).day()
    Secrets(folder).draft_key(b"")
    SpentList(folder).merge(f"{folder.name} 9999999999\n")
    return folder


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return _filled(tmp_path / "here")


@pytest.fixture
def there(tmp_path: Path) -> Path:
    return tmp_path / "there"


def _carried(folder: Path) -> Bundle:
    return bundle.parse(bundle.written(bundle.read(folder)))


def _content(folder: Path) -> dict[str, bytes]:
    spent = {"spent": SpentList(folder).text().encode()}
    return {name: (folder / name).read_bytes() for name in ("vault", "pepper")} | spent


def test_everything_arrives_and_only_its_owner_can_read_it(here: Path, there: Path) -> None:
    assert bundle.install(_carried(here), there, replaces=False)

    assert _content(there) == _content(here)
    assert {path.stat().st_mode & 0o777 for path in there.iterdir()} == {0o600}
    assert there.stat().st_mode & 0o777 == 0o700


def test_what_is_sealed_here_opens_there(here: Path, there: Path) -> None:
    vault = Vault(here, lambda: TODAY)
    sealed = vault.seal(b"words", until=NOON, context=CONTEXT, size=8)
    bundle.install(_carried(here), there, replaces=False)

    opened = Vault(there, lambda: TODAY).unseal(sealed, context=CONTEXT)

    assert opened == b"words"
    assert Secrets(there).draft_key(b"seed") == Secrets(here).draft_key(b"seed")


@pytest.mark.parametrize("ahead", ["here", "there"])
def test_the_same_vault_on_another_day_stays_and_spent_tickets_are_added(
    here: Path, there: Path, ahead: str
) -> None:
    bundle.install(_carried(here), there, replaces=False)
    Vault(here if ahead == "here" else there, lambda: TODAY).move_on(TODAY + 3)
    SpentList(here).merge("new 9999999999\n")
    before = standing(there)

    assert not bundle.install(_carried(here), there, replaces=False)

    assert standing(there) == before
    assert SpentList(there).marks().keys() == {"here", "new"}


@pytest.mark.parametrize("missing", [(), ("vault",), ("pepper",)])
def test_another_vault_is_not_overwritten_unless_asked(
    here: Path, tmp_path: Path, missing: tuple[str, ...]
) -> None:
    other = _filled(tmp_path / "other")
    for name in missing:
        (other / name).unlink()
    before = {path.name: path.read_bytes() for path in other.iterdir()}

    with pytest.raises(BundleError, match="with --replace"):
        bundle.install(_carried(here), other, replaces=False)

    assert {path.name: path.read_bytes() for path in other.iterdir()} == before


def test_a_vault_is_replaced_when_asked_and_its_processes_see_it(
    here: Path, tmp_path: Path
) -> None:
    other = _filled(tmp_path / "other")
    running = Vault(other, lambda: TODAY)
    running.day()

    assert bundle.install(_carried(here), other, replaces=True)

    sealed = running.seal(b"words", until=NOON, context=CONTEXT, size=8)
    assert Vault(here, lambda: TODAY).unseal(sealed, context=CONTEXT) == b"words"
    assert {path.name for path in other.iterdir()} >= {"vault", "pepper"}
    assert SpentList(other).marks().keys() == {"other", "here"}


def test_what_was_replaced_is_overwritten(here: Path, tmp_path: Path) -> None:
    other = _filled(tmp_path / "other")
    held = [(other / name).open("rb") for name in ("vault", "pepper")]

    bundle.install(_carried(here), other, replaces=True)

    for file in held:
        with file:
            assert set(file.read()) == {0}


@pytest.mark.parametrize("name", ["vault", "pepper"])
def test_half_a_vault_is_not_sent(here: Path, name: str) -> None:
    (here / name).unlink()

    with pytest.raises(BundleError, match="there is no vault"):
        bundle.read(here)

    assert not (here / name).exists()


def test_whatever_is_cut_or_altered_is_refused(here: Path) -> None:
    written = bundle.written(bundle.read(here))

    cut = [written[:at] for at in range(len(written) - 1)]
    altered = [
        written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :]
        for at in range(len(written) - 1)
    ]

    for text in [*cut, *altered, b"", b"\n\n\n", written * 2]:
        with pytest.raises(BundleError):
            bundle.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"hello\n", "not what `sanad vault export` writes"),
        (b"sanad vault, version 2\nAA==\n0\n", "another version"),
        (b"sanad vault, version 1\nAA==\n0\n", "did not arrive whole"),
    ],
)
def test_a_refusal_says_why(text: bytes, said: str) -> None:
    with pytest.raises(BundleError, match=said):
        bundle.parse(text)


def test_a_whole_bundle_of_nonsense_is_refused() -> None:
    short = bundle.written(Bundle(TODAY, b"short", b"shorter", ""))

    with pytest.raises(BundleError, match="not what"):
        bundle.parse(short)


def test_a_vault_of_another_year_is_another_vault(here: Path, there: Path) -> None:
    there.mkdir()
    put(there, TODAY + 1_000, bytes(32))

    with pytest.raises(BundleError, match="another vault"):
        bundle.install(_carried(here), there, replaces=False)
