"""Names of coordinators, of whatever direction, turn nothing that stands around them."""

import re

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from tests.coordinating import PASSPHRASE, Holder, join
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive
from tests.web.console.everywhere import PAGES, SERVICE

SALMA, BEN = "سلمى", "Ben Adam"
SURE: Given = {"passphrase": PASSPHRASE}


def shown(html: str, name: str) -> tuple[int, int]:
    """Count where a name is read, and where it stands apart; attributes turn nothing."""
    text = re.sub(r'="[^"]*"', "", html)
    return text.count(name), text.count(f"<bdi>{name}</bdi>")


@pytest.fixture
def salma(arrive: Arrive, console: ConsoleServices) -> Browser:
    """Yield the browser of an owner, where each page has a name to show."""
    browser = arrive(Holder(name=SALMA), Rank.OWNER)
    ben = arrive(Holder(name=BEN), Rank.COORDINATOR)
    join(console, Holder(name=BEN), console.coordinators.open_account(BEN))
    assert ben.open("/en/").page.forms
    look = "Look at what it would change"
    text = browser.open("/en/rules/draft").page.form_with(look).values["text"]
    browser.press(look, {"text": text.replace("a_day = 3", "a_day = 2")})
    browser.press("Publish", {"reason": "-", **SURE})
    browser.open("/en/coordinators").press("Ask to make them an owner")
    browser.open("/en/invitations").press("Make the cards", {"purpose": "spring"})
    browser.open("/en/services/add").press("Save", SERVICE)
    browser.open("/en/services/add").press("Save", {**SERVICE, "id": "b", "check": "today"})
    return browser


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_name_stands_apart_on_every_page(salma: Browser, language: str) -> None:
    found = {}
    for path in ("/en/", "/en/services/change?service=a-clinic", *PAGES):
        salma.open(path.replace("/en/", f"/{language}/"))
        html = salma.response.get_data(as_text=True)
        found[path] = [shown(html, name) for name in (SALMA, BEN)]

    for path, counts in found.items():
        for times, apart in counts:
            assert times == apart, path
    salmas = {path for path, counts in found.items() if counts[0][0]}
    bens = {path for path, counts in found.items() if counts[1][0]}
    assert salmas >= {"/en/", "/en/acts", "/en/log", "/en/coordinators", "/en/invitations"}
    assert salmas >= {"/en/rules/history", "/en/rules/version", "/en/services"}
    assert bens >= {"/en/", "/en/acts", "/en/log", "/en/coordinators"}
