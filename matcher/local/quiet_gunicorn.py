"""Gunicorn that logs no address, no path and no text of an error, and gives nothing away."""

import socket
import sys
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers.gthread import ThreadWorker

SERVER = "web"

# Browsers send a form to its end before they read an answer: so much of one that is too large
# is taken in and thrown away, for so long, that they get to see why it was refused.
MOST_DRAINED_BYTES = 1024 * 1024
DRAINING_S = 3.0

_STEP_BYTES = 16 * 1024

Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]

_STATUSES = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
}
_HEADERS = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Connection": "close",
}


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Writes what happens to processes; of a failed request no more than its kind."""

    def exception(self, *_message: object, **_options: object) -> None:
        """Name the kind of the error: its text and its trace may hold anything."""
        kind = sys.exc_info()[0]
        self.error_log.error("a request failed: %s", kind.__name__ if kind else "unknown")

    def access(self, *_request: object) -> None:
        """Keep no access log, whatever the settings of gunicorn say."""


class Body:
    """What comes with a request; badly framed or cut short, it reads as a broken connection.

    Apps answer that with 400. Gunicorn's own errors would be taken for errors of the app, and
    a form whose end is missing for a whole one.
    """

    def __init__(self, environ: Environ) -> None:
        self._source = environ["wsgi.input"]
        self._socket: socket.socket = environ["gunicorn.socket"]
        self._missing = int(environ.get("CONTENT_LENGTH") or 0)

    def read(self, size: int = -1) -> bytes:
        """Read as gunicorn's body does.

        Raises
        ------
        OSError
            If it ends too early or is badly framed.
        """
        try:
            found: bytes = self._source.read(size)
        except ParseException as error:
            raise OSError from error
        self._missing -= len(found)
        if self._missing > 0 and size and (size < 0 or not found):
            raise ConnectionResetError
        return found

    def drain(self) -> None:
        """Throw away what the app did not read, up to a bound."""
        ends, left = time.monotonic() + DRAINING_S, MOST_DRAINED_BYTES
        try:
            while left > 0 and time.monotonic() < ends:
                self._socket.settimeout(max(ends - time.monotonic(), 0.01))
                if not (found := self.read(min(left, _STEP_BYTES))):
                    break
                left -= len(found)
        except OSError:
            return  # the connection is closed after the answer
        finally:
            self._socket.settimeout(None)


class WholeBodies:
    """An app whose requests are read to their end before they are answered."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, environ: Environ, start_response: object) -> Iterable[bytes]:
        """Answer one request."""
        body = environ["wsgi.input"] = Body(environ)
        answer = self._app(environ, start_response)
        body.drain()
        return answer


class QuietWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers requests that no app can be asked about, and says nothing of who sent them."""

    wsgi: App

    def load_wsgi(self) -> None:
        """Load the app, and let it meet whole bodies only."""
        super().load_wsgi()
        self.wsgi = WholeBodies(self.wsgi)

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: BaseException
    ) -> None:
        """Refuse in few words, with the headers that every answer of ours carries."""
        del req, addr
        status = _status(exc)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("a request failed: %s", type(exc).__name__)
        try:
            client.sendall(_answer(status))
        except OSError:
            return  # gone meanwhile


def _status(error: BaseException) -> HTTPStatus:
    for kind, status in _STATUSES.items():
        if isinstance(error, kind):
            return status
    is_theirs = isinstance(error, ParseException)
    return HTTPStatus.BAD_REQUEST if is_theirs else HTTPStatus.INTERNAL_SERVER_ERROR


def _answer(status: HTTPStatus) -> bytes:
    body = f"{status.phrase}\n"
    headers: dict[str, Any] = {"Server": SERVER, "Content-Length": len(body), **_HEADERS}
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
