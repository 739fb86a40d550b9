"""The directory of services: who changes it alone, what takes two, and what a kill leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec.structs import replace as with_

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ASKED_LASTS, Act, ActId, ActKind, Step
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import ActGoneError, SettingsError, StaleServiceError
from matcher.service.service_desk import ServiceDesk, State
from matcher.settings.model import Settings
from matcher.settings.services_shape import ReachEntry, ServiceEntry
from matcher.state import console as kept
from matcher.state.directory import Directory, mark
from matcher.state.service_wishes import ServiceWish
from tests.coordinating import CLINIC, come_in, wired
from tests.servers import Running
from tests.world import World

DAY = timedelta(days=1)


def ids(directory: Directory) -> set[str]:
    return {one.id for one in directory.services()}


def state(desk: ServiceDesk, which: str) -> tuple[State, bool]:
    (found,) = [one for one in desk.all() if one.entry.id == which]
    return found.state, found.is_shown


def agree(console: ConsoleServices, who: CoordinatorId) -> None:
    (one,) = console.oversight.waiting(who)
    console.oversight.agree(one.act.id, who)


@pytest.fixture
def live(settings: Settings) -> Directory:
    """Yield the directory as pages read it, which began before anything was changed."""
    directory = Directory(settings)
    assert directory.services()
    return directory


@pytest.fixture
def checked(console: ConsoleServices) -> ServiceEntry:
    """Yield an entry that people see."""
    entry = with_(CLINIC, checked=console.services.today())
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    assert not console.services.save(entry, seen="", who=ana.id)
    agree(console, ben.id)
    return entry


def test_what_nobody_sees_one_person_writes_down(
    console: ConsoleServices, live: Directory
) -> None:
    ana = come_in(console, "Ana")

    assert console.services.save(CLINIC, seen="", who=ana.id)

    assert state(console.services, "clinic") == (State.UNCHECKED, False)
    assert ids(live) == {*ids(Directory(console.settings)), "clinic"}
    assert console.oversight.entries()[-1].kind is ActKind.SAVE_SERVICE


def test_what_says_nothing_new_is_no_act(
    console: ConsoleServices, checked: ServiceEntry
) -> None:
    ana, lines = come_in(console, "Ana again"), len(console.oversight.entries())

    assert console.services.save(checked, seen=mark(checked), who=ana.id)

    assert len(console.oversight.entries()) == lines


@pytest.mark.parametrize("change", ["new", "changed", "made sure of", "example"])
def test_what_people_come_to_see_takes_two(
    console: ConsoleServices, live: Directory, change: str
) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    desk, today = console.services, console.services.today()
    before = None
    if change != "new":
        assert desk.save(CLINIC, seen="", who=ana.id)
        before = CLINIC
    entry = with_(CLINIC, checked=today)
    if change == "changed":
        entry = with_(entry, reach=ReachEntry(phone="114"))
    if change == "example":
        entry = with_(CLINIC, example=True)

    assert not desk.save(entry, seen=mark(before), who=ana.id)
    assert desk.find("clinic") == before
    (waiting,) = desk.waiting(ben.id)
    assert (waiting.wish.entry, waiting.shown, waiting.is_stale) == (entry, None, False)
    agree(console, ben.id)

    assert desk.find("clinic") == entry
    assert "clinic" in ids(live)


def test_a_second_person_reads_what_nobody_saw_as_a_whole(
    console: ConsoleServices, checked: ServiceEntry
) -> None:
    ana, ben = come_in(console, "Cleo"), come_in(console, "Dov")
    desk, today = console.services, console.services.today()
    seen = with_(checked, hours={"en": "Mondays"})
    assert not desk.save(seen, seen=mark(checked), who=ana.id)
    assert [one.shown for one in desk.waiting(ben.id)] == [checked]
    agree(console, ben.id)
    hidden = with_(seen, checked=None, reach=ReachEntry(phone="114"))
    assert desk.save(hidden, seen=mark(seen), who=ana.id)

    assert not desk.save(with_(hidden, checked=today), seen=mark(hidden), who=ana.id)

    assert [one.shown for one in desk.waiting(ben.id)] == [None]


def test_nobody_agrees_to_their_own_wish(
    console: ConsoleServices, world: World, live: Directory
) -> None:
    ana = come_in(console, "Ana")
    entry = with_(CLINIC, checked=console.services.today())
    assert not console.services.save(entry, seen="", who=ana.id)
    (one,) = console.oversight.waiting(ana.id)
    assert (one.may_agree, one.alone_from is not None) == (False, True)
    world.advance(DAY)
    agree(console, ana.id)

    assert "clinic" in ids(live)


def test_a_day_to_come_is_no_check_that_shows_it_later(console: ConsoleServices) -> None:
    ana = come_in(console, "Ana")
    entry = with_(CLINIC, checked=console.services.today() + 2 * DAY)

    with pytest.raises(SettingsError):
        console.services.save(entry, seen="", who=ana.id)


def test_one_person_says_that_what_is_shown_still_holds(
    console: ConsoleServices, checked: ServiceEntry, world: World
) -> None:
    world.advance(10 * DAY)
    ana, desk = come_in(console, "Ana again"), console.services

    assert desk.check_today("clinic", "called them", seen=mark(checked), who=ana.id)

    found = desk.find("clinic")
    assert found == with_(checked, checked=desk.today(), source="called them")
    assert console.oversight.entries()[-1].kind is ActKind.CHECK_SERVICE


def test_what_has_lapsed_comes_back_with_a_second_yes_alone(
    console: ConsoleServices, checked: ServiceEntry, world: World
) -> None:
    world.advance(181 * DAY)
    ana, desk = come_in(console, "Ana again"), console.services
    assert state(desk, "clinic") == (State.LAPSED, False)

    assert not desk.check_today("clinic", "called them", seen=mark(checked), who=ana.id)

    assert desk.find("clinic") == checked


def test_one_person_takes_a_service_away_at_once(
    console: ConsoleServices, checked: ServiceEntry, live: Directory
) -> None:
    ana, desk = come_in(console, "Ana again"), console.services
    assert {"clinic", "example-line"} <= ids(live)

    for which, entry in (("clinic", checked), ("example-line", desk.find("example-line"))):
        desk.take_away(which, seen=mark(entry), who=ana.id)

    assert not {"clinic", "example-line"} & ids(live)
    assert live.ever() >= {"clinic", "example-line"}
    told = [(one.entry, before) for one, before in desk.history("clinic")]
    assert told == [(None, checked), (checked, None)]
    ((gone, before),) = desk.history("example-line")
    assert (gone.entry, before and before.id) == (None, "example-line")
    assert console.oversight.entries()[-1].kind is ActKind.TAKE_SERVICE_AWAY


def test_what_somebody_else_has_changed_is_not_overwritten(
    console: ConsoleServices, checked: ServiceEntry
) -> None:
    ana, desk = come_in(console, "Ana again"), console.services
    seen = mark(checked)
    assert desk.check_today("clinic", "called them", seen=seen, who=ana.id)
    lines = len(console.oversight.entries())

    with pytest.raises(StaleServiceError):
        desk.save(with_(checked, cost="dear"), seen=seen, who=ana.id)
    with pytest.raises(StaleServiceError):
        desk.take_away("clinic", seen=seen, who=ana.id)
    with pytest.raises(StaleServiceError):
        desk.save(CLINIC, seen="", who=ana.id)
    for which in ("clinic", "nowhere"):
        with pytest.raises(StaleServiceError):
            desk.take_away(which, seen="", who=ana.id)
    assert len(console.oversight.entries()) == lines


def test_nobody_agrees_to_what_was_overtaken(
    console: ConsoleServices, checked: ServiceEntry
) -> None:
    ana, ben = come_in(console, "Ana again"), come_in(console, "Ben again")
    desk = console.services
    assert not desk.save(with_(checked, cost="dear"), seen=mark(checked), who=ana.id)
    desk.take_away("clinic", seen=mark(checked), who=ben.id)
    assert [one.is_stale for one in desk.waiting(ben.id)] == [True]

    with pytest.raises(StaleServiceError):
        agree(console, ben.id)

    assert desk.find("clinic") is None
    assert len(console.oversight.waiting(ben.id)) == 1  # to be withdrawn, knowing why
    assert Step.OVERTAKEN not in {one.step for one in console.oversight.entries()}


def test_who_is_overtaken_in_the_last_moment_is_logged_so(
    console: ConsoleServices, checked: ServiceEntry, settings: Settings, world: World
) -> None:
    ana, desk = come_in(console, "Ana again"), console.services
    asked = kept.asked_services(settings.folders.state, settings.pool)

    def somebody_is_faster(act: Act) -> None:
        directory = Directory(settings)
        wish = ServiceWish(id="clinic", entry=None, seen=mark(checked), who=act.who)
        directory.change(wish, act=ActId("other"), at=world.now())
        effect(act)

    effect = desk._change  # noqa: SLF001 - what carries it out, after somebody else
    console.oversight.carries_out(ActKind.CHECK_SERVICE, somebody_is_faster)
    with pytest.raises(StaleServiceError):
        desk.check_today("clinic", "called", seen=mark(checked), who=ana.id)

    last = console.oversight.entries()[-1]
    assert (last.kind, last.step) == (ActKind.CHECK_SERVICE, Step.OVERTAKEN)
    assert desk.find("clinic") is None
    assert kept.ledger(settings.folders.state, settings.pool).read().begun == ()
    assert len(asked.read()) == 1


def test_what_was_cut_short_is_carried_out_once(
    console: ConsoleServices, settings: Settings, both_servers: tuple[Running, Running]
) -> None:
    def die(_act: Act) -> None:
        raise KeyboardInterrupt

    ana = come_in(console, "Ana")
    ledger = kept.ledger(settings.folders.state, settings.pool)
    asked = kept.asked_services(settings.folders.state, settings.pool)
    console.oversight.carries_out(ActKind.SAVE_SERVICE, die)
    with pytest.raises(KeyboardInterrupt):
        console.services.save(CLINIC, seen="", who=ana.id)
    begun, wishes = ledger.read().begun, asked.read()
    assert console.services.find("clinic") is None
    another = wired(settings, *both_servers)
    another.oversight.resume()
    with ledger.changing() as book, asked.changing() as draft:  # as if killed just after it
        book.value = replace(book.value, begun=begun)
        draft.value = wishes
    another.oversight.resume()

    steps = [e.step for e in another.oversight.entries() if e.kind is ActKind.SAVE_SERVICE]
    assert set(steps) == {Step.DONE}
    assert len(another.services.history("clinic")) == 1


def test_what_nobody_agreed_to_is_forgotten(console: ConsoleServices, world: World) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    entry = with_(CLINIC, checked=console.services.today())
    assert not console.services.save(entry, seen="", who=ana.id)
    (one,) = console.oversight.waiting(ben.id)
    world.advance(ASKED_LASTS)

    with pytest.raises(ActGoneError):
        console.oversight.agree(one.act.id, ben.id)
    assert console.services.waiting(ben.id) == []


def test_an_entry_that_is_wrong_is_never_written(console: ConsoleServices) -> None:
    ana = come_in(console, "Ana")

    with pytest.raises(SettingsError, match=r"reach\.phone"):
        console.services.save(
            with_(CLINIC, reach=ReachEntry(phone="ask us")), seen="", who=ana.id
        )

    assert console.services.find("clinic") is None
