"""Load and rest as a peer reads them: kind words, and a rest of their own choosing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.invitation import Scope
from matcher.domain.place import CheckIn, PlaceState
from matcher.store.rulebook import Rulebook
from tests.web.browsing import Browser
from tests.web.people import Two, come_in_as_peer, who
from tests.world import World

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "days"), [("One day", 1), ("Three days", 3), ("One week", 7)]
)
def test_a_peer_rests_for_as_long_as_they_like(
    two: Two, world: World, words: str, days: int
) -> None:
    peer = two[1].open("/en/here")

    peer.press(words)

    assert "You are resting" in peer.text
    assert not world.is_reachable(who(peer, world))
    place = world.services.places.look(who(peer, world).visitor)
    assert place.rest_until is not None
    assert timedelta(0) <= place.rest_until - world.now() - days * DAY <= timedelta(minutes=10)
    assert (place.load, place.missed) == (0, 0)


def test_a_rest_lets_the_seeker_be_asked_by_others_and_ends_by_itself(
    two: Two, world: World
) -> None:
    seeker, peer = two
    waiting = who(seeker, world)
    peer.open("/en/here").press("One day")

    _, said = world.propose(waiting, world.peer())
    assert said == "offered"
    assert world.propose(world.seeker(), who(peer, world))[1] in {"away", "rest"}
    visitor = who(peer, world).visitor
    world.advance(2 * DAY)
    assert world.services.places.look(visitor).state is PlaceState.AWAY


def test_a_rest_leaves_conversations_open(talking: Two) -> None:
    peer = talking[1].open("/en/here")

    peer.press("Three days")

    assert "Open the conversation" in peer.page.links


@pytest.mark.parametrize("forged", ["0", "2", "99", "", "many"])
def test_a_forged_rest_is_refused_in_words(two: Two, world: World, forged: str) -> None:
    peer = two[1].open("/en/here")
    action, values = peer.prepared("One day")

    answer = peer.client.post(action, data={**values.to_dict(), "days": forged})

    assert answer.status_code == 422
    assert world.is_reachable(who(peer, world))


def test_a_longer_rest_is_never_cut_short(two: Two, world: World) -> None:
    peer = two[1].open("/en/here").press("One week")
    before = world.services.places.look(who(peer, world).visitor).rest_until

    peer.press("One day")

    assert world.services.places.look(who(peer, world).visitor).rest_until == before


def test_who_was_here_for_all_hours_of_a_week_is_thanked(two: Two, world: World) -> None:
    rules = replace(world.rules, peers=replace(world.rules.peers, hours_a_week=1))
    world.rules = rules
    Rulebook(world.backing).publish(rules)
    peer = two[1].open("/en/here")
    peer.press("I am here for 2 hours")
    person = who(peer, world)
    world.advance(timedelta(hours=1, minutes=5))

    world.services.places.check_in(person.visitor, CheckIn.TWO_HOURS)

    place = world.services.places.look(person.visitor)
    assert (place.state, place.is_week_full) == (PlaceState.RESTING, True)


def test_what_a_missed_suggestion_means_is_said_before_and_after(
    browser: Browser, world: World
) -> None:
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    code = come_in_as_peer(browser, invitation)
    assert "After one, others are asked before you." in browser.text
    assert "After 2 in a row, you are checked out" in browser.text
    browser.press("I look in every few days")
    peer = who(browser, world)

    def let_one_pass() -> str:
        assert world.propose(world.seeker(), peer)[1] == "offered"
        world.advance(timedelta(hours=25))
        return browser.open("/en/back").press("Open", {"code": code}).text

    once, twice = let_one_pass(), let_one_pass()

    assert "You are checked in" in once
    assert "A suggestion has passed without an answer." in once
    assert "2 suggestions have passed without an answer, so you were checked out." in twice


def test_a_peer_reads_what_they_carry(talking: Two) -> None:
    peer = talking[1].open("/en/here")

    assert "You carry 1 of at most 2 at once. No need to take more." in peer.text
    peer.press("Save", {"capacity": "1"})
    assert "That is as much as you wanted: nobody is added." in peer.text
