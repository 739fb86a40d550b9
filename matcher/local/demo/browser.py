"""A small browser without JavaScript: pages, forms, one site, its cookies."""

import http.client
from collections.abc import Sequence
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from matcher.domain.errors import MatcherError
from matcher.local.demo.html import Answers, PageContent, PageForm, Pair, read_page

MOST_REDIRECTS = 5
PATIENCE_S = 30.0


class LostError(MatcherError):
    """A page did not show what the way through it needs."""


class Browser:
    """One person's browser; keeps one connection open."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE_S)
        self._cookies: SimpleCookie = SimpleCookie()
        self._at = site
        self.status = 0
        self.html = ""
        self.page = PageContent()

    def open(self, path: str) -> None:
        """Follow a link."""
        self._go("GET", urljoin(self._at, path), "")

    def send(self, form: PageForm, answers: Answers, *button: Pair) -> list[Pair]:
        """Fill a form in, press a button, and return what was sent."""
        pairs = [*form.filled(answers), *button]
        target = urljoin(self._at, form.action)
        if form.method.lower() == "get":
            self._go("GET", f"{target.partition('#')[0]}?{urlencode(pairs)}", "")
        else:
            self._go("POST", target, urlencode(pairs))
        return pairs

    def form(self, *, to: str = "", holding: str = "") -> PageForm:
        """Find the form that leads to a path, or that has a field of this name.

        Raises
        ------
        LostError
            If this page has none.
        """
        found = self.find(to=to, holding=holding)
        if found is None:
            path = urlsplit(self._at).path
            raise LostError(f"{path} answered {self.status} without the form {to or holding}")
        return found

    def find(self, *, to: str = "", holding: str = "") -> PageForm | None:
        """Find such a form, if this page has one."""
        for form in self.page.forms:
            leads_there = urlsplit(form.action).path.endswith(to)
            if leads_there and (not holding or holding in form.names):
                return form
        return None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _go(self, method: str, url: str, body: str) -> None:
        for _ in range(MOST_REDIRECTS):
            target = self._ask(method, url, body)
            if not target:
                self.page = read_page(self.html)
                return
            method, url, body = "GET", urljoin(url, target), ""
        raise LostError("the pages lead in a circle")

    def _ask(self, method: str, url: str, body: str) -> str:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        headers = {"Cookie": "; ".join(f"{k}={m.value}" for k, m in self._cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        response = self._response(method, path, body, headers)
        self._at, self.status = url, response.status
        self.html = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            self._cookies.load(cookie)
        return response.headers.get("Location", "")

    def _response(
        self, method: str, path: str, body: str, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        try:
            self._connection.request(method, path, body or None, headers)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()  # the server closed an idle connection
            self._connection.request(method, path, body or None, headers)
            return self._connection.getresponse()


def collected(pairs: Sequence[Pair]) -> dict[str, tuple[str, ...]]:
    """Gather what was sent, by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if value:
            found[name] = (*found.get(name, ()), value)
    return found
