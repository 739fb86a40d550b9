"""A whole journey with everything that can go wrong on it, and a canary at each step."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from secrets import randbits
from urllib.parse import urlsplit

from redis import Redis

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.profile import Handle, PeerProfile
from matcher.local import sessions
from matcher.store.keys import KINDS, Keys
from matcher.store.wire import pack_profile
from tests import machine
from tests.machine import Up
from tests.privacy.at_the_desk import coordinate
from tests.privacy.canaries import Canaries
from tests.privacy.told import tell_the_team
from tests.waiting import until
from tests.web.browsing import Browser
from tests.web.far import far_client
from tests.web.people import come_in_as_peer, come_in_as_seeker, to_the_check_page, who
from tests.world import GRIEF, VERY, Person, World

ADDRESS = "198.51.100.77"
TOLD_ADDRESSES = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP")
TOLD_WORDS = ("User-Agent", "Accept-Language", "Authorization", "X-Request-ID", "Via")
TOLD_PAGES = ("Referer", "Origin")
OVERTIME = "run_round failed: JobTimeoutException"
HANGS = timedelta(seconds=1)  # a round that may take no longer is over before the store is down
PRODUCTION = {
    "SANAD_ENV": "production",
    "SANAD_ROUNDS_LONGEST": "1 s",
    "SANAD_ROUNDS_LEASE": "1 s",
}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Two people on their way through a real `sanad up`, and what they leave behind."""

    up: Up
    world: World
    canaries: Canaries = field(default_factory=Canaries)

    def go(self) -> None:
        """Go the whole way, with every failure on it."""
        peer, seeker = self.browser("peer"), self.browser("seeker")
        self._peer_comes(peer)
        code = self._seeker_comes(seeker)
        self._note(peer, "peer")
        self._change(peer)
        self._note(seeker, "seeker")
        self._talk(seeker, peer)
        self._ask(peer)
        self._come_back(seeker, code)
        self._send_nonsense(seeker)
        self._job_fails()
        self._page_fails()
        self._store_hangs(seeker)
        self._job_takes_too_long()
        self._worker_is_killed()
        tell_the_team(seeker, peer, code, world=self.world, canaries=self.canaries)
        opening = Path(self.up.told["coordinator"])
        coordinate(
            self.browser("coordinator", self.up.console), opening, canaries=self.canaries
        )

    def browser(self, name: str, url: str = "") -> Browser:
        """Give somebody a browser that tells a lot about them."""
        words = {header: self.canaries.word(f"{header} of {name}") for header in TOLD_WORDS}
        pages = {
            header: f"https://{self.canaries.word(f'{header} of {name}')}/x"
            for header in TOLD_PAGES
        }
        self.canaries.add("address", ADDRESS)
        told = {**dict.fromkeys(TOLD_ADDRESSES, ADDRESS), **words, **pages}
        client = far_client(url or self.up.public, told)
        client.set_cookie("other", self.canaries.word(f"cookie of {name}"))
        return Browser(client)

    def visit(self, browser: Browser, path: str) -> Browser:
        """Open a page with something in its query that does not belong there."""
        return browser.open(f"{path}?{self.canaries.word('query')}=1")

    @contextmanager
    def worker_held(self) -> Iterator[None]:
        """Hold the worker while the block runs: what is asked for waits in the queue."""
        pids = sessions.members({self._worker()})
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def _peer_comes(self, peer: Browser) -> None:
        told = machine.sanad("invite", home=self.up.home).stdout.strip()
        invitation = codes.parse(Path(told).read_text())
        Path(told).unlink()  # as is told to whoever hands them out
        self.canaries.add_code("invitation", invitation)
        self.canaries.add_code("peer's code", come_in_as_peer(peer, invitation))
        peer.press("I am around today")

    def _seeker_comes(self, seeker: Browser) -> Code:
        self.visit(seeker, "/en/")
        to_the_check_page(seeker)
        _, values = seeker.prepared("Agree and send")
        self.canaries.add("draft", values["draft"])
        self.canaries.add("form token", values["token"])
        code = come_in_as_seeker(seeker)
        self.canaries.add_code("seeker's code", code)
        waiting = seeker.page.form_with("Check for news")
        self.canaries.add("ticket", waiting.values["ticket"])
        return code

    def _note(self, browser: Browser, name: str) -> Person:
        """Look for all that is known of somebody, in clear and as it is packed to be sealed."""
        person = who(browser, self.world)
        needs = self.world.settings.needs
        profile = self.world.services.places.answers(person.visitor)
        packed = pack_profile(profile, needs)
        self.canaries.add(f"cookie of {name}", person.cookie)
        self.canaries.add(f"handle of {name}", person.visitor.handle, allowed_in="store: ")
        self.canaries.add(f"answers of {name}", packed, packed[1:], packed[:40])
        sums = "store: {main}:stats:"  # each lists every need there is, whoever ticked any
        self.canaries.add("a need", "people/lonely", "life/grief", allowed_in=sums)
        self.canaries.add("how somebody wants to talk", "now-and-then")
        return person

    def _change(self, peer: Browser) -> None:
        """Let a peer say more, which counts later: until then it is kept beside the rest."""
        visitor = who(peer, self.world).visitor
        before = self.world.services.places.answers(visitor)
        assert isinstance(before, PeerProfile)
        more = {**before.lived, GRIEF: VERY}
        self.world.services.places.change(visitor, replace(before, lived=more))
        assert self.world.redis.exists(self.world.backing.keys("l:", visitor.handle))
        self._note(peer, "peer who said more")

    def _talk(self, seeker: Browser, peer: Browser) -> None:
        until(lambda: "Yes, I can" in peer.open("/en/here").text, "the peer is asked")
        peer.press("Yes, I can")
        self.visit(seeker, "/en/here").press("Yes, talk with them")
        for browser, name in ((seeker, "seeker"), (peer, "peer")):
            browser.open("/en/here").open(browser.page.links["Open the conversation"])
            browser.press("Send", {"text": f"Hello {self.canaries.word(f'message of {name}')}"})
            self.canaries.add(f"conversation of {name}", browser.response.request.path)
        assert "canary-message of seeker" in peer.text

    def _ask(self, peer: Browser) -> None:
        """Let a peer ask coordinators twice, and one of them answer by command."""
        for name in ("note", "other note"):
            peer.open("/en/here/ask")
            peer.press("Send it to the coordinators", {"text": self.canaries.word(name)})
        told = machine.sanad("notes", "list", "--json", home=self.up.home).stdout
        waiting = json.loads(told)
        assert {one["text"].partition(" ")[0] for one in waiting}
        words = self.canaries.word("answer to a note")
        sent = machine.sanad(
            "notes", "answer", waiting[0]["note"], home=self.up.home, given=words
        )
        assert sent.returncode == 0, sent.stderr
        assert words in peer.open("/en/here/ask").text

    def _come_back(self, seeker: Browser, code: Code) -> None:
        seeker.client.delete_cookie("stay")
        seeker.open("/en/back").press("Open", {"code": " ".join(codes.groups(code))})
        self._note(seeker, "seeker come back")
        stranger = codes.from_bits(randbits(codes.BITS))
        self.canaries.add_code("unknown code", stranger)
        other = self.browser("stranger").open("/en/back")
        other.press("Open", {"code": stranger})
        other.open("/en/back").press("Open", {"code": self.canaries.word("mistyped code")})
        other.open(f"/en/back/{self.canaries.word('path')}")

    def _send_nonsense(self, seeker: Browser) -> None:
        for path in ("/en/start", "/en/near", "/en/letter", "/en/back/team"):
            forms = seeker.open(path).page.forms
            form = next(form for form in forms if form.method == "post" and form.buttons)
            for name in (*form.names, "text", "unknown"):
                word = self.canaries.word(f"field {name} of {path}")
                seeker.client.post(form.action, data={**form.values.to_dict(), name: word})
        word = self.canaries.word("body")
        seeker.client.post("/en/start", data=word * 5000, content_type=FORM)
        seeker.client.post("/en/back", data=f'{{"code": "{word}"}}', content_type="text/json")
        for raw in self._bad_requests():
            self._send(raw)

    def _bad_requests(self) -> list[bytes]:
        word = self.canaries.word("bad request").encode()
        head = b"POST /en/back HTTP/1.1\r\nHost: x\r\nX: " + word + b"\r\n"
        kind = b"Content-Type: multipart/form-data; boundary=" + word + b"\r\n"
        return [
            word + b"\r\n\r\n",
            b"GET /" + word * 200 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET / HTTP/1.1\r\nX: " + word * 500 + b"\r\n\r\n",
            b"GET / HTTP/9." + word + b"\r\n\r\n",
            head + b"Content-Length: " + word + b"\r\n\r\n",
            head + b"Content-Length: 4000\r\n\r\ncode=" + word,
            head + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n" + word,
            head + kind + b'Content-Length: 99\r\n\r\n--x; filename="' + word,
        ]

    def _send(self, raw: bytes) -> None:
        parts = urlsplit(self.up.public)
        with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass

    def _job_fails(self) -> None:
        """Let a round meet a number that is none: the error's text quotes it."""
        before = self._said("run_round failed: ")
        with self.worker_held():
            person = self.world.seeker()
            self._spoil(person.visitor.handle, "job")
        until(lambda: self._said("run_round failed: ") > before, "a job has failed")
        self._forget(person.visitor.handle)

    def _page_fails(self) -> None:
        browser = self.browser("unlucky")
        come_in_as_seeker(browser)
        handle = who(browser, self.world).visitor.handle
        self._spoil(handle, "page")

        assert browser.open("/en/here").response.status_code == 500

        self._forget(handle)

    def _store_hangs(self, seeker: Browser) -> None:
        store = self.up.pids["store"]
        os.kill(store, signal.SIGSTOP)
        try:
            assert self.visit(seeker, "/en/here").response.status_code == 503
            until(lambda: self._said("the store: StoreDownError"), "the clock misses it")
        finally:
            os.kill(store, signal.SIGCONT)

    def _job_takes_too_long(self) -> None:
        """Let a round wait for a store that hangs, until its time is over."""
        if self.up.settings.rounds.longest > HANGS:
            return
        before = self._said(OVERTIME)
        with self.worker_held(), Redis.from_url(self.up.settings.queue_url) as queue:
            until(lambda: queue.lrange("rq:queue:rounds", 0, -1), "a job waits")
            os.kill(self.up.pids["store"], signal.SIGSTOP)
        try:
            until(lambda: self._said(OVERTIME) > before, "a job has run into its limit")
        finally:
            os.kill(self.up.pids["store"], signal.SIGCONT)

    def _worker_is_killed(self) -> None:
        before = self._said("worker ready for rounds")
        os.kill(self._worker(), signal.SIGKILL)
        until(lambda: self._said("worker ready for rounds") > before, "another worker is ready")

    def _spoil(self, handle: Handle, where: str) -> None:
        key = Keys(self.world.settings.pool)("h:", handle)
        self.world.redis.hset(key, "version", self.canaries.word(f"error in a {where}"))

    def _forget(self, handle: Handle) -> None:
        """Take away what was spoilt: it stood where a number belongs, put there by us."""
        keys = Keys(self.world.settings.pool)
        self.world.redis.delete(*(keys(kind.name, handle) for kind in KINDS))
        self.world.redis.zrem(keys("w"), handle)

    def _said(self, words: str) -> int:
        return self.up.log.read_text().count(words)

    def _worker(self) -> int:
        """Find the worker that runs rounds now: a killed one has a successor."""
        with Redis.from_url(self.up.settings.queue_url) as queue:
            told = [queue.hgetall(key) for key in queue.smembers("rq:workers:rounds")]
        return int(max(told, key=lambda worker: worker.get(b"birth", b""))[b"pid"])


@contextmanager
def under_way(**settings: str) -> Iterator[Journey]:
    """Run a `sanad up` whose every file is below its home, and a journey through it."""
    with (
        machine.up(extra={**machine.QUICK, **settings}) as up,
        Redis.from_url(up.settings.store_url) as redis,
    ):
        yield Journey(up=up, world=World(up.settings, redis))
