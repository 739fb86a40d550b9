"""Drawn people made difficult: minors, rare languages, and every wish that rules people out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from matcher.domain.profile import (
    ADULTS,
    GENDERS,
    MINORS,
    AgeBand,
    Experience,
    Format,
    Help,
    Identity,
    Language,
    Lived,
    Manner,
    Nearness,
    PeerProfile,
    SeekerProfile,
    Since,
    Wishes,
)
from matcher.domain.rules import Musts
from matcher.engine import society
from matcher.engine.population import Population, draw

T = TypeVar("T")

RARE = Language("xx")
NEEDS = society.catalogue()
CAREFUL = sorted(NEEDS.formal_first)
YOUTH_MAY_MEET_YOUTH = Musts(
    ages={**dict.fromkeys(ADULTS, ADULTS), **dict.fromkeys(MINORS, MINORS)}
)


def people(n_seekers: int, n_peers: int, seed: int) -> Population:
    """Draw people as any pool has them, then change some answers of each."""
    plain, rng = draw(n_seekers, n_peers, seed), np.random.default_rng([seed, 1])
    return replace(
        plain,
        seekers=tuple(replace(one, profile=_seeker(one.profile, rng)) for one in plain.seekers),
        peers=tuple(replace(one, profile=_peer(one.profile, rng)) for one in plain.peers),
    )


def _seeker(plain: SeekerProfile, rng: np.random.Generator) -> SeekerProfile:
    extra = _some(rng, CAREFUL, 0.03)
    return replace(
        plain,
        age=_age(plain.age, rng),
        languages=_languages(plain.languages, rng),
        relay_ok=_chance(rng, 0.9),
        format=_one(rng, [plain.format, *Format]),
        day_blocks=_some(rng, range(8), 0.2),
        region=_one(rng, [plain.region, plain.region, None]),
        needs=tuple(dict.fromkeys([*plain.needs, *extra])),
        wishes=Wishes(
            identity_only=_some(rng, Identity, 0.01),
            identity_better=_some(rng, Identity, 0.1),
            gender_not=_some(rng, sorted(GENDERS), 0.05),
            manner_not=_some(rng, Manner, 0.1),
            nearness=_one(rng, [*Nearness, *[Nearness.ANY] * 4]),
            same_age_only=_chance(rng, 0.1),
        ),
    )


def _peer(plain: PeerProfile, rng: np.random.Generator) -> PeerProfile:
    in_it = {
        need: Experience(lived=_one(rng, Lived), since=Since.NOW)
        for need in _some(rng, CAREFUL, 0.1)
    }
    return replace(
        plain,
        age=_age(plain.age, rng),
        languages=_languages(plain.languages, rng),
        help=plain.help - _some(rng, Help, 0.1),
        relay_ok=_chance(rng, 0.9),
        format=_one(rng, [plain.format, *Format]),
        day_blocks=_some(rng, range(8), 0.2),
        region=_one(rng, [plain.region, plain.region, None]),
        lived={**plain.lived, **in_it},
        never=_some(rng, [need.id for need in NEEDS.all], 0.02),
        trained=_some(rng, CAREFUL, 0.7),
        opted_in=_some(rng, CAREFUL, 0.7),
        manner=_one(rng, [None, _some(rng, Manner, 0.3)]),
    )


def _age(plain: AgeBand, rng: np.random.Generator) -> AgeBand:
    return _one(rng, sorted(MINORS)) if _chance(rng, 0.1) else plain


def _languages(plain: frozenset[Language], rng: np.random.Generator) -> frozenset[Language]:
    return frozenset({RARE}) if _chance(rng, 0.04) else plain


def _chance(rng: np.random.Generator, chance: float) -> bool:
    return bool(rng.random() < chance)


def _one(rng: np.random.Generator, among: Iterable[T]) -> T:
    listed: Sequence[T] = list(among)
    return listed[int(rng.integers(len(listed)))]


def _some(rng: np.random.Generator, among: Iterable[T], chance: float) -> frozenset[T]:
    listed = list(among)
    drawn = rng.random(len(listed)) < chance
    return frozenset(one for one, is_in in zip(listed, drawn, strict=True) if is_in)
