"""Populations: what they refuse, and whether drawn ones look as real ones do."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

import matcher
from matcher.domain.errors import InvalidPopulationError
from matcher.domain.needs import JUST_TALK, MAX_NEEDS
from matcher.domain.profile import ADULTS, BLOCKS_A_DAY, Lived, Profile
from matcher.engine import society
from matcher.engine.drawing import lives
from matcher.engine.population import DRAWN_AT, Population, draw
from matcher.settings.load import load
from matcher.settings.needs_file import read_needs
from tests.builders import free, peer, seeker, waiting

CONFIG = Path(matcher.__file__).parents[1] / "config"


@pytest.fixture(scope="module")
def people() -> Population:
    """Draw one population for all questions about it."""
    return draw(800, 300, 7)


def test_the_same_seed_draws_the_same_people() -> None:
    assert draw(20, 10, 7) == draw(20, 10, 7)
    assert draw(20, 10, 7) != draw(20, 10, 8)


def test_the_default_catalogue_has_the_ids_and_flags_of_the_shipped_one() -> None:
    shipped = read_needs(CONFIG / "needs.toml")

    built = society.catalogue()

    assert [(n.id, n.number, n.formal_first, n.never_infer) for n in built.all] == [
        (n.id, n.number, n.formal_first, n.never_infer) for n in shipped.all
    ]


def test_drawn_people_live_where_the_form_lets_them(people: Population) -> None:
    site = load({"SANAD_CONFIG_DIR": str(CONFIG)})

    profiles: list[Profile] = [one.profile for one in people.seekers]
    profiles += [one.profile for one in people.peers]

    assert {code for profile in profiles for code in profile.languages} <= set(site.languages)
    assert {profile.region for profile in profiles} <= {None, *site.regions}


def test_drawn_seekers_could_have_filled_in_the_form(people: Population) -> None:
    known = society.catalogue().by_id

    for profile in (someone.profile for someone in people.seekers):
        assert profile.age in ADULTS
        assert profile.languages
        assert 1 <= len(profile.needs) <= MAX_NEEDS
        assert set(profile.needs) <= known.keys()
        assert profile.main is None or profile.main in profile.needs
        assert profile.stage is None or profile.main
        assert profile.shown <= set(profile.needs)
        assert profile.day_blocks <= set(range(BLOCKS_A_DAY))
        assert profile.consent.matching


def test_drawn_peers_could_have_filled_in_the_form(people: Population) -> None:
    known = society.catalogue()

    for profile in (someone.profile for someone in people.peers):
        lived = {need for need, told in profile.lived.items() if told.lived > Lived.NOT_AT_ALL}
        assert profile.age in ADULTS
        assert profile.languages
        assert profile.lived.keys() <= known.by_id.keys() - {JUST_TALK}
        assert not profile.never & lived
        assert profile.opted_in <= profile.trained <= known.formal_first
        assert 1 <= profile.capacity <= 3


def test_needs_of_one_group_come_together_in_drawn_lives() -> None:
    needs = society.catalogue()
    groups = np.array([need.group for need in needs.all if need.id != JUST_TALK])

    drawn = lives(needs, 4_000, np.random.default_rng(1))

    together = np.asarray(np.corrcoef(drawn[:, np.isfinite(drawn[0])].T > 0))
    is_same = groups[:, None] == groups[None, :]
    others = ~np.eye(len(groups), dtype=np.bool_)
    assert together[is_same & others].mean() > 2 * together[~is_same].mean() > 0


def test_some_just_want_to_talk_some_keep_a_group_to_themselves(people: Population) -> None:
    n_needs = len(society.catalogue().all) - 1
    silent = [len(someone.profile.lived) < n_needs for someone in people.peers]

    assert 0.02 < np.mean([someone.profile.just_talks for someone in people.seekers]) < 0.1
    assert 0.5 < np.mean(silent) < 1
    assert np.mean([someone.profile.relay_ok for someone in people.seekers]) > 0.8


def test_nobody_drawn_has_waited_since_the_future(people: Population) -> None:
    assert all(someone.waiting_since <= DRAWN_AT for someone in people.seekers)


@pytest.mark.parametrize("numbers", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)], ids=str)
def test_negative_numbers_are_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidPopulationError):
        draw(*numbers)


@pytest.mark.parametrize("minors", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_of_minors_is_refused(minors: float) -> None:
    with pytest.raises(InvalidPopulationError):
        draw(1, 1, 1, minors=minors)


def test_a_population_refuses_twins_zoneless_moments_and_negative_counts() -> None:
    ana, zoe = waiting("ana", seeker()), free("zoe", peer())

    for seekers, peers in (
        ((ana, ana), (zoe,)),
        ((ana,), (zoe, zoe)),
        ((replace(ana, waiting_since=datetime(2025, 1, 1)),), ()),  # noqa: DTZ001 - the mistake under test
        ((), (replace(zoe, free=-1),)),
        ((), (replace(zoe, missed=-1),)),
    ):
        with pytest.raises(InvalidPopulationError):
            Population(seekers=seekers, peers=peers)
