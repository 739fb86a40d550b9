"""A rules file that a coordinator brings along takes the place of their draft's text."""

from codecs import BOM_UTF8, BOM_UTF16_LE

import pytest

from matcher.bootstrap.console import ConsoleServices
from tests.web.browsing import Browser, Page

LOOK, TAKE = "Look at what it would change", "Take this file"


def bring(browser: Browser, content: bytes, *, lang: str = "en") -> Page:
    """Choose a file on the page of a draft that was begun with a preset, and take it."""
    browser.open(f"/{lang}/rules/draft?preset=spare-our-peers")
    return browser.bring(TAKE if lang == "en" else "أخذ هذا الملف", "file", content).page


def fewer_a_day(console: ConsoleServices) -> bytes:
    return console.tuning.current().text.replace("a_day = 3", "a_day = 2").encode()


@pytest.mark.parametrize("head", [b"", BOM_UTF8])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_file_takes_the_place_of_the_text(
    owner: Browser, console: ConsoleServices, head: bytes, newline: bytes
) -> None:
    page = bring(owner, head + fewer_a_day(console).replace(b"\n", newline))

    assert owner.response.status_code == 200
    assert "A peer gets at most 2 suggestions a day." in page.text
    assert page.form_with(LOOK).values["text"].strip() == fewer_a_day(console).decode().strip()
    assert console.tuning.current().number == 1


def test_mistakes_in_a_file_are_told_with_their_lines(
    owner: Browser, console: ConsoleServices
) -> None:
    page = bring(owner, fewer_a_day(console).replace(b"a_day = 2", b"a_day = 51"))

    assert owner.response.status_code == 422
    assert "offers.a_day: " in page.text
    assert "a_day = 51" in page.form_with(LOOK).values["text"]


@pytest.mark.parametrize("content", [b"", b" \r\n\t", BOM_UTF8])
def test_where_nothing_was_chosen_the_draft_stays(
    owner: Browser, console: ConsoleServices, content: bytes
) -> None:
    page = bring(owner, content)

    assert owner.response.status_code == 422
    assert "Please choose a rules file." in page.text
    preset = console.tuning.presets()["spare-our-peers"]
    assert page.form_with(LOOK).values["text"].strip() == preset.strip()


@pytest.mark.parametrize(
    "content", [BOM_UTF16_LE + "floor = 1".encode("utf-16-le"), b"\x89PNG\r\n", b"a\0b"]
)
def test_what_is_no_text_is_not_taken_for_one(
    owner: Browser, console: ConsoleServices, content: bytes
) -> None:
    page = bring(owner, content)

    assert owner.response.status_code == 422
    assert "This file is no text." in page.text
    leads = {words: at for words, at in page.links.items() if "no text" in words}
    assert list(leads.values()) == ["#file"]
    preset = console.tuning.presets()["spare-our-peers"]
    assert page.form_with(LOOK).values["text"].strip() == preset.strip()


def test_what_was_typed_and_not_looked_at_stays_where_no_file_was_chosen(
    owner: Browser,
) -> None:
    owner.open("/en/rules/draft").press(TAKE, {"text": "# my own words"})

    assert owner.response.status_code == 422
    assert owner.page.form_with(LOOK).values["text"].strip() == "# my own words"


def test_a_file_that_was_chosen_is_not_looked_at_unless_that_is_asked_for(
    owner: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/rules/draft").bring(LOOK, "file", fewer_a_day(console))

    assert "This draft says the same as what is in force." in owner.text


def test_it_is_said_in_arabic(owner: Browser) -> None:
    assert "هذا الملف ليس نصًّا" in bring(owner, b"\xff", lang="ar").text


def test_an_export_can_be_brought_back_as_it_is(owner: Browser) -> None:
    exported = owner.open("/en/rules/text").response.get_data()

    page = bring(owner, exported)

    assert "This draft says the same as what is in force." in page.text
