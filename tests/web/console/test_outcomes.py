"""Coordinators see whether it helps: shares with intervals, and when they mean something."""

import re

from tests.counting import WEEK, told
from tests.web.browsing import Browser
from tests.web.console.conftest import Look
from tests.world import World


def test_few_answers_tell_nothing(look: Look, world: World) -> None:
    told(world, "seeker", "safe", {"yes": 4, "no": 3})
    world.advance(WEEK)

    page = look("/en/outcomes")

    assert "too few to tell anything yet" in page.text
    assert "95" in page.text
    assert "<td>" not in page.response.get_data(as_text=True)


def test_many_answers_give_shares_with_intervals(look: Look, world: World) -> None:
    told(world, "seeker", "safe", {"yes": 700, "no": 300})  # as chance left 900 and 100
    told(world, "seeker", "service", {"yes": 100, "no": 100})
    world.advance(WEEK)

    page = look("/en/outcomes")
    many, fewer = section(page, "seeker-safe"), section(page, "seeker-service")

    assert re.search(r"Answers: (9|10)\d\d\.", many)
    assert re.search(r"Yes\s*(8[5-9]|9[0-5])\s%", many)
    assert "Until then" not in many
    assert "Until then" in fewer
    assert "People who helped" in page.text


def section(page: Browser, name: str) -> str:
    """Read what is said of one question: of others, noise alone may look like answers."""
    html = page.response.get_data(as_text=True)
    found = html.partition(f'id="{name}"')[2].partition("</section>")[0]
    return re.sub(r"<[^>]*>", " ", found)
