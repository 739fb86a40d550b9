"""Services that people saw until somebody hid them: the log calls that what it is."""

from datetime import timedelta

import pytest
from msgspec.structs import replace as with_

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.settings.services_shape import ServiceEntry
from matcher.state.directory import Directory, mark
from tests.coordinating import CLINIC, come_in
from tests.world import World


@pytest.fixture
def shown(console: ConsoleServices) -> ServiceEntry:
    """Yield an entry that people see."""
    entry = with_(CLINIC, checked=console.services.today())
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    assert not console.services.save(entry, seen="", who=ana.id)
    (one,) = console.oversight.waiting(ben.id)
    console.oversight.agree(one.act.id, ben.id)
    return entry


def last(console: ConsoleServices) -> ActKind:
    return console.oversight.entries()[-1].kind


def test_hiding_what_people_see_is_one_persons_act_and_stands_in_the_log_as_that(
    console: ConsoleServices, shown: ServiceEntry
) -> None:
    ana, desk = come_in(console, "Ana again"), console.services
    hidden = with_(shown, checked=None)

    assert desk.save(hidden, seen=mark(shown), who=ana.id)

    assert desk.find("clinic") == hidden
    assert [one.is_shown for one in desk.all() if one.entry.id == "clinic"] == [False]
    assert last(console) is ActKind.HIDE_SERVICE
    assert desk.save(with_(hidden, cost={"en": "dear"}), seen=mark(hidden), who=ana.id)
    assert last(console) is ActKind.SAVE_SERVICE


def test_an_example_that_people_see_is_hidden_as_well(console: ConsoleServices) -> None:
    ana, desk = come_in(console, "Ana"), console.services
    before = desk.find("example-line")
    assert before is not None
    assert before.id in {one.id for one in Directory(console.settings).services()}

    assert desk.save(with_(before, example=False), seen=mark(before), who=ana.id)

    assert last(console) is ActKind.HIDE_SERVICE


def test_writing_on_what_has_lapsed_hides_nothing(
    console: ConsoleServices, shown: ServiceEntry, world: World
) -> None:
    world.advance(timedelta(days=181))
    ana, desk = come_in(console, "Ana again"), console.services

    assert desk.save(with_(shown, checked=None), seen=mark(shown), who=ana.id)

    assert last(console) is ActKind.SAVE_SERVICE
