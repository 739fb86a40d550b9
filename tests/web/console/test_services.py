"""The directory of services as coordinators see and change it, without JavaScript."""

from dataclasses import replace

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
from matcher.settings.services_shape import ServiceEntry
from matcher.web.common.headers import SERVICES
from matcher.web.console.services import forms, words
from matcher.web.public.app import create_app as create_public_app
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive
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


WRONG: dict[str, tuple[Given, str]] = {
    "no short name": ({"id": ""}, "Please fill this in."),
    "an odd short name": ({"id": "A clinic"}, str(words.FAULTS[Wrong.ID_SHAPE])),
    "a taken short name": ({"id": "example-line"}, str(words.FAULTS[Wrong.ID_TAKEN])),
    "no name": ({"name-en": "", "name-ar": "\u200b"}, "in one language at least"),
    "no hours": ({"hours-en": ""}, "in one language at least"),
    "a long name": ({"name-en": "x" * 121}, "at most 120 characters"),
    "a long text": ({"text-ar": "x" * 301}, "at most 300 characters"),
    "no language": ({"languages": []}, "tick at least one"),
    "a language of nowhere": ({"languages": ["xx"]}, "answers that are shown here"),
    "no age": ({"ages": []}, "tick at least one"),
    "a need of nowhere": ({"needs": ["moon/walk"]}, "answers that are shown here"),
    "no way": ({"reach-phone": ""}, str(words.FAULTS[Wrong.NO_WAY])),
    "no number": ({"reach-phone": "ask us"}, str(words.FAULTS[Wrong.NUMBER])),
    "no text number": ({"reach-text": "1;2"}, str(words.FAULTS[Wrong.NUMBER])),
    "no address": ({"reach-web": "javascript:1"}, str(words.FAULTS[Wrong.ADDRESS])),
    "no e-mail": ({"reach-email": "a@b?c=d.e"}, str(words.FAULTS[Wrong.EMAIL])),
    "a call after all": ({"text_only": ["yes"]}, str(words.FAULTS[Wrong.NEEDS_A_CALL])),
    "nobody and others": (
        {"may_tell": ["nobody", "police"]},
        str(words.FAULTS[Wrong.NOT_ALONE]),
    ),
    "nobody told": ({"may_tell": []}, "tick at least one"),
    "a welcome of nowhere": ({"welcome": "sure"}, "answers that are shown here"),
    "an answer of nowhere": ({"asks-id": "maybe"}, "answers that are shown here"),
    "another day": ({"check": "2030-01-01"}, "answers that are shown here"),
    "kept of nothing": ({"check": "kept"}, "answers that are shown here"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_each_mistake_stands_beside_its_field_and_nothing_is_lost(
    owner: Browser, console: ConsoleServices, wrong: str
) -> None:
    changed, said = WRONG[wrong]
    action, data = owner.open("/en/services/add").prepared(SAVE, {**NEW, **SURE})
    for name, value in changed.items():
        data.setlist(name, [value] if isinstance(value, str) else value)

    response = owner.client.post(action, data=data)

    html = response.get_data(as_text=True)
    (field, *_) = changed
    assert response.status_code == 422
    assert said in Browser._arrive(owner, response).text  # noqa: SLF001 - as any answer
    assert f'id="{field}-error1"' in html
    kept = owner.page.form_with(SAVE).values
    for name in ("source", "cost-en", *changed):
        if name not in {"welcome", "asks-id", "check", "needs", "languages", "ages"}:
            assert kept.getlist(name) == data.getlist(name), name
    assert console.services.find("clinic") is None
    assert ActKind.PUBLISH_SERVICE not in {one.kind for one in console.oversight.entries()}


def test_without_the_passphrase_nothing_is_asked_for_and_nothing_lost(
    owner: Browser, console: ConsoleServices
) -> None:
    add(owner, passphrase=PASSPHRASE[::-1])

    assert owner.response.status_code == 403
    assert "This is not your passphrase" in owner.text
    assert owner.page.form_with(SAVE).values["name-en"] == "A clinic of ours"
    assert console.services.find("clinic") is None


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


def test_who_is_not_signed_in_any_more_gets_the_words_back(owner: Browser) -> None:
    action, sent = owner.open("/en/services/add").prepared(SAVE, {**NEW, **SURE})
    owner.press("Sign out")
    owner.client.set_cookie("desk", "x" * 43)

    text = owner.client.post(action, data=sent).get_data(as_text=True)

    for said in ("A clinic of ours", "عيادة لنا", "Tests and advice", "113", "called them"):
        assert said in text
    assert PASSPHRASE not in text


def test_a_form_that_is_saved_as_it_came_changes_nothing(
    app: Flask, console: ConsoleServices
) -> None:
    before = console.services.directory().entries()
    page = as_sent(app, [one.id for one in before], console)

    assert page == list(before)


def as_sent(app: Flask, which: list[str], console: ConsoleServices) -> list[ServiceEntry]:
    """Fill each form as its page does, and read it as the page would."""
    found = []
    with app.test_request_context("/en/services"):
        for one in which:
            entry = console.services.find(one)
            assert entry is not None
            form = forms.make(forms.answers(entry), entry)
            found.append(forms.entry(form, entry, "2026-01-01"))
    return found


def test_one_text_for_everybody_and_other_languages_stay(
    owner: Browser, app: Flask, console: ConsoleServices
) -> None:
    add(owner, check="never")
    had = console.services.find("clinic")
    assert had is not None
    others = msgspec.structs.replace(
        had,
        name={"en": "A clinic", "fr": "Une clinique"},
        hours="24/7",
        may_tell=frozenset({Told.POLICE}),
    )
    with app.test_request_context("/en/services"):
        form = forms.make(forms.answers(others), others)
        assert forms.entry(form, others, "2026-01-01") == others
        form["hours-en"].data = "24 hours"
        found = forms.entry(form, others, "2026-01-01")

    assert found.hours == {"en": "24 hours", "ar": "24/7"}


def test_the_directory_can_be_taken_along(owner: Browser, console: ConsoleServices) -> None:
    response = owner.client.get("/en/services/text")

    text = response.get_data(as_text=True)
    assert text.count("[[service]]") == 4
    assert text.count("[[partner]]") == 1
    assert response.headers["Content-Disposition"] == SERVICES
    assert text == console.services.text()


@pytest.mark.parametrize("which", ["", "nowhere", "example-line&x=1\0"])
def test_a_service_that_never_was_leads_to_the_list(owner: Browser, which: str) -> None:
    answer = owner.client.get(f"/en/services/change?service={which}")

    assert answer.status_code in {200, 303}


def test_everything_has_words() -> None:
    assert set(words.STATES) == set(State)
    assert set(words.FAULTS) == set(Wrong) - {Wrong.CARD, Wrong.CARD_TAKEN}
    assert set(words.MAY_TELL) == set(Told)
