"""Leaving at once, and the cover over a page that nobody used for a while."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from redis import Redis

from tests.journeys.steps import CALM_MS, be_away, come_back, go_on
from tests.machine import QUICK, Up, up as running
from tests.world import Person, World

COVERED = "This page is covered"


class Elsewhere(BaseHTTPRequestHandler):
    """A neutral page."""

    def do_GET(self) -> None:
        """Answer with a few words."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Weather</title><h1>Sunny</h1>")

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def up(elsewhere: str) -> Iterator[Up]:
    with running(extra={**QUICK, "SANAD_SITE_EXIT_URL": elsewhere}) as found:
        yield found


@pytest.fixture
def seeker(up: Up) -> Iterator[Person]:
    with Redis.from_url(up.settings.store_url) as redis:
        yield World(up.settings, redis).seeker()


@pytest.fixture
def page(scripted: BrowserContext) -> Page:
    """Open the questions; the test holds the hands of the page's clock."""
    page = scripted.new_page()
    page.clock.install()
    page.goto("/en/start")
    return page


def press_escape(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Escape")


def test_the_link_puts_a_neutral_page_in_place_of_this_one_and_ends_the_session(
    scripted: BrowserContext, seeker: Person, elsewhere: str
) -> None:
    page = scripted.new_page()
    come_back(page, seeker.code)
    expect(page).to_have_title("Your page")
    page.goto("/en/change")
    before = page.evaluate("history.length")

    page.get_by_role("link", name="Leave this page").click()

    expect(page).to_have_url(elsewhere)
    assert page.evaluate("history.length") == before
    assert scripted.cookies() == []
    page.goto("/en/here")
    expect(page.get_by_role("heading", level=1)).to_have_text("This did not work")
    assert page.evaluate("sessionStorage.length") == 0


def test_the_link_does_the_same_without_scripts(
    phone: BrowserContext, seeker: Person, elsewhere: str
) -> None:
    page = phone.new_page()
    come_back(page, seeker.code)
    expect(page.get_by_text("Escape")).to_be_hidden()

    page.get_by_role("link", name="Leave this page").click()

    expect(page).to_have_url(elsewhere)
    assert phone.cookies() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_link_on_another_site_leads_away_and_signs_nobody_out(
    scripted: BrowserContext, seeker: Person, elsewhere: str, host: str
) -> None:
    page = scripted.new_page()
    come_back(page, seeker.code)
    way_out = page.get_by_role("link", name="Leave this page").evaluate("link => link.href")
    page.goto(elsewhere.replace("127.0.0.1", host))

    page.evaluate(
        "way => document.querySelector('h1').innerHTML = `<a href=${way}>Rain</a>`", way_out
    )
    page.get_by_role("link", name="Rain").click()

    expect(page).to_have_url(elsewhere)
    page.goto("/en/here")
    expect(page).to_have_title("Your page")


def test_escape_three_times_leaves_from_wherever_the_focus_is(
    page: Page, elsewhere: str
) -> None:
    page.get_by_label("18 or older", exact=True).focus()

    press_escape(page, 2)
    expect(page.locator("#escapes")).to_have_text("Escape once more leaves this page")
    press_escape(page, 1)

    expect(page).to_have_url(elsewhere)


def test_escape_now_and_then_leaves_nothing(page: Page) -> None:
    for _ in range(3):
        press_escape(page, 2)
        expect(page.locator("#escapes")).not_to_be_empty()
        page.clock.run_for(2_100)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#escapes")).to_be_empty()


def test_the_way_out_is_described_to_screen_readers(page: Page) -> None:
    expect(page.get_by_role("link", name="Leave this page")).to_have_accessible_description(
        "Escape pressed three times does the same."
    )


def test_after_two_minutes_nothing_of_the_page_is_left_to_see(page: Page) -> None:
    page.get_by_label("18 or older", exact=True).check()
    page.clock.run_for(CALM_MS - 5_000)
    expect(page.get_by_text(COVERED)).to_be_hidden()

    page.clock.run_for(10_000)

    cover = page.get_by_role("dialog", name=COVERED)
    expect(cover).to_be_visible()
    expect(page).to_have_title("Welcome")
    seen = page.locator("body > :visible:not(#escapes)")
    expect(seen).to_have_count(1)
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "['BODY', 'HTML'].includes(document.activeElement.tagName)"
            " || Boolean(document.activeElement.closest('.cover'))"
        )


def test_nothing_is_lost_behind_the_cover(page: Page) -> None:
    page.get_by_label("18 or older", exact=True).check()
    english = page.get_by_label("English")
    english.check()
    title = page.title()
    be_away(page)
    expect(page.get_by_role("button", name="Go on")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.get_by_text(COVERED)).to_be_hidden()
    expect(page).to_have_title(title)
    expect(english).to_be_focused()
    go_on(page)


def test_a_device_that_slept_covers_before_it_takes_any_touch(page: Page) -> None:
    page.evaluate("""() => {
        const now = Date.now();
        Date.now = () => now + 3_600_000;
    }""")

    page.mouse.move(10, 10)

    expect(page.get_by_role("dialog", name=COVERED)).to_be_visible()


def test_who_still_uses_the_page_is_not_disturbed(page: Page) -> None:
    for _ in range(4):
        page.clock.run_for(CALM_MS // 2)
        page.keyboard.press("Shift")

    expect(page.get_by_text(COVERED)).to_be_hidden()


def test_from_behind_the_cover_escape_and_the_link_lead_away(
    page: Page, elsewhere: str
) -> None:
    be_away(page)
    page.get_by_role("dialog").get_by_role("link", name="Leave this page").click()
    expect(page).to_have_url(elsewhere)

    page.goto("/en/start")
    be_away(page)
    press_escape(page, 3)
    expect(page).to_have_url(elsewhere)


def test_without_a_connection_leaving_shows_nothing_and_the_cover_works(
    page: Page, scripted: BrowserContext
) -> None:
    scripted.set_offline(offline=True)
    be_away(page)
    page.get_by_role("dialog").get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    press_escape(page, 3)

    expect(page).to_have_url("about:blank")
    expect(page.locator("body")).to_be_empty()
