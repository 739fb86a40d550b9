"""Promise 18: many wait and ask for news, and new people come in: `poe bench-load`.

A whole `sanad up` on this machine, shared with who asks: the waiting ask for news every 30 to
60 seconds, newcomers go through all pages of a seeker, one after the other, in seconds. Moments
are drawn beforehand, and a page's time counts from when it was due: a server that falls behind
cannot slow down who asks it.
"""

import asyncio
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

import numpy as np
from redis import Redis
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests import machine
from tests.bench.surfing import Answer, Surf
from tests.machine import Up
from tests.web.browsing import Given
from tests.web.people import SEEKERS_ANSWERS
from tests.world import World

MARK_S = 0.25
MARK_BYTES = 1024
ASKS_EVERY_S = 45.0  # between 30 and 60, drawn anew each time
BREATH_S = 0.5  # between two pages of a newcomer, who reads faster than anybody
CONNECTIONS = 256
START = "/en/start"
AGREED: Given = {"matching": "yes"}
NEWS = "/en/here/news"
Act = Callable[[float], Coroutine[object, None, None]]

UNLIMITED = {
    "SANAD_LIMITS_LOOPBACK": "1000000/minute",
    "SANAD_LIMITS_FORM": "1000000/minute",
    "SANAD_PRESSURE_FORMS": "1000000000",
}
"""Limits count addresses, and here everybody has the same."""


@dataclass(slots=True)
class Seen:
    """How long pages took, in seconds, and how many did not come as they should."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)

    def share(self, kind: str, part: float) -> float:
        """Say in which time this part of the pages of a kind came."""
        return float(np.quantile(self.seconds.get(kind, [0.0]), part))


def main(arguments: Sequence[str]) -> int:
    """Print what each number of newcomers meets; 1 when the first of them misses a mark."""
    parser = ArgumentParser(prog="poe bench-load", description=__doc__)
    parser.add_argument("--waiting", type=int, default=10_000, help="people who wait")
    parser.add_argument(
        "--newcomers", default="100,50,20,10,0", help="who come in a second, one run for each"
    )
    parser.add_argument("--seconds", type=int, default=30, help="length of a run")
    asked = parser.parse_args(arguments)
    console, kept = Console(), []
    with machine.up(extra=UNLIMITED) as up, Redis.from_url(up.settings.store_url) as redis:
        world = World(up.settings, redis)
        cookies, size = _filled(world, redis, asked.waiting, console)
        console.print(f"a waiting person takes {size:.0f} bytes (mark: {MARK_BYTES})")
        table = Table("newcomers a second", "page", "asked", "wrong", "p50 ms", "p99 ms")
        for each in map(float, asked.newcomers.split(",")):
            seen = asyncio.run(_run(up, cookies, each, asked.seconds))
            kept.append(_show(table, each, seen))
    console.print(table)
    is_kept = kept[0] and size <= MARK_BYTES
    console.print(f"p99 at most {MARK_S * 1000:.0f} ms, nothing wrong: {kept}")
    return 0 if is_kept else 1


def _filled(world: World, redis: Redis, many: int, console: Console) -> tuple[list[str], float]:
    before = redis.info("memory")["used_memory"]
    people = track(range(many), "People come to wait", console=console, transient=True)
    cookies = [world.seeker().cookie for _ in people]
    return cookies, (redis.info("memory")["used_memory"] - before) / max(many, 1)


async def _run(up: Up, cookies: Sequence[str], newcomers: float, seconds: float) -> Seen:
    parts, seen, drawn = urlsplit(up.public), Seen(), np.random.default_rng(7)
    visit = _Visit(Surf(parts.hostname or "", parts.port or 80, CONNECTIONS), seen)
    acts: list[tuple[float, Act]] = [
        (due, visit.come_in) for due in _moments(drawn, newcomers, seconds)
    ]
    acts += [
        (due, partial(visit.news, cookie=f"stay={drawn.choice(cookies)}"))
        for due in _moments(drawn, len(cookies) / ASKS_EVERY_S, seconds)
    ]
    begin = visit.begin = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for due, act in sorted(acts, key=lambda one: one[0]):
            await asyncio.sleep(max(0.0, begin + due - time.perf_counter()))
            group.create_task(act(due))
    return seen


def _moments(drawn: np.random.Generator, each_second: float, seconds: float) -> list[float]:
    """Draw when somebody comes, in seconds: how many is chance, too."""
    many = drawn.poisson(each_second * seconds)
    return [float(due) for due in drawn.uniform(0, seconds, many)]


@dataclass(slots=True)
class _Visit:
    """What one person does, with the time of each page."""

    surf: Surf
    seen: Seen
    begin: float = 0.0

    async def news(self, due: float, *, cookie: str) -> None:
        """Ask whether there is news."""
        await self._timed("news", due, self.surf.ask(NEWS, cookie=cookie))

    async def come_in(self, due: float) -> None:
        """Go through a seeker's pages and in."""
        page = await self._timed("first page", due, self.surf.ask(START))
        for answers in (*SEEKERS_ANSWERS, AGREED):
            if page is None:
                return
            due += BREATH_S
            await asyncio.sleep(max(0.0, self.begin + due - time.perf_counter()))
            due = max(
                due, time.perf_counter() - self.begin
            )  # who got a page late reads on later
            is_last = answers is AGREED
            sent = self.surf.ask(START, form={**page.hidden(), **answers})
            page = await self._timed("coming in" if is_last else "next page", due, sent)

    async def _timed(self, kind: str, due: float, asked: Awaitable[Answer]) -> Answer | None:
        try:
            found = await asked
        except (OSError, asyncio.IncompleteReadError) as wrong:
            self.seen.wrong[kind] += 1
            self.seen.wrong[type(wrong).__name__] += 1
            return None
        took = time.perf_counter() - self.begin - due
        self.seen.seconds.setdefault(kind, []).append(took)
        if found.status != HTTPStatus.OK:
            self.seen.wrong[kind] += 1
            return None
        return found


def _show(table: Table, newcomers: float, seen: Seen) -> bool:
    for kind in seen.seconds:
        many, wrong = len(seen.seconds[kind]), seen.wrong[kind]
        shares = (f"{seen.share(kind, part) * 1000:.0f}" for part in (0.5, 0.99))
        table.add_row(f"{newcomers:g}", kind, str(many), str(wrong), *shares)
    slow = any(seen.share(kind, 0.99) > MARK_S for kind in seen.seconds)
    return not slow and not seen.wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
