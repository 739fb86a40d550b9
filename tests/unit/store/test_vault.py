"""The vault: keys of days that have passed are gone for good."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.errors import VaultGoneError
from matcher.store.vault import DAYS_AHEAD, Vault, day_of

TODAY = 20_000
NOON = datetime.fromtimestamp(TODAY * 86_400 + 43_200, UTC)
CONTEXT = b"here"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, lambda: TODAY)


def test_what_is_sealed_opens_until_its_day_has_passed(vault: Vault) -> None:
    until = NOON + timedelta(days=3)
    sealed = vault.seal(b"words", until=until, context=CONTEXT, size=32)

    for day in range(TODAY, TODAY + 4):
        vault.move_on(day)
        assert vault.unseal(sealed, context=CONTEXT) == b"words"
    vault.move_on(TODAY + 4)

    with pytest.raises(VaultGoneError):
        vault.unseal(sealed, context=CONTEXT)


def test_what_ends_at_midnight_does_not_open_on_the_day_that_begins_then(vault: Vault) -> None:
    midnight = NOON + timedelta(hours=12)
    sealed = vault.seal(b"words", until=midnight, context=CONTEXT, size=32)

    assert vault.unseal(sealed, context=CONTEXT) == b"words"
    vault.move_on(day_of(midnight))

    with pytest.raises(VaultGoneError):
        vault.unseal(sealed, context=CONTEXT)


def test_a_day_is_moved_on_once_even_by_two_clocks(vault: Vault, tmp_path: Path) -> None:
    other = Vault(tmp_path, lambda: TODAY)
    vault.seal(b"", until=NOON, context=CONTEXT, size=1)

    moved = [one.move_on(TODAY + 1) for one in (vault, other)]

    assert moved == [True, False]


def test_one_step_of_three_days_leads_where_three_steps_lead(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "one", lambda: TODAY)
    sealed = vault.seal(b"words", until=NOON + timedelta(days=5), context=CONTEXT, size=8)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "vault").write_bytes((tmp_path / "one" / "vault").read_bytes())
    other = Vault(tmp_path / "two", lambda: TODAY)

    vault.move_on(TODAY + 3)
    for day in range(TODAY + 1, TODAY + 4):
        other.move_on(day)

    assert vault.unseal(sealed, context=CONTEXT) == other.unseal(sealed, context=CONTEXT)


def test_the_old_value_is_overwritten_in_its_own_file(vault: Vault, tmp_path: Path) -> None:
    vault.seal(b"", until=NOON, context=CONTEXT, size=1)
    before = (tmp_path / "vault").read_bytes()

    vault.move_on(TODAY + 1)

    assert before[4:] not in (tmp_path / "vault").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]
    assert (tmp_path / "vault").stat().st_mode & 0o777 == 0o600


def test_a_lost_vault_opens_nothing_from_before(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(b"words", until=NOON, context=CONTEXT, size=8)
    (tmp_path / "vault").unlink()

    with pytest.raises(VaultGoneError):
        vault.unseal(sealed, context=CONTEXT)


@pytest.mark.parametrize("change", ["context", "byte", "day"])
def test_what_was_altered_does_not_open(vault: Vault, change: str) -> None:
    sealed = bytearray(vault.seal(b"words", until=NOON, context=CONTEXT, size=8))
    context = b"elsewhere" if change == "context" else CONTEXT
    if change == "byte":
        sealed[-1] ^= 1
    if change == "day":
        sealed[3] ^= 1

    with pytest.raises(VaultGoneError):
        vault.unseal(bytes(sealed), context=context)


def test_a_day_too_far_ahead_is_refused(vault: Vault) -> None:
    with pytest.raises(VaultGoneError):
        vault.seal(b"", until=NOON + timedelta(days=DAYS_AHEAD + 1), context=CONTEXT, size=1)


def test_sealed_values_of_one_kind_have_one_size(vault: Vault) -> None:
    sizes = {
        len(vault.seal(b"x" * length, until=NOON, context=CONTEXT, size=64))
        for length in range(65)
    }

    assert len(sizes) == 1


def test_days_are_counted_in_utc() -> None:
    assert day_of(NOON) == TODAY
    assert day_of(NOON + timedelta(hours=12)) == TODAY + 1


def test_many_values_are_opened_at_once_and_the_lost_ones_are_none(vault: Vault) -> None:
    words = [b"one", b"two", b"three"]
    many = [
        vault.seal(word, until=NOON + timedelta(days=days), context=word, size=8)
        for word, days in zip(words, (0, 3, 3), strict=True)
    ]
    altered = many[2][:-1] + bytes([many[2][-1] ^ 1])

    found = vault.unseal_many(b"".join([*many, altered, many[1]]), [*words, b"three", b"one"])

    assert found == [b"one", b"two", b"three", None, None]
    assert vault.unseal_many(b"", []) == []
    vault.move_on(TODAY + 1)
    assert vault.unseal_many(b"".join(many), words) == [None, b"two", b"three"]
