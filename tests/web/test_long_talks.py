"""The page on which lines are ticked stays light, however much was written, and whatever."""

import re

import numpy as np
import pytest

from matcher.domain.room import MAX_CHARACTERS, MAX_MESSAGES
from matcher.web.common.code_words import lists
from matcher.web.common.sizes import PACKED_BYTES, packed
from matcher.web.public.talk.lines import LISTED
from tests.web.people import Two
from tests.web.talk import Talk
from tests.web.test_scripts import weight
from tests.world import World

pytestmark = pytest.mark.timeout(180)

MOST_OF_A_TALK = 30 * 1024
ALL_PLANES = 0x20000, 0x10000
"""Where characters of four bytes begin, and how many there are of them to draw from."""


def _written(language: str, rng: np.random.Generator) -> str:
    words = rng.choice([*lists()[language].words], size=MAX_CHARACTERS // 3)
    return " ".join(words)[:MAX_CHARACTERS]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_in_a_full_room_the_page_is_as_long_as_any_other(
    talking: Two, world: World, language: str
) -> None:
    talk, rng = Talk(talking, world), np.random.default_rng(5)
    talk.say(*(_written(language, rng) for _ in range(MAX_MESSAGES)))

    page = talk.telling(language)

    assert len(re.findall('name="lines"', page.response.get_data(as_text=True))) == LISTED
    assert len(packed(page.response.get_data().partition(b"<!-- ")[0])) == PACKED_BYTES


def test_the_page_stays_light_whatever_is_written_to_make_it_heavy(
    talking: Two, world: World
) -> None:
    talk, rng = Talk(talking, world), np.random.default_rng(5)
    first, many = ALL_PLANES
    for _ in range(MAX_MESSAGES):
        talk.say("".join(map(chr, first + rng.integers(many, size=MAX_CHARACTERS))))

    assert PACKED_BYTES < weight(talk.telling()) <= MOST_OF_A_TALK
