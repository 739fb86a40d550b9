"""From a tick in a conversation to the coordinators' page, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from matcher.bootstrap import build
from matcher.web.public.app import create_app as create_public_app
from tests.journeys.conftest import PHONE
from tests.journeys.desks import Desk, served
from tests.looks import measures
from tests.telling import converse
from tests.world import Person, World

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.parametrize("language", ["en", "ar"]),
]

ASKS, ANSWERS, UNBROKEN = "What is your <name>?", "لن أقول ذلك.", "W" * 300
SAID = (ASKS, ANSWERS, UNBROKEN)
FOLD, TICKS = "details:has([name=lines])", "[name=lines]"
CUT_OFF = """
(fold) => {
  const room = fold.getBoundingClientRect();
  const said = [...fold.querySelectorAll(".said")].map((part) => part.getBoundingClientRect());
  return said.filter((box) => box.left < room.left || box.right > room.right);
}
"""


@pytest.fixture
def talker(world: World) -> Person:
    """Yield a seeker to whom somebody has written what they should not have."""
    seeker = world.seeker()
    converse(world, seeker, world.peer(), SAID)
    return seeker


@pytest.fixture(params=[False, True], ids=["plain", "scripted"])
def page(
    request: pytest.FixtureRequest, browser: Browser, world: World, talker: Person
) -> Iterator[Page]:
    """Hold their phone, without and with JavaScript."""
    with served(create_public_app(build(world.settings))) as address:
        context = browser.new_context(
            base_url=address, java_script_enabled=request.param, viewport=PHONE
        )
        context.add_cookies([{"name": "stay", "value": talker.cookie, "url": address}])
        yield context.new_page()
        context.close()


def test_what_is_ticked_is_read_by_who_opens_the_report_and_nothing_else(
    page: Page, desk: Desk, language: str, world: World, talker: Person
) -> None:
    (room,) = world.services.rooms.of(talker.visitor)
    alias = world.services.places.alias(talker.visitor, room)
    page.goto(f"/{language}/talk/{alias}")
    page.locator("main a[href$='/team']").last.click()
    expect(page.locator(TICKS).first).not_to_be_visible()
    page.locator(f"{FOLD} summary").click()
    expect(page.locator(f"{TICKS}:checked")).to_have_count(0)
    page.get_by_label(ASKS).check()
    page.get_by_label(ANSWERS).check()

    page.locator("button[name=then][value=stay]").click()  # what happened is not said yet
    expect(page.locator(".wrong a")).to_have_attribute("href", "#what")
    expect(page.locator(f"{TICKS}:checked")).to_have_count(2)
    page.locator(".top button[lang]").click()
    expect(page).to_have_url(re.compile("/en/" if language == "ar" else "/ar/"))
    expect(page.locator(f"{TICKS}:checked")).to_have_count(2)
    expect(page.get_by_label(ASKS)).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 568})
    assert measures.wider(page) == []
    assert page.locator(FOLD).evaluate(CUT_OFF) == []
    page.locator("[name=what][value=contact]").check()
    page.locator("button[name=then][value=end]").click()
    expect(page.locator("#told .card")).to_be_visible()

    desk.open("reports")
    expect(desk.page.locator("main")).not_to_contain_text(ANSWERS)
    desk.send("/reports/open")
    expect(desk.page.locator(".messages .said")).to_have_text([ASKS, ANSWERS])
    expect(desk.page.locator(".messages .theirs .said")).to_have_text([ASKS])
    desk.page.locator("button[value=warn]").click()
    expect(desk.page.locator("section.card")).to_have_count(0)
