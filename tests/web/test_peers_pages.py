"""A peer's way through the pages, and their own page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from matcher.domain.needs import JUST_TALK, MAX_NEVER, NeedId
from matcher.domain.profile import Experience, Help, Lived, PeerProfile, Since
from tests.web.browsing import Browser
from tests.web.people import (
    PEERS_ABOUT,
    PEERS_HOW,
    come_in_as_peer,
    to_the_peers_check_page,
    who,
)
from tests.world import World

AT_HOME = NeedId("safety/at-home")


def invited(world: World, *trained: NeedId) -> Code:
    """Give out one invitation."""
    return world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset(trained)
    )[0]


def profile_of(browser: Browser, world: World) -> PeerProfile:
    """Open what a peer has told."""
    profile = world.services.places.answers(who(browser, world).visitor)
    assert isinstance(profile, PeerProfile)
    return profile


def test_a_peer_comes_in_on_an_invitation(browser: Browser, world: World) -> None:
    come_in_as_peer(browser, invited(world))

    profile = profile_of(browser, world)
    family = [need for need in profile.lived if need.startswith("family/")]
    assert "You are not checked in" in browser.text
    assert profile.lived[NeedId("people/lonely")] == Experience(
        lived=Lived.VERY, since=Since.PAST
    )
    assert {profile.lived[need].lived for need in family} == {Lived.NOT_AT_ALL}
    assert not [need for need in profile.lived if need.startswith("mind/")]
    assert (profile.manner, profile.capacity, profile.rest) == (
        frozenset(),
        2,
        timedelta(days=1),
    )


def test_looking_at_an_invitation_uses_nothing_up(browser: Browser, world: World) -> None:
    invitation = invited(world)

    browser.open("/en/join").press("Open", {"code": invitation})
    browser.open("/en/join").press("Open", {"code": invitation})

    assert "How we are with each other" in browser.text


def test_an_invitation_is_used_once(browser: Browser, world: World) -> None:
    invitation = invited(world)
    come_in_as_peer(browser, invitation)

    browser.open("/en/join").press("Open", {"code": invitation})

    assert browser.response.status_code == 422
    assert "This invitation cannot be used" in browser.text


def test_an_invitation_used_meanwhile_is_told_at_the_end(
    somebody: Callable[[], Browser], world: World
) -> None:
    invitation = invited(world)
    first, second = somebody(), somebody()
    to_the_peers_check_page(first, invitation)
    come_in_as_peer(second, invitation)

    first.press("Agree and send", {"keep": "yes"})

    assert first.response.status_code == 422
    assert "This invitation cannot be used" in first.text


WRONG_INVITATIONS = {
    "": "Please type your invitation code.",
    "abc": "An invitation code has 28 letters and digits, and these are 3.",
    "x-" * 29: "An invitation code has 28 letters and digits, and these are 29.",
    "1" * 28: "Something in this code is mistyped.",
    codes.from_bits(7): "This invitation cannot be used.",
}


@pytest.mark.parametrize(("typed", "told"), WRONG_INVITATIONS.items(), ids=ascii)
def test_a_wrong_invitation_is_told_and_keeps_what_was_typed(
    browser: Browser, typed: str, told: str
) -> None:
    browser.open("/en/join").press("Open", {"code": typed})

    assert browser.response.status_code == 422
    assert browser.text.count(told) == 2
    assert browser.page.forms[0].values["code"] == typed


def test_the_ground_rules_need_their_tick(browser: Browser, world: World) -> None:
    browser.open("/en/join").press("Open", {"code": invited(world)})

    browser.press("Go on")

    assert browser.text.count("Please tick that you agree to the ground rules, to go on.") == 2


def test_careful_topics_are_offered_only_to_trained_peers(
    browser: Browser, world: World
) -> None:
    def limits_page(invitation: Code) -> set[str]:
        browser.open("/en/join").press("Open", {"code": invitation})
        browser.press("Go on", {"agreed": "yes"})
        browser.press("Go on", PEERS_ABOUT).press("Go on")
        return browser.page.forms[0].names

    trained, untrained = limits_page(invited(world, AT_HOME)), limits_page(invited(world))

    assert "opted_in" in trained
    assert "opted_in" not in untrained


def test_a_topic_cannot_be_taken_on_and_ruled_out(browser: Browser, world: World) -> None:
    browser.open("/en/join").press("Open", {"code": invited(world, AT_HOME)})
    browser.press("Go on", {"agreed": "yes"}).press("Go on", PEERS_ABOUT).press("Go on")

    browser.press("Go on", {"opted_in": [AT_HOME], "never": [AT_HOME]})

    assert browser.text.count("now, and ticked above that you do not want") == 2


def test_only_some_topics_can_be_ruled_out_and_the_ticks_are_kept(
    browser: Browser, world: World
) -> None:
    browser.open("/en/join").press("Open", {"code": invited(world)})
    browser.press("Go on", {"agreed": "yes"}).press("Go on", PEERS_ABOUT).press("Go on")
    topics: list[str] = [need.id for need in world.settings.needs.all if need.id != JUST_TALK]

    browser.press("Go on", {"never": topics[: MAX_NEVER + 1]})

    assert browser.text.count("You ticked 9. Please keep the 8 that matter most.") == 2
    assert browser.page.forms[0].values.getlist("never") == topics[: MAX_NEVER + 1]
    browser.press("Go on", {"never": topics[:MAX_NEVER]})
    assert "You ticked" not in browser.text


def test_a_peer_under_18_is_led_to_services(browser: Browser, world: World) -> None:
    browser.open("/en/join").press("Open", {"code": invited(world)})
    browser.press("Go on", {"agreed": "yes"})

    browser.press("Go on", {"age": "13-17", "languages": ["en"]})

    assert "You did nothing wrong" in browser.text
    assert not [key for key in world.key_names() if ":h:" in key]


def test_a_peer_who_turns_out_to_be_under_18_is_erased_at_once(
    browser: Browser, world: World
) -> None:
    come_in_as_peer(browser, invited(world))
    browser.press("I am around today").open("/en/change").press("Change Age")

    browser.press("Go on", {"age": "13-17", "band": ""})

    assert "You did nothing wrong" in browser.text
    assert not [key for key in world.key_names() if ":p:" in key or ":h:" in key]


def test_a_peers_check_page_shows_their_rest_and_leads_to_every_question(
    browser: Browser, world: World
) -> None:
    some = next(iter(world.settings.regions))
    to_the_peers_check_page(browser, invited(world))

    browser.press("Change Rest after each conversation").press("Go on", {"rest": "3"})
    browser.press("Change Age").press("Go on", {"region": some})

    assert "Rest after each conversation Three days" in browser.text
    browser.press("Change Part of the world")
    assert browser.page.forms[0].values["region"] == some


@pytest.mark.parametrize(
    "how",
    [
        "I am here for 30 minutes",
        "I am here for 2 hours",
        "I am around today",
        "I look in every day",
        "I look in every few days",
    ],
)
def test_a_peer_checks_in_and_out(browser: Browser, world: World, how: str) -> None:
    come_in_as_peer(browser, invited(world))

    browser.press(how)
    was_reachable = world.is_reachable(who(browser, world))
    here = browser.text
    browser.press("I have to go now")

    assert "You are checked in" in here
    assert was_reachable
    assert "You are not checked in" in browser.text
    assert not world.is_reachable(who(browser, world))


def test_a_peer_changes_how_many_they_carry(browser: Browser, world: World) -> None:
    come_in_as_peer(browser, invited(world))

    browser.press("Save", {"capacity": "4"})

    assert "You carry 0 of at most 4 at once." in browser.text
    assert profile_of(browser, world).capacity == 4


@pytest.mark.parametrize("forged", ["0", "-1", "99", "many", ""])
def test_a_forged_load_is_refused_in_words(browser: Browser, world: World, forged: str) -> None:
    come_in_as_peer(browser, invited(world))

    browser.press("Save", {"capacity": forged})

    assert browser.response.status_code == 422
    assert profile_of(browser, world).capacity == 2


def test_a_forged_check_in_is_refused_in_words(browser: Browser, world: World) -> None:
    come_in_as_peer(browser, invited(world))
    action, values = browser.prepared("I am around today")

    answer = browser.client.post(action, data={**values, "how": "forever"})

    assert answer.status_code == 422
    assert not world.is_reachable(who(browser, world))


def test_changed_answers_keep_the_training(browser: Browser, world: World) -> None:
    come_in_as_peer(browser, invited(world, AT_HOME))

    browser.open("/en/change").press("Change What you give")
    browser.press("Go on", {"help": ["steady"]}).press("Save")

    profile = profile_of(browser, world)
    assert profile.help == {"steady"}
    assert profile.trained == {AT_HOME}
    assert profile.lived[NeedId("people/lonely")].lived is Lived.VERY


def test_a_peer_pauses_and_comes_back(browser: Browser, world: World) -> None:
    come_in_as_peer(browser, invited(world))

    paused = browser.press("Pause").text
    back = browser.press("I am back").text

    assert "You are paused" in paused
    assert "You are not checked in" in back


def test_a_peer_leaves(browser: Browser, world: World) -> None:
    come_in_as_peer(browser, invited(world))

    browser.open("/en/here/erase").press("Yes, erase everything")

    assert "Everything is erased" in browser.text
    assert browser.open("/en/here").response.status_code == 401


def test_a_peer_reads_from_when_a_change_counts(browser: Browser, world: World) -> None:
    come_in_as_peer(browser, invited(world))
    browser.press("I am around today").open("/en/change")
    assert "What you add or change counts in 24 hours" in browser.text

    browser.press("Change What you give").press("Go on", {**PEERS_HOW, "help": ["steady"]})
    browser.press("Save")

    assert re.search(r"All that you said last counts 2[45] hours from now", browser.text)
    assert profile_of(browser, world).help == {Help.STEADY}
