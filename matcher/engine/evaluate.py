"""Evaluation that others can repeat: how well scores find what seekers did not say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.baselines import BASELINES, Question, Score
from matcher.engine.matrices import Bools, Floats
from matcher.engine.similarity import PeerSimilarity
from matcher.engine.trials import Fit, Setting, Survey, Trial, draw_trial, fit, match

SHIPPED = "sanad"
RESAMPLES = 2000
COVERED = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean over repeats, and how sure it is.

    Attributes
    ----------
    mean : float
        The mean of the repeats.
    low, high : float
        95 % of bootstrapped means lie between these.
    """

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: how a score did in one setting.

    Attributes
    ----------
    score : str
        Its name.
    group : str
        The subgroup of seekers, "" for all.
    seekers : float
        How many of them there were in a repeat, on average.
    agreement : Interval
        Hidden agreement; 0 is what chance gives.
    shared, rarest, burden : float
        Means over seekers and repeats: share of ticks shared, how often the peer has lived
        through the rarest need ticked, needs that the peer has lived through.
    busiest : int
        The most seekers that one peer got in any repeat.
    """

    score: str
    group: str
    seekers: float
    agreement: Interval
    shared: float
    rarest: float
    burden: float
    busiest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is repeated.

    Attributes
    ----------
    setting : Setting
        What each trial looks like.
    repeats : int
        How many trials, 1 or more.
    seed : int
        0 or more; with the number of the repeat it decides each draw.
    by : str
        What groups are formed by, as the survey names it; "" for none.
    """

    setting: Setting
    repeats: int
    seed: int
    by: str = ""


def shipped(question: Question) -> Floats:
    """Score with the model that rounds use, as it comes.

    Parameters
    ----------
    question : Question
        n_seekers and n_peers people; the model learns from these peers alone.

    Returns
    -------
    ndarray of shape (n_seekers, n_peers)
        In [0, 1]: `PeerSimilarity.score_pairs` with its defaults.

    Notes
    -----
    O(n_peers * n_needs**2 + n_needs**3) to fit and O(n_seekers * n_peers * n_needs) to score.
    """
    model = PeerSimilarity().fit(question.peers, question.peers_known)
    return model.score_pairs(
        question.ticks, question.peers, known=question.known, peers_known=question.peers_known
    )


SCORES: Mapping[str, Score] = {**BASELINES, SHIPPED: shipped}


def evaluate(
    survey: Survey,
    plan: Plan,
    scores: Mapping[str, Score] = SCORES,
    *,
    on_step: Callable[[], None] = lambda: None,
) -> tuple[Row, ...]:
    """Measure scores on the same draws.

    Parameters
    ----------
    survey : Survey
        People who answered about everything.
    plan : Plan
        The setting and the repeats. With `by`, each group of ``survey.about[by]`` gets rows.
    scores : mapping of str to Score
        What is compared; the baselines and the shipped model unless told otherwise.
    on_step : callable
        Called after each score of each repeat.

    Returns
    -------
    tuple of Row
        All seekers first, score by score, then the groups in order of their names. The same
        arguments give the same rows.

    Raises
    ------
    InvalidMatrixError
        If there are too few people for the setting, nothing to compare, less than one repeat,
        a negative seed, or nothing known that `by` names; also if a score is not finite or of
        another shape than (n_seekers, n_peers).

    Notes
    -----
    The interval [1]_ resamples repeats, not people: two repeats share people of a small
    survey, so it is somewhat too narrow there. A repeat takes O(n_seekers**3) at worst for
    the assignment; 0.1 s for each score of 600 seekers.

    References
    ----------
    .. [1] B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap", Chapman & Hall,
       1993, chapter 13.
    """
    if plan.repeats < 1 or plan.seed < 0 or not scores:
        raise InvalidMatrixError(
            "an evaluation takes a score, a repeat and a seed of 0 or more"
        )
    if plan.by and plan.by not in survey.about:
        raise InvalidMatrixError("the survey does not tell what to form groups by")
    found: dict[str, list[_Run]] = {name: [] for name in scores}
    for repeat in range(plan.repeats):
        trial = draw_trial(survey, plan.setting, np.random.default_rng([plan.seed, repeat]))
        for name, score in scores.items():
            found[name].append(_run(trial, score, plan, repeat))
            on_step()
    groups = sorted({group for run in found[next(iter(found))] for group in set(run.groups)})
    chosen = ["", *groups] if plan.by else [""]
    return tuple(_row(name, group, runs) for group in chosen for name, runs in found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One score in one repeat."""

    fit: Fit
    busiest: int
    groups: tuple[str, ...]


def _run(trial: Trial, score: Score, plan: Plan, repeat: int) -> _Run:
    question = Question(
        ticks=trial.ticks,
        known=trial.known,
        peers=trial.lived,
        peers_known=trial.told,
        rng=np.random.default_rng([plan.seed, repeat, 1]),
    )
    scores = score(question)
    if scores.shape != (len(trial.seekers), len(trial.peers)):
        raise InvalidMatrixError(f"scores have shape {scores.shape}, not one entry a pair")
    chosen = match(scores, plan.setting.capacity)
    told = trial.survey.about[plan.by] if plan.by else ()
    return _Run(
        fit=fit(trial, chosen),
        busiest=int(np.bincount(chosen).max()),
        groups=tuple(told[row] or "not told" for row in trial.seekers) if told else (),
    )


def _row(name: str, group: str, runs: Sequence[_Run]) -> Row:
    inside = [_inside(run, group) for run in runs]
    met = [(run, where) for run, where in zip(runs, inside, strict=True) if where.any()]

    def average(figure: Callable[[Fit], Floats]) -> Floats:
        return np.array([figure(run.fit)[where].mean() for run, where in met])

    return Row(
        score=name,
        group=group,
        seekers=float(np.mean([where.sum() for where in inside])),
        agreement=interval(average(lambda one: one.agreement)),
        shared=float(average(lambda one: one.shared).mean()),
        rarest=float(average(lambda one: one.rarest).mean()),
        burden=float(average(lambda one: one.burden).mean()),
        busiest=max(run.busiest for run in runs),
    )


def _inside(run: _Run, group: str) -> Bools:
    if not group:
        return np.ones(len(run.fit.agreement), dtype=np.bool_)
    return np.array([one == group for one in run.groups], dtype=np.bool_)


def interval(values: Floats) -> Interval:
    """Take the mean of values, one a repeat, and a bootstrapped 95 % interval of it.

    Parameters
    ----------
    values : ndarray of shape (n_repeats,)
        One or more.

    Returns
    -------
    Interval
        The same values give the same interval: it is resampled from a fixed seed.

    Notes
    -----
    The percentile bootstrap with `RESAMPLES` resamples, O(RESAMPLES * n_repeats); with few
    repeats it is somewhat too narrow.
    """
    draws = np.random.default_rng(0).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), COVERED)
    return Interval(mean=float(values.mean()), low=float(low), high=float(high))
