"""Coordinators see how things stand: round numbers, alarms, and nobody."""

import re
from datetime import timedelta

import pytest

from matcher.domain.counted import Event
from tests.counting import DAY, WEEK, came, days, replied, stand, waited
from tests.web.console.conftest import Look
from tests.world import GRIEF, LONELY, SEEKER, World

HOUR = timedelta(hours=1)


def test_a_network_on_its_first_day_says_that_nothing_was_counted(look: Look) -> None:
    page = look("/en/")

    assert "Nothing has been counted yet" in page.text
    assert "Nothing stands out" in page.text
    assert "Recruit here" not in page.text


def test_needs_with_fewer_than_eleven_peers_are_those_to_recruit_for(
    look: Look, world: World
) -> None:
    stand(world)

    text = look("/en/").text

    all_needs = len(world.settings.needs.all)
    assert f"Recruit here: for {all_needs - 1} needs" in text
    listed = text[text.index("Which they are") :]
    grief = world.settings.needs.by_id[GRIEF].label["en"]
    assert listed.index(grief) < listed.index("Who looks for somebody")
    assert listed.split(grief)[0].count("\n") <= 3  # those most looked for come first


@pytest.mark.parametrize(("first", "then", "grows"), [(5, 30, True), (30, 5, False)])
def test_longer_waits_than_before_are_an_alarm(
    look: Look, world: World, first: int, then: int, *, grows: bool
) -> None:
    for hours in (first, then):
        waited(world, hours * HOUR, 300)
        world.advance(WEEK)

    text = look("/en/").text

    assert ("People wait longer" in text) is grows
    assert "1 to 3 days" in text
    assert "3 to 12 hours" in text


def test_a_need_that_is_declined_more_than_others_is_an_alarm(look: Look, world: World) -> None:
    for _ in range(2):
        replied(world, Event.PEER_NO, [GRIEF], 400)
        for need in world.settings.needs.all:
            replied(world, Event.PEER_YES, [need.id], 300)
        world.advance(WEEK)

    text = look("/en/").text

    found = text[text.index("declined more often") : text.index("Who looks for")]
    assert world.settings.needs.by_id[GRIEF].label["en"] in found
    assert world.settings.needs.by_id[LONELY].label["en"] not in found


def test_what_becomes_of_suggestions_is_told_in_round_numbers_and_drawn(
    look: Look, world: World
) -> None:
    days(world, 5, {Event.OFFERED: 200, Event.PEER_YES: 100, Event.BEGAN: 60})

    page = look("/en/")

    assert re.search(r"Suggestions made\s*(9|10)\d\d", page.text)
    html = page.response.get_data(as_text=True)
    drawn = re.findall(r'<svg class="line"[^>]* aria-label="([^"]+)"', html)
    names = [name.partition(",")[0] for name in drawn]
    many = ["Suggestions made", "Yes of somebody who helps", "Conversations begun"]
    assert [name for name in names if name in many] == many  # noise may draw one of few, too
    assert html.count('<path class="first" d="M') == len(drawn)
    for name in names:  # the numbers are beside what is drawn
        assert f'<span class="unseen">: {name}</span></summary>' in html
    assert "fewer than 11" in page.text


def test_shares_are_told_with_what_chance_leaves_open(look: Look, world: World) -> None:
    came(world, SEEKER, 400, soon=200, later=100)
    days(world, 7, {Event.OFFERED: 100, Event.PEER_YES: 50, Event.PEER_NO: 20})

    html = look("/en/").response.get_data(as_text=True)

    for words, least, most in (
        ("Newcomers who found somebody", 60, 90),
        ("Suggestions that were not answered", 20, 40),
    ):
        told = re.search(rf'{words}</th><td><bdi dir="ltr">(\d+)', html)
        assert told is not None
        assert least < int(told[1]) < most


def test_what_is_hidden_or_could_be_chance_alone_has_no_line_of_a_table(
    look: Look, world: World
) -> None:
    stand(world, asking=25, giving=25)

    page = look("/en/")

    html = page.response.get_data(as_text=True)
    by_id = world.settings.needs.by_id
    rows = set(re.findall(r'<tr><th scope="row">([^<]+)</th><td>', html))
    assert by_id[GRIEF].label["en"] in rows
    assert by_id[LONELY].label["en"] not in rows
    assert "Chance moves each of these numbers by about 10: one below 30 could be" in page.text
    hidden = {need.label["en"] for need in by_id.values()} - rows
    assert len(hidden) > 50
    groups = [group.label["en"] for group in world.settings.needs.groups]
    few = re.findall(r"Too few on both sides to tell: ([^\n]+)", page.text)
    assert any(groups[0] in line for line in few)
    assert any("Deutsch" in line for line in few)


def test_who_waited_and_who_was_there_is_drawn_from_the_second_count_on(
    look: Look, world: World
) -> None:
    drawn = 'aria-label="Are there and could be asked, from '
    stand(world)
    world.advance(3 * DAY)
    browser = look("/en/")
    assert drawn not in browser.response.get_data(as_text=True)

    stand(world, giving=50)

    assert drawn in browser.open("/en/").response.get_data(as_text=True)


def test_a_service_that_many_called_bad_is_something_to_look_at(
    look: Look, world: World
) -> None:
    line = world.settings.services[0]
    for number in range(400):
        world.services.taps.call_bad(line.id, once=str(number))
    world.advance(DAY)

    text = look("/en/").text
    found = text[text.index("These services were called bad more often than") :]
    assert line.name["en"] in found[: found.index("Who looks for somebody")]
    assert "Nothing stands out" not in text


def test_asking_again_tells_nothing_more(look: Look, world: World) -> None:
    days(world, 3, {Event.OFFERED: 200})
    stand(world)
    browser = look("/en/")
    first = browser.text
    world.seeker()
    world.room(world.seeker(), world.peer())
    stand(world, giving=50)

    assert browser.open("/en/").text == first


def test_no_number_on_the_page_is_small_or_exact(look: Look, world: World) -> None:
    days(world, 3, dict.fromkeys(Event, 7))
    world.advance(DAY)

    html = look("/en/").response.get_data(as_text=True)

    cells = [int(found) for found in re.findall(r"<td>(\d+)(?=<)", html)]
    assert all(number >= 15 and number % 5 == 0 for number in cells)
