"""People who are drawn by a mix, and what a round does for them."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.preview import Crowd as Wanted
from matcher.domain.profile import MINORS, AgeBand
from matcher.engine.counting import groups_of
from matcher.engine.crowd import Crowd
from matcher.engine.drawing import SPOKEN
from matcher.engine.matrices import Bools
from matcher.engine.mixing import draw_mixed
from matcher.engine.outcome import outcome
from matcher.engine.plan import plan_crowd
from matcher.engine.population import DRAWN_AT
from matcher.engine.profiles import number
from matcher.settings.load import load

SETTINGS = load({})
NEEDS = SETTINGS.needs
PLACES = {str(group.id): place for place, group in enumerate(NEEDS.groups)}
WANTED = Wanted(seekers=800, peers=150)


def share(wanted: Wanted, group: str) -> float:
    return float(np.mean(groups_of(draw_mixed(wanted, 0, NEEDS)) == PLACES[group]))


def test_a_group_that_is_asked_about_more_often_is_there_more_often() -> None:
    usual = share(WANTED, "home")

    assert share(replace(WANTED, mix={"home": 3.0}), "home") > 1.8 * usual
    assert share(replace(WANTED, mix={"home": 0.0}), "home") == 0
    assert share(replace(WANTED, mix={"home": 1.0}), "home") == pytest.approx(usual, rel=0.5)


def test_a_mix_changes_neither_how_many_there_are_nor_the_peers() -> None:
    plain, mixed = (
        draw_mixed(one, 0, NEEDS) for one in (WANTED, replace(WANTED, mix={"home": 3}))
    )

    assert (len(mixed.seekers), len(mixed.peers)) == (800, 150)
    assert len(set(mixed.seekers)) == 800
    assert len(plain.seekers) == 800


@pytest.mark.parametrize(
    "wanted",
    [
        replace(WANTED, mix={"nothing": 1.0}),
        replace(WANTED, mix={"home": -1.0}),
        replace(WANTED, languages={"ar": -1.0}),
        replace(WANTED, young=-1.0),
        replace(WANTED, burdened=-1.0),
        replace(WANTED, minors=1.5),
    ],
)
def test_an_unknown_group_a_negative_factor_or_no_share_is_refused(wanted: Wanted) -> None:
    with pytest.raises(InvalidPopulationError):
        draw_mixed(wanted, 0, NEEDS)


def has(crowd: Crowd, what: str) -> Bools:
    """Tell for each seeker whether something is true of them."""
    people, asking = crowd.people, crowd.people.seekers
    if what == "young":
        return np.asarray(asking.age == number(AgeBand.FROM_18))
    if what == "minors":
        return np.isin(asking.age, [number(band) for band in MINORS])
    if what == "burdened":
        careful = [*(need.formal_first for need in NEEDS.all), False]
        return np.asarray(np.array(careful)[asking.ticks].any(axis=1))
    return np.array(["ku" in spoken for spoken in people.languages])[asking.languages]


@pytest.mark.parametrize(
    ("what", "often", "never"),
    [
        ("young", replace(WANTED, young=4.0), replace(WANTED, young=0.0)),
        ("burdened", replace(WANTED, burdened=4.0), replace(WANTED, burdened=0.0)),
        ("ku", replace(WANTED, languages={"ku": 4}), replace(WANTED, languages={"ku": 0})),
    ],
)
def test_some_come_more_often_than_usual_or_never(
    what: str, often: Wanted, never: Wanted
) -> None:
    usual, more, none = (
        float(has(draw_mixed(one, 0, NEEDS), what).mean()) for one in (WANTED, often, never)
    )

    assert 0 < 1.3 * usual < more < 5 * usual
    assert none == 0
    assert len(draw_mixed(often, 0, NEEDS).seekers) == WANTED.seekers


def test_minors_are_a_share_of_both_sides() -> None:
    crowd = draw_mixed(replace(WANTED, minors=0.3), 0, NEEDS)

    young = [number(band) for band in MINORS]
    assert has(crowd, "minors").mean() == pytest.approx(0.3, abs=0.05)
    assert np.isin(crowd.people.peers.age, young).mean() == pytest.approx(0.3, abs=0.1)


def test_languages_that_may_be_mixed_are_those_that_are_drawn() -> None:
    assert set(SPOKEN) == set(SETTINGS.languages)


def test_where_nobody_is_left_to_be_drawn_there_is_nobody() -> None:
    nobody = replace(WANTED, languages=dict.fromkeys(SPOKEN, 0.0))

    assert len(draw_mixed(nobody, 0, NEEDS).seekers) == 0


def test_figures_of_a_round_add_up() -> None:
    crowd = draw_mixed(WANTED, 0, NEEDS)
    plan = plan_crowd(crowd, rules=SETTINGS.rules, now=DRAWN_AT)

    found = outcome(crowd, plan, DRAWN_AT)

    assert found.matched == len(plan.pairs) > 0
    assert sum(found.waits.values()) == found.seekers - found.matched
    assert sum(found.load.values()) == found.peers
    suggested = sum(int(name) * number for name, number in found.load.items() if name != "6+")
    assert suggested <= found.matched
    assert found.load["6+"] or suggested == found.matched
    assert sum(one.matched for one in found.groups.values()) <= found.matched
    assert found.score == pytest.approx(plan.total / found.matched)
    assert found.days_matched > found.days_left - 5
    assert found.blocked["floor"] == plan.below_floor
    assert all(found.blocked.values())


def test_pairs_that_only_wishes_keep_apart_stand_among_what_keeps_apart() -> None:
    crowd = draw_mixed(replace(WANTED, seekers=40, peers=10), 0, NEEDS)
    plan = plan_crowd(crowd, rules=SETTINGS.rules, now=DRAWN_AT)

    assert outcome(crowd, plan, DRAWN_AT, by_wishes=7).blocked["wishes"] == 7
    assert "wishes" not in outcome(crowd, plan, DRAWN_AT).blocked


def test_nobody_is_summed_up_as_nothing() -> None:
    crowd = draw_mixed(Wanted(seekers=0, peers=0), 0, NEEDS)

    found = outcome(crowd, plan_crowd(crowd, rules=SETTINGS.rules, now=DRAWN_AT), DRAWN_AT)

    assert (found.rate, found.score, found.days_left, found.worst) == (0.0, 0.0, 0.0, None)
