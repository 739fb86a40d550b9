"""People who are drawn answer in a way that the pages take."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from matcher.engine.population import draw
from matcher.settings.load import load
from matcher.web.common import i18n
from matcher.web.common.drafts import Answers, Draft
from matcher.web.public.answers.peer import write_peer
from matcher.web.public.answers.seeker import write_seeker
from matcher.web.public.join.pages import CHANGE as PEERS_WALK
from matcher.web.public.start.pages import CHANGE as SEEKERS_WALK
from matcher.web.public.walk.steps import Walk, turn

SETTINGS = load({"HOME": os.environ.get("HOME", ".")})
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SEEDS = (3, 7, 11)
EACH = 100


@pytest.fixture(scope="module", autouse=True)
def page() -> Iterator[None]:
    """Let words be chosen as inside a page."""
    app = Flask("words")
    i18n.attach(app, SETTINGS.site.languages)
    with app.test_request_context("/en/"):
        yield


def refusals(walk: Walk, answers: Answers, consent: str) -> list[tuple[str, list[str]]]:
    """Send the last page of a walk; list what is refused on any of them."""
    draft = Draft(walk=walk.name, page="check", seed=b"", answers=answers, is_near_end=True)
    posted = MultiDict([(consent, "yes")])
    end = turn(walk, draft, posted, now=NOON, settings=SETTINGS)
    wrong = [(field.name, list(field.errors)) for field in end.form if field.errors]
    return wrong or ([] if end.is_done else [("the end is not reached", [])])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_pages_refuse_no_answer_of_a_drawn_peer(seed: int) -> None:
    drawn = [one.profile for one in draw(0, EACH, seed, needs=SETTINGS.needs).peers]

    found = [refusals(PEERS_WALK, write_peer(one, SETTINGS.needs), "keep") for one in drawn]

    assert [one for one in found if one] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_pages_refuse_no_answer_of_a_drawn_seeker(seed: int) -> None:
    drawn = [one.profile for one in draw(EACH, 0, seed, needs=SETTINGS.needs).seekers]
    written = [write_seeker(one, SETTINGS.needs) for one in drawn]

    found = [refusals(SEEKERS_WALK, answers, "matching") for answers in written]

    assert [one for one in found if one] == []
