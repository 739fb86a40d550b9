"""Whoever is not signed in any more gets back all that they typed, each by its name."""

import html

import pytest

from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser, Given

LOOK, PUT, TRY = (
    "Look at what it would change",
    "Put it into the draft",
    "Try it on some rounds",
)
PREVIEW = "Preview"


def lost(browser: Browser, button: str, given: Given, language: str = "en") -> str:
    """Send a form after the session is gone; returns what the page says then."""
    action, sent = browser.prepared(button, given)
    browser.press("Sign out")
    browser.client.set_cookie("desk", "x" * 43)
    response = browser.client.post(action.replace("/en/", f"/{language}/"), data=sent)
    assert response.status_code in {401, 403}
    return html.unescape(response.get_data(as_text=True)).replace("</p>", "\n")


def draft(browser: Browser) -> Browser:
    text = browser.open("/en/rules/draft").page.form_with(LOOK).values["text"]
    return browser.press(LOOK, {"text": text.replace("a_day = 3", "a_day = 2")})


def test_what_was_typed_into_a_part_comes_back_beside_its_key(owner: Browser) -> None:
    draft(owner)
    owner.press("Suggestions")

    said = lost(owner, PUT, {"offers.repeats": "1", "offers.answer_within": "37"})

    assert "a_day = 2" in said
    assert "offers.repeats: 1\n" in said
    assert "offers.answer_within: 37\n" in said
    assert "token" not in said.partition("copy:")[2]


def test_what_a_page_is_about_comes_back_when_it_is_ticked(owner: Browser) -> None:
    draft(owner)
    owner.press("Who may meet whom")

    said = lost(owner, PUT, {"musts.ages.18-25": ["18-25", "60-plus"]})

    assert "musts.ages.18-25: 18-25, 60-plus\n" in said


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_whom_a_preview_was_to_be_tried_comes_back(owner: Browser, language: str) -> None:
    found = draft(owner).page.form_with(PREVIEW).names
    group = next(name for name in sorted(found) if name.startswith("group."))
    given: Given = {"seekers": "1234", "young": "3.5", group: "7"}

    said = lost(owner, PREVIEW, given, language)

    assert "a_day = 2" in said
    for number in ("1234", "3.5", "7"):
        assert f": {number}\n" in said
    assert ("Seekers to draw: 1234" in said) is (language == "en")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_how_far_a_draft_was_to_be_tried_comes_back(owner: Browser, language: str) -> None:
    given: Given = {"share": "23", "days": "17", "bound": "9", "reason": "Our peers are tired"}

    said = lost(draft(owner), TRY, {**given, "passphrase": PASSPHRASE}, language)

    assert "Our peers are tired" in said
    assert "a_day = 2" in said
    for number in ("23", "17", "9"):
        assert f": {number}\n" in said
    assert ("So many of 100 rounds: 23" in said) is (language == "en")
    assert PASSPHRASE not in said
