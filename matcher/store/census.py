"""Who a round looks at: everybody who waits and everybody who is here, batch by batch."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from struct import Struct
from typing import TypeVar

from matcher.domain.profile import Handle
from matcher.domain.rules import Rules
from matcher.store.backing import Backing, at, profile_context
from matcher.store.client import Word
from matcher.store.records import PeerRecord, SeekerRecord, read_peer, read_seeker
from matcher.store.secrets import HANDLE_BYTES
from matcher.store.vault import vault_size
from matcher.store.wire import PROFILE_SIZE

R = TypeVar("R", SeekerRecord, PeerRecord)

AT_ONCE = 400  # some 3 milliseconds of the server's time
SEEN_LATELY = timedelta(minutes=5)

_HANDLE = 2 * HANDLE_BYTES
_SEALED = vault_size(PROFILE_SIZE)
_WAITING = Struct("<dB")
_REACHABLE = Struct("<BHH")
_MARK = Struct(f"<H{HANDLE_BYTES}s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Some seekers who wait without an open offer, a place a person in each list.

    `since` counts seconds from 1970; `barred` are pairs not to be offered again now.
    """

    handles: list[Handle]
    records: list[SeekerRecord]
    since: list[float]
    is_here: list[bool]
    barred: list[tuple[Handle, Handle]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """Some checked-in peers, a place a person in each list.

    `free` are the places they have left today, `missed` the suggestions that they let pass.
    """

    handles: list[Handle]
    records: list[PeerRecord]
    is_here: list[bool]
    free: list[int]
    missed: list[int]


class Census:
    """Reads the people of one pool for a round.

    Nobody is read twice; who comes back to an old place between two batches may be seen a
    round later. Each batch is one step in the store, which answers with a few long strings:
    to take hashes and lists apart would take longer than all the rest.
    """

    def __init__(self, backing: Backing) -> None:
        self._backing = backing

    def waiting(self, rules: Rules, *, now: datetime) -> Generator[Waiting, None, None]:
        """Read everybody who could be offered somebody now, those who came last first."""
        words = (_SEALED, at(now - SEEN_LATELY), rules.offers.repeats)
        known: set[Handle] = set()
        for handles, heads, sealed, marks in self._batches("waiting", "w", words, now):
            rows = list(_WAITING.iter_unpack(heads))
            whose, kept, records = self._read(handles, sealed, read_seeker, known)
            yield Waiting(
                handles=[whose[place] for place in kept],
                records=records,
                since=[rows[place][0] for place in kept],
                is_here=[rows[place][1] == 1 for place in kept],
                barred=self._barred(whose, marks),
            )

    def reachable(self, rules: Rules, *, now: datetime) -> Generator[Reachable, None, None]:
        """Read every peer who could be asked now."""
        peers = rules.peers
        words = (_SEALED, peers.capacity_ceiling, rules.offers.a_day, peers.missed_before_pause)
        known: set[Handle] = set()
        for handles, heads, sealed in self._batches("reachable", "here", words, now):
            rows = list(_REACHABLE.iter_unpack(heads))
            whose, kept, records = self._read(handles, sealed, read_peer, known)
            yield Reachable(
                handles=[whose[place] for place in kept],
                records=records,
                is_here=[rows[place][0] == 1 for place in kept],
                free=[rows[place][1] for place in kept],
                missed=[rows[place][2] for place in kept],
            )

    def _batches(
        self, step: str, index: str, words: tuple[Word, ...], now: datetime
    ) -> Iterator[list[bytes]]:
        """Read an index from its end: who leaves meanwhile moves nobody past the reader."""
        size = self._backing.store.command("ZCARD", self._backing.keys(index))
        ranks = ((max(0, last - AT_ONCE + 1), last) for last in range(size - 1, -1, -AT_ONCE))
        return self._backing.stream(step, ((*both, *words) for both in ranks), now=now)

    def _barred(self, whose: list[Handle], marks: bytes) -> list[tuple[Handle, Handle]]:
        marked = [(whose[place], mark) for place, mark in _MARK.iter_unpack(marks)]
        peers = self._backing.secrets.marked_peers(marked)
        return [(seeker, peer) for (seeker, _), peer in zip(marked, peers, strict=True)]

    def _read(
        self,
        handles: bytes,
        sealed: bytes,
        read: Callable[[bytes], R | None],
        known: set[Handle],
    ) -> tuple[list[Handle], list[int], list[R]]:
        """Open and read the records of a batch.

        Returns everybody's handle, the places of those who are new and can be read, and what
        these answered. A profile whose day has passed, or that was altered, is nobody's.
        """
        whose = _cut(handles)
        plains = self._backing.vault.unseal_many(
            sealed, [profile_context(handle) for handle in whose]
        )
        found = [None if plain is None else read(plain) for plain in plains]
        new = [
            (place, record)
            for place, record in enumerate(found)
            if record is not None and whose[place] not in known
        ]
        known.update(whose)
        return whose, [place for place, _ in new], [record for _, record in new]


def _cut(handles: bytes) -> list[Handle]:
    text = handles.decode()
    return [Handle(text[at : at + _HANDLE]) for at in range(0, len(text), _HANDLE)]
