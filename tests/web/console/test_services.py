"""The directory of services as coordinators see and change it, without JavaScript."""

import re
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from flask import Flask

from matcher.bootstrap import build
from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.coordinator import Rank
from matcher.domain.services import Told
from matcher.service.service_desk import State
from matcher.settings.services_faults import Wrong
from matcher.store.keys import DESK_SURE
from matcher.web.common.headers import SERVICES
from matcher.web.console.services import words
from matcher.web.public.app import create_app as create_public_app
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive, Look
from tests.world import World

SAVE, CHECK, AWAY = "Save", "All of it was checked today", "Take it away at once"
SURE: Given = {"passphrase": PASSPHRASE}
NEW: Given = {
    "id": "clinic",
    "name-en": "A clinic of ours",
    "name-ar": "عيادة لنا",
    "text-en": "Tests and advice",
    "hours-en": "always",
    "cost-en": "free",
    "reach-phone": "113",
    "groups": ["health"],
    "languages": ["en", "ar"],
    "ages": ["18-plus"],
    "check": "today",
    "source": "called them",
}


@pytest.fixture
def ben(arrive: Arrive, owner: Browser) -> Browser:
    """Yield the browser of a second coordinator."""
    assert "Ana" in owner.text
    return arrive(Holder(name="Ben"), Rank.COORDINATOR)


@pytest.fixture
def public(world: World) -> Flask:
    """Yield everybody's pages as in production, begun before anything was changed."""
    site = msgspec.structs.replace(world.settings.site, shows_examples=False)
    return create_public_app(build(replace(world.settings, site=site)))


def near(public: Flask, language: str = "en") -> str:
    return Browser(public.test_client()).open(f"/{language}/near").text


def add(browser: Browser, **changed: str | list[str]) -> Browser:
    browser.open("/en/services/add")
    asked = "passphrase" in browser.page.form_with(SAVE).names
    return browser.press(SAVE, {**NEW, **(SURE if asked else {}), **changed})


def change(browser: Browser, which: str, given: Given) -> Browser:
    browser.open(f"/en/services/change?service={which}")
    asked = "passphrase" in browser.page.form_with(SAVE).names
    return browser.press(SAVE, {**(SURE if asked else {}), **given})


def test_every_service_of_the_file_stands_there_first(owner: Browser) -> None:
    text = owner.open("/en/services").text

    assert text.count("Look at it, or change it") == 4
    assert "Example: a line to talk to, day and night" in text
    assert "مثال: خطّ للتحدّث" in owner.open("/ar/services").text


def test_what_people_call_bad_is_told_in_round_numbers_and_where_it_is_few_not_at_all(
    look: Look, world: World
) -> None:
    many, few = (one.id for one in world.settings.services[:2])
    for number in range(400):
        world.services.taps.call_bad(many, once=str(number))
    world.services.taps.call_bad(few, once="one")
    world.advance(timedelta(days=1))

    text = look("/en/services").text

    (told,) = re.findall(r"four weeks by about: (\d+), give or take \d+", text)
    assert int(told) % 5 == 0
    assert abs(int(told) - 400) < 100


def test_a_new_service_is_shown_once_a_second_person_agreed_and_without_a_restart(
    owner: Browser, ben: Browser, public: Flask
) -> None:
    assert "A clinic of ours" not in near(public)
    add(owner)
    assert "Another coordinator has to agree" in owner.text
    assert "A clinic of ours" not in near(public)
    seen = ben.open("/en/services").text
    assert "Name (English): A clinic of ours" in seen
    assert "Call: 113" in seen
    ben.open("/en/acts").press("Agree", SURE)

    assert "A clinic of ours" in near(public)
    assert "عيادة لنا" in near(public, "ar")
    log = owner.open("/en/log").text
    assert "Show people a new or changed service · \u2068clinic\u2069 · done" in log


def test_who_is_alone_waits_a_day(owner: Browser, public: Flask) -> None:
    add(owner)

    assert "You can agree yourself in 24 hours" in owner.text
    assert "A clinic of ours" not in near(public)


def test_what_is_not_checked_is_written_down_at_once_and_seen_by_nobody(
    owner: Browser, public: Flask
) -> None:
    add(owner, check="never")

    assert str(words.STATES[State.UNCHECKED]) in owner.text
    assert "A clinic of ours" not in near(public)


def test_a_change_stands_beside_what_was_said_before(
    owner: Browser, ben: Browser, public: Flask
) -> None:
    add(owner)
    ben.open("/en/acts").press("Agree", SURE)
    change(owner, "clinic", {"reach-phone": "114", "check": "kept"})
    seen = ben.open("/en/services").text
    assert "Call: 114 Before: 113" in seen
    assert "Tests and advice" not in seen.partition("What there is")[0]
    assert "113" in near(public)
    ben.open("/en/acts").press("Agree")

    assert "114" in near(public)
    assert "Ana" in owner.open("/en/services/change?service=clinic").text


