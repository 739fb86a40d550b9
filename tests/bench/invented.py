"""Surveys of people who never were, of other shapes than the real ones: a check, no proof."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from matcher.engine.matrices import Floats
from matcher.engine.trials import Survey

GENERAL, HOW_GENERAL = 0.6, 0.3
LOADED = 0.35
STEPS = (1.6, 1.0, 0.45)
"""A little, quite, very: how many have lived through that, times those with quite or very."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is drawn: needs hang on factors, the first of which they all share.

    `strength` is the part of each need that factors explain; between `rare` and `common` lies
    the share of people who have lived through it.
    """

    people: int = 1_500
    needs: int = 25
    factors: int = 4
    strength: float = 0.45
    rare: float = 0.1
    common: float = 0.4
    is_graded: bool = False


SHAPES: Mapping[str, Shape] = {
    "few needs, rare": Shape(needs=13, factors=3, rare=0.05, common=0.3),
    "few needs, common": Shape(needs=15, factors=3, rare=0.3, common=0.7),
    "many needs": Shape(needs=80, factors=6, rare=0.03, common=0.3),
    "few people": Shape(people=420, common=0.35),
    "weak": Shape(strength=0.15),
    "strong": Shape(strength=0.75),
    "one factor": Shape(factors=1),
    "graded": Shape(needs=30, is_graded=True),
    "graded, many, common": Shape(
        people=1_000, needs=50, factors=6, strength=0.35, rare=0.3, common=0.6, is_graded=True
    ),
}


def invented() -> Mapping[str, Survey]:
    """Draw one survey a shape; the same each time."""
    return {name: _drawn(shape, at) for at, (name, shape) in enumerate(SHAPES.items())}


def _drawn(shape: Shape, seed: int) -> Survey:
    rng = np.random.default_rng(seed)
    loads = rng.normal(size=(shape.needs, shape.factors))
    loads *= rng.random(loads.shape) < LOADED
    loads[:, 0] = np.abs(rng.normal(GENERAL, HOW_GENERAL, shape.needs))
    loads *= np.sqrt(shape.strength) / np.linalg.norm(loads, axis=1, keepdims=True)
    alone = rng.normal(size=(shape.people, shape.needs)) * np.sqrt(1 - shape.strength)
    burden = rng.normal(size=(shape.people, shape.factors)) @ loads.T + alone
    answers = _answered(burden, rng.uniform(shape.rare, shape.common, shape.needs), shape)
    return Survey(
        needs=tuple(f"invented/{at}" for at in range(shape.needs)),
        answers=answers,
        known=np.ones(answers.shape, dtype=np.bool_),
        about={},
    )


def _answered(burden: Floats, lived: Floats, shape: Shape) -> Floats:
    steps = STEPS if shape.is_graded else (1.0,)
    reached = [burden > norm.isf(np.minimum(1.0, lived * step)) for step in steps]
    found: Floats = np.mean(reached, axis=0)
    return found
