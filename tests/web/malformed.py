"""Draws requests that no page of ours would send, and some that are nearly right.

Hypothesis rather than schemathesis: there is no API schema to start from, only a URL map and
forms; and what it draws here are whole requests, down to framing, not values of a schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import cycle
from typing import Any
from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from matcher.web.common.app import MAX_BODY_BYTES
from tests.web.routes import Route

CANARY = "canary7731"

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get")
SAID = (
    *("", "yes", "no", "en", "keep", "any", "25", "-1", "next", "back", "to-check", "to-how"),
    *("18-plus", "13-17", "people/lonely", "some", "3", "daily", "either", "live", "only"),
    *("0x1", "1e9", "٣", "\x00", "a\x00b", "\u202egnp.exe", "\u2066\u2069", "\u200b", "\ufffd"),
    *("\ud800", "\udfff\ud800", "e\u0301" * 40, "\U0001f3f3\ufe0f\u200d\U0001f308", "\r\nX: y"),
    *(
        "{{7*7}}",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "../../etc/passwd",
        "%s%n",
        "a" * 5000,
    ),
)
NAMES = (
    *("go", "age", "band", "languages", "needs", "just", "main", "hide", "times", "parts"),
    *("clock", "relay", "look_in", "format", "matching", "keep", "which", "how", "capacity"),
    *("text", "once", "code", "group", "agreed", "group-people", "lived-12", "since-12"),
    *("ticket", "wish-gay", "gender_not", "nearness", "region", "rest", "draft", "token"),
    *("what", "where", "from", "needed", "reached", "not-asked", "addressed", "spoken", "to"),
    *(
        "lookup",
        "seal",
        "without",
        "manner",
        "work",
        "help",
        "stage_time",
        "never",
        "asked",
        "",
        "[]",
        "token[]",
        CANARY,
    ),
)
HEADERS = (
    *("User-Agent", "Referer", "Origin", "Accept", "Accept-Language", "Accept-Encoding"),
    *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Range"),
    *("If-None-Match", "If-Modified-Since", "If-Range", "Expect", "Content-Encoding"),
    *("Sec-Fetch-Site", "Authorization", "X-HTTP-Method-Override", "Upgrade", "TE", "Host"),
    *("Cookie", "Content-Type", "Content-Length", "Date", "Proxy", "X-Original-URL"),
)
TYPES = (
    *(
        "",
        "text/plain",
        "application/json",
        "application/x-www-form-urlencoded; charset=utf-16",
    ),
    *("application/x-www-form-urlencoded; charset=nothing", "multipart/form-data", "x" * 300),
    *("multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300),
    *("multipart/mixed; boundary=x", "application/x-url-encoded", "text/html; charset=\x00"),
)
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=edge"

said = st.one_of(st.sampled_from(SAID), st.text(max_size=30))
texts = st.one_of(st.sampled_from(SAID), said.map(lambda t: t + CANARY))
names = st.one_of(st.sampled_from(NAMES), st.text(max_size=12))
header_values = st.one_of(
    st.text(st.characters(max_codepoint=255), max_size=60),
    st.sampled_from(
        ["bytes=0-,-1", "gzip, deflate", "chunked", "*", "-1", "9" * 30, "a@b:c", ":"]
    ),
)


class Sender(StrEnum):
    """Who sends it.

    A stranger has the token of an open form, a forger somebody's cookie with the token of
    somebody else, a seeker and a peer have their own.
    """

    STRANGER = "stranger"
    FORGER = "forger"
    SEEKER = "seeker"
    PEER = "peer"


_INSIDE = {Sender.SEEKER, Sender.PEER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What somebody really holds."""

    cookie: str = ""
    bound: str = ""
    opened: str
    draft: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as a web server hands it on."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    is_chunked: bool

    def environ(self) -> dict[str, Any]:
        """Write it the way WSGI wants it."""
        headers = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in self.headers.items()}
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            if f"HTTP_{name}" in headers:
                headers[name] = headers.pop(f"HTTP_{name}")
        if not self.is_chunked:
            headers.setdefault("CONTENT_LENGTH", str(len(self.body)))
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path.encode("utf-8", "surrogatepass").decode("latin-1"),
            "QUERY_STRING": self.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.input_terminated": self.is_chunked,
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }


