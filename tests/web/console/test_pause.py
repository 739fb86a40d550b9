"""All suggestions paused by one person at once; to go on takes two."""

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.bootstrap.desks import fall_back
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import Rank
from matcher.domain.extent import Extent
from matcher.domain.trial import Why
from matcher.domain.versions import Publication
from matcher.service.trials import kept_of
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive
from tests.world import World

PAUSE, ASK = "Pause them now", "Ask for a second yes"
SURE: Given = {"passphrase": PASSPHRASE}
PAUSED = "All suggestions are paused."


@pytest.fixture
def ben(arrive: Arrive, owner: Browser) -> Browser:
    """Yield the browser of a second coordinator."""
    assert "Ana" in owner.text
    return arrive(Holder(name="Ben"), Rank.COORDINATOR)


def pause(browser: Browser) -> Browser:
    browser.open("/en/rules")
    return browser.press(PAUSE, SURE if "passphrase" in names(browser) else {})


def names(browser: Browser) -> set[str]:
    return set(browser.page.form_with(PAUSE).names)


def a_day(console: ConsoleServices) -> int:
    return console.tuning.opened(console.tuning.current())[1].offers.a_day


def test_one_person_pauses_all_suggestions_at_once_and_everybody_who_coordinates_sees_it(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    before = console.tuning.current().text
    pause(owner)

    live = console.tuning.current()
    assert (live.number, a_day(console)) == (2, 0)
    assert live.text == before.replace("a_day = 3", "a_day = 0")
    last = console.oversight.entries()[-1]
    assert (last.kind, last.step) == (ActKind.PUBLISH_RULES, Step.DONE)
    for path in ("/en/", "/en/rules"):
        assert PAUSED in ben.open(path).text
    assert PAUSE not in ben.text


def test_to_go_on_takes_a_second_person(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    pause(owner)
    owner.open(owner.page.links["Go on by the rules before"])
    owner.press(ASK, {"reason": "all is well"})
    assert a_day(console) == 0

    ben.open("/en/acts").press("Agree", SURE)

    assert a_day(console) == 3
    assert PAUSED not in owner.open("/en/rules").text


def test_a_pause_ends_a_trial(owner: Browser, console: ConsoleServices, world: World) -> None:
    text = console.tuning.current().text.replace("a_day = 3", "a_day = 2")
    wanted = Publication(text=text, reason="to see", who="ana")
    kept_of(world.backing).begin(wanted, Extent(), after=1, at=world.now())

    pause(owner)
    fall_back(world.backing).act()

    trial = console.trials.newest()
    assert trial is not None
    assert trial.ended is not None
    assert trial.ended.why is Why.REPLACED


def test_a_pause_that_is_pressed_twice_is_one(owner: Browser, console: ConsoleServices) -> None:
    action, sent = owner.open("/en/rules").prepared(PAUSE, SURE)
    seen = [owner.client.post(action, data=sent).status_code for _ in range(2)]

    assert seen == [303, 303]
    assert console.tuning.current().number == 2


def test_without_the_passphrase_nothing_is_paused(
    owner: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/rules").press(PAUSE, {"passphrase": "another passphrase"})

    assert owner.response.status_code == 403
    assert console.tuning.current().number == 1


def test_going_on_begins_with_rules_by_which_there_were_suggestions(
    owner: Browser, console: ConsoleServices
) -> None:
    pause(owner)
    live = console.tuning.current()
    text = live.text.replace("capacity_ceiling = ", "capacity_ceiling = 1 # ")
    assert text != live.text
    console.tuning.publish(
        Publication(text=text, reason="fewer at once", who="ana"), after=live.number
    )

    assert owner.open("/en/rules").page.links["Go on by the rules before"].endswith("number=1")
