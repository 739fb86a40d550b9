"""The guide for those who listen: there for everybody, and found where it is needed."""

from dataclasses import replace
from pathlib import Path

import pytest

from matcher.bootstrap import build
from matcher.domain.invitation import Scope
from matcher.settings.model import Settings
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.people import Two
from tests.world import World


def test_it_needs_neither_a_session_nor_the_store(settings: Settings, tmp_path: Path) -> None:
    alone = create_app(build(replace(settings, store_url=f"unix://{tmp_path}/nobody.sock")))

    page = Browser(alone.test_client()).open("/en/guide")

    assert page.response.status_code == 200
    assert page.page.title == "Good to know"
    for part in ("We cannot find or rescue anyone", "What you can say", "ask a coordinator"):
        assert part in page.text


@pytest.mark.parametrize("place", ["you", "danger", "asked", "much", "end"])
def test_every_part_of_it_can_be_jumped_to(browser: Browser, place: str) -> None:
    html = browser.open("/en/guide").response.text

    assert f'href="#{place}"' in html
    assert f'<section id="{place}">' in html


def test_it_is_found_from_the_ground_rules(browser: Browser, world: World) -> None:
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]

    browser.open("/en/join").press("Open", {"code": invitation})

    assert "/en/guide" in browser.page.links.values()


def test_it_is_found_from_a_peers_page_and_from_their_conversation(talking: Two) -> None:
    peer = talking[1]

    assert "/en/guide#danger" in peer.page.links.values()
    assert "/en/guide" in peer.open("/en/here").page.links.values()


def test_both_find_words_for_danger_each_their_own(talking: Two) -> None:
    seeker, peer = talking
    seeker.open("/en/here").open(seeker.page.links["Open the conversation"])

    for one in talking:
        assert "We cannot find or rescue anyone." in one.text
        assert "/en/near#safety" in one.page.links.values()
    assert "nobody here can find you or send help" in peer.text
    assert "I am not safe. Please help me find a number." in seeker.text


def test_either_side_says_that_they_need_a_moment(talking: Two) -> None:
    peer = talking[1]

    peer.press("Say: I need a moment").press("Say: I need a moment")

    assert peer.text.count("I need a moment. I will write again later.") == 2
