"""What makes the network safer is done at once, whatever state the console's files are in."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.bootstrap.desks import pausing
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import Rank
from matcher.domain.extent import Extent
from matcher.domain.versions import Publication, Version
from matcher.service.trials import kept_of
from matcher.state.pause import Pause
from matcher.store.rulebook import Rulebook
from matcher.web.console import damaged
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive
from tests.web.console.test_rules import draft
from tests.web.console.test_services import NEW
from tests.world import World
from worker.clock import put_up

SURE: Given = {"passphrase": PASSPHRASE}
PAUSE, CLOSE = "Pause them now", "Close it to newcomers now"
PAUSED = "All suggestions are paused."
DAMAGE = b'{"coordinators": [{"na\xffme"'
FILES = ["rules", "trials", "asked-rules", "asked-services", "acts", "pause", "entrance"]


def file_of(console: ConsoleServices, name: str) -> Path:
    return console.settings.folders.state / f"{name}-main.json"


def damage(console: ConsoleServices, *names: str) -> None:
    for name in names:
        file_of(console, name).write_bytes(DAMAGE)


def press(browser: Browser, button: str) -> Browser:
    browser.open("/en/rules")
    names = set(browser.page.form_with(button).names)
    return browser.press(button, SURE if "passphrase" in names else {})


def beat(world: World) -> None:
    """Do what a clock does of rules."""
    pausing(world.backing).settle()
    put_up(world.backing, world.backing.clock.now())


def suggests(world: World) -> bool:
    """Tell whether a round could suggest anybody to anybody."""
    rules = Rulebook(world.backing).read()
    return rules is not None and rules.offers.a_day > 0


@pytest.mark.parametrize("names", [*([one] for one in FILES), FILES])
def test_all_is_paused_and_closed_at_once_whatever_cannot_be_read(
    owner: Browser, console: ConsoleServices, world: World, names: list[str]
) -> None:
    beat(world)
    assert suggests(world)
    damage(console, *names)
    assert owner.open("/en/rules").response.status_code == 200
    for name in set(names) - {"asked-services"}:
        assert str(damaged.FILES[name]) in owner.text

    if "pause" not in names:  # else all is paused as it is
        press(owner, PAUSE)
    if "entrance" not in names:
        press(owner, CLOSE)

    assert owner.response.status_code == 200
    assert PAUSED in owner.open("/en/rules").text
    assert PAUSED in owner.open("/en/").text
    assert not console.doorkeeping.is_open()
    beat(world)
    assert not suggests(world)


@pytest.mark.parametrize("names", [["rules"], ["acts"], ["rules", "acts", "asked-rules"]])
def test_a_pause_beside_the_rules_becomes_one_of_them_and_to_go_on_takes_two(
    owner: Browser, arrive: Arrive, console: ConsoleServices, world: World, names: list[str]
) -> None:
    ben = arrive(Holder(name="Ben"), Rank.COORDINATOR)
    whole = {one: file_of(console, one).read_bytes() for one in names if one == "acts"}
    damage(console, *names)
    press(owner, PAUSE)
    assert console.pausing.is_beside()
    assert "Go on by the rules before" not in owner.open("/en/rules").text
    told = console.oversight.entries() if names == ["rules"] else ()
    assert [one.kind for one in told][-1:] == [ActKind.PAUSE][: len(told)]

    for name in names:
        if name in whole:
            file_of(console, name).write_bytes(whole[name])
        else:
            file_of(console, name).unlink()
    for _ in range(2):
        beat(world)

    assert not console.pausing.is_beside()
    versions = console.tuning.history()
    assert (len(versions), versions[0].reason) == (2, PAUSED)
    assert console.tuning.is_paused()
    assert not suggests(world)
    last = console.oversight.entries()[-1]
    ana = console.coordinators.roster().named("Ana")
    assert (last.kind, last.step) == (ActKind.PUBLISH_RULES, Step.DONE)
    assert ana
    assert (last.who, versions[0].who) == (ana.id, ana.id)
    owner.open("/en/rules")
    owner.open(owner.page.links["Go on by the rules before"])
    owner.press("Ask for a second yes", {"reason": "all is well"})
    assert console.tuning.is_paused()
    ben.open("/en/acts").press("Agree", SURE)
    beat(world)
    assert suggests(world)


def test_rules_published_by_one_person_beside_a_pause_end_no_pause(
    owner: Browser, console: ConsoleServices, world: World
) -> None:
    damage(console, "rules")
    press(owner, PAUSE)
    file_of(console, "rules").unlink()
    draft(owner, "a_day = 3", "a_day = 2")
    owner.press("Publish", {"reason": "-"})
    assert not console.tuning.is_paused()

    beat(world)

    assert console.tuning.is_paused()
    assert not suggests(world)


def test_all_is_paused_at_once_where_the_rules_cannot_even_be_opened(
    owner: Browser, console: ConsoleServices, world: World
) -> None:
    beat(world)
    file_of(console, "rules").mkdir()

    press(owner, PAUSE)
    beat(world)

    assert PAUSED in owner.open("/en/rules").text
    assert not suggests(world)


def test_while_the_log_cannot_be_read_no_beat_leaves_another_wish_behind(
    owner: Browser, console: ConsoleServices, world: World
) -> None:
    damage(console, "acts")
    press(owner, PAUSE)
    before = file_of(console, "asked-rules").read_bytes()

    for _ in range(3):
        beat(world)

    assert file_of(console, "asked-rules").read_bytes() == before
    assert console.pausing.is_beside()


def test_where_the_rules_say_that_all_is_paused_no_trial_suggests_anybody(
    owner: Browser, console: ConsoleServices, world: World
) -> None:
    text = console.tuning.current().text
    press(owner, PAUSE)
    wanted = Publication(text=text, reason="carefully on", who="ana")
    kept_of(world.backing).begin(wanted, Extent(), after=2, at=world.now())

    beat(world)

    assert PAUSED in owner.open("/en/").text
    assert not suggests(world)
    assert Rulebook(world.backing).tried() is None


def test_what_needs_no_second_yes_is_published_without_the_file_of_what_waits(
    owner: Browser, console: ConsoleServices
) -> None:
    damage(console, "asked-rules")
    draft(owner, "a_day = 3", "a_day = 2")
    owner.press("Publish", {"reason": "fewer", **SURE})

    assert owner.response.status_code == 200
    assert console.tuning.current().reason == "fewer"
    last = console.oversight.entries()[-1]
    assert (last.kind, last.step) == (ActKind.PUBLISH_RULES, Step.DONE)
    assert file_of(console, "asked-rules").read_bytes() == DAMAGE
    assert "Rules that loosen nothing can be put in force." in owner.open("/en/rules").text

    draft(owner, "a_day = 2", "a_day = 3")
    owner.press("Ask for a second yes", {"reason": "more"})
    assert owner.response.status_code == 500
    assert console.tuning.current().reason == "fewer"


def test_a_trial_that_loosens_nothing_begins_without_the_file_of_what_waits(
    owner: Browser, console: ConsoleServices
) -> None:
    damage(console, "asked-rules")
    draft(owner, "a_day = 3", "a_day = 2")
    owner.press("Try it on some rounds", {"reason": "-", **SURE})

    assert owner.response.status_code == 200
    trial = console.trials.newest()
    assert trial is not None
    assert trial.ended is None


def test_what_nobody_sees_yet_is_written_down_without_the_file_of_what_waits(
    owner: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/services/add")
    damage(console, "asked-services")
    owner.press("Save", {**NEW, **SURE, "check": "never"})

    assert owner.response.status_code == 200
    assert console.services.find("clinic") is not None
    last = console.oversight.entries()[-1]
    assert (last.kind, last.step) == (ActKind.SAVE_SERVICE, Step.DONE)
    assert "to take one away works" in owner.open("/en/services").text


def test_a_service_is_taken_away_whatever_state_the_log_is_in(
    owner: Browser, console: ConsoleServices
) -> None:
    damage(console, "acts")
    owner.open("/en/services")
    assert str(damaged.FILES["acts"]) in owner.text
    before = {one.entry.id for one in console.services.all()}

    owner.press("Take it away at once")

    assert owner.response.status_code == 200
    assert len({one.entry.id for one in console.services.all()}) == len(before) - 1


@pytest.mark.parametrize("names", [["pause"], ["pause", "rules"]])
def test_while_a_pause_cannot_be_read_all_rules_hold_but_that_anybody_is_suggested(
    console: ConsoleServices, world: World, names: list[str]
) -> None:
    beat(world)
    before = Rulebook(world.backing).read()
    assert before is not None
    damage(console, *names)
    assert Pause(console.settings).is_on()

    for _ in range(3):
        world.advance(timedelta(minutes=9))  # rules that are put up last for ten
        beat(world)

    after = Rulebook(world.backing).read()
    assert after == replace(before, offers=replace(before.offers, a_day=0))


def test_where_nothing_was_put_up_yet_a_pause_puts_nothing_up(
    console: ConsoleServices, world: World
) -> None:
    world.redis.delete(world.backing.keys("rules"))
    damage(console, "pause", "rules")

    beat(world)

    assert Rulebook(world.backing).read() is None


def test_who_pauses_while_others_publish_pauses_all_the_same(
    console: ConsoleServices, owner: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = console.coordinators.roster().named("Ana")
    assert ana
    assert "Ana" in owner.text
    tuning, publish = console.tuning, console.tuning.publish
    text = tuning.current().text.replace("a_day = 3", "a_day = 2")

    def too_late(wanted: Publication, *, after: int, mark: str = "") -> Version:
        monkeypatch.setattr(tuning, "publish", publish)
        publish(Publication(text=text, reason="-", who="ben"), after=after)
        return publish(wanted, after=after, mark=mark)

    monkeypatch.setattr(tuning, "publish", too_late)
    console.pausing.begin(ana.id, reason="tired")
    assert console.pausing.is_paused()

    beat(world)

    assert [one.reason for one in console.tuning.history()] == ["tired", "-", ""]
    assert console.tuning.is_paused()
    assert not console.pausing.is_beside()
