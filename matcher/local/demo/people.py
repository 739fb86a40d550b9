"""Simulated seekers and peers: each fills in the real forms and answers in their own way."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from matcher.domain.profile import PeerProfile, SeekerProfile
from matcher.local.demo.browser import Browser, LostError, collected
from matcher.local.demo.html import Answers
from matcher.settings.model import Settings
from matcher.web.common.forms import YES
from matcher.web.public.answers.both import Times
from matcher.web.public.answers.peer import read_peer, write_peer
from matcher.web.public.answers.seeker import read_seeker, write_seeker
from matcher.web.public.answers.times import DayPart, utc_blocks

HERE = "/en/here"
MOST_PAGES = 12

_GROUP = re.compile(r"<bdi>([0-9A-Z]{4})</bdi>")
_ASKED = re.compile(r"group (\d+)")
_HELLO = re.compile(r"Hello from seeker (\d+)")
_BACK = re.compile(r"Hello back from peer (\d+)")


@dataclass(slots=True, kw_only=True)
class Person:
    """What both sides do."""

    number: int
    browser: Browser
    settings: Settings
    says_yes: tuple[bool, ...]
    asked: int = 0

    def erase(self) -> None:
        """Erase everything."""
        self.browser.open(f"{HERE}/erase")
        self.browser.send(self.browser.form(to="/here/erase"), {})

    def _walk(self, answers: Answers) -> dict[str, tuple[str, ...]]:
        """Fill in page after page, keep the code, and return what was said."""
        said: dict[str, tuple[str, ...]] = {}
        for _ in range(MOST_PAGES):
            form = self.browser.find(holding="go")
            if form is None:
                break
            just_talks = "just" in answers and "just" in form.names
            button = ("just", YES) if just_talks else ("go", "next")
            said |= collected(self.browser.send(form, answers, button))
        self._keep_code()
        return said

    def _keep_code(self) -> None:
        form, asked = self.browser.form(to="/keep"), _ASKED.search(self.browser.html)
        groups = _GROUP.findall(self.browser.html)
        if asked is None or not groups:
            raise LostError("the page shows no code")
        self.browser.send(form, {"group": (groups[int(asked[1]) - 1],)})

    def _reply(self) -> bool:
        """Answer a suggestion if there is one; True when there was."""
        is_yes = self.says_yes[self.asked % len(self.says_yes)]
        form = self.browser.find(to="/here/yes" if is_yes else "/here/no")
        if form is None:
            return False
        self.asked += 1
        self.browser.send(form, {})
        return True

    def _talks(self) -> list[str]:
        return [link for link in dict.fromkeys(self.browser.page.links) if "/talk/" in link]

    def _say(self, words: str) -> None:
        self.browser.send(self.browser.form(holding="text"), {"text": (words,)})


@dataclass(slots=True, kw_only=True)
class Seeker(Person):
    """A seeker; `waits_s` is the time from their last form to their conversation."""

    profile: SeekerProfile
    joined_at: float = 0.0
    offered_s: float | None = None
    waits_s: float | None = None
    has_greeted: bool = False
    peer: int | None = None

    def join(self) -> None:
        """Fill in the pages."""
        needs = self.settings.needs
        answers = {**write_seeker(self.profile, needs), "matching": (YES,)}
        self.browser.open("/en/start")
        said = self._walk(_with_times(answers))
        self.joined_at = time.monotonic()
        self.profile = read_seeker(_as_read(said), needs)

    def look(self) -> None:
        """Look in: answer, greet, read."""
        self.browser.open(HERE)
        if self.browser.find(to="/here/yes") and self.offered_s is None:
            self.offered_s = time.monotonic() - self.joined_at
        if self._reply():
            self.browser.open(HERE)
        for talk in self._talks():
            if self.waits_s is None:
                self.waits_s = time.monotonic() - self.joined_at
            self.browser.open(talk)
            if not self.has_greeted:
                self._say(f"Hello from seeker {self.number}")
                self.has_greeted = True
            if found := _BACK.search(self.browser.html):
                self.peer = int(found[1])


@dataclass(slots=True, kw_only=True)
class Peer(Person):
    """A peer, with the seekers they have answered in conversations."""

    profile: PeerProfile
    invitation: str
    met: set[int] = field(default_factory=set)

    def join(self) -> None:
        """Fill in the pages, and check in for today."""
        needs = self.settings.needs
        answers = {**write_peer(self.profile, needs), "agreed": (YES,), "keep": (YES,)}
        self.browser.open("/en/join")
        form = self.browser.form(to="/join/open")
        self.browser.send(form, {"code": (self.invitation,)})
        said = self._walk(_with_times(answers))
        trained = tuple(sorted(self.profile.trained))
        self.profile = read_peer({**_as_read(said), "trained": trained}, needs)
        self.browser.open(HERE)
        self.browser.send(self.browser.form(to="/here/in"), {}, ("how", "today"))

    def look(self) -> None:
        """Look in: answer every suggestion, greet everybody back."""
        self.browser.open(HERE)
        while self._reply():
            self.browser.open(HERE)
        for talk in self._talks():
            self.browser.open(talk)
            found = _HELLO.search(self.browser.html)
            if found and int(found[1]) not in self.met:
                self.met.add(int(found[1]))
                self._say(f"Hello back from peer {self.number}")


def _with_times(answers: Answers) -> dict[str, tuple[str, ...]]:
    """Say times the way a newcomer does: parts of a day, and what a clock shows."""
    blocks = {int(block) for block in answers.get("blocks", ())}
    rest = {name: said for name, said in answers.items() if name != "blocks"}
    if not blocks:
        return rest
    parts = tuple(part.value for part in DayPart if utc_blocks([part], 0) & blocks)
    clock = (str(datetime.now(UTC).hour),)
    return {**rest, "times": (Times.PARTS.value,), "parts": parts, "clock": clock}


def _as_read(said: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Add what the pages work out of the clock: these people live at UTC."""
    return {**said, "ahead": ("0",)}
