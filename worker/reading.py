"""From sealed records to the engine's columns: the only place where store and engine meet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.domain.needs import MAX_NUMBER, Needs
from matcher.domain.profile import Handle, Region
from matcher.domain.rules import Rules
from matcher.engine.crowd import Crowd, barred_rows
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import NOTHING, Peers, People, Seekers, Smalls, joined, stacked
from matcher.engine.profiles import Numbers, padded
from matcher.store.census import Census, Reachable, Waiting
from matcher.store.records import SINCE_STEP, PeerRecord, SeekerRecord

Octets = NDArray[np.uint8]
Records = Sequence[SeekerRecord] | Sequence[PeerRecord]
Batch = TypeVar("Batch", Waiting, Reachable)

BATCHES_A_BLOCK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everybody a round looks at, and who of them looks in just now.

    `shown` are rows of `crowd.people.ids` a seeker, shape (n_seekers, n_most): the needs that
    their card may show; `NOTHING` fills up.
    """

    crowd: Crowd
    here: frozenset[Handle]
    shown: Smalls


def gather(census: Census, needs: Needs, rules: Rules, *, now: datetime) -> Gathered:
    """Read the whole pool, who waits longest first.

    Some batches of records at a time become columns and are forgotten, so that nobody's
    answers are held twice.
    """
    reader = Reader(needs)
    waiting = [
        (reader.seekers(_records(block)), reader.shown(_records(block)), _emptied(block))
        for block in map(_backwards, _blocks(census.waiting(rules, now=now)))
    ][::-1]
    reachable = [
        (reader.peers(_records(block)), _emptied(block))
        for block in _blocks(census.reachable(rules, now=now))
    ]
    asking = [batch for *_, block in waiting for batch in block]
    giving = [batch for _, block in reachable for batch in block]
    seekers = [handle for batch in asking for handle in batch.handles]
    peers = [handle for batch in giving for handle in batch.handles]
    crowd = Crowd(
        seekers=seekers,
        peers=peers,
        people=reader.people(
            joined([reader.seekers([]), *(columns for columns, *_ in waiting)]),
            joined([reader.peers([]), *(columns for columns, _ in reachable)]),
        ),
        since=np.array([since for batch in asking for since in batch.since], dtype=np.float64),
        free=_ints(free for batch in giving for free in batch.free),
        missed=_ints(missed for batch in giving for missed in batch.missed),
        barred=barred_rows(
            chain.from_iterable(batch.barred for batch in asking), seekers, peers
        ),
    )
    return Gathered(
        crowd=crowd,
        here=_here(asking) | _here(giving),
        shown=stacked([reader.shown([]), *(shown for _, shown, _ in waiting)]),
    )


def _blocks(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    """Take some batches at a time: columns of many cost little more than those of few."""
    left = iter(batches)
    while block := list(islice(left, BATCHES_A_BLOCK)):
        yield block


def _backwards(block: list[Batch]) -> list[Batch]:
    return block[::-1]


def _records(block: list[Any]) -> list[Any]:
    return [record for batch in block for record in batch.records]


def _emptied(block: list[Batch]) -> list[Batch]:
    return [replace(batch, records=[]) for batch in block]


def _here(batches: Sequence[Waiting] | Sequence[Reachable]) -> frozenset[Handle]:
    """Choose who looks in just now."""
    return frozenset(
        handle
        for batch in batches
        for handle, is_here in zip(batch.handles, batch.is_here, strict=True)
        if is_here
    )


class Reader:
    """Turns the records of one pool into columns; what it numbers means the same each time."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._numbers = np.array([need.number for need in needs.all], dtype=np.int64)
        self._places = np.full(MAX_NUMBER + 2, NOTHING, dtype=np.int32)  # the last: no need
        self._places[self._numbers] = np.arange(len(self._numbers))
        self._languages = Numbers[Any]()
        self._regions = Numbers[Region]()

    def people(self, seekers: Seekers, peers: Peers) -> People:
        """Put both sides together, with what their numbers stand for."""
        return People(
            needs=self._needs,
            ids=tuple(need.id for need in self._needs.all),
            languages=tuple(self._languages),
            regions=tuple(self._regions),
            seekers=seekers,
            peers=peers,
        )

    def seekers(self, records: Sequence[SeekerRecord]) -> Seekers:
        """Turn some seekers into columns."""
        return Seekers(
            **self._common(records),
            ticks=self._places[padded([record.needs for record in records])],
            main=self._places[_smalls(records, "main")],
            stage=_smalls(records, "stage"),
            identity_only=_smalls(records, "identity_only"),
            identity_better=_smalls(records, "identity_better"),
            gender_not=_smalls(records, "gender_not"),
            manner_not=_smalls(records, "manner_not"),
            nearness=_smalls(records, "nearness"),
            same_age_only=_flags(records, "same_age_only"),
            unsaid=_flags(records, "unsaid"),
        )

    def shown(self, records: Sequence[SeekerRecord]) -> Smalls:
        """Tell which needs of some seekers a card may show, shape (n_records, n_most)."""
        return self._places[padded([record.shown for record in records])]

    def peers(self, records: Sequence[PeerRecord]) -> Peers:
        """Turn some peers into columns."""
        lived = _octets(records, "lived")[:, self._numbers].astype(np.int8)
        told = lived - 1
        return Peers(
            **self._common(records),
            lived=np.where(lived > 0, told % SINCE_STEP, NOTHING).astype(np.int8),
            since=np.where(lived > 0, told // SINCE_STEP, 0).astype(np.int8),
            never=self._needs_of(_octets(records, "never")),
            ready=self._needs_of(_octets(records, "trained") & _octets(records, "opted_in")),
            identity=_smalls(records, "identity"),
            manner=_smalls(records, "manner"),
        )

    def _common(self, records: Records) -> dict[str, Any]:
        languages = map(self._languages.__getitem__, map(_languages, records))
        regions = (
            NOTHING if record.region is None else self._regions[Region(record.region)]
            for record in records
        )
        return {
            "age": _smalls(records, "age"),
            "languages": np.fromiter(languages, dtype=np.int32, count=len(records)),
            "help": _smalls(records, "help"),
            "format": _smalls(records, "format"),
            "blocks": _smalls(records, "day_blocks"),
            "relay_ok": _flags(records, "relay_ok"),
            "region": np.fromiter(regions, dtype=np.int32, count=len(records)),
        }

    def _needs_of(self, octets: Octets) -> Bools:
        marks = np.unpackbits(octets, axis=1, bitorder="little")
        return marks[:, self._numbers].astype(np.bool_)


_languages = attrgetter("languages")


def _smalls(records: Records, name: str) -> Smalls:
    return np.fromiter(map(attrgetter(name), records), dtype=np.int32, count=len(records))


def _flags(records: Records, name: str) -> Bools:
    return np.fromiter(map(attrgetter(name), records), dtype=np.bool_, count=len(records))


def _octets(records: Sequence[PeerRecord], name: str) -> Octets:
    """Lay bytes of one length side by side, shape (n_records, n_bytes)."""
    octets = np.frombuffer(b"".join(map(attrgetter(name), records)), dtype=np.uint8)
    return octets.reshape(len(records), -1 if records else MAX_NUMBER + 1)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)
