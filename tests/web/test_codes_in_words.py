"""Codes in words, without JavaScript: shown when somebody asks, asked back, and read again."""

import re

import pytest
from flask import Flask

from matcher.domain import code_words, codes
from matcher.domain.codes import Code
from matcher.web.common.code_words import lists
from tests import vectors
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker, shown_code, to_the_check_page

SHOW = {"en": "Show it as words", "ar": "عرضه بالكلمات"}
GO_ON = {"en": "Go on", "ar": "متابعة"}
OPEN = {"en": "Open", "ar": "فتح"}
WAITING = {"en": "You are waiting for someone", "ar": "أنتم في انتظار شخص"}
VECTORS = vectors.read()

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def arrive(browser: Browser) -> Code:
    """Come as far as the page that shows the code."""
    to_the_check_page(browser)
    return shown_code(browser.press("Agree and send", {"matching": "yes"}))


def shown_words(browser: Browser) -> tuple[str, ...]:
    """Read the words off the code's page."""
    return tuple(re.findall(r"<li><bdi>([^<]+)</bdi></li>", browser.response.text))


def asked_word(browser: Browser) -> str:
    """Read the word that is asked back."""
    asked = re.search(r"(?:what is word|ما الكلمة رقم) (\d+)", browser.text)
    assert asked is not None
    return shown_words(browser)[int(asked[1]) - 1]


def in_arabic(browser: Browser) -> Browser:
    """Ask for the page that is shown in Arabic, as its button does."""
    button = next(one for one in browser.page.forms if one.action == "/en/keep")
    values = {**button.values.to_dict(), "go": "stay"}
    return browser._arrive(browser.client.post("/ar/keep", data=values))  # noqa: SLF001 - a button of the page


def test_words_are_shown_when_they_are_asked_for_and_no_letters_beside_them(
    browser: Browser,
) -> None:
    code = arrive(browser)
    assert "shopping list" not in browser.text

    browser.press(SHOW["en"])

    assert shown_words(browser) == lists()["en"].spelled(code)
    assert "shopping list" in browser.text
    assert not [group for group in codes.groups(code) if group in browser.text]
    browser.press("Show it as letters and digits")
    assert shown_code(browser) == code


def test_in_another_language_the_same_code_has_other_words(browser: Browser) -> None:
    code = arrive(browser)
    browser.press(SHOW["en"])

    in_arabic(browser)

    assert shown_words(browser) == lists()["ar"].spelled(code)
    browser.press(GO_ON["ar"], {"group": asked_word(browser)})
    assert WAITING["ar"] in browser.text


@LANGUAGES
def test_a_word_is_asked_back_and_its_first_letters_are_enough(
    browser: Browser, language: str
) -> None:
    arrive(browser)
    browser.press(SHOW["en"])
    if language == "ar":
        in_arabic(browser)
    word = asked_word(browser)

    browser.press(GO_ON[language], {"group": "xylem"})

    assert browser.response.status_code == 422
    assert asked_word(browser) == word
    browser.press(GO_ON[language], {"group": f" {code_words.key(word).upper()}. "})
    assert WAITING[language] in browser.text


def test_the_picture_leaves_the_words_where_they_are(browser: Browser) -> None:
    code = arrive(browser)

    browser.press(SHOW["en"]).press("Show the picture")

    assert "<svg" in browser.response.text
    assert shown_words(browser) == lists()["en"].spelled(code)


def test_without_a_word_what_is_missing_is_told(browser: Browser) -> None:
    arrive(browser)

    browser.press(SHOW["en"]).press("Go on", {"group": ""})

    assert browser.response.status_code == 422
    assert "Please type the word" in browser.text


@LANGUAGES
@pytest.mark.parametrize("words", ["en", "ar"])
def test_words_of_either_language_open_the_place_on_the_page_of_either(
    app: Flask, browser: Browser, language: str, words: str
) -> None:
    said = lists()[words].spelled(come_in_as_seeker(browser))
    typed = "\n".join(f"{number}. {word.upper()}" for number, word in enumerate(said, start=1))
    elsewhere = Browser(app.test_client()).open(f"/{language}/back")

    elsewhere.press(OPEN[language], {"code": typed})

    assert WAITING[language] in elsewhere.text
    assert said[0] not in elsewhere.response.request.url


@pytest.mark.parametrize("wrong", VECTORS["misworded"], ids=lambda wrong: wrong["slip"])
def test_what_is_wrong_with_words_is_told_without_a_look_for_anybody(
    browser: Browser, wrong: vectors.Misworded
) -> None:
    told = {
        "unknown": f"Word {wrong['number']} is none of our words.",
        "count": f"A code has 14 words, and these are {wrong['number']}.",
        "mixed": "One of these words is not the one in your note",
    }

    browser.open("/en/back").press("Open", {"code": wrong["typed"]})

    assert browser.response.status_code == 422
    assert told[wrong["slip"]] in browser.text
    assert browser.page.forms[0].values["code"] == wrong["typed"]


@LANGUAGES
def test_words_that_open_nothing_look_like_a_code_that_opens_nothing(
    browser: Browser, language: str
) -> None:
    unknown = codes.from_bits(3**79)
    seen = set()

    for typed in (unknown, *(" ".join(one.spelled(unknown)) for one in lists().values())):
        browser.open(f"/{language}/back").press(OPEN[language], {"code": typed})
        seen.add((browser.response.status_code, browser.text.replace(typed, "")))

    assert len(seen) == 1


@LANGUAGES
def test_lists_are_named_and_not_in_any_page(browser: Browser, language: str) -> None:
    page = browser.open(f"/{language}/back").response.text

    assert 'data-lists="ar en"' in page
    assert not [
        word for one in lists().values() for word in one.words[:9] if f"{word} " in page
    ]


@LANGUAGES
def test_the_list_that_scripts_ask_for_is_the_one_that_is_read_here(
    browser: Browser, language: str
) -> None:
    answer = browser.client.get(f"/static/code-words-{language}.txt", buffered=True)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert tuple(answer.text.split()) == lists()[language].words
