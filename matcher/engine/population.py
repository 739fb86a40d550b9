"""Populations: everything that one round looks at, and realistic ones drawn for trials."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.needs import Needs
from matcher.domain.profile import Handle, PeerProfile, SeekerProfile
from matcher.engine import society
from matcher.engine.drawing import Dice, draw_peer, draw_seeker, lives

DRAWN_AT = datetime(2025, 1, 1, tzinfo=UTC)
LONGEST_WAIT_HOURS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSeeker:
    """A seeker who waits, since when (aware, UTC, as coarse as it is stored)."""

    handle: Handle
    profile: SeekerProfile
    waiting_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePeer:
    """A checked-in peer.

    `free` is how many more people they can take now; `missed` how many suggestions they have
    let pass in a row, which lowers their turn but never bars them.
    """

    handle: Handle
    profile: PeerProfile
    free: int
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The people of one pool at one moment.

    `barred` holds (seeker, peer) pairs that are not to be offered now; handles that are not
    in the population are allowed there and mean nothing.

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


def draw(n_seekers: int, n_peers: int, seed: int, *, needs: Needs | None = None) -> Population:
    """Draw a realistic population.

    Parameters
    ----------
    n_seekers, n_peers : int
        How many of each, 0 or more.
    seed : int
        The same numbers, needs and seed give the same population.
    needs : Needs, optional
        The catalogue that people answer about; None means the default one.

    Returns
    -------
    Population
        Adults only. Waiting times lie up to five days before `DRAWN_AT`; every peer is free
        up to their capacity; no pair is barred. Needs come together as in lives, peers have
        lived through more than seekers, some groups of needs stay unknown. All figures are
        assumptions (`matcher.engine.society`), times of day altogether.

    Raises
    ------
    InvalidPopulationError
        If a number is negative.

    Notes
    -----
    Takes some 0.2 ms a person.
    """
    if n_seekers < 0 or n_peers < 0 or seed < 0:
        raise InvalidPopulationError("a number of people or a seed is negative")
    catalogue = needs or society.catalogue()
    rng = np.random.default_rng(seed)
    dice = Dice(rng)
    seekers = [draw_seeker(life, catalogue, dice) for life in lives(catalogue, n_seekers, rng)]
    peers = [draw_peer(life, catalogue, dice) for life in lives(catalogue, n_peers, rng)]
    waited = rng.integers(LONGEST_WAIT_HOURS, size=n_seekers).tolist()
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


def _refuse_twins(handles: Iterable[Handle]) -> None:
    listed = tuple(handles)
    if len(set(listed)) != len(listed):
        raise InvalidPopulationError("a handle stands twice on one side")
