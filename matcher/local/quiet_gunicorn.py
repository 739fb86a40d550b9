"""Gunicorn that logs no address, no path and no text of an error, and gives nothing away."""

import socket
import sys
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


class QuietWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers requests that no app can be asked about, and says nothing of who sent them."""

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
