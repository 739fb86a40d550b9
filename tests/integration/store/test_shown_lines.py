"""Lines that go along with a report: read by the server, sealed, and gone with the decision."""

from datetime import timedelta

import pytest

from matcher.bootstrap import coordinator_key
from matcher.domain.errors import (
    CapsuleGoneError,
    LinesTooLongError,
    MatcherError,
    NoSuchLineError,
    ReportGoneError,
    RoomGoneError,
    TooManyLinesError,
)
from matcher.domain.lines import MOST_BYTES, MOST_LINES, Line
from matcher.domain.profile import Role
from matcher.domain.report import Category, Decision, ReportId
from matcher.domain.room import MAX_CHARACTERS, RoomId
from matcher.store.boxes import box_size
from matcher.store.reports import LINES, LINES_SIZE, Reports
from matcher.store.vault import vault_size
from tests.telling import converse, decide, desk_of, tell
from tests.world import Person, World

DAY = timedelta(days=1)
SAID = ("What is your name?", "I would rather not say.", "Tell me!", "No.", "Why?", "Bye.")
WIDE = "\U0001f33f" * MAX_CHARACTERS


class Talk:
    """Two people who have talked, and what they said."""

    def __init__(self, world: World, said: tuple[str, ...] = SAID) -> None:
        self.seeker, self.peer = world.seeker(), world.peer()
        self.room = converse(world, self.seeker, self.peer, said)


@pytest.fixture
def talk(world: World) -> Talk:
    return Talk(world)


def shown(world: World, report: ReportId) -> tuple[Line, ...]:
    """Open a report, and read what lines it has."""
    return desk_of(world).open(report).lines


def tries(world: World, who: Person, room: RoomId, *places: int) -> None:
    """Tell the team with these lines."""
    world.services.reports.tell_of_room(who.visitor, room, Category.SEX, places=places)


@pytest.mark.parametrize("places", [(-1,), (len(SAID),), (0, 10**9), (1, -2)])
def test_a_place_that_is_not_in_the_conversation_tells_nothing(
    world: World, talk: Talk, places: tuple[int, ...]
) -> None:
    before = world.key_names()

    with pytest.raises(NoSuchLineError):
        tries(world, talk.seeker, talk.room, *places)

    assert desk_of(world).waiting() == ()
    assert world.key_names() == before
    assert not world.services.reports.has_told(talk.seeker.visitor, talk.room)


def test_too_many_or_too_long_lines_tell_nothing(world: World) -> None:
    talk = Talk(world, (*SAID, WIDE))

    with pytest.raises(TooManyLinesError):
        tries(world, talk.seeker, talk.room, *range(MOST_LINES + 1))
    with pytest.raises(LinesTooLongError):
        tries(world, talk.seeker, talk.room, 0, len(SAID))

    assert desk_of(world).waiting() == ()


def test_lines_are_those_of_one_s_own_room_and_nobody_reaches_another_s(
    world: World, talk: Talk
) -> None:
    other = Talk(world, ("Ours.",))

    with pytest.raises(RoomGoneError):
        tries(world, talk.seeker, other.room, 0)
    with pytest.raises(NoSuchLineError):
        tries(world, other.seeker, other.room, 1)  # which the first room has

    report = tell(world, other.seeker, other.room, places=[0])
    assert shown(world, report) == (Line(author=Role.PEER, text="Ours."),)


def test_after_the_end_nothing_can_be_shown_and_nothing_is_told_by_half(
    world: World, talk: Talk
) -> None:
    world.services.rooms.end(talk.peer.visitor, talk.room)

    with pytest.raises(RoomGoneError):
        tries(world, talk.seeker, talk.room, 0)

    assert desk_of(world).waiting() == ()
    (capsule,) = world.services.reports.of(talk.seeker.visitor.own)
    assert capsule.state is None


def test_who_has_told_shows_no_more_lines_later(world: World, talk: Talk) -> None:
    report = tell(world, talk.seeker, talk.room)

    with pytest.raises(CapsuleGoneError):
        tries(world, talk.seeker, talk.room, 0)

    assert shown(world, report) == ()
    assert len(desk_of(world).waiting()) == 1


def test_a_coordinator_reads_what_was_really_written_and_by_which_side(
    world: World, talk: Talk
) -> None:
    report = tell(world, talk.seeker, talk.room, places=[2, 0, 1])

    opened = desk_of(world).open(report)

    assert opened.about is Role.PEER
    assert opened.lines == (
        Line(author=Role.PEER, text=SAID[0]),
        Line(author=Role.SEEKER, text=SAID[1]),
        Line(author=Role.PEER, text=SAID[2]),
    )


