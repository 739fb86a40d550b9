"""Promise 11: whoever tries codes learns nothing from what is answered."""

from pathlib import Path

import pytest
from redis import Redis

from matcher.domain import codes
from matcher.domain.errors import UnknownCodeError
from tests.privacy.wrong_codes import foreign_world, invitations, return_codes, said
from tests.web.browsing import Browser
from tests.world import World

OPEN = {"en": "Open", "ar": "فتح"}
WHOLE = ("1" * 28, "🐢" * 28, "é" * 28)
TOO_SHORT_OR_LONG = ("abc", "0" * 27, "x" * 5_000)


@pytest.fixture
def foreign(environ: dict[str, str], tmp_path: Path, redis: Redis) -> World:
    return foreign_world(environ, tmp_path, redis)


def _answers(
    browser: Browser, page: str, tried: dict[str, str]
) -> dict[str, tuple[int, bytes]]:
    found = {}
    for kind, code in tried.items():
        browser.open(page).press(OPEN[page[1:3]], {"code": code})
        found[kind] = browser.response.status_code, said(browser.response.data, code)
    return found


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "No place opens with this code"), ("ar", "لا يفتح هذا الرمز أي صفحة")],
)
def test_every_code_that_opens_nothing_is_answered_alike(
    browser: Browser, world: World, foreign: World, language: str, told: str
) -> None:
    tried = return_codes(world, foreign)

    answers = _answers(browser, f"/{language}/back", dict(tried))

    assert set(answers.values()) == {(422, answers["never made"][1])}
    assert told.encode() in answers["never made"][1]
    assert len(answers) == 7


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "This invitation cannot be used"), ("ar", "لا يمكن استخدام هذه الدعوة")],
)
def test_every_invitation_that_lets_nobody_in_is_answered_alike(
    browser: Browser, world: World, foreign: World, language: str, told: str
) -> None:
    tried = invitations(world, foreign)

    answers = _answers(browser, f"/{language}/join", dict(tried))

    assert set(answers.values()) == {(422, answers["never made"][1])}
    assert told.encode() in answers["never made"][1]
    assert len(answers) == 5


@pytest.mark.parametrize("page", ["/en/back", "/en/join", "/ar/back", "/ar/join"])
@pytest.mark.parametrize("mistyped", [WHOLE, TOO_SHORT_OR_LONG], ids=["whole", "not whole"])
def test_every_mistyped_code_is_answered_alike_with_the_status_of_unknown_ones(
    browser: Browser, page: str, mistyped: tuple[str, ...]
) -> None:
    answers = _answers(browser, page, {code: code for code in mistyped})

    assert {status for status, _ in answers.values()} == {422}
    counted = {
        body.replace(f" {len(code)}.".encode(), b"") for code, (_, body) in answers.items()
    }
    assert len(counted) == 1


def test_codes_that_open_nothing_also_cost_the_same_questions(
    world: World, foreign: World
) -> None:
    asked = {}
    for kind, code in return_codes(world, foreign).items():
        before = _commands(world)
        with pytest.raises(UnknownCodeError):
            world.services.places.sign_in(code, old_cookie=None)
        asked[kind] = _commands(world) - before

    assert len(set(asked.values())) == 1


@pytest.mark.parametrize("page", ["/en/back", "/en/join"])
def test_a_slip_of_a_code_that_opens_is_answered_as_any_and_never_asks_for_a_code(
    browser: Browser, world: World, page: str
) -> None:
    """What is said sooner is what anybody can work out alone: the check is plain arithmetic."""
    real = world.seeker().code
    slip = ("1" if real[0] == "0" else "0") + real[1:]
    asked, bodies = {}, set()
    browser.open(page).press("Open", {"code": "abc"})  # scripts are loaded now

    for kind, code in {"a slip of a real one": slip, "made up": WHOLE[0]}.items():
        browser.open(page)
        before = _commands(world)
        browser.press("Open", {"code": code})
        asked[kind] = _commands(world) - before
        bodies.add(said(browser.response.data, code))

    assert len(set(asked.values())) == len(bodies) == 1


def _commands(world: World) -> int:
    """Count commands, but not INFO: every two seconds it is asked how full the store is."""
    stats = world.redis.info("commandstats")
    return sum(one["calls"] for name, one in stats.items() if name != "cmdstat_info")


def test_a_code_that_opens_is_told_apart(browser: Browser, world: World) -> None:
    seeker = world.seeker()

    browser.open("/en/back").press("Open", {"code": seeker.code})

    assert browser.response.status_code == 200
    assert codes.groups(seeker.code)[0] not in browser.text
