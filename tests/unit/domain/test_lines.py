"""Which lines of a conversation can be shown to the team, and how they come out of it."""

from datetime import UTC, datetime

import pytest

from matcher.domain.errors import (
    LinesError,
    LinesTooLongError,
    NoSuchLineError,
    TooManyLinesError,
)
from matcher.domain.lines import MOST_BYTES, MOST_LINES, Line, chosen
from matcher.domain.profile import Role
from matcher.domain.room import MAX_CHARACTERS, Message

WIDE = "\U0001f33f"  # four bytes, the most that a character takes
HALF = "a" * (MOST_BYTES // 2)


def said(*texts: str) -> tuple[Message, ...]:
    """Let the two sides say these in turns, the peer first."""
    roles, now = (Role.PEER, Role.SEEKER), datetime(2026, 1, 1, tzinfo=UTC)
    return tuple(
        Message(author=roles[nth % 2], at=now, text=text) for nth, text in enumerate(texts)
    )


@pytest.mark.parametrize("places", [[-1], [3], [0, 3], [-1, 0], [10**30]])
def test_a_place_at_which_nothing_was_said_is_refused(places: list[int]) -> None:
    with pytest.raises(NoSuchLineError):
        chosen(said("a", "b", "c"), places)


def test_nothing_can_be_shown_of_a_conversation_without_a_word() -> None:
    with pytest.raises(NoSuchLineError):
        chosen((), [0])


def test_more_lines_than_allowed_are_refused() -> None:
    messages = said(*"abcdefgh")

    with pytest.raises(TooManyLinesError):
        chosen(messages, range(MOST_LINES + 1))
    assert len(chosen(messages, range(MOST_LINES))) == MOST_LINES


def test_lines_are_refused_from_the_first_byte_too_many_on() -> None:
    messages = said(HALF, HALF, "a")

    with pytest.raises(LinesTooLongError):
        chosen(messages, [0, 1, 2])
    assert len(chosen(messages, [0, 1])) == 2


def test_the_longest_line_there_can_be_always_fits_and_nothing_beside_it() -> None:
    messages = said(WIDE * MAX_CHARACTERS, "a")

    assert chosen(messages, [0])[0].text == messages[0].text
    with pytest.raises(LinesTooLongError):
        chosen(messages, [0, 1])


def test_lines_come_in_their_order_each_once_with_who_wrote_them_and_no_time() -> None:
    lines = chosen(said("a", "b", "c"), [2, 1, 2])

    assert lines == (Line(author=Role.SEEKER, text="b"), Line(author=Role.PEER, text="c"))


def test_who_ticks_nothing_shows_nothing() -> None:
    assert chosen(said("a"), []) == ()


def test_no_error_says_what_was_written() -> None:
    for error in (NoSuchLineError, TooManyLinesError, LinesTooLongError):
        assert issubclass(error, LinesError)
        assert str(error()) == ""
