"""Two people find each other on the pages, talk, and part."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matcher.domain.invitation import Scope
from tests.web.browsing import Browser
from tests.web.people import come_in_as_peer, come_in_as_seeker, who
from tests.world import World

Two = tuple[Browser, Browser]


@pytest.fixture
def two(somebody: Callable[[], Browser], world: World) -> Two:
    """Yield a seeker and a checked-in peer who are suggested to each other."""
    seeker, peer = somebody(), somebody()
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    come_in_as_seeker(seeker)
    come_in_as_peer(peer, invitation)
    peer.press("I am around today")
    _, said = world.propose(who(seeker, world), who(peer, world))
    assert said == "offered"
    return seeker, peer


@pytest.fixture
def talking(two: Two) -> Two:
    """Yield the two in their conversation."""
    seeker, peer = two
    peer.open("/en/here").press("Yes, I can")
    seeker.open("/en/here").press("Yes, talk with them")
    peer.open("/en/here").open(peer.page.links["Open the conversation"])
    return seeker, peer


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


def test_messages_go_both_ways_oldest_first(talking: Two) -> None:
    seeker, peer = talking

    seeker.press("Send", {"text": "Hello.\r\nHow was your day?"})
    peer.press("Check for new messages").press("Send", {"text": "Quiet, thank you."})
    seeker.press("Check for new messages")

    assert seeker.text.index("How was your day?") < seeker.text.index("Quiet, thank you.")
    assert "You · just now" in seeker.text
    assert "The other person · just now" in seeker.text


def test_a_message_sent_twice_is_said_once(talking: Two) -> None:
    seeker, _ = talking
    action, values = seeker.prepared("Send", {"text": "only once"})

    seeker.client.post(action, data=values)
    seeker.client.post(action, data=values)

    assert seeker.open(action).text.count("only once") == 1


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 2001, "ü" * 2001])
def test_a_message_that_cannot_be_said_is_kept_on_its_page(talking: Two, text: str) -> None:
    seeker, _ = talking

    seeker.press("Send", {"text": text})

    kept = seeker.page.form_with("Send").values["text"]
    assert seeker.response.status_code == 422
    assert kept.strip() == text.strip()
    assert "Please look at this again" in seeker.text


def test_what_is_said_is_shown_as_text(talking: Two) -> None:
    seeker, peer = talking

    seeker.press("Send", {"text": "<script>alert(1)</script> <b>bold</b>"})
    peer.press("Check for new messages")

    html = peer.response.get_data(as_text=True)
    assert "<script" not in html
    assert "&lt;b&gt;bold" in html


def test_a_line_break_counts_once(talking: Two) -> None:
    seeker, _ = talking

    seeker.press("Send", {"text": "a\r\n" * 1000})

    assert seeker.response.status_code == 200


def test_more_time_comes_once_both_have_asked(talking: Two) -> None:
    seeker, peer = talking

    seeker.press("Ask for more time")
    asked = peer.press("Check for new messages").text
    peer.press("Ask for more time")

    assert "You have asked for more time." in seeker.text
    assert "The other person has asked for more time." in asked


def test_close_for_now_keeps_everything(talking: Two) -> None:
    seeker, _ = talking
    seeker.press("Send", {"text": "see you"})

    seeker.open(seeker.page.links["Close for now"])

    assert "One message so far." in seeker.text
    assert "see you" in seeker.open(seeker.page.links["Open the conversation"]).text


def test_end_and_erase_asks_once_and_ends_it_for_both(talking: Two) -> None:
    seeker, peer = talking
    here = peer.page.form_with("Send").action

    seeker.open(seeker.page.links["End and erase"]).press("Yes, end and erase")
    peer.open(here)

    assert "Your conversation has ended" in seeker.text
    assert peer.response.status_code == 410
    assert "This conversation has ended" in peer.text


def test_a_seeker_looks_for_someone_again_after_a_conversation(
    talking: Two, world: World
) -> None:
    seeker, _ = talking
    seeker.open(seeker.page.links["End and erase"]).press("Yes, end and erase")

    seeker.press("Look for someone again")

    assert "You are waiting for someone" in seeker.text
    assert world.waits(who(seeker, world))


def test_a_peer_hands_a_conversation_back(talking: Two) -> None:
    seeker, peer = talking

    peer.press("Too much for me now")

    assert "Your conversation" not in peer.text
    assert "You are waiting for someone" in seeker.open("/en/here").text


def test_a_conversations_address_means_nothing_to_anybody_else(
    talking: Two, somebody: Callable[[], Browser]
) -> None:
    seeker, peer = talking
    other = somebody()
    come_in_as_seeker(other)

    seen = {
        other.client.get(person.page.form_with("Send").action).status_code
        for person in (seeker, peer)
    }
    crossed = seeker.client.get(peer.page.form_with("Send").action).status_code

    assert seen == {410}
    assert crossed == 410


def test_erasing_oneself_ends_the_conversation(talking: Two) -> None:
    seeker, peer = talking
    here = peer.page.form_with("Send").action

    seeker.open("/en/here/erase").press("Yes, erase everything")

    assert peer.open(here).response.status_code == 410
    assert "You carry 0 of" in peer.open("/en/here").text
