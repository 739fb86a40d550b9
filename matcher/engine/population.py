"""Populations: everything that one round looks at, and realistic ones drawn for trials."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.profile import Handle, PeerProfile, SeekerProfile


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


def _refuse_twins(handles: Iterable[Handle]) -> None:
    listed = tuple(handles)
    if len(set(listed)) != len(listed):
        raise InvalidPopulationError("a handle stands twice on one side")
