"""Who may do what alone, and what becomes of an act that was cut short."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ALONE_WAITS, ASKED_LASTS, Act, ActId, ActKind, Step
from matcher.domain.coordinator import CoordinatorId, Rank, Roster
from matcher.domain.errors import (
    ActGoneError,
    DamagedError,
    NotAllowedError,
    StoreDownError,
)
from matcher.service.oversight import Oversight
from matcher.settings.model import Settings
from matcher.state import console as kept
from matcher.state.files import StateFile
from tests.coordinating import come_in, wired
from tests.servers import Running
from tests.world import World

SOON = timedelta(minutes=1)
LOOSE, TIGHT = ActKind.MAKE_OWNER, ActKind.JOIN


@pytest.fixture
def done(console: ConsoleServices) -> list[ActId]:
    """Yield what was carried out."""
    found: list[ActId] = []
    for kind in (LOOSE, TIGHT):
        console.oversight.carries_out(kind, lambda act: found.append(act.id))
    return found


@contextmanager
def cut_short(console: ConsoleServices) -> Iterator[None]:
    """Let a process be killed in between: the effect never comes to pass."""

    def die(_act: Act) -> None:
        raise KeyboardInterrupt

    console.oversight.carries_out(TIGHT, die)
    with pytest.raises(KeyboardInterrupt):
        yield


def only(console: ConsoleServices, who: CoordinatorId) -> ActId:
    (one,) = console.oversight.waiting(who)
    return one.act.id


def steps(console: ConsoleServices) -> list[Step]:
    return [entry.step for entry in console.oversight.entries() if entry.kind is LOOSE]


class Interrupted(StateFile[Roster]):
    """A roster during whose reading something else happens, once."""

    meanwhile: list[Callable[[], None]]

    def read(self) -> Roster:
        """Let it happen, then read."""
        while self.meanwhile:
            self.meanwhile.pop()()
        return super().read()


def test_nobody_agrees_to_what_is_withdrawn_while_they_are_looked_up(
    console: ConsoleServices, done: list[ActId], world: World
) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    console.oversight.do(LOOSE, ana.id)
    which, (folder, pool) = only(console, ben.id), (world.settings.folders.state, "main")
    roster = Interrupted(folder / f"coordinators-{pool}.json", Roster, Roster())
    roster.meanwhile = [lambda: console.oversight.withdraw(which, ana.id)]
    late = Oversight(kept.ledger(folder, pool), roster, world.backing.clock)
    late.carries_out(LOOSE, lambda act: done.append(act.id))

    with pytest.raises(ActGoneError):
        late.agree(which, ben.id)

    assert done == []
    assert steps(console) == [Step.ASKED, Step.WITHDRAWN]


def test_tightening_is_one_persons_act_and_immediate(
    console: ConsoleServices, done: list[ActId]
) -> None:
    ana = come_in(console, "Ana")

    assert console.oversight.do(TIGHT, ana.id)

    assert [entry.act for entry in console.oversight.entries()][-1:] == done


def test_without_a_log_nothing_that_loosens_is_carried_out_and_what_tightens_is(
    console: ConsoleServices, done: list[ActId], world: World
) -> None:
    ana = come_in(console, "Ana")
    (world.settings.folders.state / "acts-main.json").write_bytes(b"no log")

    with pytest.raises(DamagedError):
        console.oversight.tighten(LOOSE, ana.id)
    assert done == []

    console.oversight.tighten(TIGHT, ana.id)
    assert len(done) == 1


def test_loosening_waits_for_another_and_never_for_the_one_who_asked(
    console: ConsoleServices, done: list[ActId], world: World
) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")

    assert not console.oversight.do(LOOSE, ana.id)
    which = only(console, ben.id)
    world.advance(2 * ALONE_WAITS)
    with pytest.raises(NotAllowedError):
        console.oversight.agree(which, ana.id)
    assert done == []
    console.oversight.agree(which, ben.id)

    assert done == [which]
    assert steps(console) == [Step.ASKED, Step.DONE]
    assert console.oversight.waiting(ben.id) == ()


def test_somebody_alone_waits_a_day(
    console: ConsoleServices, done: list[ActId], world: World
) -> None:
    ana = come_in(console, "Ana")
    console.oversight.do(LOOSE, ana.id)
    which = only(console, ana.id)

    with pytest.raises(NotAllowedError):
        console.oversight.agree(which, ana.id)
    world.advance(ALONE_WAITS - SOON)
    with pytest.raises(NotAllowedError):
        console.oversight.agree(which, ana.id)
    world.advance(SOON)
    console.oversight.agree(which, ana.id)

    assert done == [which]


def test_who_it_is_about_has_no_say(console: ConsoleServices, done: list[ActId]) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    console.oversight.do(LOOSE, ana.id, about=ben.id)
    which = only(console, ben.id)

    for refused in (console.oversight.agree, console.oversight.withdraw):
        with pytest.raises(NotAllowedError):
            refused(which, ben.id)

    assert done == []
    assert console.oversight.waiting(ana.id)[0].alone_from is not None


def test_a_stranger_agrees_to_nothing(console: ConsoleServices, done: list[ActId]) -> None:
    ana = come_in(console, "Ana")
    come_in(console, "Ben")
    console.oversight.do(LOOSE, ana.id)

    with pytest.raises(NotAllowedError):
        console.oversight.agree(only(console, ana.id), CoordinatorId("nobody"))

    assert done == []


def test_what_somebody_asked_for_who_is_gone_is_agreed_to_by_nobody(
    console: ConsoleServices, done: list[ActId], world: World
) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    console.oversight.do(LOOSE, ana.id)
    console.coordinators.remove(ana.id)
    world.advance(2 * ALONE_WAITS)

    with pytest.raises(NotAllowedError):
        console.oversight.agree(only(console, ben.id), ben.id)

    assert done == []


def test_an_act_that_fails_once_is_tried_again_and_stops_nobody(
    console: ConsoleServices,
) -> None:
    ana, found = come_in(console, "Ana"), []

    def fail(_act: Act) -> None:
        raise StoreDownError

    console.oversight.carries_out(TIGHT, fail)
    with pytest.raises(StoreDownError):
        console.oversight.do(TIGHT, ana.id)
    console.oversight.resume()
    console.oversight.carries_out(TIGHT, lambda act: found.append(act.id))
    console.oversight.resume()
    console.oversight.resume()

    assert len(found) == 1


def test_of_many_who_agree_at_once_one_carries_it_out(
    console: ConsoleServices, done: list[ActId]
) -> None:
    ana = come_in(console, "Ana")
    others = [come_in(console, f"Ben {number}") for number in range(4)]
    console.oversight.do(LOOSE, ana.id)
    which = only(console, ana.id)

    def agree(who: CoordinatorId) -> bool:
        try:
            console.oversight.agree(which, who)
        except ActGoneError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(agree, [one.id for one in others]))

    assert found.count(True) == 1
    assert done == [which]
    assert steps(console) == [Step.ASKED, Step.DONE]


@pytest.mark.parametrize("ending", ["withdrawn", "over"])
def test_what_was_withdrawn_or_forgotten_is_never_carried_out(
    console: ConsoleServices, done: list[ActId], world: World, ending: str
) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    console.oversight.do(LOOSE, ana.id)
    which = only(console, ben.id)
    if ending == "withdrawn":
        console.oversight.withdraw(which, ana.id)
    else:
        world.advance(ASKED_LASTS)

    with pytest.raises(ActGoneError):
        console.oversight.agree(which, ben.id)

    assert done == []
    assert console.oversight.waiting(ben.id) == ()


def test_an_act_that_was_cut_short_is_carried_out_by_whoever_comes_next(
    console: ConsoleServices, settings: Settings, store: Running, queue: Running
) -> None:
    ana = come_in(console, "Ana")
    with cut_short(console):
        console.oversight.do(TIGHT, ana.id)

    another, found = wired(settings, store, queue), []
    another.oversight.carries_out(TIGHT, lambda act: found.append(act.id))
    another.oversight.resume()
    another.oversight.resume()

    assert found == [console.oversight.entries()[-1].act]
    lines = [e.act for e in another.oversight.entries() if e.act in found]
    assert len(lines) == 1


def test_the_log_of_a_whole_story_verifies(
    console: ConsoleServices, done: list[ActId], settings: Settings
) -> None:
    ana, ben = come_in(console, "Ana", Rank.OWNER), come_in(console, "Ben")
    for _ in range(3):
        console.oversight.do(LOOSE, ana.id, what={"n": "1"})
        console.oversight.agree(only(console, ben.id), ben.id)

    ledger = kept.ledger(settings.folders.state, settings.pool).read()

    assert len(done) == 3
    assert len(ledger.entries) == 4 + 6
    assert ledger.first_fault() is None
    assert ledger.begun == ()
