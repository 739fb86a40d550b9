"""Partners' cards as coordinators make them and take them away, without JavaScript."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from matcher.bootstrap import build
from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind, Step
from matcher.domain.partner import is_code
from matcher.settings.services_faults import Wrong
from matcher.web.console.partners import forms
from matcher.web.public.app import create_app as create_public_app
from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Look
from tests.world import World

MAKE, AWAY = "Make the card", "Let its code open nothing any more"
SURE: Given = {"passphrase": PASSPHRASE}
CARD: Given = {"id": "the-clinic", "group": "health", "code": "wx7 d4m"}
OPENS_NOTHING = "No card of ours has this code."


@pytest.fixture
def public(world: World) -> Flask:
    """Yield everybody's pages, begun before anything was changed."""
    return create_public_app(build(world.settings))


def typed(public: Flask, code: str) -> str:
    """Type the code of a card at the door; say what is shown then."""
    browser = Browser(public.test_client()).open("/en/card")
    return browser.press("Go on", {"code": code}).text


def add(browser: Browser, **changed: str) -> Browser:
    return browser.open("/en/services/cards").press(MAKE, {**CARD, **changed})


def test_a_new_card_opens_its_group_at_once_and_one_that_is_taken_away_nothing(
    owner: Browser, console: ConsoleServices, public: Flask
) -> None:
    assert OPENS_NOTHING in typed(public, "WX7-D4M")
    add(owner)
    assert "the-clinic" in owner.text
    assert OPENS_NOTHING not in typed(public, "WX7-D4M")

    buttons = owner.open("/en/services/cards").response.text.count(AWAY)
    action, sent = owner.prepared(AWAY, SURE)
    owner.client.post(action, data={**sent, "card": "the-clinic"})

    assert owner.open("/en/services/cards").response.text.count(AWAY) == buttons - 1
    assert OPENS_NOTHING in typed(public, "WX7-D4M")
    last = console.oversight.entries()[-2:]
    assert [one.kind for one in last] == [ActKind.ADD_CARD, ActKind.TAKE_CARD_AWAY]
    assert {one.step for one in last} == {Step.DONE}
    log = owner.open("/en/log").text
    assert "Make a card for a partner · \u2068the-clinic\u2069 · done" in log


def test_a_code_that_nobody_typed_is_drawn(owner: Browser, console: ConsoleServices) -> None:
    for name in ("one", "two"):
        add(owner, id=name, code="")

    codes = [one.code for one in console.cards.all()]
    assert len(set(codes)) == len(codes) == 3
    assert all(is_code(code) for code in codes)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"id": "The Clinic"}, Wrong.ID_SHAPE),
        ({"id": "example-card"}, Wrong.ID_TAKEN),
        ({"code": "wil0"}, Wrong.CARD),
        ({"code": "k7d4m2"}, Wrong.CARD_TAKEN),
    ],
)
def test_what_is_wrong_is_told_and_the_form_comes_back_filled_in(
    owner: Browser, console: ConsoleServices, changed: dict[str, str], wrong: Wrong
) -> None:
    add(owner, **changed)

    assert owner.response.status_code == 422
    assert str(forms.FAULTS[wrong]).partition("%")[0] in owner.text
    form = owner.page.form_with(MAKE)
    assert {**CARD, **changed}["id"] == form.values["id"]
    assert {**CARD, **changed}["code"] == form.values["code"]
    assert len(console.cards.all()) == 1


def test_neither_name_nor_code_of_a_card_that_is_gone_is_given_again(owner: Browser) -> None:
    add(owner)
    action, sent = owner.prepared(AWAY, SURE)
    owner.client.post(action, data={**sent, "card": "the-clinic"})

    add(owner, id="another")
    assert str(forms.FAULTS[Wrong.CARD_TAKEN]) in owner.text
    add(owner, code="")
    assert str(forms.FAULTS[Wrong.ID_TAKEN]) in owner.text


def test_a_card_that_is_gone_cannot_be_taken_away_again(
    owner: Browser, console: ConsoleServices
) -> None:
    action, sent = owner.open("/en/services/cards").prepared(AWAY, SURE)
    seen = [owner.client.post(action, data=sent).status_code for _ in range(2)]

    assert seen == [303, 409]
    assert console.cards.all() == ()


def test_cards_go_along_with_the_directory(owner: Browser) -> None:
    add(owner)

    assert 'code = "wx7 d4m"' in owner.client.get("/en/services/text").text


def test_how_often_a_card_was_used_is_told_in_round_numbers_and_few_not_at_all(
    look: Look, world: World
) -> None:
    (card,) = world.settings.partners
    for number in range(400):
        world.services.taps.use_card(card.id, once=str(number))
    world.advance(timedelta(days=1))

    (told,) = re.findall(r"weeks, about: (\d+), give or take", look("/en/services/cards").text)
    assert int(told) % 5 == 0
    assert abs(int(told) - 400) < 100


def test_all_that_can_be_wrong_has_words() -> None:
    assert set(forms.FAULTS) <= set(Wrong)


def test_without_the_passphrase_no_card_is_taken_away(
    owner: Browser, console: ConsoleServices
) -> None:
    page = owner.open("/en/services/cards")
    assert "no card can ever have the code or the short name again" in page.text
    page.press(AWAY, {"passphrase": "another passphrase"})

    assert owner.response.status_code == 403
    assert console.cards.all()
