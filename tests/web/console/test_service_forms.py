"""The form of a service: each mistake beside its field, and nothing lost on the way."""

import msgspec
import pytest
from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.services import Told
from matcher.settings.services_faults import Wrong
from matcher.settings.services_shape import ServiceEntry
from matcher.web.console.services import forms, words
from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser, Given
from tests.web.console.test_services import NEW, SAVE, SURE, add

WRONG: dict[str, tuple[Given, str]] = {
    "no short name": ({"id": ""}, "Please give the service a short name."),
    "an odd short name": ({"id": "A clinic"}, str(words.FAULTS[Wrong.ID_SHAPE])),
    "a taken short name": ({"id": "example-line"}, str(words.FAULTS[Wrong.ID_TAKEN])),
    "no name": ({"name-en": "", "name-ar": "\u200b"}, "in one language at least"),
    "no hours": ({"hours-en": ""}, "in one language at least"),
    "a long name": ({"name-en": "x" * 121}, "This has 121 characters, and at most 120 fit"),
    "a long text": ({"text-ar": "x" * 301}, "This has 301 characters, and at most 300 fit"),
    "no language": ({"languages": []}, "tick at least one language"),
    "a language of nowhere": ({"languages": ["xx"]}, "answers that are shown here"),
    "no age": ({"ages": []}, "tick at least one age"),
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
    "nobody told": ({"may_tell": []}, "Please tick whom they may tell"),
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


@pytest.mark.parametrize(
    ("typed", "said"),
    [(PASSPHRASE[::-1], "This is not your passphrase"), ("", "Please type your passphrase.")],
)
def test_without_the_passphrase_nothing_is_asked_for_and_nothing_lost(
    owner: Browser, console: ConsoleServices, typed: str, said: str
) -> None:
    add(owner, passphrase=typed)

    assert owner.response.status_code == 403
    assert said in owner.text
    assert owner.page.form_with(SAVE).values["name-en"] == "A clinic of ours"
    assert console.services.find("clinic") is None


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
