"""Every page is as long as every other: what passes on the line tells no state and no role."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given, strategies as st

from matcher.bootstrap import build
from matcher.domain.invitation import Scope
from matcher.domain.offer import Reply
from matcher.domain.room import MAX_CHARACTERS
from matcher.settings.model import Settings
from matcher.store.rulebook import Rulebook
from matcher.web.common.sizes import PACKED_BYTES, PACKED_STEP, PAGE_BYTES, filled, packed
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.people import Two, come_in_as_peer, come_in_as_seeker, who
from tests.web.states import STATES, agreed, asked, waiting
from tests.world import World

MOST_PEOPLE = 5
PACKED_APART = PACKED_BYTES // 20


def _sizes(browser: Browser) -> set[int]:
    """Measure somebody's own page, and their conversation if there is one, in each language."""
    links = browser.open("/en/here").page.links
    paths = ["/en/here", *(links[words] for words in links if words == "Open the conversation")]
    both = [*paths, *(path.replace("/en/", "/ar/") for path in paths)]
    return {len(browser.open(path).response.data) for path in both}


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_both_roles_has_one_length(
    two: Two, state: Callable[[Two], Two]
) -> None:
    for browser in state(two):
        assert _sizes(browser) == {PAGE_BYTES}


@pytest.mark.parametrize(
    "path", ["/", "/here", "/here/erase", "/change", "/nothing", "/talk/none"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_a_stranger_is_told_is_as_long(browser: Browser, language: str, path: str) -> None:
    assert len(browser.open(f"/{language}{path}").response.data) == PAGE_BYTES


@pytest.mark.parametrize("code", ["0" * 28, "mistyped"])
def test_a_wrong_code_is_told_in_a_page_as_long(browser: Browser, code: str) -> None:
    browser.open("/en/back").press("Open", {"code": code})

    assert len(browser.response.data) == PAGE_BYTES


def test_the_store_being_away_is_told_in_a_page_as_long(settings: Settings) -> None:
    app = create_app(build(replace(settings, store_url="unix:///nowhere/no.sock")))
    client = app.test_client()
    client.set_cookie("stay", "a" * 22)

    assert len(client.get("/en/here").data) == PAGE_BYTES


def test_a_peer_who_is_asked_for_as_many_as_rules_allow_has_a_page_as_long(
    browser: Browser, world: World
) -> None:
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    world.rules = replace(world.rules, offers=replace(world.rules.offers, a_day=MOST_PEOPLE))
    Rulebook(world.backing).publish(world.rules)
    come_in_as_peer(browser, invitation)
    browser.press("I am around today").press("Save", {"capacity": str(MOST_PEOPLE)})
    peer = who(browser, world)
    for count in range(MOST_PEOPLE):
        seeker = world.seeker()
        offer, said = world.propose(seeker, peer)
        assert said == "offered"
        assert _sizes(browser) == {PAGE_BYTES}
        world.answer(peer, offer, Reply.ACCEPTED)
        world.answer(seeker, offer, Reply.ACCEPTED)
        assert _sizes(browser) == {PAGE_BYTES}
        assert f"You carry {count + 1} of" in browser.open("/en/here").text


def test_a_long_conversation_is_a_whole_number_of_pages_long(
    talking: Two, world: World
) -> None:
    seeker, peer = talking
    room = world.services.rooms.of(who(seeker, world).visitor)[0]
    for once in "123456789":
        words = "é" * MAX_CHARACTERS
        world.services.rooms.say(who(peer, world).visitor, room, words, once=once)

    for browser in (seeker, peer):
        found = _sizes(browser)
        assert found > {PAGE_BYTES}
        assert {size % PAGE_BYTES for size in found} == {0}


@given(st.binary(max_size=3 * PAGE_BYTES))
def test_any_page_is_filled_up_to_a_whole_number_of_pages(page: bytes) -> None:
    found = filled(page)

    assert found.startswith(page)
    assert len(found) % PAGE_BYTES == 0
    assert len(found) - len(page) < PAGE_BYTES + 10


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("level", [1, 6, 9])
def test_a_proxy_that_packs_pages_nevertheless_tells_little(
    two: Two, browser: Browser, level: int, language: str
) -> None:
    come_in_as_seeker(browser)
    here = f"/{language}/here"
    pages = [browser.open(path).response.data for path in (here, f"/{language}/nothing")]
    for state in (waiting, asked, agreed):
        pages += [one.open(here).response.data for one in state(two)]

    packed = [len(zlib.compress(page, level)) for page in pages]

    assert max(packed) - min(packed) < PACKED_APART
    assert len(pages) == 8


@given(st.binary(max_size=5 * PACKED_BYTES), st.integers(0, 40))
def test_any_page_is_packed_to_a_whole_step_and_unpacks_to_itself(
    page: bytes, repeats: int
) -> None:
    whole = page * repeats

    found = packed(whole)

    assert gzip.decompress(found) == whole
    assert (len(found) - PACKED_BYTES) % PACKED_STEP == 0
    assert len(found) >= PACKED_BYTES


@pytest.mark.parametrize("language", ["en", "ar"])
def test_packed_every_state_of_both_roles_has_one_length(
    two: Two, browser: Browser, language: str
) -> None:
    come_in_as_seeker(browser)
    here, asks = f"/{language}/here", {"Accept-Encoding": "gzip, br"}
    answers = [browser.client.get(here, headers=asks)]
    for state in (waiting, asked, agreed):
        answers += [one.client.get(here, headers=asks) for one in state(two)]

    assert {len(answer.data) for answer in answers} == {PACKED_BYTES}
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert {"Accept-Encoding" in answer.headers["Vary"] for answer in answers} == {True}
    assert all(gzip.decompress(one.data).startswith(b"<!doctype html>") for one in answers)


def test_who_cannot_unpack_is_given_plain_pages(browser: Browser) -> None:
    for said in ("", "identity", "br", "gzip;q=0"):
        answer = browser.client.get("/en/", headers={"Accept-Encoding": said})

        assert "Content-Encoding" not in answer.headers
        assert len(answer.data) == PAGE_BYTES


def test_the_filling_is_never_the_same(app: Flask) -> None:
    client = app.test_client()

    first, second = (client.get("/en/nothing").data for _ in range(2))

    assert len({first, second}) == 2
