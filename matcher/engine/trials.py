"""Trials of a matcher on people whose whole answers are known: hide, match, compare."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from matcher.domain.errors import InvalidMatrixError
from matcher.engine import matrices
from matcher.engine.matrices import Bools, Floats, Ints, ratio

LIVED = 0.5
FEWEST_PEERS = 2
FEWEST_NEEDS = 3
LEFT_OPEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """People who answered about every need.

    Attributes
    ----------
    needs : tuple of str
        What each column is about.
    answers : ndarray of shape (n_people, n_needs)
        In [0, 1]; 0 where it is not known.
    known : ndarray of bool, same shape
        Where there is an answer.
    about : mapping of str to tuple of str
        Anything else that was asked, one word a person; "" where it was not told.

    Raises
    ------
    InvalidMatrixError
        If an answer is not in [0, 1], or the shapes do not fit each other.
    """

    needs: tuple[str, ...]
    answers: Floats
    known: Bools
    about: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        matrices.answers("a survey", self.answers, columns=len(self.needs))
        matrices.mask("known", self.known, shape=self.answers.shape)
        if any(len(told) != len(self.answers) for told in self.about.values()):
            raise InvalidMatrixError("a survey tells something about more or fewer people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a trial looks like.

    Attributes
    ----------
    ticks : int or None
        How many needs a seeker ticks; None means that half of the answers, yes and no, are
        known instead.
    peers : int
        How many people are peers.
    capacity : int
        How many seekers a peer takes at most.
    seekers : int or None
        How many seekers there are at most; None means as many as the peers can take.

    Raises
    ------
    InvalidMatrixError
        If there is nothing to tick, nobody to match or no capacity.
    """

    ticks: int | None
    peers: int
    capacity: int = 3
    seekers: int | None = None

    def __post_init__(self) -> None:
        if self.ticks is not None and self.ticks < 1:
            raise InvalidMatrixError("a seeker has to tick one need or more")
        if self.peers < FEWEST_PEERS or self.most_seekers < 1:
            raise InvalidMatrixError("a trial takes two peers, a capacity of 1 and a seeker")

    @property
    def most_seekers(self) -> int:
        """Tell how many seekers are drawn, where there are so many."""
        places = self.peers * self.capacity
        return places if self.seekers is None else min(self.seekers, places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Seekers and peers of one draw, and what the seekers told.

    Attributes
    ----------
    survey : Survey
        Where they come from.
    seekers, peers : ndarray of int
        Rows of the survey; nobody is both.
    known : ndarray of bool, shape (n_seekers, n_needs)
        What the matcher sees of seekers; it sees all of the peers.
    ticks : ndarray of shape (n_seekers, n_needs)
        What seekers told: 1 for a tick, or the answers of half lists.
    """

    survey: Survey
    seekers: Ints
    peers: Ints
    known: Bools
    ticks: Floats

    @property
    def lived(self) -> Floats:
        """Give the peers' answers."""
        return self.survey.answers[self.peers]

    @property
    def told(self) -> Bools:
        """Tell where the peers answered."""
        return self.survey.known[self.peers]


def draw_trial(survey: Survey, setting: Setting, rng: np.random.Generator) -> Trial:
    """Draw seekers and peers, and hide what the seekers are not to tell.

    Parameters
    ----------
    survey : Survey
        The people.
    setting : Setting
        How many peers, and how much is told.
    rng : numpy.random.Generator
        Decides.

    Returns
    -------
    Trial
        `setting.peers` peers and `setting.most_seekers` seekers, or as many as there are. All
        have lived through three needs or more (an answer of at least `LIVED`),
        and a seeker leaves at least two of them unticked: without something left to find,
        ticks would tell by their number alone how much somebody carries, and a peer drawn by
        lot would not agree by 0 on average.

    Raises
    ------
    InvalidMatrixError
        If there are too few such people for the peers asked for and one seeker.

    Notes
    -----
    Takes O(n_people * n_needs * log(n_needs)).
    """
    lives = (survey.answers >= LIVED) & survey.known
    burden = lives.sum(axis=1)
    order = rng.permutation(np.flatnonzero(burden >= FEWEST_NEEDS))
    if len(order) <= setting.peers:
        raise InvalidMatrixError(
            f"{len(order)} people have lived through {FEWEST_NEEDS} needs or more: too few for"
            f" {setting.peers} peers and a seeker"
        )
    peers, others = order[: setting.peers], order[setting.peers :]
    seekers = others[: setting.most_seekers]
    if setting.ticks is None:
        shown, most = survey.known[seekers], survey.known[seekers].sum(axis=1) // 2
    else:
        shown, most = lives[seekers], np.minimum(setting.ticks, burden[seekers] - LEFT_OPEN)
    known = _some(shown, most, rng)
    ticks = known * (survey.answers[seekers] if setting.ticks is None else 1.0)
    return Trial(survey=survey, seekers=seekers, peers=peers, known=known, ticks=ticks)


def match(scores: Floats, capacity: int) -> Ints:
    """Choose a peer for every seeker so that the total score is as large as it can be.

    Parameters
    ----------
    scores : ndarray of shape (n_seekers, n_peers)
        Any finite numbers.
    capacity : int
        How many seekers each peer takes at most.

    Returns
    -------
    ndarray of int, shape (n_seekers,)
        Columns.

    Raises
    ------
    InvalidMatrixError
        If a score is not finite, or there are more seekers than places.

    Notes
    -----
    Everybody is placed, also where the score is poor: what is compared are scores, not when
    to give up. Exact; O(n_seekers**3) at worst.
    """
    if not np.isfinite(scores).all() or len(scores) > scores.shape[1] * capacity:
        raise InvalidMatrixError("scores have to be finite, and places enough for everybody")
    rows, places = linear_sum_assignment(np.repeat(scores, capacity, axis=1), maximize=True)
    chosen = np.empty(len(scores), dtype=np.int64)
    chosen[rows] = places // capacity
    return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well the chosen peers fit, seeker by seeker; each of shape (n_seekers,).

    Attributes
    ----------
    agreement : ndarray
        Hidden agreement: the cosine between seeker and peer over the needs that the matcher
        did not see of the seeker, each centred on its average in the survey and divided by
        its spread. In [-1, 1]; a peer drawn by lot gives about 0.
    shared : ndarray
        The share of ticks that the peer has lived through, in [0, 1].
    rarest : ndarray
        1 where the peer has lived through the rarest need ticked, else 0.
    burden : ndarray
        How many needs the peer has lived through.
    """

    agreement: Floats
    shared: Floats
    rarest: Floats
    burden: Floats


def fit(trial: Trial, chosen: Ints) -> Fit:
    """Compare seekers with the peers chosen for them.

    Parameters
    ----------
    trial : Trial
        Who was drawn.
    chosen : ndarray of int, shape (n_seekers,)
        A column of the peers for each seeker.

    Returns
    -------
    Fit

    Notes
    -----
    O(n_people * n_needs). Unknown answers count as average in the cosine.
    """
    survey = trial.survey
    counts = survey.known.sum(axis=0).astype(np.float64)
    mean = ratio((survey.answers * survey.known).sum(axis=0), counts)
    off = (survey.answers - mean) * survey.known
    spread = np.sqrt(ratio((off**2).sum(axis=0), counts))
    standard = ratio(off, np.broadcast_to(spread, off.shape))
    rows = trial.peers[chosen]
    ticks, peers = trial.ticks, survey.answers[rows]
    rarest = np.where(ticks > 0, mean, np.inf).argmin(axis=1)
    has_rarest = peers[np.arange(len(rows)), rarest] >= LIVED
    return Fit(
        agreement=_cosine(
            standard[trial.seekers] * ~trial.known, standard[rows] * ~trial.known
        ),
        shared=ratio((ticks * peers).sum(axis=1), ticks.sum(axis=1)),
        rarest=np.where(has_rarest & ticks.any(axis=1), 1.0, 0.0),
        burden=peers.sum(axis=1),
    )


def _some(shown: Bools, most: Ints, rng: np.random.Generator) -> Bools:
    """Keep so many of each row, drawn by lot."""
    lots = np.where(shown, rng.random(shown.shape), 2.0)
    ranks = lots.argsort(axis=1).argsort(axis=1)
    kept: Bools = shown & (ranks < most[:, None])
    return kept


def _cosine(left: Floats, right: Floats) -> Floats:
    lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return ratio((left * right).sum(axis=1), lengths)
