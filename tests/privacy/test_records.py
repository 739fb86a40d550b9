"""Records of one kind are of one size, and end together: nothing about them stands out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings as trying
from redis import Redis

from matcher.domain.offer import Reply
from matcher.domain.profile import Consent, PeerProfile, Profile, Role
from matcher.domain.room import MAX_CHARACTERS, RoomId
from matcher.settings.load import load
from matcher.settings.model import length_of
from matcher.store.counts import Counts
from matcher.store.people import People
from matcher.store.rooms import MESSAGE_SIZES
from matcher.store.sealing import sealed_size
from matcher.store.vault import vault_size
from matcher.store.wire import CARD_SIZE
from tests.asking import ask_coordinators
from tests.telling import suspend_somebody, tell, tell_the_team
from tests.web.profiles import peers, seekers
from tests.world import SEEKER, WIDER, Person, World, with_capacity
from worker.rounds import Rounds
from worker.wiring import ground_of

SETTINGS = load({"HOME": "/nowhere"})
MINUTE_S = 60
FOR_EVER = 99_999_999_999
A_MOMENT = 1_500_000_000  # larger numbers are moments, or for ever
DRAWN_NAME = re.compile(r"\b[0-9a-f]{16}:(?=\d{10,11}\b)")
"""The name of what holds somebody, before its end: one in 2,000 is made of digits alone."""
ABOUT_NO_PERSON = ("rules", "ask", "run", "lease:", "fence:", "stats:", "notice:")
GRAINS_S = {
    "c:": 3_600, "p:": 3_600, "l:": 3_600, "h:": 3_600, "n:": 3_600, "t": 3_600, "w": 3_600,
    "r:": 3_600, "m:": 3_600, "silent": 3_600, "v:": 600, "s:": 600, "d:": 600,
    "here": 600, "o:": 60, "i:": 86_400, "note:": 86_400, "notes": 86_400, "lim:": 60,
    "used:": 600, "k:": 604_800, "report:": 86_400, "reports": 86_400, "talked:": 3_600,
    "tell:": 86_400, "decided": 86_400, "suspended": 86_400,
}  # fmt: skip
OF_HANDLES = ("h:", "p:", "l:", "n:", "v:", "talked:")


def _lengths(world: World, kind: str) -> set[int]:
    found = (key for key in world.key_names() if f"}}:{kind}" in key)
    return {int(world.redis.execute_command("STRLEN", key)) for key in found}


@trying(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],  # the world grows with each: nothing can be tried again
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(profile=seekers(SETTINGS) | peers(SETTINGS))
def test_records_of_any_person_are_as_long_as_those_of_any_other(
    world: World, profile: Profile
) -> None:
    if isinstance(profile, PeerProfile):
        world.peer(profile, how=None)
    else:
        ticket = world.services.places.ticket(world.seeker(profile).visitor)
        plain = world.services.places.ticket(world.seeker().visitor)
        assert len(ticket) == len(plain)

    for kind in ("c:", "p:", "s:"):
        assert len(_lengths(world, kind)) == 1
    assert _lengths(world, "d:") == {len("open")}


def _talk(world: World) -> tuple[Person, Person, RoomId]:
    """Let a round bring two people together, and both say yes; nobody else waits."""
    seeker, peer = world.seeker(), world.peer()
    assert Rounds(ground_of(world.backing)).run(seed=1) == 1
    (asked,) = world.offers(peer)
    world.answer(peer, asked.id, Reply.ACCEPTED)
    room = world.answer(seeker, asked.id, Reply.ACCEPTED)
    if room is None:
        raise AssertionError(asked)
    return seeker, peer, room


@pytest.mark.parametrize("length", [1, 200, 700, MAX_CHARACTERS])
def test_a_message_tells_no_more_of_its_length_than_one_of_three_sizes(
    world: World, length: int
) -> None:
    seeker, _, room = _talk(world)
    for letter in ("a", "é", "ب"):
        words = letter * length
        world.services.rooms.say(seeker.visitor, room, words, once=letter)

    frames = world.redis.lrange(world.backing.keys("m:", room), 0, -1)

    assert {len(frame) for frame in frames} <= {sealed_size(size) for size in MESSAGE_SIZES}


def test_cards_and_keys_of_rooms_have_one_size(world: World) -> None:
    for agreed in (True, False):
        world.seeker(replace(SEEKER, consent=Consent(matching=True, statistics=agreed)))
        world.peer()
    assert Rounds(ground_of(world.backing)).run(seed=1) == 2

    offers = [key for key in world.key_names() if "}:o:" in key]

    sizes = {world.redis.hstrlen(key, f"{side}_card") for key in offers for side in Role}
    assert sizes == {vault_size(CARD_SIZE)}
    for who in [world.seeker() for _ in range(3)]:
        room = world.room(who, world.peer())
        key = world.redis.hstrlen(world.backing.keys("r:", room), "key")
        assert key == vault_size(32)


def _everything_happens(world: World) -> None:
    """Let people do all that leaves an end or a moment in the store."""
    places, rooms = world.services.places, world.services.rooms
    seeker, peer, room = _talk(world)
    rooms.say(peer.visitor, room, "hello", once="1")
    rooms.ask_for_more(world.again(seeker), room)
    ended, other, over = _talk(world)
    rooms.end(ended.visitor, over)
    places.pause(other.visitor)
    erased, another, _ = _talk(world)
    now = world.now()
    People(world.backing).erase(erased.visitor, spent_mark="mark", now=now)
    places.pause(another.visitor)
    _talk(world)  # in which nobody has written yet
    _, tired, handed_back = _talk(world)
    rooms.hand_back(tired.visitor, handed_back)
    for act in (places.pause, places.extend):
        act(world.seeker().visitor)
    alone = world.seeker()
    places.keep_no_code(alone.visitor, alone.cookie)
    world.again(seeker)
    world.seeker()
    places.change(world.peer().visitor, WIDER)
    _forms_come(world)
    places.rest(world.peer().visitor, timedelta(days=3))
    ask_coordinators(world)
    tell_the_team(world)
    suspend_somebody(world)
    Rounds(ground_of(world.backing)).run(seed=2)


def _forms_come(world: World) -> None:
    """Let so many forms come that newcomers are slowed down, and one be used up."""
    limits = world.settings.limits
    for rate in (limits.form, limits.code, limits.loopback, limits.person):
        world.services.counts.count(f"from somebody {rate}", length_of(rate))
    pressure = msgspec.structs.replace(world.settings.pressure, forms=1)
    pressed = replace(world.settings, pressure=pressure)
    assert Counts(replace(world.backing, settings=pressed)).press()
    assert world.services.counts.use_up("a form", until=world.now() + pressure.lasts)


def _kind(name: str) -> str:
    kinds = [kind for kind in (*GRAINS_S, *ABOUT_NO_PERSON) if name.startswith(kind)]
    return max(kinds, key=len)


def _names(world: World) -> Iterator[tuple[str, str]]:
    """Name every key that is about people, with its kind."""
    counts = {key.decode() for key in world.redis.scan_iter("*}:lim:*")}
    for key in sorted(world.key_names() | counts):
        kind = _kind(key.removeprefix(world.backing.keys.prefix))
        if kind not in ABOUT_NO_PERSON:
            yield kind, key


def test_every_record_ends_at_a_moment_that_many_share(world: World) -> None:
    _everything_happens(world)

    ends = {(kind, key): world.ends(key) for kind, key in _names(world)}

    odd = {at: end for at, end in ends.items() if end % GRAINS_S[at[0]]}
    assert odd == {}
    assert {kind for kind, _ in ends} == set(GRAINS_S)


def test_the_server_keeps_all_records_of_a_kind_in_the_same_way(world: World) -> None:
    """Where it does not, how much memory somebody takes tells what has happened to them."""
    _everything_happens(world)
    peer = world.peer(with_capacity(3))
    talks = [
        (seeker, world.room(seeker, peer)) for seeker in [world.seeker() for _ in range(3)]
    ]
    for seeker, room in talks:  # each holds the peer once more
        tell(world, seeker, room)

    kept: dict[str, set[bytes]] = {}
    for kind, key in _names(world):
        kept.setdefault(kind, set()).add(world.redis.object("ENCODING", key))

    of_people = ("h:", "o:", "r:", "p:", "c:", "s:", "k:")
    assert {kind: kept[kind] for kind in of_people if len(kept[kind]) > 1} == {}


def _moments(redis: Redis, key: str) -> Iterator[tuple[str, float]]:
    """List the moments that stand in clear in a hash or an order."""
    kind = redis.type(key)
    if kind == b"hash":
        for name, value in redis.execute_command("HGETALL", key).items():
            for part in re.split("[:,]", DRAWN_NAME.sub("", value.decode("latin-1"))):
                if part.replace(".", "").isdigit() and float(part) > A_MOMENT:
                    yield name.decode("latin-1"), float(part)
    if kind == b"zset":
        for member in redis.execute_command("ZRANGE", key, 0, -1):
            yield member.decode()[:2], float(redis.execute_command("ZSCORE", key, member))


def test_no_exact_moment_stands_anywhere(world: World) -> None:
    _everything_happens(world)

    found = [
        (kind, field, moment)
        for kind, key in _names(world)
        for field, moment in _moments(world.redis, key)
    ]

    assert [one for one in found if one[2] != FOR_EVER and one[2] % MINUTE_S] == []
    assert len(found) > 60


def test_no_record_is_named_after_another_but_those_of_one_handle(world: World) -> None:
    _everything_happens(world)
    named: dict[str, set[str]] = {}
    for kind, key in _names(world):
        which = key.removeprefix(world.backing.keys.prefix + kind)
        if which:
            named.setdefault(which, set()).add(kind)

    shared = {which: kinds for which, kinds in named.items() if len(kinds) > 1}

    assert all(kinds <= set(OF_HANDLES) or kinds == {"r:", "m:"} for kinds in shared.values())
    ids = sorted(named)
    assert not [(a, b) for a in ids for b in ids if a != b and a[:8] == b[:8]]
