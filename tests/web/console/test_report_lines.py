"""Lines that go along with a report: read once it is opened, on that page, and nowhere else."""

import json

import pytest
from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.report import Category, ReportId
from tests.telling import converse, desk_of, tell
from tests.web.browsing import Browser
from tests.web.console.everywhere import PAGES
from tests.web.console.test_reports import let_nothing_be_written_down
from tests.world import World

OPEN = "Open it"
ASKS, ANSWERS = "What is your <b>name</b>?\nAnd your school?", "لن أقول ذلك."
COPIED = "whoever told the team did not type them"
NOWHERE = "Please copy them nowhere"


@pytest.fixture
def report(world: World) -> ReportId:
    """Yield a report of a seeker, with what the peer wrote and what they answered."""
    seeker, peer = world.seeker(), world.peer()
    room = converse(world, seeker, peer, (ASKS, ANSWERS, "Not this."))
    return tell(world, seeker, room, Category.CONTACT, places=[0, 1])


def html(browser: Browser) -> str:
    return browser.response.get_data(as_text=True)


def test_no_line_is_shown_before_its_report_is_opened(owner: Browser, report: ReportId) -> None:
    shown = html(owner.open("/en/reports"))

    assert report in shown
    assert ANSWERS not in shown
    assert COPIED not in shown


def test_a_report_without_lines_has_no_place_for_them(owner: Browser, world: World) -> None:
    seeker = world.seeker()
    tell(world, seeker, world.room(seeker, world.peer()))

    owner.open("/en/reports").press(OPEN)

    assert "What was ticked" in owner.text
    assert COPIED not in owner.text
    assert "What was written" not in owner.text


def test_lines_are_shown_with_the_side_that_wrote_each_once_that_is_in_the_log(
    owner: Browser, console: ConsoleServices, report: ReportId
) -> None:
    before = len(console.oversight.entries())
    owner.open("/en/reports").press(OPEN)

    assert [one.kind for one in console.oversight.entries()][before:] == [ActKind.OPEN_REPORT]
    assert COPIED in owner.text
    assert NOWHERE in owner.text
    written = owner.text.partition("What was written")[2]
    about, teller = written.index("Whom it is about"), written.index("Whoever told the team")
    assert about < written.index("And your school?") < teller < written.index(ANSWERS)
    assert "Not this." not in owner.text
    assert report


def test_what_is_written_is_words_on_the_page_and_of_its_own_direction(
    owner: Browser, report: ReportId
) -> None:
    owner.open("/en/reports").press(OPEN)

    shown = html(owner)
    assert "<b>name</b>" not in shown
    assert '<p class="said" dir="auto">What is your &lt;b&gt;name&lt;/b&gt;?\nAnd' in shown
    assert f'<p class="said" dir="auto">{ANSWERS}</p>' in shown
    assert report


def test_what_cannot_be_written_down_shows_no_line(
    app: Flask, owner: Browser, console: ConsoleServices, report: ReportId
) -> None:
    owner.open("/en/reports")
    let_nothing_be_written_down(app, console)
    owner.press(OPEN)

    assert owner.response.status_code == 500
    assert ANSWERS not in html(owner)
    assert report


@pytest.mark.parametrize("button", ["Let it go", "Ask them for more care", "Let them rest"])
def test_after_the_decision_no_line_is_shown_to_who_comes_back(
    owner: Browser, report: ReportId, button: str
) -> None:
    owner.open("/en/reports").press(OPEN)
    token = owner.page.form_with(button).values["token"]
    owner.press(button)

    late = owner.client.post("/en/reports/open", data={"token": token, "report": report})

    assert late.status_code == 410
    assert ANSWERS not in late.get_data(as_text=True)


def test_no_line_is_on_any_other_page_in_the_log_or_in_a_count(
    owner: Browser, console: ConsoleServices, world: World, report: ReportId
) -> None:
    owner.open("/en/reports").press(OPEN)
    assert ANSWERS in html(owner)

    seen = {path: ANSWERS in html(owner.open(path)) for path in (*PAGES, "/en/")}

    assert not any(seen.values())
    assert ANSWERS not in repr(console.oversight.entries())
    assert ANSWERS not in json.dumps(desk_of(world).summary())
    assert report
