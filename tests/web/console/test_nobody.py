"""Whoever looks through every page of the console finds nobody, and no exact small count."""

import re
from dataclasses import replace

from flask import Flask

from matcher.domain.place import CheckIn
from matcher.domain.profile import Consent
from tests.counting import WEEK
from tests.web.console.conftest import Look
from tests.web.routes import every_route
from tests.world import SEEKER, World
from worker.standing import HOUR, Standing

PEOPLE = 7
COUNTED = replace(SEEKER, consent=Consent(matching=True, statistics=True))


def live(world: World) -> set[str]:
    """Let a few people do everything of which something is counted; returns their names."""
    for _ in range(PEOPLE):
        seeker, peer = world.seeker(COUNTED), world.peer(how=CheckIn.FEW_DAYS)
        world.services.rooms.end(seeker.visitor, world.room(seeker, peer))
        world.seeker(COUNTED)
    now = world.now().replace(hour=HOUR)
    assert Standing(world.backing).take(world.rules, now=now)
    names = {key.decode().rpartition(":")[2] for key in world.redis.scan_iter("*}:h:*")}
    assert len(names) == 3 * PEOPLE
    return names


def test_no_page_names_anybody_or_tells_a_small_number(
    app: Flask, look: Look, world: World
) -> None:
    names = live(world)
    world.begin(WEEK)
    browser = look("/en/")

    seen = [
        browser.open(route.path).response.get_data(as_text=True)
        for route in every_route(app)
        if route.method == "GET" and not route.endpoint.endswith("static")
    ]

    assert len(seen) > 8
    for html in seen:
        assert not [name for name in names if name in html]
        cells = [int(number) for number in re.findall(r"<td>(\d+)(?=<)", html)]
        assert all(number >= 15 and number % 5 == 0 for number in cells)
