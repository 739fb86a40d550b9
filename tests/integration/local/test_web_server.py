"""What the web server itself answers and writes down, before any page is asked."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from matcher.domain import codes
from matcher.domain.invitation import Scope
from matcher.local import invite, sessions
from tests import machine
from tests.machine import Up
from tests.web.browsing import Browser
from tests.web.far import far_client
from tests.web.people import come_in_as_peer, come_in_as_seeker

MOST_RESIDENT_KB = 70 * 1024
CANARY = b"canary-7731"

BAD_REQUESTS = {
    "no request at all": CANARY + b"\r\n\r\n",
    "a method of its own": b"get" + CANARY + b" \xff / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a protocol of its own": b"GET / HTTP/9." + CANARY + b"\r\n\r\n",
    "a long address": b"GET /" + CANARY * 400 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nX: " + CANARY * 1000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + (b"X: " + CANARY + b"\r\n") * 90 + b"\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\n: " + CANARY + b"\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a length that is none": b"POST / HTTP/1.1\r\nContent-Length: " + CANARY + b"\r\n\r\n",
    "two ways of framing": (
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "no page for a bad body": (
        b"POST /" + CANARY + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"
    ),
    "an unmet expectation": b"GET / HTTP/1.1\r\nHost: x\r\nExpect: " + CANARY + b"\r\n\r\n",
}
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
BAD_BODIES = {
    "a chunk's size that is none": CHUNKED + b"ZZ\r\n" + CANARY + b"\r\n0\r\n\r\n",
    "a chunk's size below nought": CHUNKED + b"-1\r\n" + CANARY + b"\r\n0\r\n\r\n",
    "a chunk without its end": CHUNKED + b"3\r\n" + CANARY + b"\r\n0\r\n\r\n",
    "a chunk cut short": CHUNKED + b"ff\r\n" + CANARY,
    "no last chunk": CHUNKED + b"b\r\n" + CANARY + b"\r\n",
    "a bad trailer": CHUNKED + b"b\r\n" + CANARY + b"\r\n0\r\n: " + CANARY + b"\r\n\r\n",
    "a form cut short": b"Content-Length: 400\r\n\r\ntoken=" + CANARY,
}
FORM = (
    b"POST /en/back HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
)
HEADERS = (
    "content-security-policy: default-src 'none'",
    "x-content-type-options: nosniff",
    "referrer-policy: no-referrer",
    "cache-control: no-store",
    "server: web\r\n",
)


@pytest.fixture(scope="module")
def running() -> Iterator[Up]:
    with machine.up() as found:
        yield found


def _send(url: str, raw: bytes) -> str:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(4096), b"")).decode("latin-1")


@pytest.mark.parametrize("app", ["public", "console"])
@pytest.mark.parametrize("raw", BAD_REQUESTS.values(), ids=BAD_REQUESTS.keys())
def test_a_bad_request_is_refused_with_every_header_and_no_echo(
    running: Up, app: str, raw: bytes
) -> None:
    answer = _send(running.told[app], raw)

    head = answer.lower()
    assert answer.startswith("HTTP/1.1 4")
    assert [header for header in HEADERS if header not in head] == []
    assert CANARY.decode() not in answer


def test_the_log_names_nobody_and_nothing_of_what_was_sent(running: Up) -> None:
    for raw in BAD_REQUESTS.values():
        _send(running.told["public"], raw)
    _send(running.told["public"], b"GET /canary-7731?canary-7731 HTTP/1.1\r\nHost: x\r\n\r\n")

    log = running.log.read_text()
    assert "127.0.0.1" not in log
    assert CANARY.decode() not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("raw", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_a_body_that_does_not_arrive_whole_is_told_once_on_a_page(
    running: Up, raw: bytes
) -> None:
    answer = _send(running.told["public"], FORM + raw)

    assert answer.startswith("HTTP/1.1 400")
    assert answer.count("HTTP/1.1") == 1
    assert "This did not arrive whole. Nothing was done." in answer
    assert CANARY.decode() not in answer


def test_bodies_that_do_not_arrive_whole_leave_no_line_in_the_log(running: Up) -> None:
    before = running.log.read_text()

    for raw in BAD_BODIES.values():
        _send(running.told["public"], FORM + raw)
        _send(running.console, FORM + raw)

    assert running.log.read_text() == before


TOO_LARGE = {
    "of known length": b"Content-Length: 1000000\r\n\r\n" + b"x" * 1_000_000,
    "in chunks": CHUNKED + b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("raw", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_who_sends_too_much_can_send_it_all_and_reads_why_nothing_was_done(
    running: Up, raw: bytes
) -> None:
    answer = _send(running.told["public"], FORM + raw)

    assert answer.startswith("HTTP/1.1 413")
    assert "more than can be sent at once" in answer


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to look in")
def test_the_public_app_is_small_and_without_numerics(running: Up) -> None:
    _send(running.told["public"], b"GET /en/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    pids = sessions.members({running.pids["public"]})

    assert len(pids) > 1
    assert max(_resident_kb(pid) for pid in pids) <= MOST_RESIDENT_KB
    assert not [pid for pid in pids if "numpy" in Path(f"/proc/{pid}/maps").read_text()]


PAGES = ("", "card", "near", "back", "join", "here", "change", "here/erase", "gone", "nothing")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to look in")
def test_the_public_app_stays_small_after_hundreds_of_requests(running: Up) -> None:
    def visit(_nth: int) -> None:
        browser = Browser(far_client(running.told["public"]))
        come_in_as_seeker(browser)
        for page in PAGES:
            for language in ("en", "ar"):
                browser.open(f"/{language}/{page}")

    invitation = invite.make(
        running.settings, count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    come_in_as_peer(Browser(far_client(running.told["public"])), codes.parse(invitation))
    with ThreadPoolExecutor(8) as many:
        list(many.map(visit, range(12)))

    pids = sessions.members({running.pids["public"]})
    assert max(_resident_kb(pid) for pid in pids) <= MOST_RESIDENT_KB


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
