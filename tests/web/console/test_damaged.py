"""What coordinators read where a file of theirs cannot be read: what, and what now."""

import re
from pathlib import Path

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.bootstrap.desks import fall_back
from matcher.domain.acts import ActKind, Step
from matcher.web.console import damaged
from tests.architecture.source import ROOT
from tests.web.browsing import Browser
from tests.web.console.test_services import NEW, SURE
from tests.world import World

LOOK = "Look at what it would change"
DAMAGE = b'{"coordinators": [{"na\xffme"'
PAGES = {
    "rules": "rules/history",
    "trials": "rules/trial",
    "services": "services",
    "batches": "invitations",
    "acts": "acts",
    "coordinators": "rules",
}


def damage(console: ConsoleServices, name: str) -> Path:
    file: Path = console.settings.folders.state / f"{name}-main.json"
    file.write_bytes(DAMAGE)
    return file


@pytest.mark.parametrize(("name", "page"), PAGES.items())
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_damaged_is_named_and_what_is_to_be_done(
    owner: Browser, console: ConsoleServices, name: str, page: str, language: str
) -> None:
    file = damage(console, name)

    text = owner.open(f"/{language}/{page}").text

    assert owner.response.status_code == 500
    assert "sanad doctor" in text
    assert ("cannot be read" in text) is (language == "en")
    if language == "en":
        assert str(damaged.FILES[name]) in text
    for leak in (str(file.parent), file.name, "json", "Traceback", "na\ufffdme"):
        assert leak not in text
    assert "faster" not in text
    assert "meanwhile" not in text
    assert file.read_bytes() == DAMAGE


def test_what_was_typed_comes_back_and_is_not_said_to_be_overtaken(
    owner: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/services/add")
    damage(console, "asked-services")
    owner.press("Save", {**NEW, **SURE})

    assert owner.response.status_code == 500
    assert "A clinic of ours" in owner.text
    assert str(damaged.FILES["asked-services"]) in owner.text
    assert "faster" not in owner.text


@pytest.mark.parametrize("name", ["acts", "rules", "entrance", "pause"])
def test_what_is_damaged_keeps_nobody_from_the_overview_and_is_told_there(
    owner: Browser, console: ConsoleServices, name: str
) -> None:
    damage(console, name)

    assert owner.open("/en/").response.status_code == 200
    assert str(damaged.FILES[name]) in owner.text
    assert "sanad doctor" in owner.text
    assert "Nothing stands out" not in owner.text


def test_with_a_damaged_log_people_still_sign_out_and_nothing_is_done_unlogged(
    owner: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/services/add")
    damage(console, "acts")
    owner.press("Save", {**NEW, **SURE, "check": "never"})

    assert owner.response.status_code == 500
    assert console.services.find("clinic") is None
    owner.open("/en/").press("Sign out")
    assert "Sign in" in owner.text


@pytest.mark.parametrize("name", ["asked-rules", "acts"])
def test_a_pool_is_closed_whatever_state_wishes_and_log_are_in(
    owner: Browser, console: ConsoleServices, name: str
) -> None:
    damage(console, name)
    owner.open("/en/rules")
    assert owner.response.status_code == 200
    assert str(damaged.FILES[name]) in owner.text

    owner.press("Close it to newcomers now", SURE)

    assert owner.response.status_code == 200
    assert "Nobody new is taken in." in owner.text
    assert str(damaged.FILES[name]) in owner.text
    assert not console.doorkeeping.is_open()


def test_a_service_is_taken_away_whatever_state_the_wishes_are_in(
    owner: Browser, console: ConsoleServices
) -> None:
    damage(console, "asked-services")
    owner.open("/en/services")
    assert owner.response.status_code == 200
    assert str(damaged.FILES["asked-services"]) in owner.text
    before = {one.entry.id for one in console.services.all()}

    owner.press("Take it away at once")

    assert owner.response.status_code == 200
    assert len({one.entry.id for one in console.services.all()}) == len(before) - 1
    last = console.oversight.entries()[-1]
    assert (last.kind, last.step) == (ActKind.TAKE_SERVICE_AWAY, Step.DONE)


def test_a_trial_is_dropped_whatever_state_the_log_is_in_and_logged_once_it_is_mended(
    owner: Browser, console: ConsoleServices, world: World
) -> None:
    text = owner.open("/en/rules/draft").page.form_with(LOOK).values["text"]
    owner.press(LOOK, {"text": text.replace("a_day = 3", "a_day = 2")})
    owner.press("Try it on some rounds", {"reason": "-", **SURE})
    owner.open("/en/rules/trial")
    file = console.settings.folders.state / "acts-main.json"
    whole = file.read_bytes()
    damage(console, "acts")

    owner.press("Drop the tried rules")

    assert "The tried rules were dropped." in owner.text
    file.write_bytes(whole)
    for _ in range(2):
        fall_back(world.backing).act()
    ends = [one for one in console.oversight.entries() if one.kind is ActKind.END_TRIAL]
    ana = console.coordinators.roster().named("Ana")
    assert [(one.who, one.step) for one in ends] == [(ana and ana.id, Step.DONE)]


def test_every_file_that_may_be_damaged_has_words() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "matcher" / "state").glob("*.py"))

    assert set(re.findall(r'f"([a-z-]+)-\{', sources)) == set(damaged.FILES)
