"""A full store, a lost store, corrected answers and wrong invitations: nobody is locked out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes

import pytest
from redis import Redis

from matcher.domain.errors import DraftGoneError, InvitationGoneError, StoreFullError
from matcher.domain.invitation import Scope
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn
from matcher.local.acl import Role, ServerName
from matcher.local.lifeline import lifeline
from matcher.settings.model import Settings
from matcher.store.spent import SHELVES, SpentList
from tests import lifetimes, servers
from tests.world import PEER, SEEKER, Person, World

DAY = timedelta(days=1)


def test_in_a_full_store_everybody_who_is_in_can_still_look_answer_and_leave(
    settings: Settings,
) -> None:
    with (
        servers.private_folder() as folder,
        lifeline() as guard,
        servers.running(ServerName.STORE, folder, guard=guard, memory="6mb") as small,
    ):
        guard.remove(folder)
        with Redis.from_url(small.everything()) as redis:
            world = World(replace(settings, store_url=small.url(Role.APP)), redis)
            seeker, peer, other = world.seeker(), world.peer(), world.seeker()
            offer, _ = world.propose(seeker, peer)
            _fill(world)

            with pytest.raises(StoreFullError):
                world.seeker()
            for act in _what_must_work(world, seeker, peer, other):
                act()
            world.answer(peer, offer, Reply.ACCEPTED)
            assert world.answer(seeker, offer, Reply.ACCEPTED)
            world.services.places.erase(other.visitor)
            assert world.backing.head(other.visitor.handle) is None
            lifetimes.check_store(redis, settings)


def _what_must_work(
    world: World, seeker: Person, peer: Person, other: Person
) -> list[Callable[[], object]]:
    places = world.services.places
    return [
        lambda: places.visitor(seeker.cookie),
        lambda: places.look(peer.visitor),
        lambda: world.again(other),
        lambda: places.pause(other.visitor),
        lambda: places.resume(other.visitor),
        lambda: places.ticket(seeker.visitor),
    ]


def _fill(world: World) -> None:
    """Write until there is no room for one byte more."""
    for size in (100_000, 1_000, 100):
        number = 0
        while True:
            try:
                key = world.backing.keys("m:", f"{size}:{number}")
                world.backing.store.command("SET", key, "x" * size, "EX", 60)
            except StoreFullError:
                break
            number += 1


def test_answers_corrected_after_going_back_replace_those_sent_before(world: World) -> None:
    seed = token_bytes(32)
    first = world.services.intake.admit_seeker(SEEKER, seed=seed)
    corrected = replace(SEEKER, relay_ok=False)

    again = world.services.intake.admit_seeker(corrected, seed=seed)

    visitor = world.services.places.visitor(again.cookie)
    assert again == first
    assert world.services.places.answers(visitor) == corrected
    assert len(world.waiting()) == 1


def test_a_draft_is_one_person_even_after_its_mark_has_ended(world: World) -> None:
    seed = token_bytes(32)
    admission = world.services.intake.admit_seeker(SEEKER, seed=seed)
    visitor = world.services.places.visitor(admission.cookie)
    world.services.intake.settle(seed)
    since = world.services.places.look(visitor).since
    world.advance(timedelta(hours=3))

    with pytest.raises(DraftGoneError):
        world.services.intake.admit_seeker(SEEKER, seed=seed)

    assert world.services.places.look(visitor).since == since


def test_a_draft_of_somebody_who_erased_brings_nobody_back_after_a_loss(world: World) -> None:
    seed = token_bytes(32)
    admission = world.services.intake.admit_seeker(SEEKER, seed=seed)
    world.services.places.erase(world.services.places.visitor(admission.cookie))
    for key in list(world.redis.scan_iter()):
        world.redis.delete(key)

    with pytest.raises(DraftGoneError):
        world.services.intake.admit_seeker(SEEKER, seed=seed)


def test_a_peer_for_minors_alone_stands_in_no_adults_way(world: World) -> None:
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.YOUTH}), trained_for=frozenset()
    )[0]
    admission = world.services.intake.admit_peer(
        PEER, seed=token_bytes(32), invitation=invitation
    )
    visitor = world.services.places.visitor(admission.cookie)

    world.services.places.check_in(visitor, CheckIn.TODAY)

    assert world.reachable() == []


def test_an_invitation_that_let_nobody_in_is_still_good(world: World) -> None:
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    seed = token_bytes(32)
    seeker = world.services.intake.admit_seeker(SEEKER, seed=seed)
    world.services.places.erase(world.services.places.visitor(seeker.cookie))
    with pytest.raises(DraftGoneError):
        world.services.intake.admit_peer(PEER, seed=seed, invitation=invitation)
    for key in list(world.redis.scan_iter()):
        world.redis.delete(key)
    world.services.invitations.restore()

    admission = world.services.intake.admit_peer(
        PEER, seed=token_bytes(32), invitation=invitation
    )

    assert admission.code
    with pytest.raises(InvitationGoneError):
        world.services.invitations.look(invitation)


def test_training_comes_from_the_invitation_alone(world: World) -> None:
    claimed = replace(PEER, trained=world.settings.needs.formal_first)
    claimed = replace(claimed, opted_in=claimed.trained)
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]

    admission = world.services.intake.admit_peer(
        claimed, seed=token_bytes(32), invitation=invitation
    )
    visitor = world.services.places.visitor(admission.cookie)
    assert world.services.places.answers(visitor) == PEER
    world.services.places.change(visitor, claimed)

    assert world.services.places.answers(visitor) == PEER


def test_a_half_written_line_spends_nothing_and_hides_no_other(tmp_path: Path) -> None:
    spent, now = SpentList(tmp_path), datetime(2026, 1, 1, tzinfo=UTC)
    spent.add("first", until=now + DAY, now=now)
    for number in range(SHELVES):
        with (tmp_path / f"spent-{number:02x}").open("a") as file:
            file.write("torn")

    spent.add("second", until=now + DAY, now=now)

    assert spent.holds("first")
    assert spent.holds("second")
