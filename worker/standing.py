"""Every few days, after noon (UTC), counts who waits and who is there for what, and covers it.

Of seekers, those who agreed to be counted. The noise hides one seeker in all tables together;
of a peer, who may have lived through very much, it hides what they said about a few needs.
It is drawn once and kept nowhere, so that no secret of ours takes it away again. Nobody sees
more by asking again: the first counts stay until the next ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from secrets import token_bytes

from matcher.domain.counted import MOST_STANDING, By, language_of
from matcher.domain.cover import Cover, shown
from matcher.domain.needs import Need
from matcher.domain.profile import Language, Lived
from matcher.domain.rules import Rules
from matcher.domain.waits import WaitBand, band_of
from matcher.store.backing import Backing, at
from matcher.store.census import Census
from matcher.store.records import SINCE_STEP, PeerRecord, SeekerRecord
from matcher.store.standing import Standing as Store, Tables
from matcher.store.tallies import cells_of

HOUR = 12
"""Before it, whoever checks in for some hours would hardly ever be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """True counts of both sides."""

    seekers: dict[str, dict[str, int]]
    peers: dict[str, dict[str, int]]


class Standing:
    """Counts one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._census = Census(backing)
        self._store = Store(backing)
        self._needs = backing.settings.needs
        self._cells = cells_of(backing.settings)

    def take(self, rules: Rules, *, now: datetime) -> bool:
        """Count, if it is time and there are no counts yet; tells whether it did."""
        if now.astimezone(UTC).hour < HOUR or self._store.is_kept(now=now):
            return False
        self._store.keep(self._covered(self.counts(rules, now=now)), now=now)
        return True

    def counts(self, rules: Rules, *, now: datetime) -> Counts:
        """Count truly: not to be shown before it is covered."""
        asking, since = self._asking(rules, now)
        giving, places = self._giving(rules, now)
        return Counts(
            seekers={
                "asking": self._by_need(map(self._asked_for, asking)),
                "asking-language": self._by_language(asking),
                "waiting": _table(WaitBand, (band_of(now - one) for one in since)),
            },
            peers={
                "giving": self._by_need(map(self._offered_by, giving)),
                "giving-language": self._by_language(giving),
                "peers": {"free": len(giving), "busy": self._checked_in(now) - len(giving)},
                "places": {"free": places},
            },
        )

    def _covered(self, counts: Counts) -> Tables:
        cover = Cover(
            key=token_bytes(32),  # kept nowhere: who has all our secrets draws no noise again
            question=b"standing",
            epsilon=Fraction(str(self._backing.settings.statistics.epsilon)),
            sensitivity=MOST_STANDING,
        )
        return {**shown(counts.seekers, cover), **shown(counts.peers, cover)}

    def _asking(self, rules: Rules, now: datetime) -> tuple[list[SeekerRecord], list[datetime]]:
        """Read the seekers who wait and agreed to be counted, and since when each waits."""
        found = [
            (record, datetime.fromtimestamp(since, UTC))
            for batch in self._census.waiting(rules, now=now)
            for record, since in zip(batch.records, batch.since, strict=True)
            if record.statistics
        ]
        return [record for record, _ in found], [since for _, since in found]

    def _giving(self, rules: Rules, now: datetime) -> tuple[list[PeerRecord], int]:
        """Read the peers who could be asked now, and how many places they have."""
        batches = list(self._census.reachable(rules, now=now))
        records = [record for batch in batches for record in batch.records]
        return records, sum(free for batch in batches for free in batch.free)

    def _checked_in(self, now: datetime) -> int:
        key = self._backing.keys("here")
        return len(self._backing.store.command("ZRANGEBYSCORE", key, f"({at(now)}", "+inf"))

    def _asked_for(self, record: SeekerRecord) -> Iterator[Need]:
        return (self._needs.by_number[n] for n in record.needs if n in self._needs.by_number)

    def _offered_by(self, record: PeerRecord) -> Iterator[Need]:
        return (need for need in self._needs.all if _offers(record, need))

    def _by_need(self, people: Iterable[Iterable[Need]]) -> dict[str, int]:
        ids = [need.id for need in self._needs.all]
        return _table(ids, (need.id for needs in people for need in needs))

    def _by_language(self, people: Iterable[SeekerRecord | PeerRecord]) -> dict[str, int]:
        names = self._cells.groups(By.LANGUAGE)
        return _table(names, (_language(person) for person in people))


def _language(person: SeekerRecord | PeerRecord) -> str:
    return language_of(Language(one) for one in person.languages)


def _offers(record: PeerRecord, need: Need) -> bool:
    """Tell whether a peer may be asked for a need: for some, only with training."""
    if _has(record.never, need.number):
        return False
    if need.formal_first:
        return _has(record.trained, need.number) and _has(record.opted_in, need.number)
    said = record.lived[need.number] if need.number < len(record.lived) else 0
    return said > 0 and (said - 1) % SINCE_STEP > Lived.NOT_AT_ALL


def _has(bits: bytes, number: int) -> bool:
    octet, bit = divmod(number, 8)
    return octet < len(bits) and bool(bits[octet] >> bit & 1)


def _table(cells: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    """Count what was found; every cell is there, however small."""
    counts = Counter(found)
    return {cell: counts[cell] for cell in cells}
