"""A real web server is sent HTTP that is broken in drawn ways (promise 10)."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from matcher.local import commands, ports, python, sessions
from matcher.local.commands import App
from matcher.settings.load import config_folder, load
from tests.waiting import until

REQUESTS = int(os.environ.get("SANAD_TEST_REQUESTS", "2000")) // 5
CANARY = b"canary7731"
STATUS = re.compile(rb"^HTTP/1\.1 (\d{3}) ", re.MULTILINE)
ANSWERS_WITHIN_S = 20

FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
WHOLE = (
    b"GET /en/ HTTP/1.1\r\nHost: x\r\nUser-Agent: " + CANARY + b"\r\n\r\n",
    b"GET /en/here?" + CANARY + b" HTTP/1.1\r\nHost: x\r\nCookie: stay=" + CANARY + b"\r\n\r\n",
    b"HEAD /en/back HTTP/1.1\r\nHost: x\r\n\r\nGET /en/"
    + CANARY
    + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /en/back HTTP/1.1\r\nHost: x\r\n"
    + FORM
    + b"Content-Length: 15\r\n\r\ncode="
    + CANARY,
    b"POST /en/start HTTP/1.1\r\nHost: x\r\n"
    + FORM
    + b"Transfer-Encoding: chunked\r\n\r\na\r\n"
    + CANARY
    + b"\r\n0\r\n\r\n",
    b"POST /en/back HTTP/1.1\r\nHost: x\r\n"
    + FORM
    + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n: no name\r\n\r\n",
    b"POST /en/here/pause HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: multipart/form-data; boundary=e\r\n"
    b"Content-Length: 72\r\n\r\n--e\r\nContent-Disposition: form-data; name=token\r\n\r\n"
    + CANARY
    + b"\r\n--e--\r\n",
)
PIECES = (
    *(b"\r\n", b"\r", b"\n", b"\0", b" ", b":", b"\xff\xfe", b"%00", b"\r\n\r\n", b"HTTP/9.9"),
    *(b"Content-Length: -1\r\n", b"Content-Length: 5\r\n", b"Content-Length: 99999999999\r\n"),
    *(b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"),
    *(
        b"Expect: 100-continue\r\n",
        b"Connection: close\r\n",
        b"Upgrade: h2c\r\n",
        b"fffffffff\r\n",
    ),
    *(
        b"Host: " + CANARY + b"\r\n",
        b"X: " + CANARY * 900 + b"\r\n",
        CANARY,
        b"\x16\x03\x01\x02",
    ),
)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """Draw a request in which something was put in, taken out, said twice or cut off."""
    raw = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 4))):
        begins = draw(st.integers(0, len(raw)))
        ends = draw(st.integers(begins, min(len(raw), begins + 40)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)))
        raw = draw(
            st.sampled_from(
                [
                    raw[:begins] + piece + raw[begins:],
                    raw[:begins] + raw[ends:],
                    raw[:ends] + raw[begins:],
                    raw[:begins],
                ]
            )
        )
    return raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A gunicorn that serves the public app, and what it wrote down."""

    port: int
    log: Path

    def send(self, raw: bytes) -> bytes:
        """Send bytes, say that nothing more comes, and read the whole answer."""
        address = ("127.0.0.1", self.port)
        with socket.create_connection(address, timeout=ANSWERS_WITHIN_S) as connection:
            connection.sendall(raw)
            try:
                connection.shutdown(socket.SHUT_WR)
                return b"".join(iter(lambda: connection.recv(65_536), b""))
            except ConnectionResetError:
                return b""  # refused before it was read to its end

    def status(self, path: str) -> int:
        """Ask for a page as anybody would."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=ANSWERS_WITHIN_S)) as asked:
            asked.request("GET", path)
            return asked.getresponse().status


@pytest.fixture
def served(environ: dict[str, str], tmp_path: Path) -> Iterator[Served]:
    """Run the public app on a free port of loopback, as `sanad up` would."""
    listen = load(environ | {"SANAD_PUBLIC_PORT": "0"}).public
    log = tmp_path / "log"
    with closing(ports.open_listener(listen)) as listener, log.open("w") as errors:
        descriptor = listener.fileno()
        process = subprocess.Popen(  # noqa: S603 - our own command
            commands.serve(
                App.PUBLIC, listen, config=config_folder({}), bind=f"fd://{descriptor}"
            ),
            env=python.environ(environ),
            stderr=errors,
            pass_fds=[descriptor],
            start_new_session=True,
        )
        found = Served(port=listener.getsockname()[1], log=log)
        try:
            until(lambda: found.status("/en/") == 200, "an answer")
            yield found
        finally:
            sessions.kill({process.pid})
            process.wait()


@pytest.mark.timeout(3_600)
def test_broken_http_is_refused_without_an_error_of_ours_or_a_word_in_the_log(
    served: Served,
) -> None:
    statuses: list[int] = []

    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(raw=broken())
    def send(raw: bytes) -> None:
        answer = served.send(raw)

        statuses.extend(found := [int(status) for status in STATUS.findall(answer)])
        assert all(status < 500 for status in found)
        assert not answer or answer.startswith((b"HTTP/1.1 ", b"HTTP/1.0 "))  # as was asked
        assert b"Traceback" not in answer

    send()

    log = served.log.read_bytes()
    assert len(statuses) >= REQUESTS // 2
    assert {200, 400, 403} <= set(statuses)
    assert CANARY not in log
    assert b"Traceback" not in log
    assert served.status("/en/") == 200
