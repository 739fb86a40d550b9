"""Promise 2: gone means gone, by moved time and once in real seconds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from redis import Redis

from matcher.domain.errors import MatcherError, VaultGoneError
from matcher.domain.outcomes import Question
from matcher.domain.place import CheckIn
from matcher.domain.preview import Compared
from matcher.domain.profile import Consent
from matcher.domain.room import RoomId
from matcher.jobs import LASTING, PASSING_LIVES, JobQueue
from matcher.local.acl import SUMS_SHOWN
from matcher.local.scan.folder import walk
from matcher.settings.load import load
from matcher.settings.model import PoolName
from matcher.store.asks import Asks
from matcher.store.backing import profile_context
from matcher.store.clock import OFFSET_KEY, rounded_up
from matcher.store.keys import KINDS, VISIT_GRAIN, kind_of
from matcher.store.previews import Previews, Wanted
from matcher.store.sealing import NONCE_BYTES, derive
from matcher.store.standing import Standing
from matcher.store.sweeper import Sweeper
from matcher.store.vault import DAY_BYTES, DAYS_AHEAD
from tests import lifetimes
from tests.asking import ask_coordinators
from tests.counting import end_a_week
from tests.integration.worker import processes
from tests.servers import Running
from tests.telling import suspend_somebody, tell_everybody, tell_the_team
from tests.waiting import until
from tests.world import SEEKER, WIDER, Person, World, with_capacity
from worker import strays

MOMENT = timedelta(seconds=1)
A_WHILE = timedelta(seconds=5)
BURST = "from tests.integration.worker.programs import burst; burst()"

BRIEF = {
    "SANAD_LIFETIMES_PLACE": "6 s",
    "SANAD_LIFETIMES_PLACE_MOST": "8 s",
    "SANAD_LIFETIMES_PEER": "8 s",
    "SANAD_LIFETIMES_SESSION": "4 s",
    "SANAD_LIFETIMES_DRAFT": "4 s",
    "SANAD_LIFETIMES_ROOM_LIVE": "5 s",
    "SANAD_LIFETIMES_ROOM_SLOW": "5 s",
    "SANAD_LIFETIMES_ROOM_MOST": "8 s",
    "SANAD_LIFETIMES_ROOM_SILENT": "4 s",
    "SANAD_LIFETIMES_AFTER_ROOM": "2 s",
    "SANAD_LIFETIMES_NOTE": "7 s",
    "SANAD_LIFETIMES_CAPSULE": "7 s",
    "SANAD_LIFETIMES_REPORT": "14 s",
    "SANAD_LIFETIMES_GRAIN": "1 s",
}
PEOPLES = {
    *("c:", "s:", "h:", "p:", "l:", "w", "here", "v:", "n:", "o:", "r:", "m:", "silent"),
    *("talked:", "d:", "t", "lim:", "used:", "note:", "notes", "k:", "report:", "reports"),
    *("decided", "suspended", "tell:"),
}
"""What is kept of people."""

BEFORE_A_GRAIN = timedelta(seconds=20)  # visits end on whole ten minutes: come by then

SUMS = {f"stats:{n}:" for n in (*SUMS_SHOWN, "near", "wanted", "answer", "asked", "open")}
NOBODYS = {"rules", "stats:rules", "ask", "run", "lease:", "fence:", "i:", "notice:"} | SUMS
"""What there is without people: none of it leads to anybody, or lives by a setting."""


def send_forms(world: World) -> None:
    """Leave what forms leave that are counted; how long that lives is for who counts."""
    world.services.counts.count("from somebody", A_WHILE)
    world.services.counts.use_up("a form's token", until=world.now() + A_WHILE)


def change_answers(world: World) -> None:
    """Let a peer say more than before, which counts later."""
    peer = world.peer(how=CheckIn.TODAY)
    world.services.places.change(peer.visitor, WIDER)


def give_sums(world: World) -> None:
    """Let somebody agree to be counted, and a coordinator ask what other rules would do."""
    world.bucket = 3
    told = world.seeker(replace(SEEKER, consent=Consent(matching=True, statistics=True)))
    world.services.rooms.end(told.visitor, world.room(told, world.peer()))
    (talk,) = world.services.outcomes.untold(told.visitor)
    world.services.outcomes.tell(told.visitor, talk, {Question.HELPED: "yes"})
    Standing(world.backing).keep({}, now=world.now())
    world.services.taps.call_bad(world.settings.services[0].id, once="a form's token")
    previews = Previews(world.backing)
    wanted = Wanted(before=world.rules, after=world.rules, who="ana")
    previews.answer(previews.want(wanted), Compared(live={}))
    previews.spend("by what rules", who="ana", now=world.now())


def live(world: World) -> tuple[Person, RoomId]:
    """Let everything happen of which anything is kept; returns a seeker who talks."""
    end_a_week(world)
    peer = world.peer(with_capacity(4), how=CheckIn.TODAY)
    talks, asked, erased = world.seeker(), world.seeker(), world.seeker()
    world.services.invitations.create(count=1, scope=frozenset(), trained_for=frozenset())
    room = world.room(talks, peer)
    world.services.rooms.say(talks.visitor, room, "Hello", once="a")
    world.propose(asked, peer)
    world.services.places.erase(erased.visitor)
    Asks(world.backing).note_asked()
    send_forms(world)
    change_answers(world)
    ask_coordinators(world)
    tell_the_team(world)
    suspend_somebody(world)
    tell_everybody(world)
    give_sums(world)
    return talks, room


def kinds(world: World) -> set[str]:
    """Name the kinds of all keys there are."""
    names = {key.decode() for key in world.redis.scan_iter(count=1000)} - {OFFSET_KEY}
    return {kind.name if (kind := kind_of(name)) else name for name in names}


def longest(world: World) -> timedelta:
    """Say how long the longest lifetime of all is."""
    return max(kind.longest(world.settings) for kind in KINDS)


def test_after_the_longest_lifetime_nothing_is_left(world: World) -> None:
    live(world)
    assert kinds(world) | {"lease:"} >= PEOPLES | NOBODYS

    world.advance(longest(world) + MOMENT)

    assert kinds(world) == {"rules", "stats:rules"}  # a running clock puts them up again
    lifetimes.shorten(world.redis, longest(world))
    assert kinds(world) == set()


def test_nobody_can_come_back_to_what_has_gone(world: World) -> None:
    talks, room = live(world)
    ticket = world.services.places.ticket(world.seeker().visitor)

    world.advance(longest(world) + MOMENT)

    for try_again in (
        lambda: world.again(talks),
        lambda: world.services.places.visitor(talks.cookie),
        lambda: world.services.places.answers(talks.visitor),
        lambda: world.services.rooms.enter(talks.visitor, room),
        lambda: world.services.places.come_back(ticket),
    ):
        with pytest.raises(MatcherError):
            try_again()


def day_keys(vault: bytes) -> Iterator[bytes]:
    """Compute every key that somebody who holds this vault file can compute."""
    value = vault[DAY_BYTES:]
    for _ in range(DAYS_AHEAD + 1):
        yield derive(value, "day")
        value = derive(value, "next day")


def opens(key: bytes, sealed: bytes, context: bytes) -> bool:
    """Try a key on what the vault sealed, by hand."""
    body = sealed[DAY_BYTES:]
    try:
        AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], context)
    except InvalidTag:
        return False
    return True


def test_what_was_kept_opens_with_no_key_that_the_vault_still_gives(world: World) -> None:
    handle = world.seeker().visitor.handle
    sealed = world.backing.store.command("GET", world.backing.keys("p:", handle))
    path, context = world.settings.folders.vault / "vault", profile_context(handle)
    seized = path.read_bytes()
    assert [key for key in day_keys(seized) if opens(key, sealed, context)]

    world.advance(world.settings.lifetimes.place + timedelta(days=2))

    assert not [key for key in day_keys(path.read_bytes()) if opens(key, sealed, context)]
    assert not holds(world.settings.folders.vault, seized[DAY_BYTES:])
    with pytest.raises(VaultGoneError):
        world.backing.vault.unseal(sealed, context=context)


def holds(folder: Path, value: bytes) -> bool:
    """Say whether a file of a folder holds a value."""
    return any(value in file.content for file in walk(folder))


def test_a_vault_s_key_of_a_day_opens_to_the_end_of_that_day_and_not_after(
    world: World,
) -> None:
    person = world.seeker()
    end = world.services.places.look(person.visitor).until
    midnight = rounded_up(end, timedelta(days=1))
    sealed = world.backing.store.command("GET", world.backing.keys("p:", person.visitor.handle))

    def is_open(moment: datetime) -> bool:
        world.advance(moment - world.now())
        context = profile_context(person.visitor.handle)
        try:
            return bool(world.backing.vault.unseal(sealed, context=context))
        except VaultGoneError:
            return False

    assert is_open(midnight - 5 * MOMENT)
    assert not is_open(midnight + MOMENT)


def test_only_names_of_queues_are_left_on_the_queue_server(
    world: World, environ: dict[str, str], queue: Running
) -> None:
    live(world)
    with Redis.from_url(queue.everything()) as line:
        asked = JobQueue(line, timeout=timedelta(seconds=30))
        assert asked.request_round(PoolName("main"), 1)
        processes.finished(environ, "-c", BURST)
        assert asked.request_round(PoolName("main"), 2)  # and nobody is there to run it
        lifetimes.shorten(line, PASSING_LIVES)

        strays.sweep(line)

        left = {key.decode() for key in line.scan_iter()}
        assert [name for name in left if not LASTING.fullmatch(name)] == []
        assert line.smembers("rq:queues") <= {b"rq:queue:rounds"}
        lifetimes.check_queue(line)


@pytest.fixture
def brief_world(environ: dict[str, str], redis: Redis) -> World:
    """Yield a world in which nothing lasts; people come shortly before visits end."""
    brief = World(load({**environ, **BRIEF}), redis)
    next_grain = rounded_up(brief.now() + BEFORE_A_GRAIN, VISIT_GRAIN)
    redis.set(OFFSET_KEY, (next_grain - BEFORE_A_GRAIN - brief.now()).total_seconds())
    return brief


# Peers said yes, which keeps what a room needs for weeks, whatever the settings: they leave.
def test_in_real_seconds_nothing_of_anybody_is_left_either(
    brief_world: World, redis: Redis
) -> None:
    peer, seeker = brief_world.peer(), brief_world.seeker()
    room = brief_world.room(seeker, peer)
    brief_world.services.rooms.say(seeker.visitor, room, "Hello", once="a")
    brief_world.seeker()
    brief_world.services.places.erase(brief_world.seeker().visitor)
    send_forms(brief_world)
    change_answers(brief_world)
    ask_coordinators(brief_world)
    others = tell_the_team(brief_world), suspend_somebody(brief_world)
    assert kinds(brief_world) >= PEOPLES
    lifetimes.check_store(redis, brief_world.settings)

    _until_only(brief_world, {"h:", "p:", "c:", "v:"} | NOBODYS)
    heads = {_head(brief_world, who) for who in (peer, *others)}
    assert set(redis.scan_iter("*h:*")) == heads
    for who in (peer, *others):
        brief_world.services.places.erase(who.visitor)

    _until_only(brief_world, NOBODYS)


def _until_only(world: World, left: set[str]) -> None:
    """Sweep, as the clock does, until nothing else is left."""

    def is_over() -> bool:
        Sweeper(world.backing).sweep(now=world.now())
        return kinds(world) <= left

    until(is_over, f"only {sorted(left)} are left", within_s=60)


def _head(world: World, who: Person) -> bytes:
    return world.backing.keys("h:", who.visitor.handle).encode()


def test_what_somebody_answered_is_never_said_to_be_gone_before_it_is(
    brief_world: World,
) -> None:
    seeker = brief_world.seeker()
    brief_world.services.offers.open_for(seeker.visitor)
    promised = brief_world.services.places.look(seeker.visitor).until

    until(lambda: "p:" not in kinds(brief_world), "the answers have gone")

    assert brief_world.now() >= promised
