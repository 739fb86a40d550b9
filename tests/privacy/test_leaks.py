"""Promise 1: a dump of everything reveals nobody; and if it did, we would see it."""

import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pytest
from msgspec import msgpack
from redis import Redis

from matcher.domain.profile import Role
from matcher.local.acl import Role as User, ServerName
from matcher.store.reports import LINES, LineRecord
from tests import lifetimes, machine
from tests.privacy import journey
from tests.privacy.canaries import (
    Canaries,
    Everything,
    Piece,
    pieces_of_folder,
    pieces_of_server,
)
from tests.privacy.journey import Journey
from tests.servers import Running
from tests.waiting import until

SOON = timedelta(minutes=1)
KEY = "{main}:m:somebody"
JOB = "rq:job:round-main-1"


@pytest.fixture(scope="module", params=[{}, journey.PRODUCTION], ids=["trial", "production"])
def gone(request: pytest.FixtureRequest) -> Iterator[Journey]:
    """Let two people go the whole way, with every failure on it, also as a network runs it.

    There a job runs into its time limit, too.
    """
    with journey.under_way(**request.param) as found:
        found.go()
        yield found


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def packed(word: str) -> str:
    """Hide a word as somebody might who stores what they should not."""
    return b64encode(zlib.compress(word.encode())).decode()


def test_nothing_of_anybody_is_found_anywhere_while_they_talk(gone: Journey) -> None:
    found = gone.canaries.found_in(Everything.of(gone.up).pieces())

    assert len(gone.canaries.forms) > 50
    assert found == set()


def test_nothing_of_anybody_is_in_a_job_that_waits(gone: Journey) -> None:
    with gone.worker_held(), Redis.from_url(gone.up.scan_urls[ServerName.QUEUE]) as queue:
        until(lambda: queue.lrange("rq:queue:rounds", 0, -1), "a job waits")

        found = gone.canaries.found_in(Everything.of(gone.up).pieces())

        assert queue.lrange("rq:queue:rounds", 0, -1)
        lifetimes.check_queue(queue)  # of a job, also that it says nothing of its own
    assert found == set()


def test_a_packed_canary_in_either_server_would_be_found(gone: Journey) -> None:
    word = gone.canaries.word("planted")
    with (
        Redis.from_url(gone.up.settings.store_url) as store,
        Redis.from_url(gone.up.settings.queue_url) as queue,
    ):
        store.set(KEY, packed(word), ex=SOON)
        queue.set(f"{JOB}:planted", packed(word), ex=SOON)

        found = gone.canaries.found_in(Everything.of(gone.up).pieces())

        store.delete(KEY)
        queue.delete(f"{JOB}:planted")
    assert found == {("planted", f"store: {KEY}"), ("planted", f"queue: {JOB}:planted")}


def test_a_line_shown_to_the_team_that_was_not_sealed_would_be_found(gone: Journey) -> None:
    line = gone.canaries.forms["message of peer"][0].decode()
    with Redis.from_url(gone.up.settings.store_url) as store:
        (key,) = store.scan_iter("*}:report:*")
        sealed = store.hget(key, LINES)
        store.hset(key, LINES, msgpack.encode([LineRecord(Role.PEER, f"Hello {line}")]))

        found = gone.canaries.found_in(Everything.of(gone.up).pieces())

        store.hset(key, LINES, sealed)
    assert found == {("message of peer", f"store: {key.decode()}")}


def test_the_operators_scan_finds_nothing_wrong_while_they_talk(gone: Journey) -> None:
    log = str(gone.up.log)

    done = machine.sanad("doctor", "--scan", "--log", log, home=gone.up.home)

    assert "WRONG" not in done.stdout
    assert done.returncode == 0


def test_who_erases_everything_is_found_nowhere(gone: Journey) -> None:
    person, canaries = gone.world.seeker(), Canaries()
    canaries.add("handle", person.visitor.handle)
    everything = Everything.of(gone.up)
    assert canaries.found_in(everything.pieces())

    gone.world.services.places.erase(person.visitor)

    until(lambda: not canaries.found_in(everything.pieces()), "nothing of them is found")


PLANTINGS: dict[str, Callable[[Redis, str], object]] = {
    "a string": lambda redis, word: redis.set(KEY, word),
    "a list": lambda redis, word: redis.rpush(KEY, *["x"] * 700, word),
    "a set": lambda redis, word: redis.sadd(KEY, *map(str, range(700)), word),
    "a sorted set": lambda redis, word: redis.zadd(KEY, {word: 1.5}),
    "a hash's field": lambda redis, word: redis.hset(KEY, word, "x"),
    "a hash's value": lambda redis, word: redis.hset(KEY, "x", word),
    "a stream": lambda redis, word: redis.xadd(KEY, {"x": word}),
}


@pytest.mark.parametrize("plant", PLANTINGS.values(), ids=PLANTINGS.keys())
def test_a_packed_canary_is_found_in_every_type_of_key(
    store: Running, redis: Redis, canaries: Canaries, plant: Callable[[Redis, str], object]
) -> None:
    plant(redis, packed(canaries.word("planted")))
    redis.expire(KEY, SOON)

    with Redis.from_url(store.url(User.SCAN)) as client:
        found = canaries.found_in(pieces_of_server("store", client))

    assert found == {("planted", f"store: {KEY}")}


def test_a_canary_is_found_in_a_key_s_name(
    store: Running, redis: Redis, canaries: Canaries
) -> None:
    name = f"{{main}}:m:{packed(canaries.word('planted'))}"
    redis.set(name, "x", ex=SOON)

    with Redis.from_url(store.url(User.SCAN)) as client:
        found = canaries.found_in(pieces_of_server("store", client))

    assert found == {("planted", f"store: {name}")}


def test_a_canary_is_found_in_a_server_s_own_records(
    queue: Running, canaries: Canaries
) -> None:
    word = canaries.word("planted")
    with (
        Redis.from_url(queue.everything(), client_name=word) as worker,
        Redis.from_url(queue.url(User.SCAN)) as client,
    ):
        worker.ping()

        found = canaries.found_in(pieces_of_server("queue", client))

    assert found == {("planted", "queue: its list of connections")}


def test_a_canary_is_found_in_a_file_and_in_its_name(
    tmp_path: Path, canaries: Canaries
) -> None:
    (tmp_path / "log").write_text(f"12:00 web  hello {packed(canaries.word('line'))} said\n")
    (tmp_path / canaries.word("name")).touch()

    found = {name for name, _ in canaries.found_in(pieces_of_folder(tmp_path))}

    assert found == {"line", "name"}


def test_what_may_be_in_one_place_is_found_in_any_other(canaries: Canaries) -> None:
    word = token_hex(16)
    canaries.add("handle", word, allowed_in=f"{ServerName.STORE}: ")
    pieces = [Piece(where=where, raw=word.encode()) for where in ("store: x", "queue: x")]

    assert canaries.found_in(pieces) == {("handle", "queue: x")}
