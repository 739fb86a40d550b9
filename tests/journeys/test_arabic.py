"""A seeker goes the whole way in Arabic, from the right to the left, without JavaScript."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import go_on
from tests.machine import Up

GO_ON = "متابعة"
SIDES = """
() => {
  const box = (found) => document.querySelector(found).getBoundingClientRect();
  return { home: box(".home").left, leave: box(".leave").left };
}
"""
ENDS = """
(found) => [0, 10].map((at) => {
  const range = document.createRange();
  range.setStart(found.firstChild, at);
  range.setEnd(found.firstChild, at + 1);
  return range.getBoundingClientRect().left;
})
"""


def test_a_seeker_comes_in_and_comes_back_in_arabic(up: Up, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/en/")
    page.get_by_role("link", name="العربية").click()
    page.get_by_role("link", name="إيجاد شخص للتحدّث معه").click()
    page.get_by_label("18 سنة أو أكثر", exact=True).check()
    page.get_by_label("العربية").check()
    go_on(page, GO_ON)
    page.locator("summary", has_text="الحب والصداقة والوحدة").click()
    page.get_by_label("الشعور بالوحدة").check()
    go_on(page, GO_ON)
    go_on(page, GO_ON)
    _answers_how(page)
    _changes_language_and_back(page)
    go_on(page, GO_ON)
    expect(page.get_by_text("بصيغة المؤنث")).to_be_visible()
    page.locator("input[name=matching]").check()
    page.get_by_role("button", name="موافقة وإرسال").click()

    code = _keeps_code(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("أنتم في انتظار شخص")
    page.get_by_role("button", name="إيقاف مؤقت").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("الاقتراحات متوقفة مؤقتًا")
    page.context.clear_cookies()
    page.goto("/ar/back")
    page.get_by_label("رمز العودة").fill(code)
    page.get_by_role("button", name="فتح").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("الاقتراحات متوقفة مؤقتًا")
    page.get_by_role("link", name="محو كل شيء الآن").click()
    page.get_by_role("button", name="نعم، محو كل شيء").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("تمّ محو كل شيء")


@pytest.mark.parametrize(
    "path", ["", "start", "near", "back", "kept", "join", "card", "letter"]
)
def test_arabic_pages_begin_on_the_right_and_need_no_sideways_scrolling(
    up: Up, phone: BrowserContext, path: str
) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/ar/{path}")

    assert page.locator("html").get_attribute("dir") == "rtl"
    sides = page.evaluate(SIDES)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert sides["home"] > sides["leave"]
    assert wide <= 0


def test_a_number_to_dial_reads_from_left_to_right_among_arabic_words(
    up: Up, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/ar/near")

    number = page.get_by_text("000 000 001", exact=True).first
    first, last = number.evaluate(ENDS)

    assert first < last


def _answers_how(page: Page) -> None:
    page.get_by_label("رسائل بين حين وآخر").check()
    page.get_by_label("كل يوم", exact=True).check()
    page.get_by_label("نعم، تناسبني").check()
    page.get_by_label("بصيغة المؤنث").check()


def _changes_language_and_back(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("In the feminine")).to_be_checked()
    page.get_by_role("button", name="العربية").click()
    expect(page.get_by_label("بصيغة المؤنث")).to_be_checked()


def _keeps_code(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text("رمز العودة")
    groups = page.locator("bdi").all_inner_texts()
    asked = re.search(r"ما المجموعة رقم (\d)", page.content())
    assert asked is not None
    page.locator("input[name=group]").fill(groups[int(asked[1]) - 1])
    page.get_by_role("button", name=GO_ON, exact=True).click()
    expect(page).to_have_url(re.compile("/ar/here$"))
    return " ".join(groups)
