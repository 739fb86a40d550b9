"""Chromium, to look at pages as they were answered: their own headers, styles and scripts."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from flask import Flask
from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright
from werkzeug.datastructures import Headers

from tests.looks.visitor import Shot

NONE_FOUND = "no Chromium was found: install it, or name it in SANAD_CHROMIUM"
ORIGIN = "http://sanad.test"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=900)

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A size of window and a colour scheme."""

    name: str
    size: ViewportSize
    scheme: Scheme


VARIANTS = (
    Variant(name="phone-light", size=PHONE, scheme="light"),
    Variant(name="phone-dark", size=PHONE, scheme="dark"),
    Variant(name="desktop-light", size=DESKTOP, scheme="light"),
    Variant(name="desktop-dark", size=DESKTOP, scheme="dark"),
)


def found() -> str | None:
    """Find the system's Chromium, or the one that SANAD_CHROMIUM names."""
    names = (
        os.environ.get("SANAD_CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    return next((path for name in names if name and (path := shutil.which(name))), None)


@contextmanager
def running(path: str) -> Iterator[Browser]:
    """Run Chromium for as long as the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


class Screen:
    """One window that is shown one page after another, as who has no JavaScript sees them.

    With `can_run`, what a test brings along may run; the pages' own scripts come empty.
    """

    def __init__(self, browser: Browser, app: Flask, *, can_run: bool = False) -> None:
        self._client = app.test_client()
        self._shot: Shot | None = None
        context = browser.new_context(java_script_enabled=can_run, viewport=PHONE)
        context.route("**/*", self._answer)
        self.page: Page = context.new_page()

    def show(self, shot: Shot) -> Page:
        """Show a page as it was answered."""
        self._shot = shot
        self.page.goto(ORIGIN + shot.path)
        return self.page

    def vary(self, variant: Variant) -> None:
        """Change the window and the colours, and leave the page open."""
        self.page.set_viewport_size(variant.size)
        self.page.emulate_media(color_scheme=variant.scheme)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        shot = self._shot
        if path.endswith(".js"):
            body, headers, status = "", Headers({"Content-Type": "text/javascript"}), 200
        elif shot is not None and path == shot.path:
            body, headers, status = shot.html, shot.headers, shot.status
        else:
            answer = self._client.get(path, buffered=True)
            body, headers, status = (
                answer.get_data(as_text=True),
                answer.headers,
                answer.status_code,
            )
        given = {k: v for k, v in headers.items() if k not in {"Content-Length", "Set-Cookie"}}
        route.fulfill(status=status, headers=given, body=body)
