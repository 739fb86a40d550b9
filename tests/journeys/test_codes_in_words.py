"""Codes in words in a real browser: lists come when they are asked for, words stay."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.store.secrets import keys_of
from matcher.web.common.code_words import lists
from tests import vectors
from tests.journeys.listening import Heard, listen
from tests.journeys.steps import to_the_code
from tests.machine import Up

VECTORS = vectors.read()
FIELD = {"en": "Your return code", "ar": "رمز العودة"}
OPEN = {"en": "Open", "ar": "فتح"}
SHOW = {"en": "Show it as words", "ar": "عرضه بالكلمات"}
SEND = {"en": "Send my answers", "ar": "إرسال إجاباتي"}
TITLE = {"en": "You are waiting for someone", "ar": "أنتم في انتظار شخص"}
LISTS = re.compile(r"/static/code-words-\w+\.txt$")

Change = Callable[[list[str]], list[str]]

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


@pytest.fixture
def elsewhere(browser: Browser, up: Up) -> Iterator[BrowserContext]:
    """Hold another phone, with JavaScript."""
    context = browser.new_context(base_url=up.public, viewport={"width": 390, "height": 844})
    yield context
    context.close()


def to_the_words(page: Page, language: str) -> list[str]:
    """Go as far as the code, in a language, and have it shown in words."""
    to_the_code(page)
    if language == "ar":
        page.get_by_role("button", name="Back", exact=True).click()
        page.get_by_role("button", name="العربية").click()
        expect(page).to_have_url(re.compile("/ar/"))
        page.wait_for_load_state()  # its scripts as well
        page.get_by_role("button", name="موافقة وإرسال").click()
    page.get_by_role("button", name=SHOW[language]).click()
    words = page.locator(".words bdi")
    expect(words).to_have_count(14)
    return words.all_inner_texts()


def answer(page: Page, said: list[str], language: str) -> None:
    """Type the word that is asked back, and send the answers."""
    asked = re.search(
        r"(?:what is word|ما الكلمة رقم) (\d+)", page.locator("main").inner_text()
    )
    assert asked is not None
    page.locator("#group").fill(said[int(asked[1]) - 1])
    page.get_by_role("button", name=SEND[language], exact=True).click()
    expect(page).to_have_url(re.compile("/here$"))


def lists_asked_for(heard: Heard) -> list[str]:
    return [one.rpartition("-")[2] for one in heard.addresses if LISTS.search(one)]


def door(context: BrowserContext, language: str = "en") -> Page:
    page = context.new_page()
    page.goto(f"/{language}/back")
    return page


def type_in(page: Page, typed: str, language: str = "en") -> None:
    page.get_by_label(FIELD[language]).fill(typed)
    page.get_by_role("button", name=OPEN[language]).click()


@LANGUAGES
def test_with_scripts_words_are_made_and_read_in_the_browser(
    up: Up, scripted: BrowserContext, elsewhere: BrowserContext, language: str
) -> None:
    heard, page = listen(scripted), scripted.new_page()
    said = to_the_words(page, language)
    assert lists_asked_for(heard) == [f"{language}.txt"]
    code = codes_of(language, said)
    answer(page, said, language)
    heard_again = listen(elsewhere)

    type_in(back := door(elsewhere, language), "\n".join(said), language)

    expect(back.get_by_role("heading", level=1)).to_have_text(TITLE[language])
    keys = keys_of(code)
    secrets = (code, *said, " ".join(said))
    sent = [keys.lookup.hex(), keys.seal.hex()]
    for one in (heard, heard_again):
        assert one.posted(code, *(word for word in said if len(word) > 6), *sent) == sent
        assert one.names(*secrets_in_names(secrets)) == []
        assert one.complaints == []
    log = up.log.read_text()
    assert not re.search(" ?".join(said[:3]), log, re.IGNORECASE)


def codes_of(language: str, said: list[str]) -> Code:
    """Read words as the server does."""
    places = [lists()[language].words.index(word) for word in said]
    pairs = (codes.ALPHABET[at // 32] + codes.ALPHABET[at % 32] for at in places)
    return codes.parse("".join(pairs))


def secrets_in_names(secrets: tuple[str, ...]) -> list[str]:
    """Leave out words so short that they stand in names of files and headers by chance."""
    return [secret for secret in secrets if len(secret) > 6]


@LANGUAGES
def test_without_scripts_words_of_either_language_lead_back(
    phone: BrowserContext, scripted: BrowserContext, language: str
) -> None:
    page = scripted.new_page()
    said = to_the_words(page, language)
    answer(page, said, language)
    other = {"en": "ar", "ar": "en"}[language]

    type_in(back := door(phone, other), ", ".join(said), other)

    expect(back.get_by_role("heading", level=1)).to_have_text(TITLE[other])
    assert said[0] not in back.url


def test_without_scripts_words_are_shown_and_asked_back(phone: BrowserContext) -> None:
    page = phone.new_page()
    code = codes.parse(to_the_code(page))

    page.get_by_role("button", name="Show it as words").click()

    said = page.locator(".words bdi").all_inner_texts()
    assert tuple(said) == lists()["en"].spelled(code)
    page.get_by_role("button", name="العربية").click()
    said = page.locator(".words bdi").all_inner_texts()
    assert tuple(said) == lists()["ar"].spelled(code)
    asked = re.search(r"ما الكلمة رقم (\d+)", page.content())
    assert asked is not None
    page.locator("input[name=group]").fill(said[int(asked[1]) - 1])
    page.get_by_role("button", name="متابعة", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE["ar"])


def test_the_browser_writes_and_reads_the_words_of_the_table(scripted: BrowserContext) -> None:
    run = """async ({ codes, typed }) => {
        const { list, read, spelled, isInWords } = await import("/static/code-words.js");
        const all = await Promise.all(["ar", "en"].map(list));
        const spell = (code) => all.map((words) => spelled(code, words).join(" "));
        return {
            spelled: codes.map(spell),
            read: typed.map((one) => (isInWords(one) ? read(one, all) : null)),
        };
    }"""
    worded, wrong = VECTORS["worded"], VECTORS["misworded"]
    typed = [*(one["typed"] for one in worded), *(one["typed"] for one in wrong)]

    found = door(scripted).evaluate(
        run, {"codes": [known["code"] for known in VECTORS["codes"]], "typed": typed}
    )

    assert found["spelled"] == [[known["ar"], known["en"]] for known in VECTORS["codes"]]
    read, slips = found["read"][: len(worded)], found["read"][len(worded) :]
    assert [one["code"] for one in read] == [one["code"] for one in worded]
    assert [(one["slip"], one.get("number", 0)) for one in slips] == [
        (one["slip"], one["number"]) for one in wrong
    ]


def test_the_browser_takes_nothing_else_for_words(scripted: BrowserContext) -> None:
    run = """async (typed) => {
        const { isInWords } = await import("/static/code-words.js");
        return typed.filter(isInWords);
    }"""

    assert door(scripted).evaluate(run, VECTORS["mistyped"]) == []


def test_a_word_that_is_none_is_said_while_others_are_typed(scripted: BrowserContext) -> None:
    page, heard = door(scripted), listen(scripted)
    said = VECTORS["codes"][3]["en"].split()
    field, told = page.get_by_label("Your return code"), page.get_by_role("alert")

    field.press_sequentially(f"{said[0]}\n{said[1]}\nxylem")
    expect(told).to_have_text("")
    field.press_sequentially(f"\n{said[3]}")

    expect(told).to_contain_text("Word 3 is none of our words.")
    assert sorted(lists_asked_for(heard)) == ["ar.txt", "en.txt"]
    page.get_by_role("button", name="Open").click()
    expect(field).to_be_focused()
    assert not any(heard.sent)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda said: said[:13], "A code has 14 words, and these are 13."),
        (lambda said: [said[1], said[0], *said[2:]], "two have changed places"),
    ],
)
def test_what_is_wrong_with_words_is_said_and_nothing_is_sent(
    scripted: BrowserContext, change: Change, told: str
) -> None:
    page, heard = door(scripted), listen(scripted)

    type_in(page, " ".join(change(VECTORS["codes"][4]["en"].split())))

    expect(page.get_by_role("alert")).to_contain_text(told)
    assert not any(heard.sent)


def test_where_the_list_does_not_arrive_words_are_kept_back_until_it_does(
    scripted: BrowserContext,
) -> None:
    page, heard = door(scripted), listen(scripted)
    page.route(LISTS, lambda route: route.abort())

    type_in(page, VECTORS["codes"][4]["en"])

    expect(page.get_by_role("alert")).to_contain_text("The list of words did not arrive.")
    assert not any(heard.sent)
    page.unroute(LISTS)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert").first).to_contain_text("No place opens with this code")


def test_a_code_needs_no_list(scripted: BrowserContext) -> None:
    page, heard = door(scripted), listen(scripted)

    page.get_by_label("Your return code").press_sequentially(VECTORS["codes"][4]["code"])
    page.get_by_label("Your return code").press("Enter")

    expect(page.get_by_role("alert").first).to_contain_text("No place opens with this code")
    assert lists_asked_for(heard) == []


def test_words_turn_into_letters_again_and_are_forgotten_with_the_page(
    scripted: BrowserContext,
) -> None:
    page = scripted.new_page()
    said = to_the_words(page, "en")

    page.get_by_role("button", name="Show it as letters and digits").click()
    expect(page.get_by_text("what is group")).to_be_visible()
    expect(page.locator(".words")).to_be_hidden()
    page.get_by_role("button", name="Show it as words").click()
    page.get_by_label("To be sure that you have it").fill("xylem")
    page.get_by_role("button", name="Send my answers", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not the same")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert " ".join(said) not in re.sub(r"<[^>]*>|\s+", " ", page.content())
    assert page.locator(".words bdi").count() == 0


def test_without_a_connection_the_code_stays_and_the_page_says_what_is_missing(
    scripted: BrowserContext,
) -> None:
    page = scripted.new_page()
    code = to_the_code(page)
    told = page.get_by_text("This needs a connection.")
    scripted.set_offline(offline=True)

    page.get_by_role("button", name="Show it as words").click()
    expect(told).to_be_visible()
    page.locator("summary", has_text="The code as a picture").click()
    page.get_by_role("button", name="Show the picture").click()
    expect(page.locator("#picture + #missing")).to_be_visible()
    assert "".join(page.locator("bdi").all_inner_texts()).lower() == code

    scripted.set_offline(offline=False)
    page.get_by_role("button", name="Show the picture").click()
    expect(page.locator("#drawn svg")).to_be_visible()
    expect(told).to_be_hidden()
    page.get_by_role("button", name="Show it as words").click()
    expect(page.locator(".words bdi")).to_have_count(14)