def test_lines_outlive_the_conversation_they_are_from(world: World, talk: Talk) -> None:
    report = tell(world, talk.peer, talk.room, places=[1])
    world.services.rooms.end(talk.seeker.visitor, talk.room)

    assert shown(world, report) == (Line(author=Role.SEEKER, text=SAID[1]),)


@pytest.mark.parametrize("said", [SAID, (WIDE,), ("a" * (MOST_BYTES // MOST_LINES),) * 5])
@pytest.mark.parametrize("how_many", [0, 1, MOST_LINES])
def test_every_report_holds_as_much_as_any_other(
    world: World, said: tuple[str, ...], how_many: int
) -> None:
    talk = Talk(world, said)
    places = range(min(how_many, len(said)))
    report = tell(world, talk.seeker, talk.room, places=places)
    key = world.backing.keys("report:", report)

    assert world.redis.hstrlen(key, LINES) == vault_size(box_size(LINES_SIZE))
    assert len(shown(world, report)) == len(places)


def test_nothing_that_was_shown_stands_anywhere_in_clear(world: World, talk: Talk) -> None:
    report = tell(world, talk.seeker, talk.room, places=[0])

    held = world.redis.hgetall(world.backing.keys("report:", report))

    assert set(held) == {b"report", b"lines", b"until"}
    assert not [value for value in held.values() if SAID[0].encode() in value]


@pytest.mark.parametrize("decision", Decision)
def test_lines_go_with_the_decision_also_of_who_is_suspended(
    world: World, talk: Talk, decision: Decision
) -> None:
    report = tell(world, talk.seeker, talk.room, places=[0])

    decide(world, report, decision)

    assert world.redis.hget(world.backing.keys("report:", report), LINES) is None
    with pytest.raises(ReportGoneError):
        desk_of(world).open(report)
    if decision is Decision.SUSPEND:
        desk_of(world).release(report)


def test_lines_put_back_after_a_decision_are_read_by_nobody(world: World, talk: Talk) -> None:
    report = tell(world, talk.seeker, talk.room, places=[0])
    key = world.backing.keys("report:", report)
    kept = world.redis.hget(key, LINES) or b""
    decide(world, report, Decision.SUSPEND)

    world.redis.hset(key, LINES, kept)

    with pytest.raises(ReportGoneError):
        desk_of(world).open(report)


def test_lines_of_another_report_or_altered_ones_are_not_shown(
    world: World, talk: Talk
) -> None:
    other = Talk(world, ("Ours.",))
    keys = [
        world.backing.keys("report:", tell(world, one.seeker, one.room, places=[0]))
        for one in (talk, other)
    ]
    reports = [one.id for one in desk_of(world).waiting()]
    swapped = [world.redis.hget(key, LINES) or b"" for key in reversed(keys)]
    for key, lines in zip(keys, swapped, strict=True):
        world.redis.hset(key, LINES, lines)

    for report in reports:
        with pytest.raises(ReportGoneError):
            desk_of(world).open(report)


def test_lines_cannot_stand_for_the_report_nor_the_report_for_lines(
    world: World, talk: Talk
) -> None:
    report = tell(world, talk.seeker, talk.room, places=[0])
    key = world.backing.keys("report:", report)
    held = world.redis.hgetall(key)

    world.redis.hset(key, mapping={"lines": held[b"report"], "report": held[b"lines"]})

    with pytest.raises(MatcherError):
        desk_of(world).open(report)
    with pytest.raises(MatcherError):
        desk_of(world).decide(report, Decision.DISMISS)


def test_after_fourteen_days_lines_are_gone_and_what_was_kept_of_them_opens_no_more(
    world: World, talk: Talk
) -> None:
    private = coordinator_key(world.settings).private()
    report = tell(world, talk.seeker, talk.room, places=[0])
    store, key = Reports(world.backing), world.backing.keys("report:", report)
    kept = world.redis.hget(key, LINES) or b""
    before = store.lines(private, report)

    world.advance(14 * DAY)
    left = [name for name in world.key_names() if "}:report" in name]
    world.redis.hset(key, LINES, kept)
    after = store.lines(private, report)
    world.redis.delete(key)

    assert before == (Line(author=Role.PEER, text=SAID[0]),)
    assert (left, after) == ([], None)
