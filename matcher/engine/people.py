"""People as columns: one small number or one set of bits a person and question.

Closed lists are numbered, and their sets written as bits, in the order of their enum; needs
are numbered by their place in the catalogue. Nothing here is per person but array rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.domain.needs import JUST_TALK, NeedId, Needs
from matcher.domain.profile import Language, Region
from matcher.engine.matrices import Bools, Ints

Smalls = NDArray[np.int32]
Levels = NDArray[np.int8]
Rows = slice | Ints

NOTHING = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What both sides answered, an entry a person.

    Attributes
    ----------
    age, format : ndarray of int, shape (n,)
        Numbers in `AgeBand` and `Format`.
    languages : ndarray of int, shape (n,)
        Rows of `People.languages`.
    help, blocks : ndarray of int, shape (n,)
        Sets of `Help` and of day blocks as bits; no block means any.
    relay_ok : ndarray of bool, shape (n,)
    region : ndarray of int, shape (n,)
        Rows of `People.regions`, `NOTHING` where not told.
    """

    age: Smalls
    languages: Smalls
    help: Smalls
    format: Smalls
    blocks: Smalls
    relay_ok: Bools
    region: Smalls

    def __len__(self) -> int:
        return len(self.age)

    def rows(self, chosen: Rows) -> Self:
        """Keep some people only, in the order of `chosen` (a slice copies nothing)."""
        return replace(
            self, **{field.name: getattr(self, field.name)[chosen] for field in fields(self)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seekers(_Common):
    """Seekers, an entry each.

    Attributes
    ----------
    ticks : ndarray of int, shape (n, n_most)
        Rows of `People.ids`, one a tick; `NOTHING` fills up.
    main : ndarray of int, shape (n,)
        A row of `People.ids`, or `NOTHING`.
    stage : ndarray of int, shape (n,)
        0 where not said, else 1 + the number in `Stage`.
    identity_only, identity_better, gender_not : ndarray of int, shape (n,)
        Sets of `Identity` as bits.
    manner_not : ndarray of int, shape (n,)
        A set of `Manner` as bits.
    nearness : ndarray of int, shape (n,)
        The number in `Nearness`.
    same_age_only, unsaid : ndarray of bool, shape (n,)
        The wish, and the consent to the unsaid part.
    """

    ticks: Smalls
    main: Smalls
    stage: Smalls
    identity_only: Smalls
    identity_better: Smalls
    gender_not: Smalls
    manner_not: Smalls
    nearness: Smalls
    same_age_only: Bools
    unsaid: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers(_Common):
    """Peers, an entry each; n_ids is the length of `People.ids`.

    Attributes
    ----------
    lived : ndarray of int8, shape (n, n_ids)
        A `Lived`, or `NOTHING` where it is unknown.
    since : ndarray of int8, shape (n, n_ids)
        0 where not said, else 1 + the number in `Since`.
    never, ready : ndarray of bool, shape (n, n_ids)
        Needs never to be offered; needs that the peer is trained for and opted in to.
    identity : ndarray of int, shape (n,)
        A set of `Identity` as bits.
    manner : ndarray of int, shape (n,)
        A set of `Manner` as bits, `NOTHING` where not told.
    """

    lived: Levels
    since: Levels
    never: Bools
    ready: Bools
    identity: Smalls
    manner: Smalls


Side = TypeVar("Side", Seekers, Peers)
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Both sides of one pool, and what their numbers stand for.

    Attributes
    ----------
    needs : Needs
        The catalogue.
    ids : tuple of NeedId
        Every need by its number: the catalogue's in its order, then such as only profiles
        still name.
    languages : tuple of tuples of Language
        Each set of languages that somebody speaks.
    regions : tuple of Region
        Each region that somebody told.
    seekers, peers : Seekers, Peers
        The people.
    """

    needs: Needs
    ids: tuple[NeedId, ...]
    languages: tuple[tuple[Language, ...], ...]
    regions: tuple[Region, ...]
    seekers: Seekers
    peers: Peers

    @property
    def just_talk(self) -> int:
        """The number of "I just want to talk", `NOTHING` in a catalogue without it."""
        return self.ids.index(JUST_TALK) if JUST_TALK in self.ids else NOTHING

    def chosen(self, seekers: Rows, peers: Rows) -> Self:
        """Keep some of both sides, in the given orders.

        Parameters
        ----------
        seekers, peers : slice or ndarray of int
            Which rows.

        Returns
        -------
        People
            What needs, languages and regions are numbered as stays the same.

        Notes
        -----
        Takes time in proportion to who is kept; a slice copies nothing.
        """
        return replace(self, seekers=self.seekers.rows(seekers), peers=self.peers.rows(peers))


def joined(parts: Sequence[Side]) -> Side:
    """Put people of one side one after another; their numbers mean the same in each part.

    Parameters
    ----------
    parts : sequence of Seekers or of Peers
        At least one. Seekers may hold different numbers of ticks at most.

    Returns
    -------
    Seekers or Peers

    Notes
    -----
    Takes time in proportion to the people.
    """
    found = {
        field.name: stacked([getattr(part, field.name) for part in parts])
        for field in fields(parts[0])
    }
    return replace(parts[0], **found)


def stacked(parts: Sequence[NDArray[Number]]) -> NDArray[Number]:
    """Put rows of different widths one after another, filled up with `NOTHING`.

    Parameters
    ----------
    parts : sequence of ndarray
        At least one; all of shape (n,), or all of shape (n, n_most).

    Returns
    -------
    ndarray

    Notes
    -----
    Takes time in proportion to what is put together.
    """
    if parts[0].ndim == 1 or len({part.shape[1] for part in parts}) == 1:
        return np.concatenate(parts)
    most = max(part.shape[1] for part in parts)
    return np.concatenate(
        [
            np.pad(part, ((0, 0), (0, most - part.shape[1])), constant_values=NOTHING)
            for part in parts
        ]
    )
