"""How soon the console answers while a preview runs: `python -m tests.bench.bench_console`."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

from rich.console import Console
from rich.table import Table

from matcher.domain.preview import MOST_PEERS, MOST_SEEKERS
from tests.coordinating import PASSPHRASE
from tests.journeys.test_console import digits
from tests.machine import Up, sanad, up
from tests.web.browsing import Page

PART = "/en/rules/draft/part?part=offers"
PAGES = ("/en/", "/en/rules", "/en/rules/draft", PART, "/en/fairness")
DRAFT = "/en/rules/draft?preset=more-people"
STILL = 20
"""How often each page is opened while nothing runs."""


class Desk:
    """Somebody who is signed in at a running console."""

    def __init__(self, running: Up) -> None:
        self._origin = running.console
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        code = Path(sanad("console-invite", home=running.home).stdout.strip()).read_text()
        self._read("/en/join")
        secret = self.page.form_with("Make my account").values["secret"]
        given = {"code": code, "name": "Ana", "passphrase": PASSPHRASE, "again": PASSPHRASE}
        self.press("Make my account", {**given, "digits": digits(secret)})

    def seconds(self, path: str) -> float:
        """Open a page; returns what that took."""
        start = perf_counter()
        self._read(path)
        return perf_counter() - start

    def press(self, button: str, given: dict[str, str]) -> None:
        """Fill in a form and send it."""
        form = self.page.form_with(button)
        values = {**form.values.to_dict(), **given}
        self._read(form.action, urlencode(values).encode())

    def _read(self, path: str, sent: bytes | None = None) -> None:
        with self._opener.open(urljoin(self._origin, path), sent) as answer:
            self.address = answer.url
            self.page = Page(answer.read().decode())


def main(arguments: Sequence[str] | None = None) -> None:
    """Open pages while nothing runs and while previews run, in turns; print both beside."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seekers", type=int, default=MOST_SEEKERS)
    parser.add_argument("--peers", type=int, default=MOST_PEERS)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args(arguments)
    crowd = {"seekers": str(asked.seekers), "peers": str(asked.peers)}
    table = Table("", "pages", "median ms", "p95 ms", "preview s")
    with up() as running:
        desk = Desk(running)
        _still(desk)  # what is loaded once is loaded
        still: list[float] = []
        busy: list[float] = []
        took: list[float] = []
        for _ in range(asked.times):
            still += _still(desk)
            start = perf_counter()
            busy += _busy(desk, crowd)
            took.append(perf_counter() - start)
    for name, found, seconds in (("still", still, ""), ("a preview runs", busy, _listed(took))):
        table.add_row(name, str(len(found)), _ms(median(found)), _ms(_p95(found)), seconds)
    ratio = median(busy) / median(still), _p95(busy) / _p95(still)
    table.add_row("ratio", "", f"{ratio[0]:.2f}", f"{ratio[1]:.2f}", "")
    Console().print(table)


def _still(desk: Desk) -> list[float]:
    return [desk.seconds(path) for path in PAGES * STILL]


def _busy(desk: Desk, crowd: dict[str, str]) -> Iterator[float]:
    """Ask for a preview, and open pages until it has come."""
    desk.seconds(DRAFT)
    desk.press("Preview", crowd)
    address = desk.address
    while True:
        yield from (desk.seconds(path) for path in PAGES)
        desk.seconds(address)
        if "Look again" not in desk.page.links:
            return


def _p95(found: list[float]) -> float:
    return quantiles(found, n=20)[-1]


def _ms(seconds: float) -> str:
    return f"{1_000 * seconds:.1f}"


def _listed(took: list[float]) -> str:
    return " ".join(f"{seconds:.1f}" for seconds in took)


if __name__ == "__main__":
    main()
