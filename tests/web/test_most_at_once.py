"""How many people a peer may take on follows the rules that are in force, without a restart."""

from dataclasses import replace

import pytest

from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from matcher.store.rulebook import Rulebook
from tests.web.browsing import Browser
from tests.web.people import (
    PEERS_ABOUT,
    PEERS_HOW,
    PEERS_LIVED,
    come_in_as_peer,
    to_the_peers_check_page,
)
from tests.world import World


def publish(world: World, ceiling: int) -> None:
    """Let other rules come into force while the app runs."""
    peers = replace(world.rules.peers, capacity_ceiling=ceiling)
    world.rules = replace(world.rules, peers=peers)
    Rulebook(world.backing).publish(world.rules)


def invited(world: World) -> Code:
    return world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]


def offered(browser: Browser) -> set[str]:
    """Read off the page how many people may be chosen."""
    menu = browser.response.get_data(as_text=True).partition('name="capacity"')[2]
    options = menu.partition("</select>")[0].split('<option value="')[1:]
    return {one.partition('"')[0] for one in options}


def to_the_page_how(browser: Browser, invitation: Code) -> Browser:
    browser.open("/en/join").press("Open", {"code": invitation})
    browser.press("Go on", {"agreed": "yes"}).press("Go on", PEERS_ABOUT)
    return browser.press("Go on", PEERS_LIVED).press("Go on", {"never": []})


@pytest.mark.parametrize("ceiling", [1, 8])
def test_a_newcomer_chooses_among_what_is_in_force(
    browser: Browser, world: World, ceiling: int
) -> None:
    assert world.settings.rules.peers.capacity_ceiling == 5
    publish(world, ceiling)

    to_the_page_how(browser, invited(world))

    assert offered(browser) - {""} == {str(1 + count) for count in range(ceiling)}


def test_more_than_is_allowed_meanwhile_is_asked_again_and_nothing_is_kept(
    browser: Browser, world: World
) -> None:
    to_the_page_how(browser, invited(world))
    publish(world, 1)

    browser.press("Go on", PEERS_HOW)

    assert browser.response.status_code == 422
    assert "How many people at once" in browser.text
    assert offered(browser) - {""} == {"1"}


def test_who_had_chosen_before_the_rules_changed_is_asked_once_more(
    browser: Browser, world: World
) -> None:
    to_the_peers_check_page(browser, invited(world))
    publish(world, 1)

    browser.press("Agree and send", {"keep": "yes"})
    assert offered(browser)
    browser.press("Go on", {**PEERS_HOW, "capacity": "1"})
    browser.press("Agree and send", {"keep": "yes"})

    assert "what is group" in browser.text


def test_who_is_here_changes_answers_within_what_is_in_force(
    browser: Browser, world: World
) -> None:
    come_in_as_peer(browser, invited(world))
    publish(world, 3)

    browser.open("/en/change").press("Change People at once")

    assert offered(browser) - {""} == {"1", "2", "3"}
