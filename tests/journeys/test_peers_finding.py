"""A peer finds what they have lived through, and what they will not talk about, by a word."""

from playwright.sync_api import BrowserContext, Page, expect

from matcher.bootstrap import build
from matcher.domain.invitation import Scope
from tests.journeys.steps import go_on
from tests.journeys.test_finding_needs import begin_to_look, look_for, said
from tests.looks import axe, measures
from tests.machine import Up


def to_what_was_lived(context: BrowserContext, up: Up) -> Page:
    (invitation,) = build(up.settings).invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )
    page = context.new_page()
    page.goto("/en/join")
    page.get_by_role("textbox").fill(invitation)
    page.get_by_role("button", name="Open").click()
    page.get_by_label("Yes, I agree to all seven.").check()
    go_on(page)
    page.get_by_label("18 or older", exact=True).check()
    page.get_by_label("English").check()
    go_on(page)
    return page


def groups(page: Page) -> list[str]:
    shown = page.locator("#lived > fieldset:visible > legend")
    return [words.strip() for words in shown.all_inner_texts()]


def test_a_word_shows_the_groups_and_needs_it_fits_and_says_nothing_for_anybody(
    scripted: BrowserContext, up: Up
) -> None:
    page = to_what_was_lived(scripted, up)
    assert len(groups(page)) == 15
    begin_to_look(page)

    look_for(page, "court")
    expect(said(page)).to_have_text("Found: 1")
    assert groups(page) == ["Rights, law, papers"]
    assert page.locator("#lived input:checked").count() == 0
    page.locator("#group-law-1").check()
    expect(page.locator(".lived:visible > legend")).to_have_text(["Police, arrest or court"])
    found = page.locator(".lived:visible")
    found.get_by_label("Very much").check()
    found.get_by_label("When was that?").select_option("past")
    measures.unfold(page)
    axe.arm(page)
    assert [*axe.violations(page, axe.ALL), *measures.wider(page), *measures.small(page)] == []

    look_for(page, "lonely")
    assert {"Love, friends, loneliness", "Rights, law, papers"} <= set(groups(page))
    assert len(groups(page)) < 15
    look_for(page, "")
    assert len(groups(page)) == 15


def test_a_word_opens_what_is_never_to_be_talked_about(
    scripted: BrowserContext, up: Up
) -> None:
    page = to_what_was_lived(scripted, up)
    go_on(page)
    begin_to_look(page)

    look_for(page, "blackmail")

    expect(page.locator("#never label:visible")).to_have_text(
        ["Blackmail or threats to expose me"]
    )
    page.get_by_label("Blackmail or threats to expose me").check()
    look_for(page, "xylophone")
    expect(said(page)).to_have_text("Nothing found by this word. All of it is still below.")
    expect(page.locator("#never > details:visible")).to_have_count(15)
    go_on(page)
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_label("Blackmail or threats to expose me")).to_be_checked()


def test_without_scripts_everything_can_be_answered(phone: BrowserContext, up: Up) -> None:
    page = to_what_was_lived(phone, up)

    expect(page.locator("#find")).to_be_hidden()
    group = page.get_by_role("group", name="Rights, law, papers")
    group.get_by_label("Some of these").check()
    need = group.get_by_role("group", name="Police, arrest or court")
    expect(need.get_by_label("When was that?")).to_be_hidden()
    need.get_by_label("A little").check()
    expect(need.get_by_label("When was that?")).to_be_visible()
