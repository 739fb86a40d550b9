"""A population as columns: what the core of a round works on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.needs import Needs
from matcher.domain.profile import Handle
from matcher.engine import society
from matcher.engine.drawing import REGIONS, draw_peers, draw_seekers
from matcher.engine.matrices import Floats, Ints
from matcher.engine.people import NOTHING, People, Side, Smalls, joined
from matcher.engine.population import DRAWN_AT, Population, hours_waited, refuse_to_draw
from matcher.engine.portraits import spoken
from matcher.engine.profiles import people_of

HOUR_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The people of one pool at one moment.

    Attributes
    ----------
    seekers, peers : sequence of Handle
        Who stands in which row.
    people : People
        What they answered, in the same rows.
    since : ndarray of shape (n_seekers,)
        Since when each seeker waits, in seconds since 1970 (UTC).
    free, missed : ndarray of int, shape (n_peers,)
        As in `FreePeer`.
    barred : ndarray of int, shape (n_barred, 2)
        Rows of a seeker and a peer who are not to be offered to each other now.

    Raises
    ------
    InvalidPopulationError
        If a handle stands twice on one side, a count is negative, or lengths differ.
    """

    seekers: Sequence[Handle]
    peers: Sequence[Handle]
    people: People
    since: Floats
    free: Ints
    missed: Ints
    barred: Ints

    def __post_init__(self) -> None:
        asking, giving = self.people.seekers, self.people.peers
        for handles, lengths in (
            (self.seekers, {len(asking), len(self.since)}),
            (self.peers, {len(giving), len(self.free), len(self.missed)}),
        ):
            if {len(handles)} != lengths | {len(set(handles))}:
                raise InvalidPopulationError("a handle stands twice, or lengths differ")
        if (self.free < 0).any() or (self.missed < 0).any():
            raise InvalidPopulationError("a peer's count is negative")

    @classmethod
    def of(cls, population: Population, needs: Needs) -> Self:
        """Turn a population of profiles into columns.

        Parameters
        ----------
        population : Population
            Either side may be empty.
        needs : Needs
            The catalogue of the pool.

        Returns
        -------
        Crowd
            Rows in the order of the population; barred pairs of others are left out.

        Notes
        -----
        Takes some 20 microseconds a person.
        """
        seekers = tuple(one.handle for one in population.seekers)
        peers = tuple(one.handle for one in population.peers)
        return cls(
            seekers=seekers,
            peers=peers,
            people=people_of(
                [one.profile for one in population.seekers],
                [one.profile for one in population.peers],
                needs,
            ),
            since=np.array([one.waiting_since.timestamp() for one in population.seekers]),
            free=np.array([one.free for one in population.peers], dtype=np.int64),
            missed=np.array([one.missed for one in population.peers], dtype=np.int64),
            barred=barred_rows(population.barred, seekers, peers),
        )

    def chosen(self, seekers: Ints, peers: Ints) -> Self:
        """Keep some of both sides, in the given orders.

        Parameters
        ----------
        seekers, peers : ndarray of int
            Rows, each at most once.

        Returns
        -------
        Crowd
            Barred pairs of who is left, with their new rows.

        Notes
        -----
        Takes time in proportion to who is kept; shuffles 130,000 people in some 20 ms.
        """
        moved = np.stack(
            [
                _moved(seekers, len(self.seekers))[self.barred[:, 0]],
                _moved(peers, len(self.peers))[self.barred[:, 1]],
            ],
            axis=1,
        )
        return replace(
            self,
            seekers=[self.seekers[row] for row in seekers.tolist()],
            peers=[self.peers[row] for row in peers.tolist()],
            people=self.people.chosen(seekers, peers),
            since=self.since[seekers],
            free=self.free[peers],
            missed=self.missed[peers],
            barred=moved[(moved != NOTHING).all(axis=1)],
        )


def draw_crowd(
    n_seekers: int,
    n_peers: int,
    seed: int,
    *,
    needs: Needs | None = None,
    minors: float = 0.0,
) -> Crowd:
    """Draw the population that `draw` draws, as columns alone.

    Parameters
    ----------
    n_seekers, n_peers, seed, needs, minors
        As of `matcher.engine.population.draw`.

    Returns
    -------
    Crowd
        The same people in the same rows under the same handles.

    Raises
    ------
    InvalidPopulationError
        If a number is negative, or `minors` is no share.

    Notes
    -----
    Takes some 8 microseconds a person: what a pool of a million is drawn with.
    """
    refuse_to_draw(n_seekers, n_peers, seed, minors)
    catalogue = needs or society.catalogue()
    rng = np.random.default_rng(seed)
    seekers = joined(
        [block.columns for block in draw_seekers(catalogue, n_seekers, rng, minors=minors)]
    )
    giving = list(draw_peers(catalogue, n_peers, rng, minors=minors))
    peers = joined([block.columns for block in giving])
    sets = np.unique(np.concatenate([seekers.languages, peers.languages]))
    return Crowd(
        seekers=[Handle(f"seeker-{number}") for number in range(n_seekers)],
        peers=[Handle(f"peer-{number}") for number in range(n_peers)],
        people=People(
            needs=catalogue,
            ids=tuple(need.id for need in catalogue.all),
            languages=tuple(spoken(chosen) for chosen in sets.tolist()),
            regions=REGIONS,
            seekers=_with_rows(seekers, sets),
            peers=_with_rows(peers, sets),
        ),
        since=DRAWN_AT.timestamp() - HOUR_S * hours_waited(n_seekers, rng).astype(np.float64),
        free=np.concatenate([block.capacity for block in giving]),
        missed=np.zeros(n_peers, dtype=np.int64),
        barred=np.zeros((0, 2), dtype=np.int64),
    )


def barred_rows(
    pairs: Iterable[tuple[Handle, Handle]], seekers: Sequence[Handle], peers: Sequence[Handle]
) -> Ints:
    """Find the rows of barred pairs.

    Parameters
    ----------
    pairs : iterable of tuples of Handle
        A seeker and a peer each, who are not to be offered to each other.
    seekers, peers : sequence of Handle
        Who stands in which row.

    Returns
    -------
    ndarray of int, shape (n_barred, 2)
        Their rows; pairs of others are left out.

    Notes
    -----
    Takes O(n_seekers + n_peers + n_pairs).
    """
    seeker_at = {handle: row for row, handle in enumerate(seekers)}
    peer_at = {handle: row for row, handle in enumerate(peers)}
    rows = [
        (seeker_at[seeker], peer_at[peer])
        for seeker, peer in pairs
        if seeker in seeker_at and peer in peer_at
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _with_rows(side: Side, sets: Smalls) -> Side:
    """Turn sets of languages into their rows of `sets`."""
    return replace(side, languages=np.searchsorted(sets, side.languages).astype(np.int32))


def _moved(chosen: Ints, n_before: int) -> Ints:
    """Tell the new row of each old one, `NOTHING` for who is not kept."""
    found = np.full(n_before, NOTHING)
    found[chosen] = np.arange(len(chosen))
    return found
