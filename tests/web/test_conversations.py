"""A conversation on the pages: said once, kept while it lasts, and never lost on the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matcher.domain.room import MAX_MESSAGES
from tests.web.browsing import Browser
from tests.web.people import Two, begin_to_talk, come_in_as_seeker, meet, who
from tests.world import World

MOST_OF_AN_HOUR = timedelta(minutes=40)


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


INVISIBLE = ["\u200b\u200d", "\u3164", "\u2800 \u00ad", "\ufe0f\u0301", "\x00\x07", "\u202e"]


@pytest.mark.parametrize("text", ["", "   \n ", *INVISIBLE])
def test_a_message_without_anything_to_see_is_refused(talking: Two, text: str) -> None:
    seeker, _ = talking

    seeker.press("Send", {"text": text})

    assert seeker.response.status_code == 422
    assert seeker.text.count("Please write your message first.") == 2
    assert "Nobody has written yet." in seeker.text


@pytest.mark.parametrize("text", ["x" * 2001, "ü" * 2001])
def test_a_message_that_cannot_be_said_is_kept_on_its_page(talking: Two, text: str) -> None:
    seeker, _ = talking

    seeker.press("Send", {"text": text})

    kept = seeker.page.form_with("Send").values["text"]
    assert seeker.response.status_code == 422
    assert kept.strip() == text.strip()
    assert "Please look at this again" in seeker.text


@pytest.mark.parametrize("letters", [2001, 2003])
def test_a_long_message_is_told_how_long_it_is_and_may_be(talking: Two, letters: int) -> None:
    seeker, _ = talking

    seeker.press("Send", {"text": f" {'x' * letters}\n"})

    assert f"Your message has {letters} characters, and at most 2000 fit." in seeker.text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b\x07c\x1b[0m\x85", "abc[0m"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("می\u200cشود 👩\u200d🔬 e\u0301", "می\u200cشود 👩\u200d🔬 e\u0301"),
    ],
)
def test_what_turns_or_hides_text_is_dropped_and_languages_stay_whole(
    talking: Two, typed: str, shown: str
) -> None:
    seeker, _ = talking

    seeker.press("Send", {"text": typed})

    assert f'dir="auto">{shown}</p>' in seeker.response.get_data(as_text=True)


def test_what_is_said_is_shown_as_text(talking: Two) -> None:
    seeker, peer = talking

    seeker.press("Send", {"text": "<script>alert(1)</script> <b>bold</b>"})
    peer.press("Check for new messages")

    html = peer.response.get_data(as_text=True)
    assert "<script>" not in html
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


def test_who_asked_and_never_saw_the_answer_can_tell_the_team_in_the_longer_room(
    talking: Two, world: World
) -> None:
    seeker, peer = talking
    visitor = who(seeker, world).visitor
    (room,) = world.services.rooms.of(visitor)
    before = world.services.rooms.enter(visitor, room).until
    action, values = seeker.prepared("Ask for more time")
    seeker.client.post(action, data=values)
    world.advance(MOST_OF_AN_HOUR)
    peer.press("Check for new messages")
    world.advance(MOST_OF_AN_HOUR)  # rooms end on whole hours
    peer.press("Ask for more time")

    kept = world.services.reports.of(visitor.own)[0].until

    ends = world.services.rooms.enter(visitor, room).until
    assert ends > before
    assert kept >= ends + world.settings.lifetimes.capsule


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
    assert "You are resting" in peer.text
    assert "Open the conversation" not in peer.page.links


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

    theirs = {person.page.form_with("Send").action for person in (seeker, peer)}
    seen = [other.client.get(address) for address in (*theirs, "/en/talk/00000000")]
    crossed = seeker.client.get(peer.page.form_with("Send").action)

    assert {answer.headers["Location"] for answer in (*seen, crossed)} == {"/en/here"}


def test_erasing_oneself_ends_the_conversation(talking: Two) -> None:
    seeker, peer = talking
    here = peer.page.form_with("Send").action

    seeker.open("/en/here/erase").press("Yes, erase everything")

    assert "You carry 0 of" in peer.open(here).text


UNSENT = "Dear you, <b>this</b> took me an hour."
UNSENT_SHOWN = "Dear you, &lt;b&gt;this&lt;/b&gt; took me an hour."


def unsent(browser: Browser, *, status: int) -> bool:
    """Send a message that comes too late; tell whether it is given back, as text."""
    action, values = browser.prepared("Send", {"text": UNSENT})
    answer = browser.client.post(action, data=values)
    html = answer.get_data(as_text=True)
    assert answer.status_code == status
    return UNSENT_SHOWN in html and "Your message was not sent." in html


def test_a_message_after_the_visit_ended_is_given_back(talking: Two, world: World) -> None:
    seeker, _ = talking

    world.advance(world.settings.lifetimes.session * 2)

    assert unsent(seeker, status=401)


def test_a_message_without_a_cookie_is_given_back(talking: Two) -> None:
    seeker, _ = talking

    seeker.client.delete_cookie("stay")

    assert unsent(seeker, status=401)


def test_a_message_from_an_earlier_visit_is_given_back(talking: Two) -> None:
    seeker, peer = talking
    cookie = peer.client.get_cookie("stay")
    assert cookie is not None

    seeker.client.set_cookie("stay", cookie.value)

    assert unsent(seeker, status=403)


def test_a_message_into_an_ended_conversation_is_given_back(talking: Two) -> None:
    seeker, peer = talking

    peer.open(peer.page.links["End and erase"]).press("Yes, end and erase")

    assert unsent(seeker, status=410)


def test_a_message_into_a_full_conversation_is_given_back(talking: Two) -> None:
    seeker, _ = talking

    for nth in range(MAX_MESSAGES):
        action, values = seeker.prepared("Send", {"text": "x", "once": str(nth)})
        seeker.client.post(action, data=values)

    assert unsent(seeker, status=409)


def test_what_another_site_sends_is_not_shown(talking: Two) -> None:
    seeker, _ = talking
    action, values = seeker.prepared("Send", {"text": UNSENT})

    answer = seeker.client.post(action, data=values, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert UNSENT_SHOWN not in answer.get_data(as_text=True)


def test_a_tab_leads_to_the_conversation_after_coming_back_with_the_code(
    somebody: Callable[[], Browser], world: World
) -> None:
    seeker, peer = somebody(), somebody()
    code = meet(world, seeker, peer)
    begin_to_talk(seeker, peer)
    address = seeker.page.form_with("Send").action
    world.advance(world.settings.lifetimes.session * 2)

    seeker.open("/en/back").press("Open", {"code": code}).open(address)

    assert "Your conversation" in seeker.text
