"""Peers' notes, opened and answered on a page; opening them is written down."""

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.note import MAX_NOTE_CHARACTERS
from tests.web.browsing import Browser
from tests.world import Person, World

OPEN, SEND = "Open the notes", "Send the answer"
ASKED = "How do I end a talk kindly?"


@pytest.fixture
def asking(world: World) -> Person:
    """Yield a peer who has asked something."""
    peer = world.peer(how=None)
    world.services.notes.write(peer.visitor, ASKED)
    return peer


def answers(world: World, who: Person) -> list[str | None]:
    return [note.answer for note in world.services.notes.of(who.visitor)]


def kinds(console: ConsoleServices) -> list[ActKind]:
    return [entry.kind for entry in console.oversight.entries()]


def test_a_note_is_opened_answered_and_its_words_are_gone(
    owner: Browser, world: World, asking: Person
) -> None:
    owner.open("/en/notes").press(OPEN)
    assert ASKED in owner.text
    owner.press(SEND, {"text": "Say it early, and thank them."})

    assert answers(world, asking) == ["Say it early, and thank them."]
    assert ASKED not in owner.text
    assert "Nobody waits" in owner.open("/en/notes").text


def test_to_look_whether_one_waits_opens_none_and_opening_is_written_down(
    owner: Browser, console: ConsoleServices, asking: Person
) -> None:
    assert asking.cookie
    owner.open("/en/notes")
    assert ASKED not in owner.text
    assert ActKind.OPEN_NOTES not in kinds(console)

    owner.press(OPEN)

    last = console.oversight.entries()[-1]
    assert (last.kind, dict(last.what)) == (ActKind.OPEN_NOTES, {})


@pytest.mark.parametrize("text", ["", " \n", "x" * (MAX_NOTE_CHARACTERS + 1)])
def test_an_answer_that_will_not_do_is_kept_in_the_page(
    owner: Browser, world: World, asking: Person, text: str
) -> None:
    owner.open("/en/notes").press(OPEN).press(SEND, {"text": text})

    assert owner.response.status_code == 422
    assert owner.page.form_with(SEND).values["text"].strip() == text.strip()
    assert answers(world, asking) == [None]


def test_what_was_written_to_a_note_that_is_gone_is_given_back(
    owner: Browser, world: World, console: ConsoleServices, asking: Person
) -> None:
    owner.open("/en/notes").press(OPEN)
    world.services.notes.forget_all(asking.visitor)
    owner.press(SEND, {"text": "Say it early."})

    assert owner.response.status_code == 410
    assert "Say it early." in owner.text
    assert ActKind.ANSWER_NOTE not in kinds(console)


def test_no_note_is_kept_in_the_log(
    owner: Browser, console: ConsoleServices, asking: Person
) -> None:
    owner.open("/en/notes").press(OPEN).press(SEND, {"text": "Say it early."})

    kept = repr(console.oversight.entries())

    assert "Say it early." not in kept
    assert ASKED not in kept
    assert asking.visitor.handle not in kept
