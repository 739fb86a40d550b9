"""The console in a real browser without JavaScript, on the servers of the tests.

What people tell the team is there at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from tests.coordinating import PASSPHRASE, Holder, join
from tests.looks.chromium import PHONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A browser in which somebody is signed in, and where their pages stand."""

    page: Page
    console: ConsoleServices
    language: str

    def open(self, path: str) -> None:
        """Go to a page in this desk's language."""
        self.page.goto(f"/{self.language}/{path}")

    def send(self, form: str) -> None:
        """Press the button of a form by where it leads, with the passphrase where it asks."""
        sent = self.page.locator(f"form[action$='{form}']").first
        passphrase = sent.locator("[name=passphrase]")
        if passphrase.count():
            passphrase.fill(PASSPHRASE)
        sent.locator("button").first.click()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Let an app answer at an address of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def seated(
    browser: Browser, address: str, console: ConsoleServices, who: str, language: str
) -> Iterator[Desk]:
    """Let somebody sit down in a browser of their own."""
    cookie = join(console, Holder(name=who), console.coordinators.open_door(Rank.OWNER))
    context: BrowserContext = browser.new_context(
        base_url=address, java_script_enabled=False, viewport=PHONE
    )
    context.add_cookies([{"name": "desk", "value": cookie, "url": address}])
    yield Desk(page=context.new_page(), console=console, language=language)
    context.close()
