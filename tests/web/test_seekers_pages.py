"""A seeker's way through the pages, with every detour."""

from datetime import timedelta

import pytest

from matcher.domain.needs import JUST_TALK
from matcher.domain.profile import SeekerProfile
from tests.servers import Running
from tests.web.browsing import Browser
from tests.web.people import (
    ABOUT,
    HOW,
    MATTERS,
    NEEDS,
    come_in_as_seeker,
    to_the_check_page,
    who,
)
from tests.world import World


def test_a_seeker_comes_in_through_four_pages(browser: Browser, world: World) -> None:
    come_in_as_seeker(browser)

    person = who(browser, world)
    profile = world.services.places.answers(person.visitor)
    assert "You are waiting for someone" in browser.text
    assert isinstance(profile, SeekerProfile)
    assert (profile.needs, profile.main) == (("people/lonely", "life/grief"), "life/grief")
    assert world.waits(person)


def test_nothing_is_stored_before_the_last_page(browser: Browser, world: World) -> None:
    to_the_check_page(browser)

    assert "Check your answers" in browser.text
    assert world.key_names() == set()


def test_the_last_page_needs_the_consent(browser: Browser, world: World) -> None:
    to_the_check_page(browser)

    browser.press("Agree and send", {"unsaid": "yes"})

    assert browser.response.status_code == 422
    assert "Please tick that these answers may be kept" in browser.text
    assert browser.page.forms[0].values.getlist("unsaid") == ["yes"]
    assert world.key_names() == set()


def test_back_keeps_every_answer(browser: Browser) -> None:
    to_the_check_page(browser)

    for expected in (HOW, MATTERS, NEEDS, ABOUT):
        browser.press("Back")

        kept = browser.page.forms[0].values
        wanted = {name: [v] if isinstance(v, str) else v for name, v in expected.items()}
        assert {name: kept.getlist(name) for name in expected} == wanted


def test_going_back_keeps_what_was_just_typed(browser: Browser) -> None:
    browser.open("/en/start").press("Go on", ABOUT).press("Go on", NEEDS)
    browser.press("Back").press("Back", {"needs": ["people/friends"]}).press("Go on")

    assert browser.page.forms[0].values.getlist("needs") == ["people/friends"]


def test_a_correction_leads_straight_back_to_all_answers(browser: Browser) -> None:
    to_the_check_page(browser)

    browser.press("Change Age").press("Go on", {**ABOUT, "band": "60-plus"})

    assert "Check your answers" in browser.text
    assert "60 or older" in browser.text
    assert "Someone died" in browser.text


def test_other_needs_lead_to_the_questions_about_them(browser: Browser) -> None:
    to_the_check_page(browser)

    browser.press("Change What it is about").press("Go on", {"needs": ["home/leaving"]})

    assert "What you ticked" in browser.text
    assert "Check your answers" in browser.press("Go on").text


def test_errors_stand_beside_the_field_and_at_the_top_and_keep_wrong_answers(
    browser: Browser,
) -> None:
    ticked = [
        "people/lonely",
        "people/friends",
        "people/break-up",
        "life/grief",
        "home/leaving",
        "work/money",
    ]
    browser.open("/en/start").press("Go on", ABOUT)

    browser.press("Go on", {"needs": ticked})

    asked = "“What would you like to talk about?”"
    error = f"{asked}: You ticked 6. Please keep the 5 that matter most."
    assert browser.response.status_code == 422
    assert browser.text.count(error) == 2
    assert browser.page.links[error] == "#needs"
    assert sorted(browser.page.forms[0].values.getlist("needs")) == sorted(ticked)
    assert browser.page.title.startswith("Please look again")


def test_who_just_wants_to_talk_skips_the_boxes(browser: Browser, world: World) -> None:
    browser.open("/en/start").press("Go on", ABOUT).press("I just want to talk")
    browser.press("Go on", HOW).press("Agree and send", {"matching": "yes"})

    profile = world.services.places.answers(who(browser, world).visitor)

    assert isinstance(profile, SeekerProfile)
    assert profile.needs == (JUST_TALK,)


