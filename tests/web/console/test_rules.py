"""The rules as coordinators see them, draft them and publish them, without JavaScript."""

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import Rank
from matcher.domain.loosening import Guard
from matcher.domain.versions import Publication
from matcher.web.common.headers import RULES
from matcher.web.console.rules import words
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive

LOOK, PUBLISH, ASK = "Look at what it would change", "Publish", "Ask for a second yes"
WHY: Given = {"reason": "Our peers are tired", "passphrase": PASSPHRASE}
TIRED, LOOSE = "A peer gets at most 2 suggestions a day.", "at most 5 suggestions a day."


@pytest.fixture
def ben(arrive: Arrive, owner: Browser) -> Browser:
    """Yield the browser of a second coordinator."""
    assert "Ana" in owner.text
    return arrive(Holder(name="Ben"), Rank.COORDINATOR)


def draft(browser: Browser, old: str, new: str) -> Browser:
    """Change one place of the rules in force, and look at it."""
    text = browser.open("/en/rules/draft").page.form_with(LOOK).values["text"]
    assert old in text
    return browser.press(LOOK, {"text": text.replace(old, new)})


def tired(browser: Browser) -> Browser:
    return draft(browser, "a_day = 3", "a_day = 2")


def loose(browser: Browser) -> Browser:
    return draft(browser, "a_day = 3", "a_day = 5")


def somebody_else_publishes(console: ConsoleServices) -> None:
    text = console.tuning.current().text.replace("a_day = 3", "a_day = 1")
    wanted = Publication(text=text, reason="a quiet week", who="operator")
    console.tuning.publish(wanted, after=console.tuning.current().number)


def test_what_is_in_force_stands_in_sentences(owner: Browser) -> None:
    text = owner.open("/en/rules").text

    assert "A peer gets at most 3 suggestions a day." in text
    assert "the file this network began with" in text
    arabic = owner.open("/ar/rules").text
    assert "لا تُستثنى من التخمين أي حاجة" in arabic
    assert "A peer" not in arabic


def test_each_preset_says_what_it_is_for_and_begins_a_draft(
    owner: Browser, console: ConsoleServices
) -> None:
    assert set(console.tuning.presets()) == set(words.PRESETS)
    for name, (title, use) in words.PRESETS.items():
        page = owner.open("/en/rules")
        assert str(use) in page.text
        page.open(page.page.links[str(title)])
        text = owner.page.form_with(LOOK).values["text"]
        assert text.strip() == console.tuning.presets()[name].strip()
    assert console.tuning.current().number == 1


def test_mistakes_are_told_with_their_lines_and_the_draft_comes_back(owner: Browser) -> None:
    draft(owner, "a_day = 3", "a_day = 51")

    text = owner.page.form_with(LOOK).values["text"]
    line = text[: text.index("a_day = 51")].count("\n") + 1
    assert owner.response.status_code == 422
    assert f"Line {line}offers.a_day: " in owner.text
    assert "Publish" not in [words for f in owner.page.forms for _, _, words in f.buttons]


def test_a_text_with_mistakes_is_not_published(
    owner: Browser, console: ConsoleServices
) -> None:
    action, sent = tired(owner).prepared(PUBLISH, WHY)
    sent["text"] = "a_day = "
    response = owner.client.post(action, data=sent)

    assert response.status_code == 422
    assert console.tuning.current().number == 1


@pytest.mark.parametrize("reason", ["", " \t", "x" * 501])
def test_without_a_reason_nothing_is_published_and_nothing_lost(
    owner: Browser, console: ConsoleServices, reason: str
) -> None:
    tired(owner).press(PUBLISH, {**WHY, "reason": reason})

    assert owner.response.status_code == 422
    assert "a_day = 2" in owner.page.form_with(LOOK).values["text"]
    assert console.tuning.current().number == 1


def test_without_the_passphrase_nothing_is_published_and_nothing_lost(
    owner: Browser, console: ConsoleServices
) -> None:
    tired(owner).press(PUBLISH, {**WHY, "passphrase": "another passphrase"})

    assert owner.response.status_code == 403
    assert "This is not your passphrase" in owner.text
    assert "a_day = 2" in owner.page.form_with(LOOK).values["text"]
    assert owner.page.form_with(PUBLISH).values["reason"] == WHY["reason"]
    assert console.tuning.current().number == 1


def test_who_is_not_signed_in_any_more_gets_the_draft_back(owner: Browser) -> None:
    action, sent = tired(owner).prepared(PUBLISH, WHY)
    owner.press("Sign out")
    owner.client.set_cookie("desk", "x" * 43)
    response = owner.client.post(action, data=sent)

    assert response.status_code in {401, 403}
    assert "a_day = 2" in response.get_data(as_text=True)
    assert "Our peers are tired" in response.get_data(as_text=True)


