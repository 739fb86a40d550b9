"""How it was: with scripts the coin is tossed in the browser, and no true answer leaves it."""

from math import sqrt
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from redis import Redis

from matcher.domain.outcomes import KEPT
from tests.journeys.steps import come_back
from tests.looks import axe, measures
from tests.machine import Up
from tests.world import World

TIMES = 2_000
THANKS = "Thank you. Your answers are added."
TOSSED = """
({ times, anew }) => {
  const form = document.querySelector("#questions");
  const sent = Array.from({ length: times }, () => {
    for (const name of anew) {
      const field = form.querySelector(`[name="${name}"]`);
      field?.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return Object.fromEntries(new FormData(form));
  });
  return sent.map(({ helped, safe, service, tossed }) => [helped, safe, service ?? "", tossed]);
}
"""


def to_the_questions(context: BrowserContext, up: Up) -> Page:
    with Redis.from_url(up.settings.store_url) as redis:
        world = World(up.settings, redis)
        seeker, peer = world.seeker(), world.peer()
        world.services.rooms.end(peer.visitor, world.room(seeker, peer))
    page = context.new_page()
    come_back(page, seeker.code)
    page.get_by_role("link", name="How was your conversation?").click()
    page.wait_for_load_state()
    return page


def answer(page: Page) -> None:
    page.get_by_role("group", name="Did it help?").get_by_label("Somewhat").check()
    page.get_by_role("group", name="Did it feel safe?").get_by_label("No").check()


def sent_by(page: Page) -> dict[str, list[str]]:
    with page.expect_request(lambda asked: asked.method == "POST") as sending:
        page.get_by_role("button", name="Add my answers").click()
    page.wait_for_load_state()
    return parse_qs(sending.value.post_data or "")


def test_who_answers_is_thanked_and_nobody_else(up: Up, phone: BrowserContext) -> None:
    page = to_the_questions(phone, up)
    answer(page)

    page.get_by_role("button", name="Add my answers").click()
    expect(page.get_by_text(THANKS)).to_be_visible()
    page.goto(f"{up.public}/en/here")

    expect(page.get_by_text(THANKS)).to_be_hidden()


def test_half_of_all_answers_are_replaced_before_they_are_sent(
    scripted: BrowserContext, up: Up
) -> None:
    page = to_the_questions(scripted, up)
    answer(page)

    sent = page.evaluate(TOSSED, {"times": TIMES, "anew": ["helped", "safe"]})

    for at, given, options in ((0, "somewhat", 3), (1, "no", 2)):
        share = sum(one[at] == given for one in sent) / TIMES
        expected = float(KEPT) + (1 - float(KEPT)) / options
        assert abs(share - expected) < 5 * sqrt(expected * (1 - expected) / TIMES)
        assert len({one[at] for one in sent}) == options
    assert {one[2] for one in sent} == {""}  # what nobody answered stays unsaid
    assert {one[3] for one in sent} == {"yes"}
    assert page.get_by_label("Somewhat").is_checked()
    axe.arm(page)
    assert [*axe.violations(page, axe.ALL), *measures.small(page)] == []


def test_the_same_answers_sent_again_say_the_same(scripted: BrowserContext, up: Up) -> None:
    page = to_the_questions(scripted, up)
    answer(page)

    sent = page.evaluate(TOSSED, {"times": 60, "anew": []})

    assert len({tuple(one) for one in sent}) == 1


def test_who_changes_one_answer_tells_no_more_of_the_others(
    scripted: BrowserContext, up: Up
) -> None:
    page = to_the_questions(scripted, up)
    answer(page)

    sent = page.evaluate(TOSSED, {"times": 60, "anew": ["safe"]})

    assert len({one[0] for one in sent}) == 1
    assert len({one[1] for one in sent}) == 2


def test_what_was_tossed_is_neither_shown_nor_tossed_again(
    scripted: BrowserContext, up: Up
) -> None:
    page = to_the_questions(scripted, up)
    answer(page)
    page.evaluate("for (const one of document.querySelectorAll('[name=safe]')) one.value = 'x'")

    first = sent_by(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_role("group", name="Did it help?").count() == 0
    again = page.evaluate(TOSSED, {"times": 60, "anew": ["helped", "safe"]})
    page.get_by_role("group", name="Did it feel safe?").get_by_label("No").check()
    second = sent_by(page)

    assert {one[0] for one in again} == {first["helped"][0]}
    assert second["helped"] == first["helped"]
    expect(page.get_by_role("link", name="How was your conversation?")).to_have_count(0)


def test_nobody_who_goes_back_finds_what_was_answered(scripted: BrowserContext, up: Up) -> None:
    page = to_the_questions(scripted, up)
    answer(page)
    assert page.locator("input:checked").count() == 2

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")

    assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize("has_scripts", [True, False])
def test_it_is_sent_and_the_server_is_told_whether_chance_was_there(
    scripted: BrowserContext, phone: BrowserContext, up: Up, *, has_scripts: bool
) -> None:
    page = to_the_questions(scripted if has_scripts else phone, up)
    answer(page)

    expect(page.get_by_text("browser tosses the coin")).to_be_visible(visible=has_scripts)
    expect(page.get_by_text("server tosses the coin")).to_be_visible(visible=not has_scripts)
    sent = sent_by(page)

    assert sent.get("tossed") == (["yes"] if has_scripts else None)
    if not has_scripts:
        assert (sent["helped"], sent["safe"]) == (["somewhat"], ["no"])
    expect(page.get_by_role("link", name="How was your conversation?")).to_have_count(0)
