"""How long wrong codes take, kind by kind: `python -m tests.bench.bench_oracle`.

Every kind is tried over and over, in an order drawn anew each time, so that whatever else the
machine does meets all alike; each kind's median is set beside the median of all. A mistyped
code is shown beside them and not held to the mark: that it is one, anybody can work out alone.
"""

import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from secrets import SystemRandom

import msgspec
from redis import Redis
from rich.console import Console
from rich.table import Table
from werkzeug.test import Client

from matcher.domain.codes import Code
from matcher.settings.load import load
from matcher.web.public.app import create_app
from tests import servers
from tests.privacy import wrong_codes
from tests.web.browsing import Browser
from tests.world import World

MOST_APART = 0.05
PAGES = {"/en/back": wrong_codes.return_codes, "/en/join": wrong_codes.invitations}
MISTYPED = Code("1" * 28)
NO_LIMIT = "1000000/minute"
NO_FLOOD = 10**9


def main(arguments: Sequence[str]) -> int:
    """Try wrong codes and invitations, print how far medians lie apart; 1 if too far."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=2_000)
    times = parser.parse_args(arguments).times
    console, worst = Console(), 0.0
    for page, make in PAGES.items():
        with _worlds() as (world, foreign):
            tried = make(world, foreign)
            client = create_app(world.services).test_client()
            medians = _medians(client, page, {**tried, "(mistyped)": MISTYPED}, times)
        worst = max(worst, _show(console, page, medians))
    console.print(f"furthest from the median of all: {worst:.1%} (mark: {MOST_APART:.0%})")
    return int(worst > MOST_APART)


@contextmanager
def _worlds() -> Iterator[tuple[World, World]]:
    with servers.both() as (store, queue), servers.private_folder() as home:
        environ = servers.environ(store, queue, home)
        settings = load(environ)
        limits = msgspec.structs.replace(settings.limits, loopback=NO_LIMIT)
        pressure = msgspec.structs.replace(settings.pressure, forms=NO_FLOOD)
        with Redis.from_url(store.everything()) as redis:
            foreign = wrong_codes.foreign_world(environ, Path(home), redis)
            yield World(replace(settings, limits=limits, pressure=pressure), redis), foreign


def _medians(
    client: Client, page: str, tried: Mapping[str, Code], times: int
) -> dict[str, float]:
    """Send each code again and again; returns the median of each kind in milliseconds."""
    browser = Browser(client).open(page)
    action, values = browser.prepared("Open", {"code": ""})
    spent: dict[str, list[float]] = {kind: [] for kind in tried}
    order = list(tried.items())
    for _ in range(times):
        SystemRandom().shuffle(order)
        for kind, code in order:
            values.setlist("code", [code])
            spent[kind].append(_timed(lambda: client.post(action, data=values).status_code))
    return {kind: statistics.median(each) for kind, each in spent.items()}


def _timed(send: Callable[[], int]) -> float:
    began = time.perf_counter()
    status = send()
    took = 1_000 * (time.perf_counter() - began)
    if status != HTTPStatus.UNPROCESSABLE_ENTITY:
        raise AssertionError(status)
    return took


def _show(console: Console, page: str, medians: Mapping[str, float]) -> float:
    """Print one page's medians; returns the largest distance of those that ask the store."""
    asking = {kind: took for kind, took in medians.items() if not kind.startswith("(")}
    middle = statistics.median(asking.values())
    table = Table("kind of wrong code", "median, ms", "from the middle", title=page)
    for kind, took in medians.items():
        table.add_row(kind, f"{took:.3f}", f"{took / middle - 1:+.1%}")
    console.print(table)
    return max(abs(took / middle - 1) for took in asking.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
