"""Finding formal help, and saying what one wants there: on a phone, without JavaScript."""

from playwright.sync_api import BrowserContext, expect

from tests.machine import Up


def test_help_is_found_without_a_word_of_it_in_the_history(
    up: Up, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/en/near")

    page.get_by_label("What is it about? (optional)").select_option("Body and sexual health")
    page.get_by_label("Where? (optional)").select_option("Europe")
    page.get_by_role("button", name="Show", exact=True).click()

    found = page.locator("#found")
    expect(found.get_by_role("heading", level=3)).to_have_count(1)
    assert page.url == f"{up.public}/en/near#found"
    found.get_by_text("Before you go there").click()
    expect(found.get_by_text("an identity card or passport")).to_be_visible()
    found.get_by_role("button", name="This was bad for me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")


def test_only_the_letter_is_printed(up: Up, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{up.public}/ar/letter")
    page.get_by_label("أحتاج إلى مكان آمن للإقامة.").check()
    page.get_by_role("button", name="كتابة الرسالة").click()
    theirs, own = page.locator("#letter1"), page.locator("#letter2")
    expect(own).to_be_visible()

    page.emulate_media(media="print")

    expect(theirs).to_be_visible()
    expect(theirs).to_contain_text("I need a safe place to stay.")
    for hidden in (own, page.locator("form"), page.locator("h1"), page.locator(".top")):
        expect(hidden).to_be_hidden()
