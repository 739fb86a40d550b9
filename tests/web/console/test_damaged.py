"""What coordinators read where a file of theirs cannot be read: what, and what now."""

import re
from pathlib import Path

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.web.console import damaged
from tests.architecture.source import ROOT
from tests.web.browsing import Browser
from tests.web.console.test_services import NEW, SURE

DAMAGE = b'{"coordinators": [{"na\xffme"'
PAGES = {
    "rules": "rules",
    "trials": "rules/trial",
    "asked-rules": "rules",
    "services": "services",
    "asked-services": "services",
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


def test_a_damaged_log_keeps_nobody_from_the_overview_and_is_told_there(
    owner: Browser, console: ConsoleServices
) -> None:
    damage(console, "acts")

    assert owner.open("/en/").response.status_code == 200
    assert str(damaged.FILES["acts"]) in owner.text
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


def test_every_file_that_may_be_damaged_has_words() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "matcher" / "state").glob("*.py"))

    assert set(re.findall(r'f"([a-z-]+)-\{', sources)) == set(damaged.FILES)
