"""Populations: everything that one round looks at, and realistic ones drawn for trials."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.needs import Needs
from matcher.domain.profile import Handle, PeerProfile, SeekerProfile
from matcher.engine import society
from matcher.engine.drawing import draw_peers, draw_seekers
from matcher.engine.matrices import Ints
from matcher.engine.portraits import peer_profiles, seeker_profiles

DRAWN_AT = datetime(2025, 1, 1, tzinfo=UTC)
LONGEST_WAIT_HOURS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSeeker:
    """A seeker who waits.

    Attributes
    ----------
    handle : Handle
        Who.
    profile : SeekerProfile
        What they answered.
    waiting_since : datetime
        Aware, UTC, as coarse as it is stored.
    """

    handle: Handle
    profile: SeekerProfile
    waiting_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePeer:
    """A checked-in peer.

    Attributes
    ----------
    handle : Handle
        Who.
    profile : PeerProfile
        What they answered.
    free : int
        How many more people they can take now, 0 or more.
    missed : int, default 0
        How many suggestions they have let pass in a row, which lowers their turn but never
        bars them.
    """

    handle: Handle
    profile: PeerProfile
    free: int
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The people of one pool at one moment.

    Attributes
    ----------
    seekers : tuple of WaitingSeeker
        Who waits.
    peers : tuple of FreePeer
        Who is checked in.
    barred : frozenset of tuples of Handle
        Pairs of a seeker and a peer that are not to be offered now; handles that are not in
        the population are allowed there and mean nothing.

    Raises
    ------
    InvalidPopulationError
        If a handle stands twice on one side, a moment has no zone, or a count is negative.
    """

    seekers: tuple[WaitingSeeker, ...]
    peers: tuple[FreePeer, ...]
    barred: frozenset[tuple[Handle, Handle]] = frozenset()

    def __post_init__(self) -> None:
        _refuse_twins(seeker.handle for seeker in self.seekers)
        _refuse_twins(peer.handle for peer in self.peers)
        if any(seeker.waiting_since.tzinfo is None for seeker in self.seekers):
            raise InvalidPopulationError("a seeker's waiting time has no zone")
        if any(peer.free < 0 or peer.missed < 0 for peer in self.peers):
            raise InvalidPopulationError("a peer's count is negative")


def draw(
    n_seekers: int,
    n_peers: int,
    seed: int,
    *,
    needs: Needs | None = None,
    minors: float = 0.0,
) -> Population:
    """Draw a realistic population.

    Parameters
    ----------
    n_seekers, n_peers : int
        How many of each, 0 or more.
    seed : int
        The same numbers, needs, share and seed give the same population.
    needs : Needs, optional
        The catalogue that people answer about; None means the default one.
    minors : float, default 0
        The share of minors on either side, in [0, 1]. Rules let nobody meet them unless their
        table of ages says so.

    Returns
    -------
    Population
        Waiting times lie up to five days before `DRAWN_AT`; every peer is free up to their
        capacity; no pair is barred. Needs come together as in lives, peers have lived through
        more than seekers, some groups of needs stay unknown. All figures are assumptions
        (`matcher.engine.society`), times of day altogether.

    Raises
    ------
    InvalidPopulationError
        If a number is negative, or `minors` is no share.

    Notes
    -----
    Takes some 25 microseconds a person; `matcher.engine.crowd.draw_crowd` draws the same
    people as columns alone.
    """
    refuse_to_draw(n_seekers, n_peers, seed, minors)
    catalogue = needs or society.catalogue()
    rng = np.random.default_rng(seed)
    asking = draw_seekers(catalogue, n_seekers, rng, minors=minors)
    seekers = [one for block in asking for one in seeker_profiles(block, catalogue)]
    giving = draw_peers(catalogue, n_peers, rng, minors=minors)
    peers = [one for block in giving for one in peer_profiles(block, catalogue)]
    waited = hours_waited(n_seekers, rng).tolist()
    return Population(
        seekers=tuple(
            WaitingSeeker(
                handle=Handle(f"seeker-{number}"),
                profile=profile,
                waiting_since=DRAWN_AT - timedelta(hours=hours),
            )
            for number, (profile, hours) in enumerate(zip(seekers, waited, strict=True))
        ),
        peers=tuple(
            FreePeer(handle=Handle(f"peer-{number}"), profile=profile, free=profile.capacity)
            for number, profile in enumerate(peers)
        ),
    )


def refuse_to_draw(n_seekers: int, n_peers: int, seed: int, minors: float) -> None:
    """Refuse a drawing that cannot be.

    Parameters
    ----------
    n_seekers, n_peers, seed, minors
        As of `draw`.

    Raises
    ------
    InvalidPopulationError
        If a number is negative, or `minors` is no share.

    Notes
    -----
    Takes O(1).
    """
    if n_seekers < 0 or n_peers < 0 or seed < 0 or not 0 <= minors <= 1:
        raise InvalidPopulationError("a number of people, a share or a seed is out of range")


def hours_waited(n_seekers: int, rng: np.random.Generator) -> Ints:
    """Draw for how many hours before `DRAWN_AT` each seeker has waited.

    Parameters
    ----------
    n_seekers : int
        How many.
    rng : numpy.random.Generator
        The chance.

    Returns
    -------
    ndarray of int, shape (n_seekers,)
        From 0 to below `LONGEST_WAIT_HOURS`.

    Notes
    -----
    Takes O(n_seekers).
    """
    return rng.integers(LONGEST_WAIT_HOURS, size=n_seekers)


def _refuse_twins(handles: Iterable[Handle]) -> None:
    listed = tuple(handles)
    if len(set(listed)) != len(listed):
        raise InvalidPopulationError("a handle stands twice on one side")
