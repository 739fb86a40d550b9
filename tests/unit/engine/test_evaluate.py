"""What an evaluation draws, hides and measures, so that its figures can be believed."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.baselines import BASELINES, Question
from matcher.engine.evaluate import SCORES, Plan, evaluate, interval
from matcher.engine.matrices import Floats
from matcher.engine.trials import Setting, Survey, draw_trial, fit, match


def survey(n_people: int = 240, seed: int = 3) -> Survey:
    """Draw people of two kinds, so that what is hidden can be told from what is shown."""
    rng = np.random.default_rng(seed)
    is_first = rng.random((n_people, 1)) < 0.5
    chances = np.where(is_first, [0.7] * 8 + [0.15] * 8, [0.15] * 8 + [0.7] * 8)
    answers = (rng.random((n_people, 16)) < chances).astype(np.float64)
    kinds = tuple("first" if one else "second" for one in is_first[:, 0])
    return Survey(
        needs=tuple(f"a/{number}" for number in range(16)),
        answers=answers,
        known=np.ones(answers.shape, dtype=np.bool_),
        about={"kind": kinds},
    )


@pytest.mark.parametrize("ticks", [2, 6, None], ids=str)
def test_nobody_is_seeker_and_peer_and_something_stays_hidden(ticks: int | None) -> None:
    people = survey()

    trial = draw_trial(people, Setting(ticks=ticks, peers=50), np.random.default_rng(1))

    assert not set(trial.seekers.tolist()) & set(trial.peers.tolist())
    assert len(trial.seekers) == 150
    assert not trial.ticks[~trial.known].any()
    lives = people.answers[trial.seekers] > 0
    assert ((lives & ~trial.known).sum(axis=1) >= (2 if ticks else 0)).all()
    assert (trial.known.sum(axis=1) <= (ticks or 8)).all()


def test_chance_agrees_by_nothing_and_a_double_agrees_in_full() -> None:
    trial = draw_trial(survey(), Setting(ticks=2, peers=50), np.random.default_rng(1))
    doubles = replace(trial, peers=trial.seekers[:50])
    by_lot = np.random.default_rng(2).integers(50, size=150)

    chance = fit(trial, by_lot)
    double = fit(
        replace(
            doubles, seekers=trial.seekers[:50], known=trial.known[:50], ticks=trial.ticks[:50]
        ),
        np.arange(50),
    )

    assert abs(chance.agreement.mean()) < 0.05
    assert double.agreement == pytest.approx(1.0)
    assert double.shared == pytest.approx(1.0)
    assert double.rarest == pytest.approx(1.0)


def test_what_the_matcher_saw_counts_for_nothing_in_the_agreement() -> None:
    trial = draw_trial(survey(), Setting(ticks=4, peers=50), np.random.default_rng(1))
    chosen = np.arange(150) % 50
    before = fit(trial, chosen).agreement[0]
    answers = trial.survey.answers.copy()
    row, seen = trial.peers[0], trial.known[0]
    answers[row, seen] = 1 - answers[row, seen]
    shifted = replace(trial.survey, answers=answers)

    after = fit(replace(trial, survey=shifted), chosen).agreement[0]

    assert after == pytest.approx(before, abs=0.02)


def test_no_peer_gets_more_than_the_capacity_and_the_total_is_the_best() -> None:
    scores = np.array([[3.0, 2.0], [3.0, 0.0], [2.5, 2.0]])

    chosen = match(scores, 2)

    assert chosen.tolist() == [0, 0, 1]


def test_an_evaluation_can_be_repeated_to_the_last_digit_and_says_when_it_steps() -> None:
    plan = Plan(setting=Setting(ticks=2, peers=40), repeats=2, seed=5)
    steps: list[int] = []

    first = evaluate(survey(), plan, on_step=lambda: steps.append(1))

    assert first == evaluate(survey(), plan)
    assert first != evaluate(survey(), replace(plan, seed=6))
    assert len(steps) == 2 * len(SCORES)
    assert [row.score for row in first] == list(SCORES)


def test_the_shipped_model_finds_hidden_kinds_better_than_chance_and_says_so() -> None:
    plan = Plan(setting=Setting(ticks=2, peers=60), repeats=4, seed=1)

    rows = {row.score: row for row in evaluate(survey(), plan)}

    assert rows["sanad"].agreement.low > 0.1
    assert rows["random"].agreement.high < 0.1
    assert all(row.busiest <= 3 for row in rows.values())


def test_groups_get_their_own_rows_and_add_up_to_all() -> None:
    plan = Plan(setting=Setting(ticks=2, peers=40), repeats=2, seed=1, by="kind")

    rows = [row for row in evaluate(survey(), plan) if row.score == "sanad"]

    assert [row.group for row in rows] == ["", "first", "second"]
    assert rows[0].seekers == rows[1].seekers + rows[2].seekers


@pytest.mark.parametrize("peers", [240, 1000])
def test_too_few_people_are_a_named_error(peers: int) -> None:
    setting = Setting(ticks=2, peers=peers)

    with pytest.raises(InvalidMatrixError):
        draw_trial(survey(), setting, np.random.default_rng(1))


@pytest.mark.parametrize(
    ("name", "better"), [("overlap", 1), ("Jaccard", 0), ("cosine", 0), ("IDF cosine", 0)]
)
def test_each_baseline_prefers_what_it_is_known_for(name: str, better: int) -> None:
    ticks: Floats = np.array([[1.0, 1.0, 0.0, 0.0]])
    peers = np.array([[1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    if name != "overlap":
        peers[0, 1] = 1.0
    question = Question(
        ticks=ticks,
        known=ticks > 0,
        peers=peers,
        peers_known=np.ones(peers.shape, dtype=np.bool_),
        rng=np.random.default_rng(1),
    )

    scores = BASELINES[name](question)

    assert scores[0].argmax() == better


def test_an_interval_holds_its_mean_and_is_a_point_where_all_is_equal() -> None:
    spread, point = interval(np.array([0.1, 0.2, 0.3])), interval(np.full(5, 0.25))

    assert spread.low < spread.mean < spread.high
    assert (point.low, point.mean, point.high) == (0.25, 0.25, 0.25)
