"""Notices to everybody or to all who help: put up, read, taken down, and gone by themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from matcher.bootstrap import build
from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.notice import MAX_NOTICE_CHARACTERS
from matcher.web.common.sizes import PACKED_BYTES
from matcher.web.public.app import create_app as create_public_app
from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser, Given
from tests.world import Person, World

PUT_UP, TAKE_DOWN = "Put it up", "Take it down"
WORDS, ARABIC = "We are few on Friday.", "يكون عددنا قليلًا يوم الجمعة."
GIVEN: Given = {
    "audience": "everybody",
    "says-en": WORDS,
    "says-ar": ARABIC,
    "days": "3",
    "passphrase": PASSPHRASE,
}


@pytest.fixture
def public(world: World) -> Flask:
    """Yield the pages of everybody."""
    return create_public_app(build(world.settings))


def reads(public: Flask, path: str, who: Person | None = None) -> str:
    """Open a public page, as nobody or as somebody."""
    browser = Browser(public.test_client())
    if who is not None:
        browser.client.set_cookie("stay", who.cookie)
    return browser.open(path).text


def put_up(owner: Browser, **changed: str) -> Browser:
    browser = owner.open("/en/notices")
    asked = "passphrase" in browser.page.form_with(PUT_UP).names
    given: Given = {**GIVEN, **changed}
    return browser.press(PUT_UP, given if asked else without_passphrase(given))


def without_passphrase(given: Given) -> Given:
    return {name: value for name, value in given.items() if name != "passphrase"}


WRONG: dict[str, tuple[Given, str]] = {
    "nothing said": ({"says-en": " \n", "says-ar": ""}, "in one language at least"),
    "nothing to be seen": ({"says-en": "\u200b", "says-ar": ""}, "in one language at least"),
    "too long": (
        {"says-ar": "ن" * (MAX_NOTICE_CHARACTERS + 1)},
        "“<bdi>العربية</bdi>”: This has 301 characters, and at most 300 fit",
    ),
    "too late an end": ({"days": "31"}, "choose from the answers"),
    "one person": ({"audience": "somebody"}, "choose from the answers"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_will_not_do_is_said_and_nothing_stands(
    owner: Browser, console: ConsoleServices, wrong: str
) -> None:
    changed, words = WRONG[wrong]
    action, data = owner.open("/en/notices").prepared(PUT_UP, GIVEN)
    for name, value in changed.items():
        data.setlist(name, [str(value)])

    response = owner.client.post(action, data=data)

    assert response.status_code == 422
    assert words in response.get_data(as_text=True)
    assert console.notices.standing() == ()


def test_without_the_passphrase_nothing_stands(
    owner: Browser, console: ConsoleServices
) -> None:
    given: Given = {**GIVEN, "passphrase": "another passphrase"}
    owner.open("/en/notices").press(PUT_UP, given)

    form, html = owner.page.form_with(PUT_UP), owner.response.get_data(as_text=True)
    assert owner.response.status_code == 403
    assert owner.text.count("This is not your passphrase") == 2
    assert '<li><a href="#sure-1">' in html
    assert (form.values["says-en"], form.values["says-ar"]) == (WORDS, ARABIC)
    assert "another passphrase" not in html
    assert console.notices.standing() == ()
    assert ActKind.PUT_UP_NOTICE not in {one.kind for one in console.oversight.entries()}


def test_a_notice_to_nobody_known_is_not_taken_down(owner: Browser) -> None:
    put_up(owner)
    action, values = owner.open("/en/notices").prepared(TAKE_DOWN)

    answer = owner.client.post(action, data={**values, "audience": "somebody"})

    assert answer.status_code == 400
    assert WORDS in owner.open("/en/notices").text


def test_everybody_reads_a_notice_in_their_language(
    owner: Browser, public: Flask, world: World
) -> None:
    put_up(owner)

    for who in (None, world.seeker(), world.peer()):
        page = "here" if who else ""
        assert WORDS in reads(public, f"/en/{page}", who)
        assert ARABIC in reads(public, f"/ar/{page}", who)


def test_who_reads_another_language_is_shown_the_one_that_is_there(
    owner: Browser, public: Flask
) -> None:
    put_up(owner, **{"says-ar": ""})

    answer = public.test_client().get("/ar/").get_data(as_text=True)

    assert f'<p class="said" lang="en" dir="auto">{WORDS}</p>' in answer


def test_what_helpers_are_told_nobody_else_reads(
    owner: Browser, public: Flask, world: World
) -> None:
    put_up(owner, audience="peers")

    assert WORDS in reads(public, "/en/here", world.peer())
    assert WORDS not in reads(public, "/en/here", world.seeker())
    assert WORDS not in reads(public, "/en/")


def test_a_notice_is_plain_text(owner: Browser, public: Flask) -> None:
    put_up(owner, **{"says-en": "<a href='x'>Look</a>\u202e"})

    answer = public.test_client().get("/en/").get_data(as_text=True)

    assert "&lt;a href=&#39;x&#39;&gt;Look&lt;/a&gt;</p>" in answer


def test_a_new_notice_takes_the_place_of_the_one_before(owner: Browser, public: Flask) -> None:
    put_up(owner)
    put_up(owner, **{"says-en": "All is as ever."})

    text = reads(public, "/en/")

    assert ("All is as ever." in text, WORDS in text) == (True, False)


def test_one_person_takes_a_notice_down_at_once(owner: Browser, public: Flask) -> None:
    put_up(owner)
    owner.press(TAKE_DOWN)

    assert WORDS not in reads(public, "/en/")
    assert TAKE_DOWN not in owner.open("/en/notices").text


def test_a_notice_goes_by_itself(owner: Browser, public: Flask, world: World) -> None:
    put_up(owner, days="30")
    world.advance(timedelta(days=29))
    before = reads(public, "/en/")
    world.advance(timedelta(days=1))

    assert WORDS in before
    assert WORDS not in reads(public, "/en/")


def test_the_log_tells_what_was_told_and_that_it_was_taken_down(owner: Browser) -> None:
    put_up(owner)
    owner.press(TAKE_DOWN)

    text = owner.open("/en/log").text

    assert f"Put up a notice · to everybody · \u2068“{WORDS}”\u2069" in text
    assert ARABIC in text
    assert "Take down a notice · to everybody · done" in text


def test_the_longest_notices_make_no_page_longer_than_others(
    owner: Browser, public: Flask, world: World
) -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    longest = "".join(letters[nth * nth * 7 % 28] for nth in range(MAX_NOTICE_CHARACTERS))
    for audience in ("everybody", "peers"):
        put_up(owner, audience=audience, **{"says-ar": longest})

    asks = {"Accept-Encoding": "gzip"}
    for who in (world.seeker(), world.peer()):
        client = public.test_client()
        client.set_cookie("stay", who.cookie)
        pages = [client.get(path, headers=asks).data for path in ("/ar/here", "/ar/")]
        assert {len(page) for page in pages} == {PACKED_BYTES}


def test_the_first_page_shows_also_while_the_store_is_away(world: World) -> None:
    away = replace(world.settings, store_url="unix:///nowhere/no.sock")

    answer = create_public_app(build(away)).test_client().get("/en/")

    assert answer.status_code == 200
