"""Promise 19: what was guessed of somebody decides whom they meet, and is kept nowhere."""

import logging
import struct
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from redis import Redis

from matcher.domain.offer import Reply
from matcher.domain.profile import Consent
from matcher.domain.rules import Rules
from matcher.engine.crowd import Crowd
from matcher.engine.plan import Plan, PlannedPair
from matcher.local.acl import Role
from tests.privacy.canaries import Canaries, pieces_of_server
from tests.servers import Running
from tests.web.browsing import Browser
from tests.world import GRIEF, LONELY, PEER, SEEKER, Person, World
from worker.rounds import Rounds
from worker.wiring import ground_of

SCORE = 0.7310585786300049
WRITTEN: tuple[str | bytes, ...] = (
    *(f"{SCORE:.{digits}f}" for digits in (5, 6, 8, 12)),
    *(repr(SCORE), SCORE.hex(), f"{100 * SCORE:.4f}"),
    *(struct.pack(form, SCORE) for form in ("<d", ">d", "<f", ">f")),
)
TICKED = replace(SEEKER, needs=(LONELY,), consent=Consent(matching=True, unsaid=True))
LIVED = replace(PEER, lived={**PEER.lived, GRIEF: PEER.lived[LONELY]})


def guessing(crowd: Crowd, *, rules: Rules, now: datetime, seed: int) -> Plan:
    """Plan as an engine that guessed a need: it comes first, and the score says how much."""
    del rules, now, seed
    pair = PlannedPair(
        seeker=crowd.seekers[0],
        peer=crowd.peers[0],
        score=SCORE,
        best_first=(GRIEF, LONELY),
        bucket=0,
    )
    return Plan(pairs=(pair,), blocked={}, below_floor=0, total=SCORE, gap=0.0)


@pytest.fixture
def offered(world: World) -> tuple[Person, Person]:
    """Yield two who are suggested to each other by a guess."""
    seeker, peer = world.seeker(TICKED), world.peer(LIVED)
    assert Rounds(replace(ground_of(world.backing), plan=guessing)).run(seed=1) == 1
    return seeker, peer


def test_what_was_guessed_is_in_no_key_and_no_line_of_the_log(
    world: World, store: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = Canaries()
    canaries.add("the score", *WRITTEN)

    def leaves_it() -> bool:
        seeker, peer = world.seeker(TICKED), world.peer(LIVED)
        Rounds(replace(ground_of(world.backing), plan=guessing)).run(seed=1)
        assert world.offers(peer)
        with Redis.from_url(store.url(Role.SCAN)) as client:
            found = canaries.found_in(pieces_of_server("store", client))
        assert world.services.places.answers(seeker.visitor) == TICKED
        for one in (seeker, peer):
            world.services.places.erase(one.visitor)
        return bool(found)

    # Four bytes of a number may stand in what is sealed by chance: once, but not each time.
    assert not (leaves_it() and leaves_it())
    assert [form for form in WRITTEN if isinstance(form, str) and form in caplog.text] == []


def test_what_was_guessed_is_on_no_card(world: World, offered: tuple[Person, Person]) -> None:
    seeker, peer = offered
    ((theirs),) = world.offers(peer)

    world.answer(peer, theirs.id, Reply.ACCEPTED)

    ((mine),) = world.offers(seeker)
    group = world.settings.needs.by_id[GRIEF].group
    for card in (theirs.card, mine.card):
        assert GRIEF not in card.needs
        assert group not in card.groups
    assert mine.card.needs == (LONELY,)


def test_what_was_guessed_is_on_no_page(
    app: Flask, world: World, offered: tuple[Person, Person]
) -> None:
    seeker, peer = offered
    needs, ticked = world.settings.needs, "Feeling alone"
    need = needs.by_id[GRIEF]
    guessed = [need.label["en"], *(g.label["en"] for g in needs.groups if g.id == need.group)]
    pages = []
    for who in (peer, seeker):
        browser = Browser(app.test_client())
        browser.client.set_cookie("stay", who.cookie)
        browser.open("/en/here")
        pages.append(browser.response.get_data(as_text=True))
        if who is peer:
            browser.press("Yes, I can")

    assert "Yes, talk with them" in pages[1]
    assert ticked in pages[1]
    for page in pages:
        assert [words for words in guessed if words in page] == []
        assert [form for form in WRITTEN if str(form) in page] == []
