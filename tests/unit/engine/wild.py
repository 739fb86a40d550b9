"""People without any likelihood: every answer there is, so that every barrier stands."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

import numpy as np

from matcher.domain.needs import JUST_TALK, NeedId
from matcher.domain.profile import (
    AgeBand,
    Consent,
    Experience,
    Format,
    Handle,
    Help,
    Identity,
    Language,
    Lived,
    Manner,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Stage,
    Wishes,
)
from matcher.domain.rules import AcuteGuard, Musts
from matcher.engine.population import FreePeer, Population, WaitingSeeker
from tests.builders import NOON, catalogue

T = TypeVar("T")

NAMES = [NeedId(f"group-{at % 4}/need-{at}") for at in range(12)]
NEEDS = catalogue(*NAMES, JUST_TALK, formal_first=tuple(NAMES[:3]))
LOST = NeedId("group-9/not-in-the-catalogue")
ASKED = [*NAMES, LOST, JUST_TALK]
LANGUAGES = [Language(code) for code in ("ar", "en", "fr")]
REGIONS: list[Region | None] = [None, Region("gulf"), Region("nile")]


def population(n_seekers: int, n_peers: int, seed: int) -> Population:
    """Draw people; some pairs are barred, some peers are full."""
    rng = np.random.default_rng(seed)
    seekers = tuple(
        WaitingSeeker(
            handle=Handle(f"s{at}"),
            profile=seeker(rng),
            waiting_since=NOON - timedelta(hours=int(rng.integers(100))),
        )
        for at in range(n_seekers)
    )
    peers = tuple(
        FreePeer(
            handle=Handle(f"p{at}"),
            profile=peer(rng),
            free=int(rng.integers(3)),
            missed=int(rng.integers(3)),
        )
        for at in range(n_peers)
    )
    barred = {(s.handle, p.handle) for s in seekers for p in peers if rng.random() < 0.1}
    return Population(seekers=seekers, peers=peers, barred=frozenset(barred))


def musts(seed: int) -> Musts:
    """Draw a table of ages that may meet."""
    rng = np.random.default_rng(seed)
    return Musts(
        ages={band: _some(rng, AgeBand, 0.6) for band in AgeBand if rng.random() < 0.9},
        acute_guard=_one(rng, AcuteGuard),
    )


def seeker(rng: np.random.Generator) -> SeekerProfile:
    """Draw a seeker."""
    ticked = (JUST_TALK,) if rng.random() < 0.1 else tuple(sorted(_some(rng, ASKED, 0.2)))
    return SeekerProfile(
        age=_one(rng, AgeBand),
        languages=_some(rng, LANGUAGES, 0.6),
        help=_some(rng, Help, 0.3),
        format=_one(rng, Format),
        day_blocks=_some(rng, range(8), 0.2),
        relay_ok=bool(rng.random() < 0.8),
        region=_one(rng, REGIONS),
        needs=ticked,
        main=_one(rng, [None, *ticked]),
        stage=_one(rng, [None, *Stage]),
        wishes=_wishes(rng),
        consent=Consent(matching=True, unsaid=bool(rng.random() < 0.5)),
    )


def peer(rng: np.random.Generator) -> PeerProfile:
    """Draw a peer."""
    answered = _some(rng, [*NAMES, LOST], 0.8)
    return PeerProfile(
        age=_one(rng, AgeBand),
        languages=_some(rng, LANGUAGES, 0.6),
        help=_some(rng, Help, 0.6),
        format=_one(rng, Format),
        day_blocks=_some(rng, range(8), 0.2),
        relay_ok=bool(rng.random() < 0.8),
        region=_one(rng, REGIONS),
        lived={
            need: Experience(lived=_one(rng, Lived), since=_one(rng, [None, *Since]))
            for need in sorted(answered)
        },
        never=_some(rng, ASKED, 0.05),
        opted_in=_some(rng, NAMES[:3], 0.8),
        trained=_some(rng, NAMES[:3], 0.8),
        identity=_some(rng, Identity, 0.3),
        manner=_one(rng, [None, _some(rng, Manner, 0.3)]),
    )


def _wishes(rng: np.random.Generator) -> Wishes:
    return Wishes(
        identity_only=_some(rng, Identity, 0.02),
        identity_better=_some(rng, Identity, 0.2),
        gender_not=_some(rng, Identity, 0.04),
        manner_not=_some(rng, Manner, 0.1),
        nearness=_one(rng, [*Nearness, *[Nearness.ANY] * 4]),
        same_age_only=bool(rng.random() < 0.1),
    )


def _one(rng: np.random.Generator, among: Iterable[T]) -> T:
    listed = list(among)
    return listed[int(rng.integers(len(listed)))]


def _some(rng: np.random.Generator, among: Iterable[T], chance: float) -> frozenset[T]:
    return frozenset(one for one in among if rng.random() < chance)
