"""People as what similarity and the small terms compute with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from matcher.domain.needs import JUST_TALK, NeedId, Needs
from matcher.domain.profile import Help, Identity, Lived, Nearness
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.parts import Asked, Told
from matcher.engine.people import NOTHING, People, Smalls
from matcher.engine.profiles import number

MOST_LIVED = max(Lived)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column each need has.

    "I just want to talk" has none: it shares nothing that a peer could have lived through.

    Attributes
    ----------
    ids : tuple of NeedId
        The need of each column.
    at : mapping of NeedId to int
        The column of each need.
    """

    ids: tuple[NeedId, ...]
    at: Mapping[NeedId, int]

    @classmethod
    def of(cls, needs: Needs) -> Self:
        """Give each need a column, in the order of their file.

        Parameters
        ----------
        needs : Needs
            The catalogue.

        Returns
        -------
        Columns

        Notes
        -----
        Takes O(n_needs).
        """
        ids = tuple(need.id for need in needs.all if need.id != JUST_TALK)
        return cls(ids=ids, at={need: column for column, need in enumerate(ids)})

    def places(self, people: People) -> Ints:
        """Map numbers of needs to columns.

        Parameters
        ----------
        people : People
            Who number needs in their own way.

        Returns
        -------
        ndarray of int, shape (n_ids + 1,)
            The column of each number, -1 for needs without one; the last is for `NOTHING`.

        Notes
        -----
        Takes O(n_ids).
        """
        return np.array([*(self.at.get(need, NOTHING) for need in people.ids), NOTHING])

    def chosen(self, people: People) -> Ints:
        """List the number of each column's need.

        Parameters
        ----------
        people : People
            Who number needs in their own way; the catalogue of these columns is theirs.

        Returns
        -------
        ndarray of int, shape (n_columns,)
            The number of the need of each column.

        Notes
        -----
        Takes O(n_ids).
        """
        at = {need: place for place, need in enumerate(people.ids)}
        return np.array([at[need] for need in self.ids], dtype=np.int64)

    def numbers(self, wanted: Iterable[NeedId]) -> list[int]:
        """Find the columns of some needs.

        Parameters
        ----------
        wanted : iterable of NeedId
            Any needs.

        Returns
        -------
        list of int
            Their columns; a need that the catalogue lost has none.

        Notes
        -----
        Takes O(wanted).
        """
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
        The column of what matters most (-1: none) and its stage, as in `Seekers`.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFeatures:
    """Peers, row by row.

    Attributes
    ----------
    told : Told
        Lived experience, level / 3, and where it is known.
    since : ndarray of int, shape (n_peers, n_needs)
        How long ago, as in `Peers`; 0 also where it was not lived through.
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


def seeker_features(people: People, columns: Columns, *, main_weight: float) -> SeekerFeatures:
    """Turn seekers into what is computed with.

    Parameters
    ----------
    people : People
        Whose seekers; none is allowed.
    columns : Columns
        The needs' columns; ticks of other needs are left out.
    main_weight : float
        How many times more the need that matters most counts.

    Returns
    -------
    SeekerFeatures
        A need that was not ticked is unknown there, never "no".

    Notes
    -----
    Takes O(n_seekers * n_needs) time and 17 bytes of memory an entry: where that is too much,
    ask for some seekers at a time (``people.chosen``).
    """
    seekers, at = people.seekers, columns.places(people)
    ticks = _ticked(at[seekers.ticks], len(columns.ids))
    main = at[seekers.main]
    matters = np.ones_like(ticks)
    matters[np.flatnonzero(main != NOTHING), main[main != NOTHING]] = main_weight
    asked = Asked(ticks=ticks, matters=matters, known=ticks > 0, consent=seekers.unsaid)
    return SeekerFeatures(
        asked=asked,
        just_talks=just_talks(people),
        main=main,
        stage=seekers.stage.astype(np.int64),
        help=_marks(seekers.help, len(Help)),
        better=_marks(seekers.identity_better, len(Identity)),
        region=seekers.region.astype(np.int64),
        likes_near=seekers.nearness == number(Nearness.NEAR_BETTER),
        likes_far=seekers.nearness == number(Nearness.FAR_BETTER),
    )


def peer_features(people: People, columns: Columns) -> PeerFeatures:
    """Turn peers into what is computed with.

    Parameters
    ----------
    people : People
        Whose peers; none is allowed.
    columns : Columns
        The needs' columns; answers about other needs are left out.

    Returns
    -------
    PeerFeatures
        A need without an answer is unknown there, never "no".

    Notes
    -----
    Takes O(n_peers * n_needs) time and 17 bytes of memory an entry.
    """
    peers, chosen = people.peers, columns.chosen(people)
    levels = peers.lived[:, chosen]
    lived = np.maximum(levels, 0) / MOST_LIVED
    return PeerFeatures(
        told=Told(lived=lived, known=levels != NOTHING),
        since=(peers.since[:, chosen] * (lived > 0)).astype(np.int64),
        help=_marks(peers.help, len(Help)),
        identity=_marks(peers.identity, len(Identity)),
        region=peers.region.astype(np.int64),
    )


def just_talks(people: People) -> Bools:
    """Tell who ticked nothing but "I just want to talk".

    Parameters
    ----------
    people : People
        Whose seekers.

    Returns
    -------
    ndarray of bool, shape (n_seekers,)

    Notes
    -----
    Takes O(n_seekers * n_ticks).
    """
    ticks = people.seekers.ticks
    is_talk = (ticks == people.just_talk) & (ticks != NOTHING)
    found: Bools = is_talk.any(axis=1) & ((ticks != NOTHING).sum(axis=1) == 1)
    return found


def _ticked(columns: Ints, n_columns: int) -> Floats:
    found = np.zeros((len(columns), n_columns))
    rows, slots = np.nonzero(columns != NOTHING)
    found[rows, columns[rows, slots]] = 1.0
    return found


def _marks(sets: Smalls, n_members: int) -> Floats:
    return (sets[:, None] >> np.arange(n_members) & 1).astype(np.float64)