@pytest.mark.parametrize("age", ["under-13", "13-17"])
def test_nothing_is_stored_of_somebody_under_18(
    browser: Browser, world: World, age: str
) -> None:
    browser.open("/en/start").press("Go on", {"age": age, "languages": ["en"]})

    assert "You did nothing wrong" in browser.text
    assert "Example: a line to talk to" in browser.text
    assert browser.page.forms == []
    assert world.key_names() == set()


@pytest.mark.parametrize("age", ["under-13", "13-17"])
def test_who_turns_out_to_be_under_18_is_erased_at_once(
    browser: Browser, world: World, age: str
) -> None:
    code = come_in_as_seeker(browser)
    browser.open("/en/change").press("Change Age")

    browser.press("Go on", {"age": age, "band": ""})

    assert "You did nothing wrong" in browser.text
    assert browser.client.get_cookie("stay") is None
    assert not [key for key in world.key_names() if ":p:" in key or ":h:" in key]
    browser.open("/en/back").press("Open", {"code": code})
    assert "No place opens with this code" in browser.text


def test_a_part_of_the_world_is_changed_where_it_was_asked(
    browser: Browser, world: World
) -> None:
    to_the_check_page(browser)
    some = next(iter(world.settings.regions))
    browser.press("Change When").press("Go on", {"region": some})

    browser.press("Change Part of the world")

    assert browser.page.forms[0].values["region"] == some


def test_careful_needs_show_services_at_once_and_block_nothing(browser: Browser) -> None:
    browser.open("/en/start").press("Go on", ABOUT)
    on_the_page = "There is professional help for this, also right now" in browser.text

    browser.press("Go on", {"needs": ["safety/at-home"]})

    assert on_the_page
    assert "There is professional help for this, also right now" in browser.text
    assert "Example: a line to talk to" in browser.text
    assert "What would help" in browser.press("Go on").text


def test_a_need_that_no_card_shows_is_not_asked_about_showing(browser: Browser) -> None:
    browser.open("/en/start").press("Go on", ABOUT)

    browser.press("Go on", {"needs": ["safety/at-home"]})

    assert "hide" not in browser.page.forms[0].names
    assert "Never shown to anybody" in browser.text


def test_changed_answers_keep_the_place(browser: Browser, world: World) -> None:
    come_in_as_seeker(browser)
    since = world.services.places.look(who(browser, world).visitor).since

    browser.open("/en/change").press("Change What would help")
    browser.press("Go on", {"help": ["know-how"]}).press("Save")

    person = who(browser, world)
    assert "You are waiting for someone" in browser.text
    assert world.services.places.answers(person.visitor).help == {"know-how"}
    assert world.services.places.look(person.visitor).since == since


def test_a_seeker_pauses_and_goes_on(browser: Browser) -> None:
    come_in_as_seeker(browser)

    paused = browser.press("Pause").text
    waiting = browser.press("Look for someone again").text

    assert "You are paused" in paused
    assert "You are waiting for someone" in waiting


def test_a_seeker_keeps_their_answers_for_longer(browser: Browser, world: World) -> None:
    code = come_in_as_seeker(browser)
    before = world.services.places.look(who(browser, world).visitor).until
    world.advance(timedelta(days=10))

    browser.open("/en/back").press("Open", {"code": code}).press("Keep them for longer")

    after = world.services.places.look(who(browser, world).visitor).until
    assert after >= before + timedelta(days=9)


def test_a_seeker_erases_everything(browser: Browser, world: World) -> None:
    code = come_in_as_seeker(browser)

    browser.open("/en/here/erase").press("Yes, erase everything")
    after = browser.open("/en/here").response.status_code
    browser.open("/en/back").press("Open", {"code": code})

    assert after == 401
    assert "No place opens with this code" in browser.text
    assert not [key for key in world.key_names() if ":p:" in key or ":h:" in key]


def test_checking_for_news_works_without_a_script(browser: Browser) -> None:
    come_in_as_seeker(browser)

    browser.press("Check for news")

    assert "You are waiting for someone" in browser.text


def test_a_lost_store_puts_the_waiting_page_back_at_its_place(
    browser: Browser, world: World, store: Running
) -> None:
    come_in_as_seeker(browser)
    store.flush()

    browser.press("Check for news")

    assert "You are waiting for someone" in browser.text
    assert world.waits(who(browser, world))
