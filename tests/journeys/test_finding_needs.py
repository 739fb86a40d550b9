"""Needs found by other words for them; without scripts there are the groups."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.listening import listen
from tests.journeys.steps import go_on

FIELDS = {"en": "Find by a word (optional)", "ar": "البحث بكلمة (اختياري)"}
GO_ON = {"en": "Go on", "ar": "متابعة"}


def to_the_needs(context: BrowserContext, language: str = "en") -> Page:
    page = context.new_page()
    page.goto(f"/{language}/start")
    page.locator("input[name=age][value='18-plus']").check()
    page.locator("input[name=languages][value=en]").check()
    go_on(page, GO_ON[language])
    return page


def begin_to_look(page: Page, language: str = "en") -> None:
    """Go into the field, and wait for all words by which needs are found."""
    field = page.get_by_label(FIELDS[language])
    expect(field).to_be_visible()  # its script is there
    with page.expect_response("**/words") as answer:
        field.focus()
    answer.value.finished()


def look_for(page: Page, words: str, language: str = "en") -> None:
    page.get_by_label(FIELDS[language]).fill(words)


def shown(page: Page) -> list[str]:
    """List the needs that can be seen, by their ids."""
    boxes = page.locator("#needs input[name=needs]:visible")
    return [str(one.get_attribute("value")) for one in boxes.all()]


def said(page: Page) -> Locator:
    return page.locator("#find [role=status]")


@pytest.mark.parametrize(
    ("language", "typed", "need"),
    [
        ("en", "depressed", "mind/low"),
        ("en", "Kicked OUT", "family/rejection"),
        ("en", "إيدز", "health/living-with-hiv"),
        ("en", "prep", "health/tests-protection"),
        ("ar", "كمنغ اوت", "identity/telling-someone"),
        ("ar", "ايدز", "health/living-with-hiv"),
        ("ar", "سيدا", "health/recent-risk"),
        ("ar", "ترانس", "transition/surgery"),
        ("ar", "الهرمونات", "transition/medical-care"),
        ("ar", "إبتزاز", "safety/blackmail"),
        ("ar", "فضيحه", "safety/blackmail"),
        ("ar", "ضـرب", "safety/at-home"),
        ("ar", "اكتئآب", "mind/low"),
        ("ar", "اقامه", "moving/no-papers"),
        ("ar", "مستشفي", "health/doctors"),
        ("ar", "والجامعة", "study/bullying"),
        ("ar", "panic", "mind/worry"),
    ],
)
def test_a_word_in_any_spelling_finds_its_need(
    scripted: BrowserContext, language: str, typed: str, need: str
) -> None:
    page = to_the_needs(scripted, language)
    begin_to_look(page, language)

    look_for(page, typed, language)

    expect(page.locator(f"#needs input[value='{need}']")).to_be_visible()
    found = shown(page)
    assert len(found) < 20
    expect(said(page)).to_have_text(
        f"Found: {len(found)}" if language == "en" else f"عدد النتائج: {len(found)}"
    )


def test_what_is_ticked_is_never_hidden_and_all_comes_back(scripted: BrowserContext) -> None:
    page = to_the_needs(scripted)
    before = shown(page)
    begin_to_look(page)
    look_for(page, "lonely")
    page.get_by_label("Feeling alone").check()

    look_for(page, "court")
    expect(page.get_by_label("Feeling alone")).to_be_visible()
    expect(page.get_by_label("Police, arrest or court")).to_be_visible()
    expect(page.get_by_label("A break-up")).to_be_hidden()

    look_for(page, "")
    expect(said(page)).to_be_empty()
    assert set(before) < set(shown(page))
    expect(page.get_by_label("Feeling alone")).to_be_checked()
    expect(page.get_by_label("Police, arrest or court")).to_be_hidden()
    expect(page.locator("#needs > details:visible")).to_have_count(15)


def test_a_word_that_finds_nothing_hides_nothing(scripted: BrowserContext) -> None:
    page = to_the_needs(scripted)
    before = shown(page)
    begin_to_look(page)

    look_for(page, "xylophone")

    expect(said(page)).to_contain_text("Nothing found by this word.")
    assert shown(page) == before
    expect(page.locator("#needs > details:visible")).to_have_count(15)


def test_nothing_that_is_typed_is_sent(scripted: BrowserContext) -> None:
    heard = listen(scripted)
    page = to_the_needs(scripted)
    assert [one for one in heard.addresses if one.endswith("/words")] == []

    begin_to_look(page)
    look_for(page, "blackmail")
    page.keyboard.press("Enter")
    page.get_by_label("Blackmail or threats to expose me").check()
    go_on(page)

    assert [one for one in heard.addresses if one.endswith("/words")] != []
    assert heard.names("blackmail") == []
    assert [
        sent for sent in heard.sent if "blackmail" in sent.replace("safety%2Fblackmail", "")
    ] == []


def test_it_goes_on_without_a_connection_once_its_words_have_come(
    scripted: BrowserContext,
) -> None:
    page = to_the_needs(scripted)
    begin_to_look(page)
    look_for(page, "rent")
    scripted.set_offline(offline=True)

    look_for(page, "depressed")

    expect(page.locator("#needs input[value='mind/low']")).to_be_visible()


def test_without_its_words_labels_are_searched(scripted: BrowserContext) -> None:
    page = to_the_needs(scripted)
    expect(page.get_by_label(FIELDS["en"])).to_be_visible()
    scripted.set_offline(offline=True)
    with page.expect_event("requestfailed"):
        page.get_by_label(FIELDS["en"]).focus()

    page.get_by_label(FIELDS["en"]).fill("therapist")

    expect(page.locator("#needs input[value='mind/finding-help']")).to_be_visible()
    expect(said(page)).to_have_text("Found: 1")


def test_without_scripts_no_field_is_shown_and_every_group_is(phone: BrowserContext) -> None:
    page = to_the_needs(phone)

    expect(page.locator("#find")).to_be_hidden()
    expect(page.locator("#needs > details:visible")).to_have_count(15)
    page.goto(f"{page.url}#group-law")
    expect(page.locator("#group-law > summary")).to_be_in_viewport()
