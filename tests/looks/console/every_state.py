"""Every page of the console in its main states and every language."""

import numpy as np

from matcher.domain.counted import Event
from tests.coordinating import Holder
from tests.counting import DAY, WEEK, came, days, replied, stand, told, waited
from tests.hearing import hear, tell_all
from tests.looks.console.ground import Ground, Seen, ground
from tests.looks.console.of_people import cards, notes, notices, reports
from tests.looks.console.of_rules import rules
from tests.looks.console.of_services import services
from tests.looks.console.of_staff import account, acts, bad_days, door, staff
from tests.looks.visitor import Shot
from tests.world import GRIEF, LONELY, SEEKER, World

WAYS = (rules, services, reports, notes, notices, cards, account, staff, acts, bad_days)
NUMBERS = {
    "home": "",
    "fairness": "fairness",
    "needs": "needs",
    "outcomes": "outcomes",
    "lessons": "outcomes/weights",
}
COPY = "Copy to a draft: The peer was a step further along"


def every_console_state() -> list[Shot]:
    """Go every way, and keep each page on it in every language."""
    with ground() as found:
        return [
            visitor.shot(f"console-{name}", language)
            for name, visitor in _every_way(found)
            for language in found.languages
        ]


def _every_way(found: Ground) -> Seen:
    yield from door(found)
    one = found.arrives(Holder(name="Ana"))
    for name, path in NUMBERS.items():
        yield f"{name}-empty", one.open(f"/en/{path}")
    _count(found.world)
    one = found.arrives(Holder(name="Lina"))
    for name, path in NUMBERS.items():
        yield name, one.open(f"/en/{path}")
    yield "lessons-draft", one.press(COPY)
    for way in WAYS:
        yield from way(found, one)


def _count(world: World) -> None:
    """Let weeks pass in which enough happened to be told."""
    for wait in (5, 30):
        came(world, SEEKER, 400, soon=120, later=80)
        waited(world, wait * DAY / 24, 300)
        for question, answers in (
            ("helped", {"yes": 500, "somewhat": 200, "no": 100}),
            ("safe", {"yes": 700, "no": 300}),
        ):
            told(world, "seeker", question, answers)
        replied(world, Event.PEER_NO, [GRIEF], 400)
        replied(world, Event.PEER_YES, [LONELY], 300)
        tell_all(world, hear(np.random.default_rng(5), 3_000, (0.2, 1.2, 0, 0, -0.9)))
        days(world, 7, {Event.OFFERED: 60, Event.BEGAN: 30, Event.PEER_NO: 20})
    for number in range(400):
        world.services.taps.call_bad(world.settings.services[0].id, once=str(number))
    world.advance(WEEK)
    stand(world, giving=40)
    world.advance(WEEK)
    stand(world)
