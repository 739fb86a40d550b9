"""Notes from peers to coordinators: who can open them, whose they are, when they go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.bootstrap import build
from matcher.bootstrap.desks import note_desk
from matcher.domain.errors import NoteGoneError, NotesWrittenError
from matcher.domain.note import MAX_NOTE_CHARACTERS, NOTES_A_DAY, NoteId
from matcher.service.notes import NoteDesk
from matcher.settings.model import CoordinatorsTable
from matcher.state.coordinator_key import CoordinatorKey
from matcher.store.backing import at
from matcher.store.boxes import box_size
from matcher.store.notes import NOTE_SIZE
from matcher.store.sealing import derive, sealed_size
from matcher.store.vault import vault_size
from tests.world import Person, World

DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def desk(world: World) -> NoteDesk:
    return note_desk(world.settings)


def write(world: World, peer: Person, words: str) -> NoteId:
    world.services.notes.write(world.again(peer), words)
    return world.services.notes.of(world.again(peer))[0].id


def answers(world: World, peer: Person) -> list[str | None]:
    return [one.answer for one in world.services.notes.of(world.again(peer))]


def test_a_note_is_read_answered_and_the_answer_found_by_its_writer_alone(
    world: World, desk: NoteDesk
) -> None:
    asking, other = world.peer(), world.peer()
    note = write(world, asking, "كيف أتوقّف بلطف؟")
    write(world, other, "something else")

    read = {one.id: one.text for one in desk.waiting()}
    desk.answer(note, "Say it early.")

    assert read[note] == "كيف أتوقّف بلطف؟"
    assert answers(world, asking) == ["Say it early."]
    assert answers(world, other) == [None]
    assert note not in {one.id for one in desk.waiting()}


def test_the_public_side_cannot_open_a_note_not_even_its_writers(
    world: World, desk: NoteDesk
) -> None:
    write(world, world.peer(), "a secret")
    other_key = CoordinatorKey(world.settings.folders.state / "other", "main")

    (found,) = NoteDesk(world.backing, other_key).waiting()

    assert found.text is None
    assert [one.text for one in desk.waiting()] == ["a secret"]


def test_a_peer_finds_their_notes_again_with_their_code_and_without_one(world: World) -> None:
    with_code, without = world.peer(), world.peer()
    world.services.places.keep_no_code(without.visitor, without.cookie)
    written = write(world, with_code, "one")
    world.services.notes.write(without.visitor, "two")

    back = world.services.places.sign_in(with_code.code, old_cookie=None)

    visitor = world.services.places.visitor(back)
    assert [one.id for one in world.services.notes.of(visitor)] == [written]
    same = world.services.places.visitor(without.cookie)
    assert same.code_key is None
    assert len(world.services.notes.of(same)) == 1


def test_a_day_takes_a_few_notes_and_the_next_day_others_by_other_names(world: World) -> None:
    peer = world.peer()
    today = {write(world, peer, str(nth)) for nth in range(NOTES_A_DAY)}
    assert len(today) == NOTES_A_DAY
    with pytest.raises(NotesWrittenError):
        write(world, peer, "one more")

    world.advance(DAY)
    tomorrow = write(world, peer, "tomorrow")

    assert tomorrow not in today
    assert len(world.services.notes.of(world.again(peer))) == NOTES_A_DAY + 1


def test_a_note_goes_within_seven_days_and_so_does_an_answer(
    world: World, desk: NoteDesk
) -> None:
    unanswered, answered = world.peer(), world.peer()
    write(world, unanswered, "nobody answers")
    note = write(world, answered, "somebody does")
    world.advance(5 * DAY)
    desk.answer(note, "late")

    world.advance(2 * DAY)
    after_a_week = (answers(world, unanswered), answers(world, answered), desk.waiting())
    world.advance(5 * DAY)

    assert after_a_week == ([], ["late"], ())
    assert answers(world, answered) == []
    assert not [key for key in world.key_names() if "}:note" in key]


def test_it_lives_six_days_at_least_and_ends_with_a_day(world: World) -> None:
    note = write(world, world.peer(), "words")

    ends = world.ends(world.backing.keys("note:", note))

    assert ends % DAY.total_seconds() == 0
    assert (
        6 * DAY <= timedelta(seconds=ends) - timedelta(seconds=world.now().timestamp()) <= WEEK
    )


def test_words_are_gone_once_they_are_answered_and_nobody_answers_twice(
    world: World, desk: NoteDesk
) -> None:
    note = write(world, world.peer(), "words")
    desk.answer(note, "first")

    with pytest.raises(NoteGoneError):
        desk.answer(note, "second")

    assert set(world.redis.hkeys(world.backing.keys("note:", note))) == {b"answer", b"until"}


def test_an_answer_that_comes_too_late_brings_nothing_back(world: World) -> None:
    """A note that was erased between a coordinator's reading and writing stays erased."""
    peer = world.peer()
    note = write(world, peer, "words")
    world.services.notes.forget(peer.visitor, note)
    words = (note, b"sealed", at(world.now() + DAY))

    answered = world.backing.step("answer_note", *words, now=world.now())

    assert answered == 0
    assert not world.redis.exists(world.backing.keys("note:", note))


