"""Coordinators see what outcomes say of the weights, and begin a draft of it at the most."""

import re

import numpy as np
import pytest
from flask import Flask

from matcher.domain.lessons import FEATURES, Heard
from matcher.domain.rules import Term
from matcher.domain.taught import Difference, Lesson, Way
from matcher.web.console.lessons import words
from tests.coordinating import PASSPHRASE
from tests.counting import WEEK
from tests.hearing import hear, tell_all
from tests.web.browsing import Browser
from tests.web.console.conftest import Look
from tests.world import World

PATH = "/en/outcomes/weights"
COPY = "Copy to a draft: The peer was a step further along"
STEP = "The peer was a step further along"


def many(answers: int = 6_000) -> Heard:
    return hear(np.random.default_rng(5), answers, (0.0, 1.2, 0.0, 0.0, 0.0))


def test_few_answers_tell_nothing(look: Look, world: World) -> None:
    tell_all(world, many(300))
    world.advance(WEEK)

    page = look(PATH)
    html = page.response.get_data(as_text=True)

    assert re.search(r"About \d{3,4} are needed", page.text)
    assert page.text.count("too few to tell") == 4
    assert "Nothing can be suggested yet." in page.text
    assert "<svg" not in html
    assert "Copy to a draft" not in html


def test_many_answers_tell_which_way_and_how_sure_and_what_to_try(
    look: Look, world: World
) -> None:
    tell_all(world, many())
    world.advance(WEEK)

    page = look(PATH)
    first, *others = rows(page)

    assert "This is no experiment" in page.text
    assert "Nothing changes by itself" in page.text
    found = re.search(r"more often: likely in (\d+) to (\d+) more of 100", first)
    assert found
    assert 5 < int(found[1]) < 27 < int(found[2]) < 45
    assert re.search(r"Weight today: 0\.05 · A try: 0\.07", page.text)
    assert page.text.count("Copy to a draft") == 1
    for other in others:
        assert re.search(r"anything from \d+ fewer to \d+ more of 100", other)
        assert "likely" not in other


def test_what_is_worth_a_try_goes_into_a_draft_and_changes_nothing_by_itself(
    look: Look, world: World
) -> None:
    tell_all(world, many())
    world.advance(WEEK)
    owner = look("/en/")
    before = owner.open("/en/rules/text").response.get_data(as_text=True)

    owner.open(PATH).press(COPY)

    form = owner.page.form_with("Publish")
    assert owner.response.status_code == 200
    assert "What it would change" in owner.text
    changed = set(form.values["text"].split("\n")) ^ set(before.split("\n"))
    assert {line.partition("#")[0].strip() for line in changed} == {
        "stage = 0.05",
        "stage = 0.07",
    }
    assert (
        form.values["reason"]
        == f"Where this was so, people said more often that it helped: {STEP}"
    )
    assert owner.open("/en/rules/text").response.get_data(as_text=True) == before
    owner.open(PATH).press(COPY).press("Publish", {"passphrase": PASSPHRASE})
    after = owner.open("/en/rules/text").response.get_data(as_text=True)
    assert "stage = 0.07" in after


def test_the_page_is_part_of_whether_it_helps(owner: Browser) -> None:
    assert f'href="{PATH}"' in owner.open("/en/outcomes").response.get_data(as_text=True)
    html = owner.open(PATH).response.get_data(as_text=True)
    assert 'href="/en/outcomes" aria-current="page"' in html


@pytest.mark.parametrize(
    ("found", "weight", "told", "why"),
    [
        (Difference(low=0.002, best=0.1, high=0.2), 0.2, "in 1 to 20 more", "outweigh"),
        (Difference(low=-0.2, best=-0.1, high=-0.03), 0.0, "in 3 to 20 fewer", "already"),
        (Difference(low=-0.1, best=0.0, high=0.2), 0.1, "10 fewer to 20 more", ""),
        (Difference(low=0.1, best=0.2, high=0.3), None, "in 10 to 30 more", ""),
        (None, 0.1, "too few to tell", ""),
    ],
)
def test_where_nothing_is_worth_a_try_it_is_said_why(
    app: Flask, found: Difference | None, weight: float | None, told: str, why: str
) -> None:
    one = Lesson(feature=Term.HELP, answers=None, difference=found, weight=weight, wish=None)

    with app.test_request_context("/en/outcomes/weights"):
        assert told in re.sub(r"<[^>]*>", "", str(words.difference(found)))
        assert bool(words.limit(one)) is bool(why)
        assert why in words.limit(one)


def test_every_feature_has_words() -> None:
    assert set(words.HAD) == set(FEATURES)
    assert set(words.DRAWN) == set(Way)


def rows(page: Browser) -> list[str]:
    """Read each row as a line of words."""
    html = page.response.get_data(as_text=True).partition("<tbody>")[2]
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row)) for row in html.split("</tr>")[:4]
    ]
