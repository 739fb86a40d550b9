"""Batches of invitations: good at once or after a second yes, revoked as a whole."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from secrets import token_bytes

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import Act, ActKind, Begun, Step
from matcher.domain.codes import Code
from matcher.domain.errors import ActGoneError, InvitationGoneError
from matcher.domain.invitation import ALONE_A_DAY, Scope
from matcher.service.coordinators import Me
from matcher.settings.model import Settings
from matcher.state import console as kept
from tests.coordinating import WISH, come_in
from tests.servers import Running
from tests.world import PEER, World

YOUNG = frozenset({Scope.YOUTH})


@pytest.fixture
def ana(console: ConsoleServices) -> Me:
    return come_in(console, "Ana")


@pytest.fixture
def ben(console: ConsoleServices) -> Me:
    return come_in(console, "Ben")


def is_good(world: World, code: Code) -> bool:
    try:
        world.services.invitations.look(code)
    except InvitationGoneError:
        return False
    return True


def last_step(console: ConsoleServices, kind: ActKind) -> Step:
    return [one.step for one in console.oversight.entries() if one.kind is kind][-1]


def come_as_peer(world: World, code: Code) -> bool:
    try:
        world.services.intake.admit_peer(PEER, seed=token_bytes(32), invitation=code)
    except InvitationGoneError:
        return False
    return True


def test_a_small_batch_is_good_at_once_and_carries_what_was_said(
    console: ConsoleServices, ana: Me, world: World
) -> None:
    made = console.batches.make(WISH, ana.id)

    assert made.may_be_used
    found = world.services.invitations.look(made.codes[0])
    assert (found.scope, found.trained_for) == (WISH.scope, WISH.trained_for)
    assert found.until - world.now() <= WISH.lives
    assert [one.purpose for one in console.batches.all()] == ["spring training"]


def test_what_reaches_the_young_waits_for_a_second_yes(
    console: ConsoleServices, ana: Me, ben: Me, world: World
) -> None:
    made = console.batches.make(replace(WISH, scope=YOUNG), ana.id)
    (waiting,) = console.oversight.waiting(ben.id)

    assert not made.may_be_used
    assert not any(is_good(world, code) for code in made.codes)
    console.oversight.agree(waiting.act.id, ben.id)
    assert all(is_good(world, code) for code in made.codes)


def test_more_in_a_day_than_one_persons_word_is_good_for_wait(
    console: ConsoleServices, ana: Me, world: World
) -> None:
    all_but_one = console.batches.make(replace(WISH, count=ALONE_A_DAY - 1), ana.id)
    two_more = console.batches.make(replace(WISH, count=2), ana.id)

    assert (all_but_one.may_be_used, two_more.may_be_used) == (True, False)
    console.batches.revoke(all_but_one.batch.id, ana.id)
    assert not console.batches.make(replace(WISH, count=2), ana.id).may_be_used
    world.advance(timedelta(days=1))
    assert console.batches.make(replace(WISH, count=2), ana.id).may_be_used


def test_a_revoked_batch_opens_nothing_and_never_comes_back(
    console: ConsoleServices, ana: Me, ben: Me, world: World
) -> None:
    revoked, other = console.batches.make(WISH, ana.id), console.batches.make(WISH, ana.id)
    assert come_as_peer(world, revoked.codes[0])

    console.batches.revoke(revoked.batch.id, ben.id)
    world.services.invitations.restore()

    assert [is_good(world, code) for code in revoked.codes] == [False] * 3
    assert not come_as_peer(world, revoked.codes[1])
    assert all(is_good(world, code) for code in other.codes)
    world.redis.flushall()
    world.services.invitations.restore()
    assert [is_good(world, code) for code in revoked.codes] == [False] * 3
    with pytest.raises(ActGoneError):
        console.batches.revoke(revoked.batch.id, ben.id)


def test_a_batch_revoked_before_anybody_agreed_stays_shut(
    console: ConsoleServices, ana: Me, ben: Me, world: World
) -> None:
    made = console.batches.make(replace(WISH, scope=YOUNG), ana.id)
    (waiting,) = console.oversight.waiting(ben.id)
    console.batches.revoke(made.batch.id, ana.id)

    with pytest.raises(ActGoneError):
        console.oversight.agree(waiting.act.id, ben.id)

    assert not any(is_good(world, code) for code in made.codes)
    assert last_step(console, ActKind.INVITE_MORE) is Step.LAPSED


def test_a_batch_that_nobody_could_use_any_more_is_not_said_to_be_made(
    console: ConsoleServices, ana: Me, ben: Me, world: World
) -> None:
    short = replace(WISH, scope=YOUNG, lives=timedelta(days=2))
    made = console.batches.make(short, ana.id)
    (waiting,) = console.oversight.waiting(ben.id)
    world.advance(timedelta(days=2))

    with pytest.raises(ActGoneError):
        console.oversight.agree(waiting.act.id, ben.id)

    assert not any(is_good(world, code) for code in made.codes)
    assert last_step(console, ActKind.INVITE_MORE) is Step.LAPSED


def test_a_batch_that_was_made_before_a_kill_is_said_to_be_made_after_its_end(
    console: ConsoleServices, ana: Me, settings: Settings, world: World
) -> None:
    console.batches.make(replace(WISH, lives=timedelta(days=2)), ana.id)
    ledger = kept.ledger(settings.folders.state, "main")
    done = console.oversight.entries()[-1]
    act = Act(id=done.act, kind=done.kind, who=ana.id, at=done.at, what=done.what)
    with ledger.changing() as draft:  # as if killed just before it was written down
        draft.value = replace(draft.value, entries=(), begun=(Begun(act=act, by=ana.id),))
    world.advance(timedelta(days=2))

    console.oversight.resume()

    assert last_step(console, ActKind.INVITE_PEERS) is Step.DONE


def test_whoever_comes_in_while_a_batch_is_revoked_is_in_or_not_and_no_code_is_left(
    console: ConsoleServices, ana: Me, world: World
) -> None:
    made = console.batches.make(replace(WISH, count=8), ana.id)

    with ThreadPoolExecutor(4) as threads:
        entries = [threads.submit(come_as_peer, world, code) for code in made.codes]
        threads.submit(console.batches.revoke, made.batch.id, ana.id)
        for entry in entries:
            entry.result()
    world.services.invitations.restore()

    assert not any(is_good(world, code) for code in made.codes)


def test_ended_batches_are_listed_no_more(
    console: ConsoleServices, ana: Me, world: World
) -> None:
    console.batches.make(WISH, ana.id)
    world.advance(WISH.lives)

    assert console.batches.all() == ()


def test_nothing_that_is_kept_leads_from_a_batch_to_who_came_on_it(
    console: ConsoleServices, ana: Me, world: World, settings: Settings, store: Running
) -> None:
    made = console.batches.make(replace(WISH, count=1), ana.id)
    assert come_as_peer(world, made.codes[0])

    in_store = [world.redis.dump(key) or b"" for key in world.redis.scan_iter()]
    files = {p.name: p.read_text() for p in settings.folders.state.glob("*.json")}

    assert store.refused() == []
    assert not [value for value in in_store if made.batch.id.encode() in value]
    assert made.batch.id not in files["invitations-main.json"]
    assert kept.batches(settings.folders.state, "main").read()[made.batch.id].held == ()


def test_the_log_tells_of_every_batch(console: ConsoleServices, ana: Me) -> None:
    made = console.batches.make(WISH, ana.id)
    console.batches.revoke(made.batch.id, ana.id)

    kinds = [entry.kind for entry in console.oversight.entries()][-2:]

    assert kinds == [ActKind.INVITE_PEERS, ActKind.REVOKE_BATCH]
