"""The calendar file that a form makes: neutral in name and content, and kept nowhere."""

import re

import pytest

from matcher.web.common.headers import HEADERS
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker
from tests.world import World

MAKE = "Make the file"


@pytest.fixture
def asking(browser: Browser) -> Browser:
    """Yield somebody who is about to make a reminder."""
    come_in_as_seeker(browser)
    return browser.open("/en/here/remind")


def test_the_file_is_what_was_chosen_under_a_name_that_tells_nothing(asking: Browser) -> None:
    asking.press(MAKE, {"words": "plants", "every": "3", "at": "08:30"})

    answer, file = asking.response, asking.response.text
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="reminder.ics"'
    assert {answer.headers.get(name) for name in HEADERS} == set(HEADERS.values())
    assert "SUMMARY:Water the plants\r\n" in file
    assert re.search(r"DTSTART:\d{8}T083000\r\n", file)
    assert "INTERVAL=3;" in file


def test_it_names_neither_us_nor_anybody_and_no_two_are_alike(
    asking: Browser, world: World
) -> None:
    files = [asking.open("/en/here/remind").press(MAKE).response.text for _ in range(2)]

    uids = {re.findall("UID:(.*)\r", file)[0] for file in files}
    assert len(uids) == 2
    assert files[0].replace(min(uids), "").replace(max(uids), "") == files[1].replace(
        min(uids), ""
    ).replace(max(uids), "")
    for telling in (world.settings.site.name, "localhost", "http", "@"):
        assert telling.lower() not in files[0].lower()


def test_nothing_of_it_is_kept(asking: Browser, world: World) -> None:
    before = world.key_names()

    asking.press(MAKE)

    assert world.key_names() == before


@pytest.mark.parametrize(
    ("name", "forged"),
    [("every", "0"), ("every", "9"), ("every", ""), ("at", "25:00"), ("words", "a\r\nURL:x")],
)
def test_what_was_not_offered_is_refused_in_words(
    asking: Browser, name: str, forged: str
) -> None:
    action, values = asking.prepared(MAKE)

    answer = asking.client.post(action, data={**values.to_dict(), name: forged})

    assert answer.status_code == 422
    assert answer.mimetype == "text/html"
    assert "Please choose" in answer.text


def test_the_warning_stands_before_the_button(asking: Browser) -> None:
    warning = asking.text.index("calendars are often copied to a cloud")

    assert warning < asking.text.index(MAKE)


def test_no_other_file_has_a_name(browser: Browser) -> None:
    static = browser.client.get("/static/site.css", buffered=True)

    assert static.status_code == 200
    assert "Content-Disposition" not in static.headers
