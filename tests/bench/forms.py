"""Forms of the score that the study compares; the engine ships the one called `sanad`."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from matcher.engine import unsaid
from matcher.engine.baselines import BASELINES, Question, Score, jaccard, overlap
from matcher.engine.evaluate import SHIPPED, shipped
from matcher.engine.matrices import Floats, ratio
from matcher.engine.similarity import PeerSimilarity
from matcher.engine.unsaid import Guess, Tendencies

LEAST_VARIANCE = 1e-3
SOFTNESS = 0.2
LAMBDAS = (0.2, 0.3, 0.4, 0.6)
GRID = ((0.1, 0.55), (0.2, 0.75), (0.3, 0.75), (0.4, 0.55), (0.55, 0.4))


def forms() -> Mapping[str, Score]:
    """Name every form: simple ones, single estimates of the unsaid part, sums of two."""
    pairs = {f"alone {a:g} + hiding {b:g}": _linear(a, b) for a, b in GRID}
    return {
        **BASELINES,
        "Jaccard + ridge expectation": _jaccard_ridge,
        "overlap + ridge expectation": _overlap_ridge,
        "overlap + Jaccard + centred ridge": _three_parts,
        "overlap x lightness + centred ridge": _lightness,
        "overlap + similar peers": _similar_peers,
        "overlap + correlations": _linear(0.55, 0.0),
        "overlap + hiding": _linear(0.0, 0.55),
        **pairs,
        **{f"{SHIPPED}, lambda {weight:g}": _weighed(weight) for weight in LAMBDAS},
        SHIPPED: shipped,
    }


def _weighed(weight: float) -> Score:
    """Let the unsaid part count more or less than shipped."""

    def score(question: Question) -> Floats:
        model = PeerSimilarity(weight).fit(question.peers, question.peers_known)
        return model.score_pairs(
            question.ticks,
            question.peers,
            known=question.known,
            peers_known=question.peers_known,
        )

    return score


def _linear(alone: float, together: float) -> Score:
    """Overlap, plus the two estimates that the engine adds, at other weights."""

    def score(question: Question) -> Floats:
        everything = np.ones(question.ticks.shape[1], dtype=np.bool_)
        learned = unsaid.learn(question.peers, question.peers_known, may_infer=everything)
        a, b = alone / unsaid.ALONE, together / unsaid.TOGETHER
        reweighed = replace(
            learned,
            alone=a * learned.alone,
            average=b * learned.average,
            together=b * learned.together,
        )
        return overlap(question) + _expected(question, reweighed)

    return score


def _expected(question: Question, tendencies: Tendencies) -> Floats:
    guessed = unsaid.guess(tendencies, question.ticks, question.known)
    return 2 * unsaid.agreement(tendencies, guessed, question.peers, question.peers_known)


def _jaccard_ridge(question: Question) -> Floats:
    return _in_units(jaccard(question)) + 0.7 * _in_units(_angle(question, _ridge(question)))


def _overlap_ridge(question: Question) -> Floats:
    return _in_units(overlap(question)) + 0.7 * _in_units(_angle(question, _ridge(question)))


def _three_parts(question: Question) -> Floats:
    simple = _in_units(overlap(question)) + _in_units(jaccard(question))
    return simple + 0.7 * _in_units(_angle(question, _centred(question)))


def _lightness(question: Question) -> Floats:
    besides = np.where(question.known, 2.0, 1.0) * (question.ticks <= 0)
    average = np.maximum(besides @ question.peers.mean(axis=0), 1.0)[:, None]
    said = overlap(question) * average / (average + besides @ question.peers.T)
    found: Floats = said + 0.2 + _angle(question, _centred(question)) / 2
    return found


def _similar_peers(question: Question) -> Floats:
    """Expect what peers have lived through who could have ticked the same, softened."""
    lives = (question.peers >= unsaid.LIVED).astype(np.float64)
    chance = SOFTNESS * lives.mean(axis=0) + (1 - SOFTNESS) * lives
    chance = np.clip(chance, 1e-6, 1 - 1e-6)
    no = question.known & (question.ticks <= 0)
    log = (question.ticks * question.known) @ np.log(chance).T + no @ np.log(1 - chance).T
    weights = np.exp(log - log.max(axis=1, keepdims=True))
    expected = ratio(weights, weights.sum(axis=1, keepdims=True)) @ _standard(question)
    return overlap(question) + 0.5 * _angle(question, expected * ~question.known)


def _standard(question: Question) -> Floats:
    mean, variance = question.peers.mean(axis=0), question.peers.var(axis=0)
    off: Floats = (question.peers - mean) * question.peers_known
    standard: Floats = off / np.sqrt(np.maximum(variance, LEAST_VARIANCE))
    return standard


def _ridge(question: Question) -> Floats:
    """Take the conditional expectation of what is open, with a ridge of half the variance."""
    mean, variance = question.peers.mean(axis=0), question.peers.var(axis=0)
    standard, told = _standard(question), question.known
    correlation = standard.T @ standard / len(standard)
    surprise = (question.ticks - mean) / np.sqrt(np.maximum(variance, LEAST_VARIANCE)) * told
    both = told[:, :, None] & told[:, None, :]
    own = np.eye(len(mean)) * np.where(told, 0.5, 1.0)[:, None, :]
    solved = np.linalg.solve(correlation * both + own, surprise[:, :, None])[:, :, 0]
    found: Floats = (solved * told) @ correlation * ~told
    return found


def _centred(question: Question) -> Floats:
    """Take "more of everything" out of the ridge expectation."""
    expected = _ridge(question)
    common = np.ones_like(expected) * ~question.known
    common = ratio(common, np.linalg.norm(common, axis=1, keepdims=True))
    special: Floats = expected - (expected * common).sum(axis=1, keepdims=True) * common
    return special


def _angle(question: Question, expected: Floats) -> Floats:
    guessed = Guess(direction=expected, untold=~question.known)
    standard = _standard(question)
    lengths: Floats = np.sqrt(guessed.untold.astype(np.float64) @ (standard**2).T)
    own = np.linalg.norm(expected, axis=1, keepdims=True)
    return ratio(expected @ standard.T, lengths * own)


def _in_units(part: Floats) -> Floats:
    """Centre and scale a part for each seeker."""
    off = part - part.mean(axis=1, keepdims=True)
    return ratio(off, np.broadcast_to(off.std(axis=1, keepdims=True), off.shape))
