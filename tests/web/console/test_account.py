"""One's own account: other proofs, and nobody is taken over silently."""

from datetime import timedelta

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.coordinator import Rank
from matcher.web.console.home.views import TOLD_FOR
from tests.coordinating import PASSPHRASE, Holder, join
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive
from tests.world import World

CHANGE, RENEW, KEEP = "Change it", "Use this one from now on", "Make the code useless"
ANOTHER = PASSPHRASE[::-1]
GOOD: Given = {"passphrase": PASSPHRASE, "fresh": ANOTHER, "again": ANOTHER}
SHORT = "A" * 12  # short for a secret, and too long to stand in a drawn one by chance
ASKED_FOR, GIVEN_BACK = "Somebody has a code for your account", "got their account back"


def test_another_passphrase_is_taken_and_the_visit_goes_on(
    owner: Browser, console: ConsoleServices
) -> None:
    before = owner.client.get_cookie("desk")
    owner.open("/en/account/passphrase").press(CHANGE, GOOD)

    assert "Your account" in owner.page.title
    assert owner.client.get_cookie("desk") != before
    assert console.oversight.entries()[-1].kind is ActKind.CHANGE_PASSPHRASE
    assert "Changed their own passphrase · done" in owner.open("/en/log").text


WRONG: dict[str, tuple[Given, str, str]] = {
    "not the old one": (
        {"passphrase": "no lanterns"},
        "passphrase",
        "This is not your passphrase",
    ),
    "no old one": ({"passphrase": ""}, "passphrase", "Please fill this in."),
    "short": ({"fresh": "lantern"}, "fresh", "at least 12 characters"),
    "the same": ({"fresh": PASSPHRASE}, "fresh", "This is the one you have"),
    "typed otherwise": ({"again": "x"}, "again", "The two passphrases differ"),
    "no second": ({"again": ""}, "again", "Please fill this in."),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_will_not_do_stands_beside_its_field_and_nothing_is_changed(
    owner: Browser, console: ConsoleServices, wrong: str
) -> None:
    changed, field, said = WRONG[wrong]
    owner.open("/en/account/passphrase").press(CHANGE, {**GOOD, **changed})

    html = owner.response.get_data(as_text=True)
    assert owner.response.status_code == 422
    assert said in owner.text
    assert f'id="{field}-error1"' in html
    assert PASSPHRASE not in html
    assert ANOTHER not in html
    assert ActKind.CHANGE_PASSPHRASE not in {e.kind for e in console.oversight.entries()}


def test_a_new_authenticator_is_taken_once_it_shows_its_digits(
    owner: Browser, console: ConsoleServices
) -> None:
    form = owner.open("/en/account/digits").page.form_with(RENEW)
    secret = form.values["secret"]
    phone = Holder(name="Ana", secret=secret)
    now = console.clock.now()
    right: Given = {"passphrase": PASSPHRASE, "digits": phone.digits(now)}
    for wrong, said in (
        ({"digits": phone.others(now)}, "It shows other digits now"),
        ({"passphrase": ANOTHER}, "not your passphrase"),
    ):
        owner.press(RENEW, {**right, **wrong})
        assert owner.response.status_code == 422
        assert said in owner.text
        assert owner.page.form_with(RENEW).values["secret"] == secret
    owner.press(RENEW, right)

    assert "Your account" in owner.page.title
    assert console.oversight.entries()[-1].kind is ActKind.RENEW_DIGITS


def test_a_secret_that_is_none_of_ours_is_not_taken(owner: Browser) -> None:
    action, data = owner.open("/en/account/digits").prepared(RENEW, {"digits": "1"})
    data.setlist("secret", [SHORT])

    answer = owner.client.post(action, data=data)

    assert answer.status_code == 200
    assert SHORT not in answer.get_data(as_text=True)


def test_who_is_asked_for_reads_so_on_every_page_and_can_say_no(
    owner: Browser, console: ConsoleServices
) -> None:
    code = console.coordinators.open_account("Ana")
    for page in ("", "rules", "services"):
        assert ASKED_FOR in owner.open(f"/en/{page}").text
    owner.open("/en/account").press(KEEP)

    assert ASKED_FOR not in owner.open("/en/").text
    log = owner.open("/en/log").text
    assert "Made codes useless that would have opened their account · done" in log
    assert "a terminal of this machine: Give somebody their account back" in log
    stranger = Browser(owner.client.application.test_client()).open("/en/join")  # type: ignore[attr-defined]  # it is our app
    stranger.press("Make my account", typed(stranger, console, str(code), "Ana"))
    assert stranger.response.status_code == 422


def typed(browser: Browser, console: ConsoleServices, code: str, name: str) -> Given:
    secret = browser.page.form_with("Make my account").values["secret"]
    digits = Holder(name=name, secret=secret).digits(console.clock.now())
    return {
        "code": code,
        "name": name,
        "passphrase": ANOTHER,
        "again": ANOTHER,
        "digits": digits,
    }


def test_an_owner_and_a_second_person_give_an_account_back_and_everybody_reads_of_it(
    owner: Browser, arrive: Arrive, console: ConsoleServices, world: World
) -> None:
    ben = arrive(Holder(name="Ben"), Rank.COORDINATOR)
    arrive(Holder(name="Cleo"), Rank.COORDINATOR)
    page = owner.open("/en/coordinators").page
    who = console.coordinators.roster().named("Cleo")
    assert who is not None
    form = next(
        one
        for one in page.forms
        if one.action.endswith("/recover") and one.values["whom"] == who.id
    )
    sent = {**form.values, "passphrase": PASSPHRASE}
    shown = owner.client.post(form.action, data=sent).get_data(as_text=True)
    letters = "".join(part.split("<")[0] for part in shown.split("<li><bdi>")[1:8])
    assert len(letters) == 28
    ben.open("/en/acts").press("Agree", {"passphrase": PASSPHRASE})
    cleo = Browser(ben.client.application.test_client()).open("/en/join")  # type: ignore[attr-defined]  # it is our app
    cleo.press("Make my account", typed(cleo, console, letters, "Somebody"))
    assert "has another name" in cleo.text
    cleo.press("Make my account", typed(cleo, console, letters, "cleo"))

    assert "signed in as Cleo" in cleo.text
    assert f"Cleo {GIVEN_BACK}" in ben.open("/en/").text
    world.advance(TOLD_FOR + timedelta(minutes=1))
    join(console, Holder(name="Dan"), console.coordinators.open_door(Rank.COORDINATOR))
    late = arrive(Holder(name="Eve"), Rank.COORDINATOR)
    assert GIVEN_BACK not in late.open("/en/").text


def test_nobody_makes_a_code_for_their_own_account(owner: Browser) -> None:
    assert "Make a code for their account" not in owner.open("/en/coordinators").text
