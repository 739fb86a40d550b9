"""What somebody wants to say to a service: a letter made of choices, kept nowhere."""

import pytest
from flask import Flask

from matcher.web.public.letter.views import SENTENCES
from tests.web.browsing import Browser, Given
from tests.world import World

SAID: Given = {
    "needed": ["appointment", "company"],
    "reached": ["others"],
    "not-asked": ["before"],
    "addressed": "they",
    "named": ["name"],
    "spoken": "fa",
    "to": "ar",
}


@pytest.fixture
def letter(browser: Browser) -> Browser:
    """Open the page of the letter."""
    return browser.open("/en/letter")


def test_the_letter_is_in_their_language_and_beside_it_in_the_readers(letter: Browser) -> None:
    letter.press("Write the letter", SAID)

    html = letter.response.get_data(as_text=True)
    theirs, _, own = letter.text.partition("The same in your language")
    assert 'id="letter1" lang="ar" dir="rtl"' in html
    assert 'id="letter2" lang="en" dir="ltr"' in html
    assert "أرغب في تحديد موعد." in theirs
    assert "أرجو مخاطبتي والحديث عنّي بصيغة الجمع." in theirs
    assert "الفارسية" in theirs
    assert "I would like an appointment." in own
    assert "I speak this language best: Persian." in own


@pytest.mark.parametrize("chosen", ["she", "he", "they"])
def test_a_letter_asks_for_one_way_of_being_spoken_to(chosen: str, letter: Browser) -> None:
    letter.press("Write the letter", {"addressed": chosen, "to": "en"})

    html = letter.response.get_data(as_text=True)
    said = html.partition('id="letter1"')[2].partition("</div>")[0]
    assert [f"“{one}”" in said for one in ("she", "he", "they")] == [
        one == chosen for one in ("she", "he", "they")
    ]


def test_a_reader_of_arabic_gets_a_letter_in_english(browser: Browser) -> None:
    browser.open("/ar/letter")
    offered = browser.page.form_with("كتابة الرسالة").values["to"]

    browser.press("كتابة الرسالة", {"needed": ["place"]})

    assert offered == "en"
    assert "I need a safe place to stay." in browser.text
    assert browser.text.count("أحتاج إلى مكان آمن للإقامة.") == 2  # the choice, and the letter


def test_one_language_for_both_is_one_letter(letter: Browser) -> None:
    letter.press("Write the letter", {"needed": ["talk"], "to": "en"})

    assert "The same in your language" not in letter.text


def test_what_was_not_ticked_is_not_in_the_letter(letter: Browser) -> None:
    letter.press("Write the letter", {"not-asked": ["family"], "to": "en"})

    html = letter.response.get_data(as_text=True)
    said = html.partition('id="letter1"')[2].partition("</div>")[0]
    assert said.count("<p>") == 3
    assert "Please do not ask about my family." in said


def test_choices_stay_on_the_page_and_in_no_address(letter: Browser) -> None:
    letter.press("Write the letter", SAID)

    values = letter.page.form_with("Write the letter").values
    assert {name: values.getlist(name) for name in SENTENCES} == {
        name: [said] if isinstance(said := SAID[name], str) else said for name in SENTENCES
    }
    assert letter.response.request.query_string == b""


def test_nothing_ticked_is_asked_for_kindly(letter: Browser) -> None:
    letter.press("Write the letter")

    assert letter.response.status_code == 422
    assert "Please tick at least one sentence for the letter." in letter.text


@pytest.mark.parametrize(
    "wrong", [{"needed": "<b>"}, {"to": "xx"}, {"spoken": "../en"}, {"addressed": "it"}]
)
def test_what_was_never_offered_is_refused(wrong: dict[str, str], letter: Browser) -> None:
    action, values = letter.prepared("Write the letter", {"needed": ["talk"]})

    response = letter.client.post(action, data={**values.to_dict(), **wrong})

    assert response.status_code == 422
    assert 'class="card letter"' not in response.get_data(as_text=True)


def test_the_language_is_switched_with_all_choices(letter: Browser) -> None:
    letter.press("العربية", SAID)

    assert letter.page.form_with("كتابة الرسالة").values.getlist("needed") == SAID["needed"]


def test_a_letter_leaves_nothing_in_the_store(
    app: Flask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    before = set(world.key_names())

    Browser(app.test_client()).open("/en/letter").press("Write the letter", SAID)

    assert {key for key in set(world.key_names()) - before if "lim:" not in key} == set()
    assert "appointment" not in caplog.text
