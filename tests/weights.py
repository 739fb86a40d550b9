"""What each public page weighs on the wire, with everything that it loads: `poe weights`.

Measured through a real `sanad up`, as a browser that unpacks asks for it.
"""

import gzip
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from redis import Redis
from rich.console import Console
from rich.table import Table

from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from tests.machine import Up, up
from tests.web.browsing import Page
from tests.world import World

MOST = 14 * 1024
LOADED = re.compile(r'(?:src|href)="(/static/[^"#]+)"')
NO_PICTURE = {"/static/hashes.txt"}  # a link, that is loaded when somebody follows it

OPEN = (
    "/",
    "/start",
    "/back",
    "/back/team",
    "/join",
    "/near",
    "/kept",
    "/guide",
    "/gone",
    "/card",
    "/letter",
    "/browser",
    "/nothing",
)
OWN = ("/here", "/here/erase", "/here/team", "/change")
OF_PEERS = ("/here/ask", "/here/remind")
OF_TALKS = re.compile(r"/(talk|after)/[^/#]+")
ABOUT = {"age": "18-plus", "languages": "en"}
HOW = {"format": "now-and-then", "times": "any", "look_in": "daily", "relay": "yes"}
ANSWERS = {
    "needs": ABOUT,
    "matters": {"needs": "people/lonely"},
    "how": {},
    "check": HOW,
}
PEERS_ANSWERS = {
    "about": {"agreed": "yes"},
    "lived": ABOUT,
    "limits": {"group-people": "some", "lived-12": "3"},
    "how": {},
    "check": {**HOW, "help": "listen", "capacity": "1", "rest": "0"},
}
"""What is answered to see each page of questions after the first."""


@dataclass
class Visit:
    """A browser as far as weights need one; it asks for each part anew with each page."""

    base: str
    opener: OpenerDirector = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar()))
    )

    def get(self, path: str, form: dict[str, str] | None = None) -> bytes:
        """Ask for something, packed as it comes; an error's page is a page."""
        data = urlencode(form).encode() if form else None
        asked = Request(self.base + path, data, {"Accept-Encoding": "gzip"})  # noqa: S310 - loopback
        try:
            with self.opener.open(asked) as answer:
                return bytes(answer.read())
        except HTTPError as refused:
            return refused.read()

    def sign_in(self, code: Code) -> None:
        """Come back with a code."""
        form = Page(gzip.decompress(self.get("/en/back")).decode()).form_with("Open")
        self.get(form.action, {**form.values.to_dict(), "code": code})

    def invited(self, language: str, invitation: Code) -> bytes:
        """Come to a peer's first page of questions."""
        form = Page(gzip.decompress(self.get(f"/{language}/join")).decode()).forms[0]
        return self.get(form.action, {**form.values.to_dict(), "code": invitation})

    def walked(
        self, shown: bytes, answers: Mapping[str, dict[str, str]]
    ) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Say of each page of questions after the one `shown` what is sent to see it."""
        for name, given in answers.items():
            forms = Page(gzip.decompress(shown).decode()).forms
            form = next(form for form in forms if form.id == "questions")
            sent = {**form.values.to_dict(), **given}
            yield name, form.action, sent
            shown = self.get(form.action, sent)

    def talks(self, language: str) -> Iterator[tuple[str, str]]:
        """Name each page of one's conversations, open and over, and say where it is."""
        own = Page(gzip.decompress(self.get(f"/{language}/here")).decode())
        for link in own.links.values():
            if found := OF_TALKS.search(link):
                further = ("", "/end", "/team") if found[1] == "talk" else ("",)
                for part in further:
                    yield f"{found[1]}{part}", f"/{language}{found[0]}{part}"

    def weighs(self, path: str, form: dict[str, str] | None = None) -> tuple[int, int]:
        """Say what a page weighs, and what all that it loads does."""
        page = self.get(path, form)
        parts = set(LOADED.findall(gzip.decompress(page).decode())) - NO_PICTURE
        return len(page), sum(len(self.get(part)) for part in parts)


def every(running: Up) -> Iterator[tuple[str, int, int]]:
    """Weigh every page that can be opened, of strangers, a seeker, a peer, and two who talk."""
    with Redis.from_url(running.settings.store_url) as redis:
        world = World(running.settings, redis)
        talker, former, seeker = (world.seeker() for _ in range(3))
        peer, other = world.peer(), world.peer()
        world.room(talker, peer)
        world.services.rooms.end(other.visitor, world.room(former, other))
        scope = frozenset({Scope.ADULTS})
        (invitation,) = world.services.invitations.create(
            count=1, scope=scope, trained_for=frozenset()
        )
    visits = {
        "stranger": (None, OPEN),
        "seeker": (seeker.code, OWN),
        "talker": (talker.code, OWN),
        "former": (former.code, OWN),
        "peer": (peer.code, (*OWN, *OF_PEERS)),
    }
    for who, (code, paths) in visits.items():
        visit = Visit(running.public)
        if code is not None:
            visit.sign_in(code)
        for language in ("en", "ar"):
            for path in paths:
                yield f"{who} /{language}{path}", *visit.weighs(f"/{language}{path}")
            yield from _further(visit, who, language, invitation if code is None else None)


def _further(
    visit: Visit, who: str, language: str, invitation: Code | None
) -> Iterator[tuple[str, int, int]]:
    """Weigh what no address alone leads to: questions for strangers, or one's conversations."""
    if invitation is None:
        for name, path in visit.talks(language):
            yield f"{who} /{language} ({name})", *visit.weighs(path)
        return
    walks = (
        (visit.get(f"/{language}/start"), ANSWERS),
        (visit.invited(language, invitation), PEERS_ANSWERS),
    )
    for shown, answers in walks:
        for name, path, form in visit.walked(shown, answers):
            yield f"{who} {path} ({name})", *visit.weighs(path, form)


def main() -> int:
    """Print the table; 1 when a page is too heavy."""
    table = Table("page", "bytes", "what it loads", "together")
    heavy = 0
    with up() as running:
        for name, page, loaded in every(running):
            heavy += page + loaded > MOST
            table.add_row(name, str(page), str(loaded), str(page + loaded))
    Console(width=100).print(table, f"at most {MOST}: {heavy} pages are heavier")
    return int(heavy > 0)


if __name__ == "__main__":
    sys.exit(main())
