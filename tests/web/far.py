"""Lets the browser of the page tests visit a server that really runs."""

from collections.abc import Iterable, Mapping
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.test import Client
from werkzeug.wrappers import Request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HANDED_ON = ("Content-Type", "Cookie")


def far_client(url: str, telling: Mapping[str, str] | None = None) -> Client:
    """Make a client with cookies of its own whose every request goes to the server at `url`.

    Each request carries the headers of `telling` as well.
    """
    parts = urlsplit(url)

    def ask(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        headers = {name: request.headers[name] for name in HANDED_ON if name in request.headers}
        headers |= telling or {}
        connection.request(request.method, request.full_path, request.get_data(), headers)
        answer = connection.getresponse()
        start_response(f"{answer.status} {answer.reason}", answer.getheaders())
        body = answer.read()
        connection.close()
        return [body]

    return Client(ask)
