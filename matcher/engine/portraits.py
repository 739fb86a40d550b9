"""From drawn columns back to profiles, for whoever needs people one by one."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import (
    AgeBand,
    Consent,
    Experience,
    Format,
    Help,
    Identity,
    Language,
    Lived,
    LookIn,
    Manner,
    Nearness,
    PeerProfile,
    SeekerProfile,
    Since,
    Stage,
    Wishes,
)
from matcher.engine.drawing import REGIONS, SPOKEN
from matcher.engine.drawn import DrawnPeers, DrawnSeekers
from matcher.engine.matrices import Bools
from matcher.engine.people import NOTHING, Peers, Seekers, Smalls

E = TypeVar("E", bound=StrEnum)


def seeker_profiles(drawn: DrawnSeekers, needs: Needs) -> Iterator[SeekerProfile]:
    """Write the profile of each drawn seeker.

    Parameters
    ----------
    drawn : DrawnSeekers
        Some seekers.
    needs : Needs
        The catalogue that they were drawn by.

    Yields
    ------
    SeekerProfile
        One a seeker, in their order.

    Notes
    -----
    Takes some 10 microseconds each.
    """
    ids, side = [need.id for need in needs.all], drawn.columns
    rows = zip(
        _common(side, drawn.look_in),
        side.ticks.tolist(),
        drawn.shown.tolist(),
        side.main.tolist(),
        side.stage.tolist(),
        _all_wishes(side),
        zip(side.unsaid.tolist(), drawn.statistics.tolist(), strict=True),
        strict=True,
    )
    for common, ticks, shown, main, stage, wishes, (unsaid, statistics) in rows:
        yield SeekerProfile(
            **common,
            needs=tuple(ids[tick] for tick in ticks if tick != NOTHING),
            shown=frozenset(
                ids[tick]
                for tick, may_show in zip(ticks, shown, strict=True)
                if may_show and tick != NOTHING
            ),
            main=None if main == NOTHING else ids[main],
            stage=_member(Stage, stage - 1) if stage else None,
            wishes=wishes,
            consent=_consent(unsaid=unsaid, statistics=statistics),
        )


def peer_profiles(drawn: DrawnPeers, needs: Needs) -> Iterator[PeerProfile]:
    """Write the profile of each drawn peer.

    Parameters
    ----------
    drawn : DrawnPeers
        Some peers.
    needs : Needs
        The catalogue that they were drawn by.

    Yields
    ------
    PeerProfile
        One a peer, in their order.

    Notes
    -----
    Takes some 20 microseconds each.
    """
    ids, side = [need.id for need in needs.all], drawn.columns
    masks = (drawn.hidden, side.never, drawn.opted_in, drawn.trained)
    rows = zip(
        _common(side, drawn.look_in),
        zip(side.lived.tolist(), side.since.tolist(), strict=True),
        zip(*(_chosen(mask, ids) for mask in masks), strict=True),
        zip(side.identity.tolist(), side.manner.tolist(), strict=True),
        drawn.capacity.tolist(),
        strict=True,
    )
    for common, told, (hidden, never, opted_in, trained), (identity, manner), capacity in rows:
        yield PeerProfile(
            **common,
            lived={
                need: _experience(level, since)
                for need, level, since in zip(ids, *told, strict=True)
                if level != NOTHING
            },
            hidden=hidden,
            never=never,
            opted_in=opted_in,
            trained=trained,
            identity=_members(Identity, identity),
            manner=None if manner == NOTHING else _members(Manner, manner),
            capacity=capacity,
        )


def spoken(chosen: int) -> tuple[Language, ...]:
    """Name the languages of a set.

    Parameters
    ----------
    chosen : int
        A set of `SPOKEN` as bits.

    Returns
    -------
    tuple of Language
        In the order of `SPOKEN`.

    Notes
    -----
    Takes O(languages).
    """
    return tuple(Language(code) for at, code in enumerate(SPOKEN) if chosen >> at & 1)


def _common(side: Seekers | Peers, look_in: Smalls) -> Iterator[dict[str, Any]]:
    names = ("age", "languages", "help", "format", "blocks", "relay_ok", "region")
    columns = [getattr(side, name).tolist() for name in names]
    for age, speaks, helps, how, blocks, relay_ok, region, looks in zip(
        *columns, look_in.tolist(), strict=True
    ):
        yield {
            "age": _member(AgeBand, age),
            "languages": _languages(speaks),
            "help": _members(Help, helps),
            "format": _member(Format, how),
            "day_blocks": _blocks(blocks),
            "look_in": _member(LookIn, looks),
            "relay_ok": relay_ok,
            "region": None if region == NOTHING else REGIONS[region],
        }


def _all_wishes(side: Seekers) -> Iterator[Wishes]:
    names = ("identity_only", "identity_better", "gender_not", "manner_not", "nearness")
    columns = [getattr(side, name).tolist() for name in (*names, "same_age_only")]
    return (_wishes(*row) for row in zip(*columns, strict=True))


def _chosen(mask: Bools, ids: Sequence[NeedId]) -> Iterator[frozenset[NeedId]]:
    """Name the needs that each row of a mask marks."""
    rows, columns = np.nonzero(mask)
    named = [ids[column] for column in columns.tolist()]
    ends = np.searchsorted(rows, np.arange(len(mask) + 1)).tolist()
    return (frozenset(named[start:end]) for start, end in pairwise(ends))


@cache
def _languages(chosen: int) -> frozenset[Language]:
    return frozenset(spoken(chosen))


@cache
def _blocks(chosen: int) -> frozenset[int]:
    return frozenset(block for block in range(chosen.bit_length()) if chosen >> block & 1)


@cache
def _member(kind: type[E], place: int) -> E:
    return list(kind)[place]


@cache
def _members(kind: type[E], chosen: int) -> frozenset[E]:
    return frozenset(member for at, member in enumerate(kind) if chosen >> at & 1)


@cache
def _experience(level: int, since: int) -> Experience:
    return Experience(lived=Lived(level), since=_member(Since, since - 1) if since else None)


@cache
def _consent(*, unsaid: bool, statistics: bool) -> Consent:
    return Consent(matching=True, unsaid=unsaid, statistics=statistics)


@cache
def _wishes(*chosen: int) -> Wishes:
    only, better, gender_not, manner_not, nearness, same_age_only = chosen
    return Wishes(
        identity_only=_members(Identity, only),
        identity_better=_members(Identity, better),
        gender_not=_members(Identity, gender_not),
        manner_not=_members(Manner, manner_not),
        nearness=_member(Nearness, nearness),
        same_age_only=bool(same_age_only),
    )
