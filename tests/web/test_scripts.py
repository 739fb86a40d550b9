"""The few scripts: published by their hashes, light, with no way to keep or send anything."""

import re
from pathlib import Path

import pytest

from matcher.web.common import hashes
from matcher.web.common.sizes import packed
from tests.architecture.source import ROOT
from tests.hashes import LIST
from tests.web.browsing import Browser
from tests.web.people import note_code, shown_code, to_the_check_page

FOLDER = "matcher/web/public/static/"
STATIC = ROOT / FOLDER
SCRIPTS = sorted(STATIC.glob("*.js"))

MOST_BYTES = 14 * 1024
KEEPS_OR_SENDS = re.compile(
    r"localStorage|sessionStorage|indexedDB|caches|cookie|fetch|XMLHttpRequest|sendBeacon|"
    r"WebSocket|EventSource|Worker|location|history\.|window\.name|innerHTML|outerHTML|"
    r"document\.write|eval|Function\(|console|postMessage|https?:(?!//www\.w3\.org/2000/svg)"
)

MEANT = {
    "work.js": {"Worker", "postMessage"},
    "work-worker.js": {"postMessage"},
    "news.js": {"fetch", "sessionStorage"},
    "code-words.js": {"fetch"},
    "find.js": {"fetch"},
    "leave.js": {"location", "sessionStorage"},
}
"""In a flood, a newcomer's page hands a sum to a worker. One's own page asks whether anything
is new; the tab remembers that it may say so in its title: an empty word, until it is closed.
Whole lists of words are fetched, for codes and for finding needs; none that was typed is sent.
Leaving opens another page; until then the tab knows ten bits of the code's first group,
and ten of its first word where words were shown or typed."""


def weight(browser: Browser) -> int:
    """Sum what the page that is shown needs on the wire, each part packed by itself."""
    html = browser.response.get_data().partition(b"<!-- ")[0]
    needed = set(re.findall(rb'(?:src|href)="/static/([^"]+)"', html))
    packing = {"Accept-Encoding": "gzip"}
    parts = (
        browser.client.get(f"/static/{name.decode()}", headers=packing, buffered=True)
        for name in needed
    )
    return len(packed(html)) + sum(len(part.get_data()) for part in parts)


def test_the_list_of_hashes_is_served_and_the_page_of_what_is_kept_leads_there(
    browser: Browser,
) -> None:
    (name,) = re.findall(
        r'href="/static/(hashes[^"]+)"', browser.open("/en/kept").response.text
    )

    answer = browser.client.get(f"/static/{name}", buffered=True)

    assert answer.mimetype == "text/plain"
    assert answer.text == LIST.read_text("utf-8")
    assert {one.name for one in SCRIPTS} <= {name for name, _ in hashes.under(FOLDER)}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_keeps_sends_or_runs_anything_else(path: Path) -> None:
    found = set(KEEPS_OR_SENDS.findall(path.read_text("ascii")))

    assert found <= MEANT.get(path.name, set())


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_served_as_scripts(browser: Browser, path: Path) -> None:
    answer = browser.client.get(f"/static/{path.name}", buffered=True)

    assert answer.mimetype == "text/javascript"


def test_pages_with_scripts_are_light(browser: Browser) -> None:
    weights = {"back": weight(browser.open("/en/back"))}
    to_the_check_page(browser)
    weights["check"] = weight(browser)
    weights["code"] = weight(browser.press("Agree and send", {"matching": "yes"}))
    weights["picture"] = weight(browser.press("Show the picture"))

    assert {name: size for name, size in weights.items() if size > MOST_BYTES} == {}


def test_the_picture_is_drawn_into_the_page_when_it_is_asked_for(browser: Browser) -> None:
    to_the_check_page(browser)
    browser.press("Agree and send", {"matching": "yes"})
    code = shown_code(browser)
    assert "<svg" not in browser.response.get_data(as_text=True)

    browser.press("Show the picture")

    html = browser.response.get_data(as_text=True)
    assert html.count("<svg ") == 1
    assert not re.search(r"<style|\sstyle=|<image|<use|xlink|\son[a-z]+=", html)
    assert shown_code(browser) == code
    assert code not in browser.response.request.url
    note_code(browser)
    assert "You are waiting" in browser.text


def test_no_picture_is_drawn_once_the_code_is_kept(browser: Browser) -> None:
    to_the_check_page(browser)
    browser.press("Agree and send", {"matching": "yes"})
    action, values = browser.prepared("Show the picture")
    note_code(browser)

    again = browser.client.post(action.partition("#")[0], data=values)

    assert (again.status_code, again.headers["Location"]) == (303, "/en/here")
    assert browser.client.get("/en/keep/picture").status_code == 405