def test_what_was_written_unseen_stands_whole_before_the_second_yes(
    owner: Browser, ben: Browser
) -> None:
    add(owner)
    ben.open("/en/acts").press("Agree", SURE)
    change(owner, "clinic", {"reach-phone": "114", "check": "never"})
    change(owner, "clinic", {"check": "today"})

    asked = ben.open("/en/services").text.partition("What there is")[0]

    assert "Call: 114" in asked
    assert "Tests and advice" in asked


def test_one_person_says_that_what_is_shown_still_holds(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    add(owner)
    ben.open("/en/acts").press("Agree", SURE)
    owner.open("/en/services").press(CHECK, {"source": "went there"})

    found = console.services.find("clinic")
    assert found is not None
    assert found.source == "went there"
    assert console.oversight.entries()[-1].kind is ActKind.CHECK_SERVICE


def test_one_person_takes_a_service_away_at_once(
    owner: Browser, ben: Browser, public: Flask
) -> None:
    add(owner)
    ben.open("/en/acts").press("Agree", SURE)
    page = ben.open("/en/services").page
    form = next(
        one
        for one in page.forms
        if one.action.endswith("/take-away") and one.values["service"] == "clinic"
    )
    ben.client.post(form.action, data=form.values)

    assert "A clinic of ours" not in near(public)
    assert "Take a service away · \u2068clinic\u2069 · done" in owner.open("/en/log").text


def test_what_somebody_changed_meanwhile_is_told_and_not_overwritten(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    add(owner, check="never")
    owner.open("/en/services/change?service=clinic")
    change(ben, "clinic", {"cost-en": "ten pounds"})
    owner.press(SAVE, {"name-en": "Our clinic"})

    assert owner.response.status_code == 409
    assert "What it costs (English): free There now: ten pounds" in owner.text
    assert owner.page.form_with(SAVE).values["name-en"] == "Our clinic"
    found = console.services.find("clinic")
    assert found is not None
    assert found.cost == {"en": "ten pounds"}
    owner.press(SAVE)  # having seen it
    found = console.services.find("clinic")
    assert found is not None
    assert (found.name, found.cost) == (
        {"en": "Our clinic", "ar": "عيادة لنا"},
        {"en": "free"},
    )


def test_the_history_says_field_by_field_what_was_changed_in_both_languages(
    owner: Browser,
) -> None:
    add(owner, check="never")
    change(owner, "clinic", {"cost-en": "ten pounds", "name-ar": "عيادتنا"})
    change(owner, "clinic", {"reach-phone": "", "reach-web": "https://example.org"})

    owner.open("/en/services/change?service=clinic")

    history = owner.response.get_data(as_text=True).split("What was changed")[1]
    newest, middle, first = history.split("<details")[1:]
    for said in (
        "<b>What it costs (English)</b>: <bdi>ten pounds</bdi>",
        "<bdi>free</bdi>",
        "<bdi>عيادتنا</bdi>",
        "<bdi>عيادة لنا</bdi>",
    ):
        assert said in middle
        assert said not in newest
    assert middle.count("<li>") == 2
    assert "This is no longer said." in newest
    assert newest.count("<li>") == 2
    assert "written down" in first
    assert "<bdi>Tests and advice</bdi>" in first


def test_who_is_not_signed_in_any_more_gets_the_words_back(owner: Browser) -> None:
    action, sent = owner.open("/en/services/add").prepared(SAVE, {**NEW, **SURE})
    owner.press("Sign out")
    owner.client.set_cookie("desk", "x" * 43)

    text = owner.client.post(action, data=sent).get_data(as_text=True)

    for said in ("A clinic of ours", "عيادة لنا", "Tests and advice", "113", "called them"):
        assert said in text
    assert PASSPHRASE not in text


def test_a_wrong_passphrase_gives_back_where_a_service_was_found(
    owner: Browser, ben: Browser, world: World
) -> None:
    add(owner)
    ben.open("/en/acts").press("Agree", SURE)
    world.advance(DESK_SURE)
    wrong: Given = {"source": "asked at their door", "passphrase": "another one"}

    text = ben.open("/en/services").press("All of it was checked today", wrong).text

    assert "asked at their door" in text


def test_the_directory_can_be_taken_along(owner: Browser, console: ConsoleServices) -> None:
    response = owner.client.get("/en/services/text")

    text = response.get_data(as_text=True)
    assert text.count("[[service]]") == 4
    assert text.count("[[partner]]") == 1
    assert response.headers["Content-Disposition"] == SERVICES
    assert text == console.services.text(console.cards.all())


@pytest.mark.parametrize("which", ["", "nowhere", "example-line&x=1\0"])
def test_a_service_that_never_was_leads_to_the_list(owner: Browser, which: str) -> None:
    answer = owner.client.get(f"/en/services/change?service={which}")

    assert answer.status_code in {200, 303}


def test_everything_has_words() -> None:
    assert set(words.STATES) == set(State)
    assert set(words.FAULTS) == set(Wrong) - {Wrong.CARD, Wrong.CARD_TAKEN}
    assert set(words.MAY_TELL) == set(Told)
