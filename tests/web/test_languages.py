"""English and Arabic: chosen by the path, changed on every page, and nothing typed is lost."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from flask import Flask

from matcher.bootstrap import build
from matcher.domain.profile import Address, Talk
from matcher.web.common import i18n
from matcher.web.common.numbers import dialled
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.people import (
    ABOUT,
    HOW,
    MATTERS,
    NEEDS,
    Two,
    come_in_as_seeker,
    shown_code,
    to_the_check_page,
    who,
)
from tests.web.routes import every_route
from tests.world import World

TO_ARABIC, TO_ENGLISH = "العربية", "English"
INDIC = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def is_arabic(browser: Browser) -> bool:
    """Tell whether a page says that it is Arabic, and is."""
    html = browser.response.get_data(as_text=True)
    return '<html lang="ar" dir="rtl">' in html and "مغادرة الصفحة" in browser.text


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("ar", "/ar/"),
        ("ar-EG,ar;q=0.9,en;q=0.5", "/ar/"),
        ("en-GB,ar;q=0.5", "/en/"),
        ("fr", "/en/"),
        ("", "/en/"),
    ],
)
def test_the_bare_address_leads_to_a_language_the_browser_asks_for(
    app: Flask, asked: str, path: str
) -> None:
    answer = app.test_client().get("/", headers={"Accept-Language": asked})

    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert answer.headers["Vary"] == "Accept-Language"
    assert "Set-Cookie" not in answer.headers


def test_the_name_that_ships_is_written_in_the_letters_of_the_page(app: Flask) -> None:
    names = [
        re.findall(r'class="home"[^>]*>([^<]*)<', app.test_client().get(path).text)
        for path in ("/en/", "/ar/")
    ]

    assert names == [["Sanad"], ["\u0633\u0646\u062f"]]


def test_a_name_of_the_operators_own_is_the_same_in_every_language(world: World) -> None:
    site = msgspec.structs.replace(world.settings.site, name="Welcome")
    named = create_app(build(replace(world.settings, site=site)))

    assert 'href="/ar/">Welcome</a>' in named.test_client().get("/ar/").text


def test_every_page_is_there_in_arabic_with_a_way_to_english(
    app: Flask, browser: Browser
) -> None:
    come_in_as_seeker(browser)
    paths = {
        route.path
        for route in every_route(app)
        if route.method == "GET" and "/en/" in route.path
    }
    for path in sorted(paths - {"/en/leave"}):
        answer = browser.client.get(path.replace("/en/", "/ar/"))
        if answer.mimetype == "text/html" and not answer.location:
            browser.open(path.replace("/en/", "/ar/"))
            assert is_arabic(browser), path
            forms = [word for form in browser.page.forms for _, _, word in form.buttons]
            assert TO_ENGLISH in {*browser.page.links, *forms}, path


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/en/here/again", "/ar/here"),
        ("/en/join/open", "/ar/join"),
        ("/en/talk/abcd/more", "/ar/talk/abcd"),
        ("/en/nothing/at/all", "/ar/"),
        ("/nothing", "/ar/"),
        ("/", "/ar/"),
    ],
)
def test_from_what_is_no_page_a_link_leads_to_the_nearest_one(
    browser: Browser, path: str, leads_to: str
) -> None:
    browser._arrive(browser.client.post(path))  # noqa: SLF001 - as a button does

    assert browser.page.links[TO_ARABIC] == leads_to


def test_changing_the_language_on_every_page_loses_no_answer(browser: Browser) -> None:
    browser.open("/en/start")
    for answers in (ABOUT, NEEDS, MATTERS, HOW):
        browser.press(TO_ARABIC, answers)
        assert is_arabic(browser)
        browser.press(TO_ENGLISH)
        kept = browser.page.form_with("Go on").values
        assert {name: kept.getlist(name) for name in answers} == {
            name: [value] if isinstance(value, str) else value
            for name, value in answers.items()
        }
        browser.press("Go on")

    assert "A break-up" not in browser.text
    browser.press(TO_ARABIC)
    assert "فقدان شخص عزيز" in browser.text


def test_an_unfinished_page_is_not_scolded_in_the_other_language(browser: Browser) -> None:
    browser.open("/en/start").press(TO_ARABIC)

    assert browser.response.status_code == 200
    assert "يُرجى مراجعة ما يلي" not in browser.text


def test_a_mistake_is_told_in_arabic(browser: Browser) -> None:
    browser.open("/ar/start").press("متابعة")

    assert browser.response.status_code == 422
    assert "يُرجى ذكر العمر" in browser.text


@pytest.mark.parametrize(
    ("path", "button"), [("/en/back", "فتح"), ("/en/join", "فتح")], ids=["code", "invitation"]
)
def test_a_half_typed_code_is_kept_without_being_tried_or_standing_in_an_address(
    browser: Browser, path: str, button: str
) -> None:
    browser.open(path).press(TO_ARABIC, {"code": "7k2m half"})

    assert is_arabic(browser)
    assert browser.response.status_code == 200
    assert "يُرجى مراجعة ما يلي" not in browser.text
    assert browser.page.form_with(button).values["code"] == "7k2m half"
    assert "half" not in browser.response.request.url


def test_a_whole_code_signs_nobody_in_by_a_change_of_language(browser: Browser) -> None:
    code = come_in_as_seeker(browser)
    browser.client.get("/en/leave")

    browser.open("/en/back").press(TO_ARABIC, {"code": code})

    assert browser.client.get_cookie("stay") is None
    assert "Set-Cookie" not in browser.response.headers


def test_the_code_is_shown_again_in_the_other_language(browser: Browser) -> None:
    to_the_check_page(browser)
    browser.press("Agree and send", {"matching": "yes"})
    code = shown_code(browser)

    browser.press(TO_ARABIC)

    assert is_arabic(browser)
    assert browser.response.status_code == 200
    assert shown_code(browser) == code


def test_what_was_typed_in_a_conversation_survives_the_change(talking: Two) -> None:
    seeker, _peer = talking
    seeker.open("/en/here")
    seeker.open(seeker.page.links["Open the conversation"])

    seeker.press(TO_ARABIC, {"text": "half a sen"})

    assert is_arabic(seeker)
    assert seeker.page.form_with("إرسال").values["text"].strip() == "half a sen"
    assert "لم يكتب أحد بعد" in seeker.text


def test_how_arabic_speaks_to_somebody_is_read_by_the_other_once_both_said_yes(
    talking: Two, world: World
) -> None:
    seeker, peer = talking
    person = who(seeker, world)
    room = world.services.rooms.of(person.visitor)[0]

    likes = world.services.rooms.likes_of_other(who(peer, world).visitor, room)

    assert likes.address is Address.PLURAL
    peer.open("/ar/here")
    peer.open(peer.page.links["فتح المحادثة"])
    assert "المخاطبة بالعربية بصيغة الجمع (أنتم)" in peer.text
    assert likes.talk <= frozenset(Talk)


def test_who_speaks_no_arabic_is_not_asked_how_it_speaks_to_them(browser: Browser) -> None:
    browser.open("/ar/start").press("متابعة", {**ABOUT, "languages": ["en"]})
    browser.press("متابعة", NEEDS).press("متابعة", MATTERS)

    assert "address" not in browser.page.form_with("متابعة").names


@pytest.mark.parametrize("language", ["en", "ar"])
def test_dates_and_lengths_have_western_digits(app: Flask, language: str) -> None:
    with app.test_request_context(f"/{language}/"):
        told = [i18n.date(NOON)]
        for count in (1, 2, 3, 11, 100):
            for unit in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)):
                told += [i18n.at_most(count * unit), i18n.in_time(count * unit)]
                told += [i18n.ahead(NOON + count * unit, NOON)]
                told += [i18n.ago(NOON - count * unit, NOON)]

    assert told[0] == {"en": "26 November 2026", "ar": "26 نوفمبر 2026"}[language]
    assert [one for one in told if INDIC.search(one)] == []
    assert any("11" in one for one in told)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("+90 (212) 1-2 (مثال)", '<bdi dir="ltr">+90 (212) 1-2</bdi> (مثال)'),
        ("112 أو 113", '<bdi dir="ltr">112</bdi> أو <bdi dir="ltr">113</bdi>'),
        ("<b>7</b>", '&lt;b&gt;<bdi dir="ltr">7</bdi>&lt;/b&gt;'),
        ("no number", "no number"),
        ("", ""),
    ],
)
def test_a_number_to_dial_is_kept_apart(words: str, written: str) -> None:
    assert str(dialled(words)) == written


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "يوم واحد،"), (2, "يومان،"), (3, "3 أيام،"), (14, "14 يومًا،"), (100, "100 يوم،")],
)
def test_a_number_of_days_is_told_in_its_own_form(app: Flask, days: int, words: str) -> None:
    one = "We keep only the answers you agree to, for at most %(count)s day, and you can erase "
    with app.test_request_context("/ar/"):
        template = app.jinja_env.get_template("front/doors.html")
        page = template.render(days=days, told=())

    assert one not in page
    assert f"ولمدة أقصاها {words}" in page
