"""What is wrong in a draft of rules, told in the language of the page."""

import re

import pytest
from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from matcher.settings.toml_file import TomlError
from matcher.web.console.drafts.faults import told
from tests.web.browsing import Browser, Page

LOOK, PUT = "Look at what it would change", "Put it into the draft"
ENGLISH = re.compile("[A-Za-z]{2,} [a-z]{2,}")
TYPED = re.compile("\u2066.*?\u2069")
CHANGES = {
    "a number out of range": ("a_day = 3", "a_day = 51"),
    "a text for a number": ("a_day = 3", 'a_day = "3"'),
    "a fraction": ("a_day = 3", "a_day = 3.5"),
    "a key of nowhere": ("a_day = 3", "a_dey = 3"),
    "a key twice": ("a_day = 3", "a_day = 3\na_day = 3"),
    "no value": ("a_day = 3", "a_day = "),
    "no sign": ("a_day = 3", "a_day 3"),
    "an open text": ("a_day = 3", 'a_day = "3'),
    "an open bracket": ("a_day = 3", "a_day = [3"),
    "a table twice": ("a_day = 3", "a_day = 3\n[peers]"),
    "a time without a unit": ('repeat_after = "7 d"', 'repeat_after = "7"'),
    "a time out of range": ('repeat_after = "7 d"', 'repeat_after = "91 d"'),
    "a floor that rises": ("floor = ", "floor = 0.0 #"),
    "a wish against somebody": ("identity = ", "identity = -1 #"),
    "a rare need": ("rare_needs = ", "rare_needs = -1 #"),
    "too many digits": ("a_day = 3", f"a_day = {'9' * 5_000}"),
    "a need of nowhere": ("never_infer = [", 'never_infer = ["moon/walk", '),
    "too long a text": ("a_day = 3", "a_day = 3\n#" + "x" * 70_000),
}


def found(console: ConsoleServices, change: str) -> tuple[TomlError, ...]:
    """Say what is wrong once a place of the rules in force was changed."""
    old, new = CHANGES[change]
    text = console.tuning.current().text
    assert re.search(f"^{re.escape(old)}", text, re.MULTILINE), old
    return console.tuning.check(
        re.sub(f"^{re.escape(old)}", new, text, flags=re.MULTILINE)
    ).faults


@pytest.mark.parametrize("change", CHANGES)
def test_a_fault_is_told_in_arabic_and_in_english_as_it_stands(
    app: Flask, console: ConsoleServices, change: str
) -> None:
    faults = found(console, change)

    assert faults
    for fault in faults:
        with app.test_request_context("/ar/rules/draft"):
            said = told(fault)
        assert said, fault.reason
        assert not ENGLISH.search(TYPED.sub("", said)), said
        with app.test_request_context("/en/rules/draft"):
            assert told(fault) is None


def test_what_is_not_known_stays_as_it_is(app: Flask) -> None:
    with app.test_request_context("/ar/rules/draft"):
        assert told(TomlError("draft", 1, "the moon is full")) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_the_rest_of_the_rules_does_not_allow_is_told_in_the_language_of_the_page(
    owner: Browser, language: str
) -> None:
    text = owner.open("/en/rules/draft").page.form_with(LOOK).values["text"]
    steps = "".join(f'[[relax]]\nafter = "{at} d"\ndrops = ["help"]\n' for at in range(8, 30))
    owner.press(LOOK, {"text": text + steps}).press("How much has to be shared")
    last = max(
        int(name.split(".")[1]) for name in owner.page.form_with(PUT).names if "relax" in name
    )
    action, sent = owner.prepared(
        PUT, {f"relax.{last}.after": "200", f"relax.{last}.drops": ["help"]}
    )
    response = owner.client.post(action.replace("/en/", f"/{language}/"), data=sent)

    said = Page(response.get_data(as_text=True)).text
    assert response.status_code == 422
    is_english = language == "en"
    assert ("This does not go with the rest of the rules: " in said) is is_english
    assert ("each step comes later than the one before" in said.lower()) is is_english
    assert ("كل خطوة" in said) is not is_english
