"""Codes that a browser made: only what derives from them comes, and it opens the same place."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from matcher.store.people import CODE_SIZE
from matcher.store.sealing import sealed_size, unseal
from matcher.store.secrets import keys_of
from tests.web.browsing import Browser
from tests.web.people import (
    come_in_as_seeker,
    shown_code,
    to_the_check_page,
    to_the_peers_check_page,
    who,
)
from tests.world import World

MINE, OTHER = codes.from_bits(3**80), codes.from_bits(5**55)

Somebody = Callable[[], Browser]
Values = dict[str, str | list[str]]


def keys_in(code: Code) -> dict[str, str]:
    """Say what the script sends instead of a code."""
    keys = keys_of(code)
    return {"lookup": keys.lookup.hex(), "seal": keys.seal.hex()}


def last_form(browser: Browser) -> tuple[str, Values]:
    """Answer everything, and hold what the last page would send."""
    to_the_check_page(browser)
    action, values = browser.prepared("Agree and send", {"matching": "yes"})
    return action, dict(values.lists())


def sent(browser: Browser, form: tuple[str, Values], more: dict[str, str]) -> TestResponse:
    """Send the last page as the script does."""
    return browser.client.post(form[0], data=form[1] | more)


def opened(browser: Browser, code: str) -> str:
    """Come back with a code that is typed, as without JavaScript; returns the page."""
    return browser.open("/en/back").press("Open", {"code": code}).text


def people_in(world: World) -> int:
    return len([key for key in world.key_names() if ":h:" in key])


def test_who_brings_keys_is_in_at_once_and_comes_back_with_their_code(
    browser: Browser, somebody: Somebody
) -> None:
    answer = sent(browser, last_form(browser), keys_in(MINE))

    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/here")
    assert "You are waiting" in browser.open("/en/here").text
    assert "You are waiting" in opened(somebody(), MINE)


def test_the_record_is_the_one_that_the_server_makes(
    browser: Browser, somebody: Somebody, world: World
) -> None:
    sent(browser, last_form(browser), keys_in(MINE))
    made_here = come_in_as_seeker(somebody())

    for code in (MINE, made_here):
        lock = world.backing.secrets.code(code)
        record = world.backing.store.command("GET", world.backing.keys("c:", lock.key))
        handle = unseal(lock.seal, record, context=b"code").hex()
        assert len(record) == sealed_size(CODE_SIZE)
        assert world.redis.exists(world.backing.keys("h:", handle))


def test_a_peer_may_bring_keys_too(browser: Browser, somebody: Somebody, world: World) -> None:
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    to_the_peers_check_page(browser, invitation)
    action, values = browser.prepared("Agree and send", {"keep": "yes"})

    first, second = (sent(browser, (action, dict(values)), keys_in(MINE)) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert people_in(world) == 1
    assert "I am around today" in somebody().open("/en/back").press("Open", {"code": MINE}).text


def test_the_last_page_sent_twice_is_one_person_on_one_visit(
    browser: Browser, somebody: Somebody, world: World
) -> None:
    form = last_form(browser)

    answers = [sent(one, form, keys_in(MINE)) for one in (browser, somebody())]

    cookies = {answer.headers["Set-Cookie"] for answer in answers}
    assert [answer.headers.get("Location") for answer in answers] == ["/en/here"] * 2
    assert len(cookies) == people_in(world) == 1


def test_the_same_pages_with_another_code_change_nothing(
    browser: Browser, somebody: Somebody, world: World
) -> None:
    form = last_form(browser)
    sent(browser, form, keys_in(MINE))

    again = [sent(browser, form, more) for more in (keys_in(OTHER), {}, {"without": "yes"})]

    assert [answer.status_code for answer in again] == [410] * 3
    assert not [answer for answer in again if "Set-Cookie" in answer.headers]
    assert people_in(world) == 1
    assert "You are waiting" in opened(somebody(), MINE)
    assert "No place opens" in opened(somebody(), OTHER)


def test_the_pages_of_somebody_else_open_nothing_with_ones_own_code(
    browser: Browser, somebody: Somebody
) -> None:
    form = last_form(browser)
    sent(browser, form, keys_in(MINE))
    thief = somebody()
    sent(thief, last_form(thief), keys_in(OTHER))

    answer = sent(thief, form, keys_in(OTHER))

    assert answer.status_code == 410
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/en/leave", "/en/here/erase"])
def test_who_left_is_not_back_by_the_last_page(
    browser: Browser, world: World, path: str
) -> None:
    form = last_form(browser)
    sent(browser, form, keys_in(MINE))
    if path.endswith("erase"):
        browser.open(path).press("Yes, erase everything")
    else:
        browser.client.get(path)
    before = world.key_names()

    answer = sent(browser, form, keys_in(MINE))

    assert answer.status_code == 410
    assert "Set-Cookie" not in answer.headers
    assert world.key_names() == before


def test_nobody_takes_the_code_of_somebody_else(
    browser: Browser, somebody: Somebody, world: World
) -> None:
    sent(browser, last_form(browser), keys_in(MINE))
    thief = somebody()
    stolen = {"lookup": keys_in(MINE)["lookup"], "seal": keys_in(OTHER)["seal"]}

    answer = sent(thief, last_form(thief), stolen)

    assert answer.status_code == 410
    assert people_in(world) == 1
    assert "You are waiting" in opened(browser, MINE)


def test_who_was_shown_a_code_already_is_shown_it_again(
    browser: Browser, somebody: Somebody, world: World
) -> None:
    form = last_form(browser)
    browser.press("Agree and send", {"matching": "yes"})
    code = shown_code(browser)

    browser._arrive(sent(browser, form, keys_in(MINE)))  # noqa: SLF001 - as the script sends

    assert shown_code(browser) == code
    assert people_in(world) == 1
    assert "No place opens" in opened(somebody(), MINE)
    assert "You are waiting" in opened(somebody(), code)


def test_who_wants_no_code_is_in_with_this_browser_alone(
    browser: Browser, world: World
) -> None:
    answer = sent(browser, last_form(browser), {"without": "yes"})

    cookie = browser.client.get_cookie("stay")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/here")
    assert cookie is not None
    assert cookie.max_age is not None
    assert "You keep no code" in browser.open("/en/here").text
    assert who(browser, world).visitor.code_key is None
    assert not [key for key in world.key_names() if ":c:" in key]


@pytest.mark.parametrize("name", ["lookup", "seal"])
@pytest.mark.parametrize("wrong", ["", "x", "g" * 64, "0" * 5_000])
def test_broken_keys_let_nobody_in(
    browser: Browser, world: World, name: str, wrong: str
) -> None:
    form = last_form(browser)

    at_the_end = sent(browser, form, keys_in(MINE) | {name: wrong})
    _, values = browser.open("/en/back").prepared("Open")
    at_the_door = sent(browser, ("/en/back", dict(values)), keys_in(MINE) | {name: wrong})

    assert (at_the_end.status_code, at_the_door.status_code) == (422, 422)
    assert people_in(world) == 0


def test_keys_open_the_place_and_the_typed_code_is_not_needed(
    browser: Browser, somebody: Somebody
) -> None:
    code = come_in_as_seeker(browser)
    elsewhere = somebody().open("/en/back")
    action, values = elsewhere.prepared("Open")
    del values["code"]

    answer = sent(elsewhere, (action, dict(values)), keys_in(code))

    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/here")
    assert "You are waiting" in elsewhere.open("/en/here").text


def test_keys_that_open_nothing_look_the_same_whatever_is_wrong_with_them(
    browser: Browser, somebody: Somebody
) -> None:
    code = come_in_as_seeker(browser)
    mixed = {**keys_in(code), "seal": keys_in(OTHER)["seal"]}

    seen = set()
    for keys in (keys_in(OTHER), mixed, {**keys_in(OTHER), "seal": keys_in(code)["seal"]}):
        one = somebody().open("/en/back")
        action, values = one.prepared("Open")
        one._arrive(sent(one, (action, dict(values)), keys))  # noqa: SLF001 - as the script sends
        seen.add((one.response.status_code, one.text))

    assert len(seen) == 1
    assert "No place opens with this code" in seen.pop()[1]
