"""How soon something is seen on a slow line: `poe bench-paint` (some minutes).

Chromium opens every main page of a real `sanad up`, each with nothing in its cache, while each
answer comes 400 ms late and all of them at 400 kbit/s. That leaves out the time to open a
connection: TCP and TLS 1.3 take two more round trips on a first visit, which are added here by
reckoning. The mark holds for the sum.
"""

import re
import statistics
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright
from redis import Redis
from rich.console import Console
from rich.table import Table

from matcher.domain.codes import Code
from tests.journeys.conftest import PHONE, QUIET
from tests.journeys.steps import come_back
from tests.looks import chromium
from tests.machine import Up, up
from tests.weights import OF_PEERS, OPEN, OWN
from tests.world import World

LATENCY_MS = 400
BYTES_A_SECOND = 400_000 / 8
CONNECTING_MS = 2 * LATENCY_MS
MOST_MS = 2_500

TALKS = "main a[href*='/talk/'], main a[href*='/after/']"
PATHS = "(links) => links.map((link) => link.pathname.replace(/^\\/../, ''))"
ALIAS = re.compile("(?<=/talk)/.*|(?<=/after)/.*")
PAINTED = """() => new Promise((told) => {
    const watch = (list) => list.getEntriesByName("first-contentful-paint").forEach(
        (paint) => told(paint.startTime));
    new PerformanceObserver(watch).observe({ type: "paint", buffered: true });
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who opens which pages; a stranger has no code."""

    who: str
    code: Code | None
    paths: Sequence[str]


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when a page is seen too late."""
    times = _times(arguments)
    table, late = Table("page", "painted, ms", "with connecting", ""), 0
    with up() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=QUIET)
        for visit in _visits(running):
            for name, painted in _opened(browser, running, visit, times):
                whole = painted + CONNECTING_MS
                late += whole > MOST_MS
                table.add_row(name, *(f"{ms:.0f}" for ms in (painted, whole)), _mark(whole))
        browser.close()
    Console(width=100).print(table, f"at most {MOST_MS} ms: {late} pages are later")
    return int(late > 0)


def _times(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="poe bench-paint", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="how often each page is opened")
    times: int = parser.parse_args(arguments).times
    if chromium.found() is None:
        parser.error(chromium.NONE_FOUND)
    return times


def _mark(whole: float) -> str:
    return "late" if whole > MOST_MS else "fine"


def _visits(running: Up) -> list[Visit]:
    with Redis.from_url(running.settings.store_url) as redis:
        world = World(running.settings, redis)
        seeker, talker, former = (world.seeker() for _ in range(3))
        peer, other = world.peer(), world.peer()
        world.room(talker, peer)
        world.services.rooms.end(other.visitor, world.room(former, other))
    return [
        Visit(who="stranger", code=None, paths=OPEN),
        Visit(who="seeker", code=seeker.code, paths=OWN),
        Visit(who="talker", code=talker.code, paths=OWN),
        Visit(who="former", code=former.code, paths=OWN),
        Visit(who="peer", code=peer.code, paths=(*OWN, *OF_PEERS)),
    ]


def _opened(
    browser: Browser, running: Up, visit: Visit, times: int
) -> Iterator[tuple[str, float]]:
    """Open each page in both languages some times; say how long the median one took."""
    context = browser.new_context(base_url=running.public, viewport=PHONE)
    first = context.new_page()
    paths = [*visit.paths]
    if visit.code is not None:
        come_back(first, visit.code)
        first.wait_for_url("**/here")
        paths += first.eval_on_selector_all(TALKS, PATHS)
    for path in (f"/{lang}{path}" for lang in ("en", "ar") for path in paths):
        took = [_painted(context.new_page(), path) for _ in range(times)]
        yield f"{visit.who} {ALIAS.sub('/', path)}", statistics.median(took)
    if visit.code is None:
        took = [_needs_painted(context.new_page(), lang) for lang in ("en", "ar")]
        yield f"{visit.who} the needs, the later of both languages", max(took)
    context.close()


def _painted(page: Page, path: str) -> float:
    """Open a page on a slow line, and say when something was seen."""
    _slow_down(page)
    page.goto(path)
    return _seen(page)


def _needs_painted(page: Page, language: str) -> float:
    """Answer the first page on a quick line, and see the next one on a slow line."""
    page.goto(f"/{language}/start")
    page.locator("input[name=age][value='18-plus']").check()
    page.locator("input[name=languages][value=en]").check()
    _slow_down(page)
    page.locator("main form button").first.click()
    page.wait_for_selector("#needs")
    return _seen(page)


def _slow_down(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    line.send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **speed}
    )


def _seen(page: Page) -> float:
    found = float(page.evaluate(PAINTED))
    page.close()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
