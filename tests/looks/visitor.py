"""Somebody who goes from page to page, and can be shown each page in every language."""

from dataclasses import dataclass

from flask import Flask
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.test import TestResponse

from tests.web.browsing import Browser, Given
from tests.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One page in one state and one language, as it was answered."""

    name: str
    language: str
    path: str
    status: int
    headers: Headers
    html: str

    def __str__(self) -> str:
        """Name it, as files and failures do."""
        return f"{self.name} {self.language}"


class Visitor(Browser):
    """A browser that keeps what it sent last, to ask for the same in another language."""

    _sent: MultiDict[str, str] | None = None

    def press(self, button: str, given: Given | None = None) -> "Visitor":
        """Fill in a form and send it, as any browser."""
        _, self._sent = self.prepared(button, given)
        super().press(button, given)
        return self

    def post(self, path: str, sent: dict[str, str]) -> "Visitor":
        """Send what no page would."""
        self._sent = MultiDict(sent)
        self._arrive(self.client.post(path, data=sent))
        return self

    def shot(self, name: str, language: str) -> Shot:
        """Ask for the page that is open in a language."""
        asked = self.response.request
        path = asked.full_path.rstrip("?").replace("/en/", f"/{language}/", 1)
        sent = self._sent if asked.method == "POST" else None
        answer: TestResponse = self.client.open(path, method=asked.method, data=sent)
        return Shot(
            name=name,
            language=language,
            path=path,
            status=answer.status_code,
            headers=answer.headers,
            html=answer.get_data(as_text=True),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where visitors go: the pages on a small world, and the same pages on bad days."""

    world: World
    app: Flask
    lost: Flask  # its store is gone
    pressed: Flask  # many come at once
    languages: tuple[str, ...]

    def somebody(self) -> Visitor:
        """Let somebody new come."""
        return Visitor(self.app.test_client())
