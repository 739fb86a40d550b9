"""A peer asks the coordinators: nothing is lost, and nothing is sent by mistake."""

from collections.abc import Callable

import pytest

from matcher.bootstrap.desks import note_desk
from matcher.domain.invitation import Scope
from matcher.domain.note import MAX_NOTE_CHARACTERS, NOTES_A_DAY
from tests.web.browsing import Browser
from tests.web.people import Two, come_in_as_peer, come_in_as_seeker
from tests.world import World

SEND = "Send it to the coordinators"
WORDS = "It was heavy, and I do not know how to end it."
WITH_A_NUMBER = "They said: call +961 70 123 456."


@pytest.fixture
def peer(browser: Browser, world: World) -> Browser:
    """Yield a peer on the page where they can ask."""
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    come_in_as_peer(browser, invitation)
    return browser.open(browser.page.links["Ask a coordinator"])


def sent(world: World) -> list[str | None]:
    return [one.text for one in note_desk(world.settings).waiting()]


def test_a_note_reaches_the_coordinators_and_the_answer_comes_back(
    peer: Browser, world: World
) -> None:
    peer.press(SEND, {"text": WORDS})
    assert sent(world) == [WORDS]
    assert "Sent, and not answered yet" in peer.text
    assert WORDS not in peer.text
    assert "One note of yours waits for an answer." in peer.open("/en/here").text
    desk = note_desk(world.settings)
    desk.answer(desk.waiting()[0].id, "Say it <b>early</b>.")

    own = peer.open("/en/here")

    own.open(own.page.links["A coordinator has answered you."])
    assert "Say it <b>early</b>." in peer.text
    peer.press("I have read it: erase it")
    assert "What you asked" not in peer.text
    assert not [key for key in world.key_names() if "}:note:" in key]


def test_contact_data_is_pointed_out_before_anything_is_sent(
    peer: Browser, world: World
) -> None:
    peer.press(SEND, {"text": WITH_A_NUMBER})

    assert peer.response.status_code == 422
    assert "a phone number: +961 70 123 456" in peer.text
    assert '<bdi dir="ltr">+961 70 123 456</bdi>' in peer.response.text
    assert peer.page.form_with(SEND).values["text"] == WITH_A_NUMBER
    assert sent(world) == []
    peer.press("It is none: send it as it is")
    assert sent(world) == [WITH_A_NUMBER]


def test_a_note_that_was_cleared_of_it_is_sent(peer: Browser, world: World) -> None:
    peer.press(SEND, {"text": WITH_A_NUMBER}).press(SEND, {"text": WORDS})

    assert sent(world) == [WORDS]


@pytest.mark.parametrize("typed", ["", " \n ", "x" * (MAX_NOTE_CHARACTERS + 7)])
def test_a_note_that_cannot_be_sent_is_kept_in_the_page(
    peer: Browser, world: World, typed: str
) -> None:
    peer.press(SEND, {"text": typed})

    assert peer.response.status_code == 422
    assert peer.page.form_with(SEND).values["text"].strip() == typed.strip()
    assert sent(world) == []


def test_a_day_takes_no_more_and_what_was_typed_stays(peer: Browser, world: World) -> None:
    for nth in range(NOTES_A_DAY):
        peer.press(SEND, {"text": f"{WORDS} {nth}"})

    peer.press(SEND, {"text": "One more"})

    assert peer.response.status_code == 429
    assert "The next one can be sent tomorrow." in peer.text
    assert peer.page.form_with(SEND).values["text"] == "One more"
    assert len(sent(world)) == NOTES_A_DAY


def test_a_note_is_taken_back(peer: Browser, world: World) -> None:
    peer.press(SEND, {"text": WORDS}).press("Take it back")

    assert sent(world) == []


def test_a_seeker_has_no_such_page(browser: Browser, world: World) -> None:
    come_in_as_seeker(browser)

    assert browser.open("/en/here/ask").response.status_code == 422
    token = browser.open("/en/here").page.form_with("Pause").values["token"]
    answer = browser.client.post("/en/here/ask", data={"token": token, "text": WORDS})

    assert answer.status_code == 422
    assert sent(world) == []


def test_what_could_not_be_taken_is_given_back(peer: Browser, world: World) -> None:
    action, values = peer.prepared(SEND, {"text": WORDS})

    answer = peer.client.post(action, data={**values.to_dict(), "token": "1.2.3"})

    assert answer.status_code == 403
    assert WORDS in answer.text
    assert sent(world) == []


def test_nobody_lets_go_of_what_is_anothers(two: Two, peer: Browser, world: World) -> None:
    other = two[1].open("/en/here/ask").press(SEND, {"text": "theirs"})
    peer.press(SEND, {"text": WORDS})
    theirs = other.page.form_with("Take it back").values["which"]
    action, values = peer.prepared("Take it back")

    peer.client.post(action, data={**values.to_dict(), "which": theirs})

    assert sorted(map(str, sent(world))) == sorted([WORDS, "theirs"])


def test_a_peer_who_talks_comes_to_it_from_their_page(
    talking: Two, somebody: Callable[[], Browser]
) -> None:
    peer = talking[1].open("/en/here")

    assert peer.open(peer.page.links["Ask a coordinator"]).response.status_code == 200
    assert somebody().open("/en/here/ask").response.status_code == 401
