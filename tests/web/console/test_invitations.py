"""Invitations made and revoked on a page; their cards are shown once."""

import re

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser, Given
from tests.world import World

MAKE, REVOKE = "Make the cards", "Revoke what is left of them"
GIVEN: Given = {"purpose": "spring training", "count": "2", "passphrase": PASSPHRASE}


def shown(browser: Browser) -> list[Code]:
    html = browser.response.get_data(as_text=True)
    parts = html.split('<p class="letters"><bdi>')[1:]
    return [codes.parse(part.partition("</bdi>")[0]) for part in parts]


def make(browser: Browser, **changed: str | list[str]) -> list[Code]:
    return shown(browser.open("/en/invitations").press(MAKE, {**GIVEN, **changed}))


def test_cards_are_shown_once_with_words_in_each_language(owner: Browser, world: World) -> None:
    made = make(owner, trained=["identity/outed"])

    html = owner.response.get_data(as_text=True)
    assert len(made) == html.count("<svg") == 2
    assert "On the first page: “I was invited to help”" in html
    arabic = re.findall('<p lang="ar" dir="auto">(.*?)</p>', html)
    assert len(arabic) == 2
    assert not re.search("[A-Za-z]", "".join(arabic))  # its date too is in Arabic
    assert "في الصفحة الأولى" in arabic[0]
    assert world.services.invitations.look(made[0]).trained_for == {"identity/outed"}
    assert shown(owner.open("/en/invitations")) == []
    assert "spring training" in owner.text


def test_a_batch_is_revoked_at_once(owner: Browser, console: ConsoleServices) -> None:
    make(owner)
    owner.open("/en/invitations").press(REVOKE)

    assert "spring training" not in owner.text
    assert console.batches.all() == ()


def test_it_is_said_that_nobody_under_18_can_come_in_yet(owner: Browser) -> None:
    assert "Nobody under 18 can come in yet" in owner.open("/en/invitations").text


def test_cards_for_the_young_say_that_they_wait(owner: Browser) -> None:
    make(owner, scope=[Scope.YOUTH.value])

    assert "before a second coordinator agrees" in owner.text
    assert "13 to 17" in owner.open("/en/acts").text
    assert "2 invitations" in owner.text


WRONG = {
    "purpose": ("x" * 61, "This has 61 characters, and at most 60 fit"),
    "count": ("51", "from 1 to 50"),
    "days": ("8", "choose from the answers"),
    "scope": ("everybody", "choose from the answers"),
    "trained": ("people/lonely", "choose from the answers"),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_made(
    owner: Browser, console: ConsoleServices, field: str
) -> None:
    value, words = WRONG[field]
    action, data = owner.open("/en/invitations").prepared(MAKE, GIVEN)
    data.setlist(field, [value])

    response = owner.client.post(action, data=data)

    assert response.status_code == 422
    assert words in response.get_data(as_text=True)
    assert console.batches.all() == ()


def test_without_the_passphrase_nothing_is_made(
    owner: Browser, console: ConsoleServices
) -> None:
    given: Given = {**GIVEN, "passphrase": "another passphrase"}
    owner.open("/en/invitations").press(MAKE, given)

    form, html = owner.page.form_with(MAKE), owner.response.get_data(as_text=True)
    assert owner.response.status_code == 403
    assert console.batches.all() == ()
    assert owner.text.count("This is not your passphrase") == 2
    assert '<li><a href="#sure-1">' in html
    assert "another passphrase" not in html
    assert (form.values["purpose"], form.values["count"]) == ("spring training", "2")


def test_no_page_tells_how_many_of_a_batch_were_used(owner: Browser, world: World) -> None:
    made = make(owner, count="1")
    before = owner.open("/en/invitations").text

    with world.services.invitations.using(made[0], world.services.invitations.look(made[0])):
        pass

    assert owner.open("/en/invitations").text == before
