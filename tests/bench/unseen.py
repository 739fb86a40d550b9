"""Surveys nobody has chosen by: parts of real ones, with other needs and other people."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from matcher.engine.matrices import Ints
from matcher.engine.trials import LIVED, Survey

FEWEST = 10
SEED = 1


def variants(survey: Survey) -> Mapping[str, Survey]:
    """Take a survey apart: families and halves of needs, rare and common ones, the burdened.

    Only parts with ten needs or more are kept. Choosing people by how much they carry makes
    needs exclude each other that do not in life: the last two are meant to be hard.
    """
    families = np.array([need.partition("/")[0] for need in survey.needs])
    order = np.random.default_rng(SEED).permutation(len(survey.needs))
    by_rarity = survey.answers.mean(axis=0).argsort()
    half, most = max(FEWEST, len(order) // 2), max(FEWEST, len(order) * 2 // 3)
    needs = {
        **{f"no {name}": np.flatnonzero(families != name) for name in np.unique(families)},
        "one half": order[:half],
        "other half": order[-half:],
        "rare": by_rarity[:most],
        "common": by_rarity[-most:],
    }
    burden = (survey.answers >= LIVED).sum(axis=1)
    people = {
        "heavy": np.flatnonzero(burden >= np.median(burden)),
        "light": np.flatnonzero(burden <= np.quantile(burden, 0.75)),
    }
    return {
        **{
            name: _needs(survey, np.sort(at)) for name, at in needs.items() if len(at) >= FEWEST
        },
        **{name: _people(survey, at) for name, at in people.items()},
    }


def _needs(survey: Survey, kept: Ints) -> Survey:
    return replace(
        survey,
        needs=tuple(survey.needs[at] for at in kept),
        answers=survey.answers[:, kept],
        known=survey.known[:, kept],
    )


def _people(survey: Survey, kept: Ints) -> Survey:
    return replace(survey, answers=survey.answers[kept], known=survey.known[kept], about={})
