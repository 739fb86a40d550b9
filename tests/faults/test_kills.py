"""Promise 5: whatever is killed, and whenever, nobody is lost, stuck, or in two places."""

import os
import re
import signal
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from enum import StrEnum
from http import HTTPStatus

import pytest
from redis import Redis

from matcher.domain.offer import Reply
from matcher.domain.place import PlaceState
from matcher.local import sessions
from tests.machine import QUICK, Up, up as running
from tests.waiting import until
from tests.world import Person, World

STUCK_S = 60.0


class Victim(StrEnum):
    """What is killed."""

    WORKER = "worker"
    HORSE = "horse"
    CLOCK = "clock"
    WEB = "public"


class Point(StrEnum):
    """When it is killed."""

    BEFORE_ARRIVAL = "before the seeker arrives"
    WAITING = "while the seeker waits"
    OFFERED = "while the peer is asked"
    PEER_SAID_YES = "while the seeker is asked"
    TALKING = "while they talk"


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """Run one `sanad up` for all kills: what one kill breaks, the next one meets."""
    with running(extra=QUICK) as found:
        yield found


@pytest.mark.parametrize("point", Point)
@pytest.mark.parametrize("victim", Victim)
def test_a_kill_loses_nobody_and_books_nobody_twice(
    up: Up, victim: Victim, point: Point
) -> None:
    with Redis.from_url(up.settings.store_url) as redis:
        world = World(up.settings, redis)
        story = _Story(world, lambda: _kill(up, world, victim), point)

        seeker, peer = story.tell()

        assert world.services.places.look(seeker.visitor).state is PlaceState.TALKING
        assert len(world.services.rooms.of(seeker.visitor)) == 1
        assert world.services.rooms.of(seeker.visitor) == world.services.rooms.of(peer.visitor)
        assert world.services.places.look(peer.visitor).load == 1
        until(lambda: _answers(up), "the pages answer again", within_s=STUCK_S)
        for person in (seeker, peer):
            world.services.places.erase(person.visitor)


class _Story:
    """Two people on their way to each other, with a kill somewhere on it."""

    def __init__(self, world: World, kill: Callable[[], None], point: Point) -> None:
        self._world = world
        self._kill = kill
        self._point = point

    def tell(self) -> tuple[Person, Person]:
        """Go the whole way; every wait ends within a minute or fails."""
        world = self._world
        peer = world.peer()
        self._now(Point.BEFORE_ARRIVAL)
        seeker = world.seeker()
        self._now(Point.WAITING)
        until(lambda: world.offers(peer), "the peer is asked", within_s=STUCK_S)
        self._now(Point.OFFERED)
        offer = world.offers(peer)[0].id
        world.answer(peer, offer, Reply.ACCEPTED)
        self._now(Point.PEER_SAID_YES)
        until(lambda: world.offers(seeker), "the seeker is asked", within_s=STUCK_S)
        room = world.answer(seeker, offer, Reply.ACCEPTED)
        assert room is not None
        self._now(Point.TALKING)
        world.services.rooms.say(seeker.visitor, room, "hello", once="a")
        world.services.rooms.say(peer.visitor, room, "hello you", once="b")
        assert len(world.services.rooms.enter(seeker.visitor, room).messages) == 2
        return seeker, peer

    def _now(self, point: Point) -> None:
        if point is self._point:
            self._kill()


def _kill(up: Up, world: World, victim: Victim) -> None:
    """Kill one process at once; a horse is waited for, since it lives for one round only."""
    if victim is not Victim.HORSE:
        os.kill(_pid(up, victim), signal.SIGKILL)
        return

    def found_and_killed() -> list[int]:
        world.backing.store.command("SET", world.backing.keys("ask"), 1, "EX", 60)
        worker = _pid(up, Victim.WORKER)
        horses = [pid for pid in sessions.members({worker}) if pid != worker]
        for horse in horses:
            os.kill(horse, signal.SIGKILL)
        return horses

    until(found_and_killed, "a horse runs", within_s=STUCK_S)


def _pid(up: Up, seat: str) -> int:
    """Find the process that sits on a seat now: a killed one has a successor."""
    found: list[int] = []

    def sits() -> bool:
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,args="],  # noqa: S607 - wherever this system keeps it
            capture_output=True,
            check=True,
            text=True,
        ).stdout.splitlines()
        rows = [line.split(maxsplit=2) for line in listed]
        ends = {"worker": r"worker\.main$", "clock": r"worker\.clock$", "public": "wsgi:public"}
        found[:] = [
            int(pid)
            for pid, parent, words_of in rows
            if int(parent) == up.process.pid and re.search(ends[seat], words_of.strip())
        ]
        return bool(found)

    until(sits, f"the {seat} runs", within_s=STUCK_S)
    return found[0]


def _answers(up: Up) -> bool:
    try:
        with urllib.request.urlopen(f"{up.public}/en/", timeout=5) as answer:  # noqa: S310 - our own
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False
