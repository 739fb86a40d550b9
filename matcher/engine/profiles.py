"""From profiles to columns: for drawn people, explanations and tests; rounds read records."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from matcher.domain.needs import MAX_NEEDS, Needs
from matcher.domain.profile import (
    Help,
    Identity,
    Language,
    Manner,
    PeerProfile,
    Region,
    SeekerProfile,
)
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import NOTHING, Peers, People, Seekers, Smalls

T = TypeVar("T")
Profiles = Sequence[SeekerProfile] | Sequence[PeerProfile]


class Numbers(dict[T, int]):
    """Gives each thing the next number when it is first asked for."""

    def __missing__(self, one: T) -> int:
        self[one] = number = len(self)
        return number


def people_of(
    seekers: Sequence[SeekerProfile], peers: Sequence[PeerProfile], needs: Needs
) -> People:
    """Turn profiles into columns.

    Parameters
    ----------
    seekers, peers : sequences of SeekerProfile and PeerProfile
        The people; none is allowed.
    needs : Needs
        The catalogue. Needs of profiles that it has lost get numbers after its own, so that
        what somebody never wants to be offered holds for them as well.

    Returns
    -------
    People

    Notes
    -----
    Takes some 20 microseconds a person.
    """
    numbers = _Numbering(needs)
    asking, giving = _seekers(seekers, numbers), _peers(peers, numbers)
    return People(
        needs=needs,
        ids=tuple(numbers.needs),
        languages=tuple(numbers.languages),
        regions=tuple(numbers.regions),
        seekers=asking,
        peers=giving,
    )


def number(one: StrEnum | None) -> int:
    """Give the place of a member of a closed list, `NOTHING` for none.

    Parameters
    ----------
    one : StrEnum or None
        A member of any closed list.

    Returns
    -------
    int

    Notes
    -----
    Takes O(1).
    """
    return NOTHING if one is None else _places(type(one))[one]


def bits(members: Iterable[StrEnum], kind: type[StrEnum]) -> int:
    """Write a set of a closed list as bits.

    Parameters
    ----------
    members : iterable of StrEnum
        Each at most once.
    kind : type
        Their closed list; its order gives the bits.

    Returns
    -------
    int

    Notes
    -----
    Takes O(members).
    """
    places = _places(kind)
    return sum(1 << places[member] for member in members)


def padded(rows: Sequence[Sequence[int]]) -> Smalls:
    """Write rows of different lengths as one table, filled up with `NOTHING`.

    Parameters
    ----------
    rows : sequence of sequences of int
        n rows of any lengths.

    Returns
    -------
    ndarray of int32, shape (n, n_most)
        At least `MAX_NEEDS` columns.

    Notes
    -----
    Takes O(n * n_most).
    """
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    found = np.full((len(rows), max(MAX_NEEDS, *lengths.tolist(), 0)), NOTHING, dtype=np.int32)
    is_there = np.arange(found.shape[1]) < lengths[:, None]
    found[is_there] = np.fromiter(chain.from_iterable(rows), dtype=np.int32)
    return found


class _Numbering:
    """What gets its number when it is first met."""

    def __init__(self, needs: Needs) -> None:
        self.needs = Numbers({need.id: place for place, need in enumerate(needs.all)})
        self.languages = Numbers[tuple[Language, ...]]()
        self.regions = Numbers[Region]()

    def common(self, people: Profiles) -> dict[str, Any]:
        return {
            "age": _smalls(number(one.age) for one in people),
            "languages": _smalls(
                self.languages[tuple(sorted(one.languages))] for one in people
            ),
            "help": _smalls(bits(one.help, Help) for one in people),
            "format": _smalls(number(one.format) for one in people),
            "blocks": _smalls(sum(1 << block for block in one.day_blocks) for one in people),
            "relay_ok": _flags(one.relay_ok for one in people),
            "region": _smalls(
                NOTHING if one.region is None else self.regions[one.region] for one in people
            ),
        }


def _seekers(people: Sequence[SeekerProfile], numbers: _Numbering) -> Seekers:
    wishes = [one.wishes for one in people]
    return Seekers(
        **numbers.common(people),
        ticks=padded([[numbers.needs[need] for need in one.needs] for one in people]),
        main=_smalls(
            NOTHING if one.main is None else numbers.needs[one.main] for one in people
        ),
        stage=1 + _smalls(number(one.stage) for one in people),
        identity_only=_smalls(bits(wish.identity_only, Identity) for wish in wishes),
        identity_better=_smalls(bits(wish.identity_better, Identity) for wish in wishes),
        gender_not=_smalls(bits(wish.gender_not, Identity) for wish in wishes),
        manner_not=_smalls(bits(wish.manner_not, Manner) for wish in wishes),
        nearness=_smalls(number(wish.nearness) for wish in wishes),
        same_age_only=_flags(wish.same_age_only for wish in wishes),
        unsaid=_flags(one.consent.unsaid for one in people),
    )


def _peers(people: Sequence[PeerProfile], numbers: _Numbering) -> Peers:
    answered = [[numbers.needs[need] for need in one.lived] for one in people]
    never = [[numbers.needs[need] for need in one.never] for one in people]
    ready = [[numbers.needs[need] for need in one.trained & one.opted_in] for one in people]
    shape = (len(people), len(numbers.needs))
    told = [experience for one in people for experience in one.lived.values()]
    lived = np.full(shape, NOTHING, dtype=np.int8)
    since = np.zeros(shape, dtype=np.int8)
    lived[_entries(answered)] = [one.lived for one in told]
    since[_entries(answered)] = [1 + number(one.since) for one in told]
    return Peers(
        **numbers.common(people),
        lived=lived,
        since=since,
        never=_marked(never, shape),
        ready=_marked(ready, shape),
        identity=_smalls(bits(one.identity, Identity) for one in people),
        manner=_smalls(
            NOTHING if one.manner is None else bits(one.manner, Manner) for one in people
        ),
    )


@cache
def _places(kind: type[StrEnum]) -> Mapping[StrEnum, int]:
    return {member: place for place, member in enumerate(kind)}


def _entries(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Give the row and the column of each entry."""
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return np.repeat(np.arange(len(rows)), lengths), columns


def _marked(rows: Sequence[Sequence[int]], shape: tuple[int, int]) -> Bools:
    found = np.zeros(shape, dtype=np.bool_)
    found[_entries(rows)] = True
    return found


def _smalls(values: Iterable[int]) -> Smalls:
    return np.fromiter(values, dtype=np.int32)


def _flags(values: Iterable[bool]) -> Bools:
    return np.fromiter(values, dtype=np.bool_)
