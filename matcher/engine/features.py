"""Profiles as arrays: what similarity and the small terms compute with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np

from matcher.domain.needs import JUST_TALK, NeedId, Needs
from matcher.domain.profile import (
    Help,
    Identity,
    Lived,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Stage,
)
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.parts import Asked, Told

T = TypeVar("T")

NOWHERE = -1
MOST_LIVED = max(Lived)
STAGES = {None: 0, Stage.EARLY: 1, Stage.MIDDLE: 2, Stage.LATE: 3}
SINCES = {None: 0, Since.NOW: 1, Since.RECENT: 2, Since.PAST: 3}
_HELPS = {kind: column for column, kind in enumerate(Help)}
_IDENTITIES = {identity: column for column, identity in enumerate(Identity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column each need has.

    "I just want to talk" has none: it shares nothing that a peer could have lived through.
    """

    ids: tuple[NeedId, ...]
    at: Mapping[NeedId, int]

    @classmethod
    def of(cls, needs: Needs) -> Self:
        """Give each need a column, in the order of their file."""
        ids = tuple(need.id for need in needs.all if need.id != JUST_TALK)
        return cls(ids=ids, at={need: column for column, need in enumerate(ids)})

    def numbers(self, wanted: Iterable[NeedId]) -> list[int]:
        """Find the columns of `wanted`; a need that the catalogue lost has none."""
        return [self.at[need] for need in wanted if need in self.at]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekerFeatures:
    """Seekers, row by row.

    Attributes
    ----------
    asked : Asked
        Ticks and consent; who just wants to talk ticks nothing here, so there is nothing to
        guess from.
    just_talks : ndarray of bool, shape (n_seekers,)
        Who just wants to talk.
    main, stage : ndarray of int, shape (n_seekers,)
        The column of what matters most (-1: none) and its stage (0: not said, else `STAGES`).
    help : ndarray of shape (n_seekers, n_kinds)
        1 where this kind of help is asked for.
    better : ndarray of shape (n_seekers, n_identities)
        1 where this identity would be liked.
    region : ndarray of int, shape (n_seekers,)
        A number for each region, -1 where not told.
    likes_near, likes_far : ndarray of bool, shape (n_seekers,)
        Who would like somebody near or far.
    """

    asked: Asked
    just_talks: Bools
    main: Ints
    stage: Ints
    help: Floats
    better: Floats
    region: Ints
    likes_near: Bools
    likes_far: Bools

    def rows(self, chosen: slice) -> Self:
        """Keep some seekers only."""
        return type(self)(
            asked=self.asked.rows(chosen),
            just_talks=self.just_talks[chosen],
            main=self.main[chosen],
            stage=self.stage[chosen],
            help=self.help[chosen],
            better=self.better[chosen],
            region=self.region[chosen],
            likes_near=self.likes_near[chosen],
            likes_far=self.likes_far[chosen],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFeatures:
    """Peers, row by row.

    Attributes
    ----------
    told : Told
        Lived experience, level / 3, and where it is known.
    since : ndarray of int, shape (n_peers, n_needs)
        How long ago (0: not said or not lived through, else `SINCES`).
    help, identity : ndarray of shape (n_peers, n_kinds) and (n_peers, n_identities)
        1 where the peer gives this kind of help, or says this of themselves.
    region : ndarray of int, shape (n_peers,)
        Numbered as for seekers; not told is -1.
    """

    told: Told
    since: Ints
    help: Floats
    identity: Floats
    region: Ints


def region_numbers(regions: Iterable[Region | None]) -> dict[Region | None, int]:
    """Give each region that somebody is in a number; not told is `NOWHERE`."""
    named = sorted({region for region in regions if region is not None})
    numbers: dict[Region | None, int] = {region: number for number, region in enumerate(named)}
    return numbers | {None: NOWHERE}


def seeker_features(
    seekers: Sequence[SeekerProfile],
    columns: Columns,
    *,
    main_weight: float,
    regions: Mapping[Region | None, int],
) -> SeekerFeatures:
    """Turn seekers into arrays.

    Parameters
    ----------
    seekers : sequence of SeekerProfile
        The people; none is allowed.
    columns : Columns
        The needs' columns; ticks of other needs are left out.
    main_weight : float
        How many times more the need that matters most counts.
    regions : mapping of Region to int
        Each region's number.

    Returns
    -------
    SeekerFeatures
        A need that was not ticked is unknown there, never "no".

    Notes
    -----
    Takes time in proportion to the ticks; O(n_seekers * n_needs) memory.
    """
    ticks = np.zeros((len(seekers), len(columns.ids)))
    matters = np.ones_like(ticks)
    for row, seeker in enumerate(seekers):
        ticks[row, columns.numbers(seeker.needs)] = 1.0
        matters[row, columns.numbers([] if seeker.main is None else [seeker.main])] = (
            main_weight
        )
    asked = Asked(
        ticks=ticks,
        matters=matters,
        known=ticks > 0,
        consent=_flags(seeker.consent.unsaid for seeker in seekers),
    )
    nearness = [seeker.wishes.nearness for seeker in seekers]
    return SeekerFeatures(
        asked=asked,
        just_talks=_flags(seeker.just_talks for seeker in seekers),
        main=_numbers(
            columns.at.get(seeker.main, NOWHERE) if seeker.main else NOWHERE
            for seeker in seekers
        ),
        stage=_numbers(STAGES[seeker.stage] for seeker in seekers),
        help=_marks([seeker.help for seeker in seekers], _HELPS),
        better=_marks([seeker.wishes.identity_better for seeker in seekers], _IDENTITIES),
        region=_numbers(regions[seeker.region] for seeker in seekers),
        likes_near=_flags(wish is Nearness.NEAR_BETTER for wish in nearness),
        likes_far=_flags(wish is Nearness.FAR_BETTER for wish in nearness),
    )


def peer_features(
    peers: Sequence[PeerProfile], columns: Columns, *, regions: Mapping[Region | None, int]
) -> PeerFeatures:
    """Turn peers into arrays.

    Parameters
    ----------
    peers : sequence of PeerProfile
        The people; none is allowed.
    columns : Columns
        The needs' columns; answers about other needs are left out.
    regions : mapping of Region to int
        Each region's number.

    Returns
    -------
    PeerFeatures
        A need without an answer is unknown there, never "no".

    Notes
    -----
    Takes time in proportion to the answers; O(n_peers * n_needs) memory.
    """
    lived = np.zeros((len(peers), len(columns.ids)))
    known = np.zeros(lived.shape, dtype=np.bool_)
    since = np.zeros(lived.shape, dtype=np.int64)
    for row, peer in enumerate(peers):
        answered = [need for need in peer.lived if need in columns.at]
        places = columns.numbers(answered)
        known[row, places] = True
        lived[row, places] = [peer.lived[need].lived / MOST_LIVED for need in answered]
        since[row, places] = [SINCES[peer.lived[need].since] for need in answered]
    return PeerFeatures(
        told=Told(lived=lived, known=known),
        since=since * (lived > 0),
        help=_marks([peer.help for peer in peers], _HELPS),
        identity=_marks([peer.identity for peer in peers], _IDENTITIES),
        region=_numbers(regions[peer.region] for peer in peers),
    )


def _flags(values: Iterable[bool]) -> Bools:
    return np.fromiter(values, dtype=np.bool_)


def _numbers(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _marks(sets: Sequence[frozenset[T]], places: Mapping[T, int]) -> Floats:
    found = np.zeros((len(sets), len(places)))
    for row, chosen in enumerate(sets):
        found[row, [places[one] for one in chosen]] = 1.0
    return found
