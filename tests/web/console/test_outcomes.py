"""Coordinators see whether it helps: shares with intervals, and when they mean something."""

import re

from tests.counting import WEEK, told
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
    world.advance(WEEK)

    text = look("/en/outcomes").text

    assert re.search(r"Answers: (9|10)\d\d\.", text)
    assert re.search(r"Yes\s*(8[5-9]|9[0-5])\s%", text)
    assert "Until then" not in text[text.index("Did it feel safe") :][:400]
    assert "People who helped" in text
