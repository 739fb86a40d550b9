"""Every route of an app, from its own URL map, and a look at every answer it gives."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Request, Response

from matcher.web.common.headers import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

KNOWN = {"lang": "en", "alias": "abcd", "filename": "site.css"}
NO_PAGE = "no page"
TYPED = "canary-what-somebody-typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One endpoint with one method that it takes, and an address that leads there."""

    endpoint: str
    method: str
    path: str


def every_route(app: Flask) -> Iterator[Route]:
    """List every route; a new kind of argument has to be made known here."""
    for rule in app.url_map.iter_rules():
        given = {name: KNOWN[name] for name in rule.arguments}
        path = str(app.url_map.bind("localhost").build(rule.endpoint, given))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(endpoint=rule.endpoint, method=method, path=path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an app answered to one request."""

    endpoint: str
    method: str
    status: int
    headers: Headers
    body: str


@dataclass
class Watched:
    """An app; somebody looks at every answer it gives."""

    app: Flask
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._inner = self.app.wsgi_app
        self.app.wsgi_app = self._look  # type: ignore[method-assign]  # as Flask's manual says

    def _look(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        request = Request(environ)
        endpoint = self._endpoint(request)
        response = Response.from_app(self._inner, environ, buffered=True)
        self.answers.append(
            Answer(
                endpoint=endpoint,
                method=request.method,
                status=response.status_code,
                headers=response.headers,
                body=response.get_data().decode("utf-8", "replace"),
            )
        )
        return response(environ, start_response)

    def _endpoint(self, request: Request) -> str:
        """Name what was meant: a method that is not taken there is an answer of the page."""
        adapter = self.app.url_map.bind_to_environ(request.environ)
        for method in (request.method, "GET", "POST"):
            try:
                return str(adapter.match(method=method)[0])
            except (HTTPException, RequestRedirect):
                continue
        return NO_PAGE

    def classes(self) -> dict[tuple[str, str], set[int]]:
        """Say which classes of statuses each endpoint gave, by the method."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for answer in self.answers:
            found[answer.endpoint, answer.method].add(answer.status // 100)
        return found


_TELLS_NOTHING = "noreferrer noopener"
_REACHED = ("tel:", "sms:", "mailto:", "https://", "http://")
"""How services are reached: nothing is loaded before somebody follows such a link."""

_LINKS = {"href", "src", "action", "formaction", "data", "srcset"}


class Active(HTMLParser):
    """Finds what a page must not hold: anything inline, anything from elsewhere.

    A redirect names in its body where it leads.
    """

    def __init__(self, html: str, *, leads_to: str = "") -> None:
        super().__init__()
        self._leads_to = leads_to
        self.found: list[str] = []
        self._is_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = {name: value or "" for name, value in attrs}
        self._is_script = tag == "script"
        if tag in {"style", "base", "iframe", "object", "embed"}:
            self.found.append(tag)
        if self._is_script and "src" not in given:
            self.found.append("script without src")
        self.found += [name for name in given if name == "style" or name.startswith("on")]
        for name in _LINKS & given.keys():
            is_ours = given[name].startswith(("/", "#")) and not given[name].startswith("//")
            leads_out = tag == "a" and given.get("rel") == _TELLS_NOTHING
            is_reach = leads_out and given[name].startswith(_REACHED)
            if not is_ours and not is_reach and given[name] != self._leads_to:
                self.found.append(f"{tag} {name}={given[name]}")

    def handle_data(self, data: str) -> None:
        """Look at text: in a script there is none."""
        if self._is_script and data.strip():
            self.found.append("script inline")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._is_script = self._is_script and tag != "script"


def let_every_view_fail(app: Flask) -> None:
    """Let every view raise what nobody expects."""

    def failing(marks: Mapping[str, object]) -> object:
        def fail(**_arguments: str) -> str:
            raise ValueError(TYPED)

        vars(fail).update(marks)
        return fail

    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = failing(vars(view))  # type: ignore[assignment]  # raises


def faults(answers: list[Answer]) -> Iterator[tuple[str, str, int, object]]:
    """Find every answer that lacks a header, or holds something active."""
    for answer in answers:
        at = (answer.endpoint, answer.method, answer.status)
        lacking = [k for k, v in HEADERS.items() if answer.headers.getlist(k) != [v]]
        if lacking:
            yield (*at, lacking)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        leads_to = answer.headers.get("Location", "")
        if is_page and (found := Active(answer.body, leads_to=leads_to).found):
            yield (*at, found)
        if TYPED in answer.body or "Traceback" in answer.body:
            yield (*at, "the text of an error")


def is_complete(classes: set[int]) -> bool:
    """Tell whether a route worked, was refused, and failed."""
    return bool(classes & {2, 3}) and {4, 5} <= classes
