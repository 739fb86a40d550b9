"""The vault is moved on by a day when it has come, and a clock that jumps moves nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.store.vault import Vault, put, standing
from worker.days import DOUBT, VaultDays

TODAY = 20_000
NOON = datetime.fromtimestamp(TODAY * 86_400 + 43_200, UTC)
Change = Callable[[Path], None]
AN_HOUR = DOUBT.total_seconds()


class Watch:
    """A watch that shows what the test sets."""

    def __init__(self) -> None:
        self.shows = 1_000.0

    def __call__(self) -> float:
        """Tell the seconds."""
        return self.shows


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path, lambda: TODAY)
    assert vault.day() == TODAY
    return vault


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def days(vault: Vault, watch: Watch) -> VaultDays:
    return VaultDays(vault, watch)


def test_a_new_day_moves_the_vault_on_at_once_and_once(days: VaultDays, vault: Vault) -> None:
    assert [days.act(TODAY), days.act(TODAY + 1), days.act(TODAY + 1)] == [False, True, False]
    assert vault.day() == TODAY + 1


@pytest.mark.parametrize("jump", [2, 30, 10_000, -1, -30])
def test_a_jump_of_the_clock_loses_nothing_and_is_forgotten_once_put_right(
    days: VaultDays, vault: Vault, watch: Watch, jump: int
) -> None:
    sealed = vault.seal(b"words", until=NOON, context=b"", size=8)

    for minute in range(59):
        watch.shows = 1_000.0 + 60 * minute
        assert not days.act(TODAY + jump)
    days.act(TODAY)
    watch.shows += 2 * AN_HOUR
    days.act(TODAY)

    assert vault.day() == TODAY
    assert vault.unseal(sealed, context=b"") == b"words"


def test_days_in_which_nothing_ran_are_made_up_for_one_an_hour(
    days: VaultDays, vault: Vault, watch: Watch
) -> None:
    stands = []
    for _ in range(6):
        days.act(TODAY + 4)
        stands.append(vault.day() - TODAY)
        watch.shows += AN_HOUR

    assert stands == [0, 1, 2, 3, 4, 4]


def test_the_clocks_of_several_pools_make_up_for_one_day_an_hour_together(
    vault: Vault, watch: Watch
) -> None:
    clocks = [VaultDays(vault, watch) for _ in range(3)]
    for _ in range(3):
        for clock in clocks:
            clock.act(TODAY + 9)
        watch.shows += AN_HOUR

    assert vault.day() == TODAY + 2


def test_a_jump_is_told_once_and_so_is_its_end(
    days: VaultDays, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    for day in (TODAY + 5, TODAY + 5, TODAY, TODAY):
        days.act(day)

    assert caplog.messages == [
        "vault: the clock is days ahead of it; it is moved a day an hour",
        "vault: well again",
    ]


ANOTHER = "vault: it is another one now; whoever was here has to come in again"


def lose(folder: Path) -> None:
    (folder / "vault").unlink()


def replace_by_an_older(folder: Path) -> None:
    put(folder, TODAY - 500, bytes(32))


def replace_by_a_later(folder: Path) -> None:
    put(folder, TODAY + 30, bytes(32))


@pytest.mark.parametrize("change", [lose, replace_by_an_older, replace_by_a_later])
def test_a_vault_that_is_another_one_is_told_once(
    days: VaultDays, tmp_path: Path, caplog: pytest.LogCaptureFixture, change: Change
) -> None:
    days.act(TODAY)

    change(tmp_path)
    for _ in range(3):
        days.act(TODAY)

    assert caplog.messages.count(ANOTHER) == 1


def test_the_same_vault_is_the_same_on_every_day(
    days: VaultDays, vault: Vault, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for day in range(TODAY, TODAY + 40):
        days.act(day)
        put(tmp_path, *standing(tmp_path) or (0, b""))  # carried over once more

    assert vault.day() == TODAY + 39
    assert caplog.messages == []


def test_a_vault_that_was_moved_too_far_still_seals_what_ends_today(vault: Vault) -> None:
    vault.move_on(TODAY + 3)

    sealed = vault.seal(b"words", until=NOON + timedelta(hours=1), context=b"", size=8)

    assert vault.unseal(sealed, context=b"") == b"words"