def test_who_erases_everything_takes_their_notes_along(world: World, desk: NoteDesk) -> None:
    leaving, staying = world.peer(), world.peer()
    answered = write(world, leaving, "answered")
    desk.answer(answered, "an answer")
    write(world, leaving, "not answered")
    kept = write(world, staying, "stays")

    world.services.places.erase(world.again(leaving))

    assert {one.id for one in desk.waiting()} == {kept}
    assert {k for k in world.key_names() if "}:note:" in k} == {
        world.backing.keys("note:", kept)
    }
    with pytest.raises(NoteGoneError):
        desk.answer(answered, "too late")


def test_a_note_is_taken_back_by_its_writer_and_by_nobody_else(
    world: World, desk: NoteDesk
) -> None:
    writer, other = world.peer(), world.peer()
    note = write(world, writer, "words")

    world.services.notes.forget(world.again(other), note)
    still_there = [one.id for one in desk.waiting()]
    world.services.notes.forget(world.again(writer), note)

    assert still_there == [note]
    assert desk.waiting() == ()


def test_every_note_and_every_answer_is_as_long_as_any_other(
    world: World, desk: NoteDesk
) -> None:
    sealed: dict[bytes, set[int]] = {b"note": set(), b"answer": set()}
    for words in ("a", "ب" * MAX_NOTE_CHARACTERS, "\U0001f331" * MAX_NOTE_CHARACTERS):
        note = write(world, world.peer(), words)
        key = world.backing.keys("note:", note)
        sealed[b"note"].add(world.redis.hstrlen(key, "note"))
        desk.answer(note, words)
        sealed[b"answer"].add(world.redis.hstrlen(key, "answer"))

    assert sealed[b"note"] == {vault_size(box_size(NOTE_SIZE))}
    assert sealed[b"answer"] == {vault_size(sealed_size(NOTE_SIZE))}


def test_whoever_has_dump_and_pepper_and_all_handles_names_no_note(world: World) -> None:
    """A note's name derives from the code: a visitor without its secret finds nothing."""
    peer = world.peer()
    note = write(world, peer, "words")
    visitor = world.again(peer)
    names = [key.rpartition(":")[2] for key in world.key_names()]
    guesses = [b"", *(derive(name.encode(), "own") for name in names)]
    assert visitor.own == world.backing.secrets.code(peer.code).own
    clear = b"".join(
        part
        for key in world.redis.scan_iter()
        if world.redis.type(key) == b"hash"
        for part in (key, *world.redis.hgetall(key).values())
    )

    assert len(guesses) > 5
    for own in guesses:
        assert world.services.notes.of(replace(visitor, own=own)) == ()
    assert visitor.own not in clear
    assert visitor.own.hex().encode() not in clear
    handles = [key for key in world.key_names() if visitor.handle in key]
    assert handles
    assert not [key for key in handles if note in key]


def test_what_has_ended_is_opened_by_no_key_any_more(world: World, desk: NoteDesk) -> None:
    note = write(world, world.peer(), "words")
    key = world.backing.keys("note:", note)
    kept = world.redis.hget(key, "note") or b""
    world.advance(WEEK)
    later = f"{(world.now() + DAY).timestamp():.3f}"

    world.redis.hset(key, mapping={"note": kept, "until": later})
    world.redis.zadd(world.backing.keys("notes"), {note: float(later)})
    (found,) = desk.waiting()
    world.redis.delete(key, world.backing.keys("notes"))

    assert (found.id, found.text) == (note, None)


def test_a_key_that_was_given_is_used_and_none_is_made(world: World) -> None:
    elsewhere = CoordinatorKey(world.settings.folders.state / "elsewhere", "main")
    given = replace(
        world.settings, coordinators=CoordinatorsTable(public_key=elsewhere.public().hex())
    )
    services = build(given)

    services.notes.write(world.peer().visitor, "sealed for elsewhere")

    (found,) = NoteDesk(world.backing, elsewhere).waiting()
    assert found.text == "sealed for elsewhere"
    assert not list(world.settings.folders.state.glob("coordinator-key-*"))
