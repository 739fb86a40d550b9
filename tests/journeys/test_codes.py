"""Codes in a real browser: made there, kept there; without JavaScript, never where it tells."""

import re
from urllib.parse import urlsplit

import pytest
import segno
from playwright.sync_api import BrowserContext, Error, Page, expect
from redis import Redis

from matcher.domain import codes
from matcher.store.secrets import Secrets, keys_of
from tests import vectors
from tests.journeys.conftest import FAR_HOST
from tests.journeys.listening import listen
from tests.journeys.steps import (
    come_back,
    give_group_back,
    is_sent_again,
    to_the_code,
    to_the_last_page,
)
from tests.machine import Up
from tests.waiting import until

VECTORS = vectors.read()


def door(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/en/back")
    return page


def picture_of(code: str) -> segno.QRCode:
    """Draw what the browser should."""
    return segno.make_qr(
        code.upper(), mode="alphanumeric", version=2, error="q", mask=0, boost_error=False
    )


def is_here(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("You are waiting for someone")


def has_code(up: Up, code: str) -> bool:
    """Tell whether the store has the record that the server would make for this code."""
    key = Secrets(up.settings.folders.vault).code(codes.parse(code)).key
    with Redis.from_url(up.settings.store_url) as store:
        return bool(store.exists(f"{{{up.settings.pool}}}:c:{key}"))


def test_the_browser_derives_the_keys_of_the_table(scripted: BrowserContext) -> None:
    derive = """async (given) => {
        const { keysOf } = await import("/static/code.js");
        return Promise.all(given.map(keysOf));
    }"""

    found = door(scripted).evaluate(derive, [known["code"] for known in VECTORS["codes"]])

    assert found == [
        {"lookup": known["lookup"], "seal": known["seal"]} for known in VECTORS["codes"]
    ]


def test_the_browser_reads_every_spelling_of_the_table(scripted: BrowserContext) -> None:
    parse = """async (given) => {
        const { parse, plain } = await import("/static/code.js");
        return given.map((one) => parse(one) ?? Array.from(plain(one)).length);
    }"""
    typed = [spelled["typed"] for spelled in VECTORS["spellings"]]

    found = door(scripted).evaluate(parse, [*typed, *VECTORS["mistyped"]])

    meant = [spelled["code"] for spelled in VECTORS["spellings"]]
    assert found == [*meant, *(len(codes.plain(one)) for one in VECTORS["mistyped"])]


def test_the_browser_finds_every_slip_and_every_swap(scripted: BrowserContext) -> None:
    code = VECTORS["codes"][4]["code"]
    slips = {code[:n] + one + code[n + 1 :] for n in range(28) for one in codes.ALPHABET}
    swaps = {code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(27)}
    parse = """async (given) => {
        const { parse } = await import("/static/code.js");
        return given.filter((one) => parse(one) !== null);
    }"""

    assert door(scripted).evaluate(parse, sorted(slips | swaps)) == [code]


def test_codes_made_in_the_browser_are_whole_and_all_different(
    scripted: BrowserContext,
) -> None:
    make = """async (count) => {
        const { newCode } = await import("/static/code.js");
        return Array.from({ length: count }, newCode);
    }"""

    made = door(scripted).evaluate(make, 200)

    assert [codes.parse(code) for code in made] == made
    assert len(set(made)) == 200
    assert set("".join(code[: codes.LETTERS] for code in made)) == set(codes.ALPHABET)


def test_the_browser_draws_the_picture_that_any_camera_reads(scripted: BrowserContext) -> None:
    modules = """async (given) => {
        const { modules } = await import("/static/picture.js");
        return given.map((code) => modules(code).map((row) => row.map(Number)));
    }"""
    given = [known["code"] for known in VECTORS["codes"]]

    drawn = door(scripted).evaluate(modules, given)

    assert drawn == [[list(row) for row in picture_of(code).matrix] for code in given]


def test_with_scripts_the_code_stays_in_the_browser(
    up: Up, scripted: BrowserContext, phone: BrowserContext
) -> None:
    heard, page = listen(scripted), scripted.new_page()

    code = to_the_code(page)
    page.locator("summary", has_text="picture").click()
    page.get_by_role("button", name="Show the picture").click()
    heard.titles.append(page.title())
    expect(page.locator("#drawn svg")).to_be_visible()
    give_group_back(page, code, "Send my answers")
    is_here(page)
    scripted.clear_cookies()
    come_back(page, f" {code[:14].upper()}-{code[14:]} ")
    is_here(page)

    keys = keys_of(codes.parse(code))
    shapes = (code, "-".join(codes.groups(codes.parse(code))), code[:14], code[14:])
    assert heard.posted(*shapes, keys.lookup.hex(), keys.seal.hex()) == [
        keys.lookup.hex(),
        keys.seal.hex(),
    ]
    assert heard.names(*shapes, keys.lookup.hex(), keys.seal.hex()) == []
    assert heard.complaints == []
    assert {urlsplit(address).netloc for address in heard.addresses} == {
        urlsplit(up.public).netloc
    }
    assert has_code(up, code)
    assert not re.search(code, up.log.read_text(), re.IGNORECASE)
    come_back(without := phone.new_page(), code)
    is_here(without)


def test_without_scripts_the_code_stands_in_no_address_title_header_or_log(
    up: Up, phone: BrowserContext, scripted: BrowserContext
) -> None:
    heard, page = listen(phone), phone.new_page()

    code = to_the_code(page)
    page.locator("summary", has_text="picture").click()
    page.get_by_role("button", name="Show the picture").click()
    heard.titles.append(page.title())
    expect(page.locator("#picture svg")).to_be_visible()
    give_group_back(page, code, "Go on")
    phone.clear_cookies()
    come_back(page, "0" + code[1:] if code[0] != "0" else "2" + code[1:])
    expect(page.get_by_role("alert")).to_contain_text("mistyped")
    come_back(page, code)
    is_here(page)

    keys = keys_of(codes.parse(code))
    shapes = (code, code[:14], code[14:], keys.lookup.hex(), keys.seal.hex())
    assert heard.names(*shapes) == []
    parts = {part.upper() for one in heard.addresses for part in re.split(r"\W", one)}
    assert parts & set(codes.groups(codes.parse(code))) <= {"BACK", "HERE"}  # parts of our own
    assert not re.search(code, up.log.read_text(), re.IGNORECASE)
    assert has_code(up, code)
    come_back(with_scripts := scripted.new_page(), code)
    is_here(with_scripts)


def test_a_mistyped_code_is_said_at_once_and_nothing_is_sent(scripted: BrowserContext) -> None:
    page = door(scripted)
    heard = listen(scripted)
    code = VECTORS["codes"][5]["code"]

    page.get_by_label("Your return code").press_sequentially(code[1] + code[0] + code[2:-1])
    expect(page.get_by_role("alert")).to_have_text("")
    page.get_by_label("Your return code").press_sequentially(code[-1])
    expect(page.get_by_role("alert")).to_contain_text("mistyped")
    page.get_by_label("Your return code").press_sequentially("x")
    expect(page.get_by_role("alert")).to_contain_text("these are 29.")
    page.get_by_role("button", name="Open").click()

    expect(page.get_by_label("Your return code")).to_be_focused()
    assert not any(heard.sent)
    page.get_by_label("Your return code").fill(code)
    expect(page.get_by_role("alert")).to_have_text("")


def test_an_unknown_code_is_not_given_back_by_the_server(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    come_back(page, VECTORS["codes"][5]["code"])

    expect(page.get_by_role("alert").first).to_contain_text("No place opens with this code")
    expect(page.get_by_label("Your return code")).to_have_value("")
    come_back(page, "")
    expect(page.get_by_role("alert").first).to_contain_text("Please type your return code.")


def test_a_wrong_group_sends_nothing_and_the_way_back_keeps_the_code(
    scripted: BrowserContext,
) -> None:
    page = scripted.new_page()
    code = to_the_code(page)
    heard = listen(scripted)

    page.get_by_label("To be sure that you have it").fill("zz")
    page.get_by_role("button", name="Send my answers", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not the same")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Agree and send").click()

    assert "".join(page.locator("bdi").all_inner_texts()).lower() == code
    assert not any(heard.sent)


def test_what_is_missing_is_told_before_any_code_is_shown(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    to_the_last_page(page)
    page.locator("input[name=matching]").uncheck()

    page.get_by_role("button", name="Agree and send").click()

    expect(page.get_by_role("alert").first).to_contain_text("Please tick that these answers")
    expect(page.locator("bdi")).to_have_count(0)


def test_with_scripts_too_somebody_may_keep_no_code(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    to_the_code(page)

    page.get_by_text("I do not want to keep a code").click()
    page.get_by_role("button", name="Send my answers without a code").click()

    expect(page).to_have_url(re.compile("/en/here$"))
    expect(page.get_by_text("You keep no code")).to_be_visible()


def test_the_way_back_in_the_browser_shows_no_code(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    code = to_the_code(page)
    give_group_back(page, code, "Send my answers")

    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser asks whether to send again
        page.go_back()
    until(lambda: is_sent_again(page), "the page sent again")

    expect(page.get_by_text("were already sent")).to_be_visible()
    assert code not in re.sub(r"<[^>]*>|\W", "", page.content()).lower()


def test_a_page_that_is_left_forgets_its_code(scripted: BrowserContext) -> None:
    page = scripted.new_page()
    code = to_the_code(page)
    assert code in re.sub(r"<[^>]*>|\W", "", page.content()).lower()

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert code not in re.sub(r"<[^>]*>|\W", "", page.content()).lower()


def test_where_browsers_derive_no_keys_all_is_as_without_scripts(
    up: Up, scripted: BrowserContext
) -> None:
    far = up.public.replace("127.0.0.1", FAR_HOST)
    heard, page = listen(scripted), scripted.new_page()
    page.goto(f"{far}/en/back")
    assert page.evaluate("isSecureContext") is False
    page.get_by_label("Your return code").fill("not a code")

    page.get_by_role("button", name="Open").click()

    expect(page.get_by_role("alert").first).to_contain_text("these are 8.")
    expect(page.get_by_label("Your return code")).to_have_value("not a code")
    assert heard.posted("not+a+code")


def test_a_change_of_language_sends_no_code_from_a_browser_with_scripts(
    scripted: BrowserContext,
) -> None:
    heard = listen(scripted)
    page = door(scripted)
    page.get_by_label("Your return code").fill("7k2m9q4x")

    page.get_by_role("button", name="العربية").click()

    expect(page).to_have_url(re.compile("/ar/back$"))
    assert heard.posted("7k2m") == []
    assert heard.names("7k2m") == []