def test_what_loosens_nothing_is_in_force_at_once(
    owner: Browser, console: ConsoleServices
) -> None:
    tired(owner)
    assert TIRED in owner.text
    assert "Before: A peer gets at most 3 suggestions a day." in owner.text
    assert "Less safe" not in owner.text
    owner.press(PUBLISH, WHY)

    live = console.tuning.current()
    last = console.oversight.entries()[-1]
    assert (live.number, live.reason) == (2, WHY["reason"])
    assert (last.kind, last.step) == (ActKind.PUBLISH_RULES, Step.DONE)
    assert f"{TIRED}" in owner.text
    assert "Version 2" in owner.text
    assert "Publish rules · version 2 · done" in owner.open("/en/log").text


def test_a_preset_keeps_its_name(owner: Browser, console: ConsoleServices) -> None:
    owner.open("/en/rules/draft?preset=spare-our-peers").press(LOOK).press(PUBLISH, WHY)

    assert console.tuning.current().preset == "spare-our-peers"


def test_what_loosens_safety_waits_for_a_second_coordinator(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    loose(owner)
    assert f"Less safe: {words.GUARDS[Guard.FISHING]}" in owner.text
    owner.press(ASK, WHY)
    assert console.tuning.current().number == 1
    assert "Another coordinator has to agree" in owner.text
    assert LOOSE in ben.open("/en/rules").text
    ben.open("/en/acts").press("Agree", {"passphrase": PASSPHRASE})

    assert console.tuning.opened(console.tuning.current())[1].offers.a_day == 5
    assert console.tuning.current().number == 2
    assert console.publishing.waiting(console.coordinators.roster().coordinators[0].id) == ()


def test_who_is_alone_waits_a_day(owner: Browser, console: ConsoleServices) -> None:
    loose(owner).press(ASK, WHY)

    assert "You can agree yourself in 24 hours" in owner.text
    assert console.tuning.current().number == 1


def test_nobody_agrees_to_what_other_rules_have_overtaken(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    loose(owner).press(ASK, WHY)
    somebody_else_publishes(console)
    assert "nobody can agree to these any more" in ben.open("/en/rules").text
    ben.open("/en/acts").press("Agree", {"passphrase": PASSPHRASE})

    assert ben.response.status_code == 409
    assert console.tuning.current().number == 2
    assert console.oversight.entries()[-1].step is Step.ASKED
    assert "Nothing waits" in ben.open("/en/acts").press("Withdraw").text


def test_a_stale_draft_is_told_so_and_published_only_after_another_look(
    owner: Browser, console: ConsoleServices
) -> None:
    tired(owner)
    somebody_else_publishes(console)
    owner.press(PUBLISH, WHY)

    assert owner.response.status_code == 409
    assert "Version 2 came into force while you wrote" in owner.text
    assert "Before: A peer gets at most 1 suggestion a day." in owner.text
    assert "a_day = 2" in owner.page.form_with(LOOK).values["text"]
    assert console.tuning.current().number == 2
    owner.press(ASK, {"reason": str(WHY["reason"])})
    assert "Nothing waits" not in owner.text


def test_the_history_tells_why_and_leads_back(owner: Browser, console: ConsoleServices) -> None:
    first = console.tuning.current().text
    tired(owner).press(PUBLISH, WHY)
    owner.open("/en/rules/history")
    assert str(WHY["reason"]) in owner.text
    assert "Ana" in owner.text
    owner.open(owner.page.links["Version 1"])
    owner.open(owner.page.links["Go back to this version"])
    assert "A peer gets at most 3 suggestions a day." in owner.text
    owner.press(ASK, {"reason": "they are well again"})
    assert console.tuning.current().number == 2

    assert (
        first.strip()
        == console.publishing.waiting(console.coordinators.roster().coordinators[0].id)[
            0
        ].wanted.text.strip()
    )


def test_a_version_says_what_it_changed(owner: Browser) -> None:
    tired(owner).press(PUBLISH, WHY)

    text = owner.open("/en/rules/version?number=2").text

    assert "What it changed" in text
    assert "This one is in force" in text
    assert "What it changed" not in owner.open("/en/rules/version?number=1").text


def test_the_text_can_be_taken_along(owner: Browser, console: ConsoleServices) -> None:
    response = owner.client.get("/en/rules/text?number=1")

    assert response.get_data(as_text=True) == console.tuning.version(1).text
    assert response.headers["Content-Disposition"] == RULES
    assert response.mimetype == "application/toml"


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", ""])
def test_a_version_that_never_was_shows_what_is_in_force(owner: Browser, number: str) -> None:
    assert "Version 1" in owner.open(f"/en/rules/version?number={number}").text


def test_every_guard_and_part_has_words(console: ConsoleServices) -> None:
    rules = console.tuning.opened(console.tuning.current())[1]

    assert set(words.GUARDS) == set(Guard)
    assert [part for part, _ in words.parts(rules)] == [
        str(one) for one in words.PARTS.values()
    ]
