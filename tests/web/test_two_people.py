"""Two people find each other on the pages."""

from datetime import timedelta

import pytest

from tests.web.people import Two
from tests.world import World


def test_the_peer_is_asked_first_and_the_seeker_sees_nothing_yet(two: Two) -> None:
    seeker, peer = two

    asked = peer.open("/en/here").text

    assert "Could you be there for someone?" in asked
    assert "Feeling alone" in asked
    assert "You have 24 hours to answer." in asked
    assert "You are waiting for someone" in seeker.open("/en/here").text


def test_after_the_peers_yes_the_seeker_is_asked(two: Two) -> None:
    seeker, peer = two

    peer.open("/en/here").press("Yes, I can")
    seeker.open("/en/here")

    assert "Now they are asked" in peer.text
    assert "to answer" not in peer.text  # how long they have tells how often they look in
    assert "Someone would like to talk with you" in seeker.text


def test_two_yeses_open_the_conversation(talking: Two) -> None:
    seeker, peer = talking

    for person in (seeker, peer):
        assert "Your conversation" in person.text
        assert "Not encrypted from end to end" in person.text
        assert "Be kind. Everyone here is welcome as they are." in person.text


def test_no_leaves_both_as_they_were(two: Two) -> None:
    seeker, peer = two

    peer.open("/en/here").press("No, not this one")

    assert "Could you be there" not in peer.text
    assert "You are waiting for someone" in seeker.open("/en/here").text


def test_the_seekers_no_frees_the_peer(two: Two) -> None:
    seeker, peer = two
    peer.open("/en/here").press("Yes, I can")

    seeker.open("/en/here").press("No, rather someone else")

    assert "You are waiting for someone" in seeker.text
    assert "You carry 0 of" in peer.open("/en/here").text


@pytest.mark.parametrize("has_said_yes", [True, False])
def test_a_peer_hands_a_suggestion_back(two: Two, *, has_said_yes: bool) -> None:
    seeker, peer = two
    peer.open("/en/here")
    if has_said_yes:
        peer.press("Yes, I can")

    peer.press("Too much for me now")

    assert "You carry 0 of" in peer.text
    assert "You are waiting for someone" in seeker.open("/en/here").text


def test_an_expired_suggestion_is_told_kindly(two: Two, world: World) -> None:
    _, peer = two
    peer.open("/en/here")
    action, values = peer.prepared("Yes, I can")
    world.advance(timedelta(minutes=50))
    peer.open("/en/here")
    world.advance(timedelta(minutes=50))

    for _ in range(28):
        peer.open("/en/here")
        world.advance(timedelta(minutes=50))
    late = peer.client.post(action, data=values)

    assert late.status_code == 410
    assert "This suggestion is no longer open" in late.get_data(as_text=True)


def test_a_yes_sent_twice_is_one_yes(two: Two) -> None:
    _, peer = two
    peer.open("/en/here")
    action, values = peer.prepared("Yes, I can")
    peer.press("Yes, I can")

    again = peer.client.post(action, data=values)

    assert again.status_code == 303


def test_a_no_after_the_yes_is_no_error(two: Two) -> None:
    _, peer = two
    peer.open("/en/here")
    _, values = peer.prepared("No, not this one")
    peer.press("Yes, I can")

    answer = peer.client.post("/en/here/no", data=values)

    assert answer.status_code in {303, 410}


def test_a_peer_who_just_left_is_told_kindly(two: Two) -> None:
    seeker, peer = two
    peer.open("/en/here").press("Yes, I can")
    seeker.open("/en/here")

    peer.open("/en/here/erase").press("Yes, erase everything")
    seeker.press("Yes, talk with them")

    assert seeker.response.status_code == 410
    assert "no longer open" in seeker.text
    assert "You are waiting for someone" in seeker.open("/en/here").text


def test_the_second_yes_sent_twice_leads_into_the_conversation_twice(two: Two) -> None:
    seeker, peer = two
    peer.open("/en/here").press("Yes, I can")
    seeker.open("/en/here")
    action, values = seeker.prepared("Yes, talk with them")

    first, second = (seeker.client.post(action, data=values) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert "/en/talk/" in first.headers["Location"]
    assert first.headers["Location"] == second.headers["Location"]


def test_a_peers_yes_to_a_suggestion_that_is_over_is_told_kindly(two: Two) -> None:
    seeker, peer = two
    peer.open("/en/here")
    action, values = peer.prepared("Yes, I can")
    peer.press("Yes, I can")
    seeker.open("/en/here").press("No, rather someone else")

    late = peer.client.post(action, data=values)

    assert late.status_code == 410
    assert "This suggestion is no longer open" in late.get_data(as_text=True)


def test_a_peers_late_yes_leads_into_no_other_conversation(talking: Two) -> None:
    _, peer = talking
    _, values = peer.prepared("Send", {"text": "x"})

    late = peer.client.post("/en/here/yes", data={**values, "which": "00000000"})

    assert late.status_code == 410