def requests(
    route: Route, held: Held, who: Sender, fields: list[tuple[str, str]]
) -> st.SearchStrategy[Sent]:
    """Draw requests to a route, and to addresses beside it; `fields` are right in any case."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> Sent:
        is_right = draw(st.integers(0, 3)) > 0  # the right method, so that forms are read
        headers = draw(st.dictionaries(st.sampled_from(HEADERS), header_values, max_size=4))
        kind, body = draw(bodies(fields))
        headers.setdefault("Content-Type", kind)
        if who is not Sender.STRANGER and draw(st.integers(0, 9)):
            headers["Cookie"] = f"stay={held.cookie}"
        if who in _INSIDE:
            headers.pop("Sec-Fetch-Site", None)
        return Sent(
            method=route.method if is_right else draw(st.sampled_from(METHODS)),
            path=draw(_paths(route)),
            query=quote(draw(st.one_of(st.just(""), texts)), errors="replace"),
            headers=headers,
            body=body,
            is_chunked=draw(st.booleans()),
        )

    return draw_one()


def bare(route: Route, held: Held, who: Sender, fields: list[tuple[str, str]]) -> Sent:
    """Fill in a form with nothing but what is right."""
    is_known = who is not Sender.STRANGER
    return Sent(
        method=route.method,
        path=route.path,
        query="",
        headers={
            "Content-Type": FORM,
            **({"Cookie": f"stay={held.cookie}"} if is_known else {}),
        },
        body=_urlencoded(fields),
        is_chunked=False,
    )


def right_fields(held: Held, who: Sender, *, is_open: bool) -> list[tuple[str, str]]:
    """Say which fields are right: without a right token nothing is read any further."""
    if is_open:
        return [("token", held.opened), ("draft", held.draft)]
    return [("token", held.bound)] if who is not Sender.STRANGER else []


def _paths(route: Route) -> st.SearchStrategy[str]:
    beside = st.one_of(
        st.text(max_size=12).map(lambda t: f"{route.path}/{t}{CANARY}"),
        st.text(max_size=12).map(lambda t: route.path.replace("abcd", t or "x")),
        st.text(max_size=8).map(lambda t: route.path.replace("/en", f"/{t}", 1)),
        st.sampled_from(["//", "/..", "/\x00", "/en/%00", "/static/../app.py", "*", ""]),
    )
    return st.one_of(st.just(route.path), st.just(route.path), st.just(route.path), beside)


def bodies(fixed: list[tuple[str, str]]) -> st.SearchStrategy[tuple[str, bytes]]:
    """Draw a body and what it says it is."""
    fields = st.lists(st.tuples(names, texts), max_size=12).map(lambda drawn: [*fixed, *drawn])
    all_at_once = st.lists(texts, min_size=1, max_size=5).map(
        lambda values: [*fixed, *zip(NAMES, cycle(values), strict=False)]
    )
    huge = st.integers(MAX_BODY_BYTES - 2, MAX_BODY_BYTES + 2_000)
    return st.one_of(
        fields.map(lambda f: (FORM, _urlencoded(f))),
        all_at_once.map(lambda f: (FORM, _urlencoded(f))),
        all_at_once.map(lambda f: (MULTIPART, _multipart(f))),
        fields.map(lambda f: (FORM, _urlencoded([*f[::-1], *f]))),
        fields.map(lambda f: (MULTIPART, _multipart(f))),
        st.tuples(fields, st.integers(0, 400)).map(
            lambda t: (MULTIPART, _multipart(t[0])[: t[1]])
        ),
        st.tuples(fields, st.binary(max_size=20)).map(
            lambda t: (FORM, _urlencoded(t[0]) + t[1])
        ),
        st.tuples(st.sampled_from(TYPES), st.binary(max_size=300)),
        st.tuples(fields, huge).map(lambda t: (FORM, _urlencoded(t[0]).ljust(t[1], b"&"))),
        fields.map(lambda f: (FORM, _urlencoded(f).decode().encode("utf-16"))),
        st.just((FORM, b"&".join(b"a%d=1" % n for n in range(3_000)))),
    )


def _urlencoded(fields: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields).encode()


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def _multipart(fields: list[tuple[str, str]]) -> bytes:
    found = b""
    for nth, (name, value) in enumerate(fields):
        told = name.encode("utf-8", "surrogatepass").replace(b'"', b"%22").replace(b"\n", b"")
        file = b'; filename="' + CANARY.encode() + b'"' if nth % 5 == 4 else b""
        found += b'--edge\r\nContent-Disposition: form-data; name="' + told + b'"' + file
        found += b"\r\n\r\n" + value.encode("utf-8", "surrogatepass") + b"\r\n"
    return found + b"--edge--\r\n"
