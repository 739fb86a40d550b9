"""The pool: who waits and who is here, as one round sees them, and what a round may write."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from matcher.domain.card import Card
from matcher.domain.errors import VaultGoneError
from matcher.domain.invitation import Scope
from matcher.domain.offer import OfferId
from matcher.domain.profile import Handle, PeerProfile, Profile, SeekerProfile
from matcher.domain.rules import Rules
from matcher.store.backing import Backing, at
from matcher.store.client import Command, text, texts
from matcher.store.heads import Head, head_from
from matcher.store.wire import CARD_SIZE, pack_card

T = TypeVar("T")

AT_ONCE = 1_000
SEEN_LATELY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A seeker who waits without an open offer; `barred` peers are not to be offered again."""

    handle: Handle
    profile: SeekerProfile
    version: int
    since: datetime
    is_here: bool
    barred: frozenset[Handle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """A checked-in peer with `free` places left today, and how many suggestions they missed."""

    handle: Handle
    profile: PeerProfile
    version: int
    is_here: bool
    free: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everybody a round looks at; nothing of it outlives the round."""

    seekers: tuple[Waiting, ...]
    peers: tuple[Reachable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pair that a round wants to offer, with the versions of the answers it is based on."""

    offer: OfferId
    seeker: Handle
    peer: Handle
    versions: tuple[int, int]
    card: Card
    deadline: datetime


class _Found(NamedTuple):
    """One person as they were read, and one thing more about them."""

    handle: Handle
    head: Head
    profile: Profile | None
    more: Any


class Pool:
    """The people of one pool, as rounds see them."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys

    def snapshot(self, rules: Rules, *, now: datetime) -> Snapshot:
        """Read everybody who can be part of a round now, in pipelined batches."""
        waiting = texts(self._store.command("ZRANGE", self._keys("w"), 0, -1))
        here = self._store.command("ZRANGEBYSCORE", self._keys("here"), f"({at(now)}", "+inf")
        seekers = (
            one for batch in _in_batches(waiting) for one in self._waiting(batch, rules, now)
        )
        peers = (
            one
            for batch in _in_batches(texts(here))
            for one in self._reachable(batch, rules, now)
        )
        return Snapshot(seekers=tuple(seekers), peers=tuple(peers))

    def reread(self, handle: Handle) -> tuple[Profile, int] | None:
        """Read one person's answers and their version again; None when they have left."""
        head, sealed = self._store.commands(
            [("HGETALL", self._keys("h:", handle)), ("GET", self._keys("p:", handle))]
        )
        found = head_from(head)
        profile = self._open(handle, sealed)
        return (profile, found.version) if found and profile else None

    def propose(self, proposal: Proposal, *, fence: int, rules: Rules, now: datetime) -> str:
        """Write the offer, or nothing: "offered", or the reason why not."""
        sealed = self._backing.vault.seal(
            pack_card(proposal.card),
            until=proposal.deadline + (proposal.deadline - now),  # a peer's yes renews it
            context=b"card" + proposal.offer.encode(),
            size=CARD_SIZE,
        )
        answer = self._backing.step(
            "propose",
            proposal.seeker,
            proposal.peer,
            proposal.offer,
            fence,
            *proposal.versions,
            at(proposal.deadline),
            self._backing.secrets.pair_mark(proposal.seeker, proposal.peer),
            at(proposal.deadline + rules.offers.repeat_after),
            sealed,
            proposal.card.kind,
            now=now,
        )
        return text(answer) if isinstance(answer, bytes | str) else ""

    def _waiting(
        self, handles: Sequence[str], rules: Rules, now: datetime
    ) -> Iterator[Waiting]:
        for found in self._read(handles, lambda one: ("HGETALL", self._keys("n:", one))):
            head = found.head
            profile = found.profile if _can_be_offered(head, now) else None
            if isinstance(profile, SeekerProfile):
                yield Waiting(
                    handle=found.handle,
                    profile=profile,
                    version=head.version,
                    since=head.since,
                    is_here=head.seen is not None and now - head.seen < SEEN_LATELY,
                    barred=self._barred(found.handle, found.more, rules, now),
                )

    def _reachable(
        self, handles: Sequence[str], rules: Rules, now: datetime
    ) -> Iterator[Reachable]:
        after = f"({at(now)}"
        for found in self._read(
            handles, lambda one: ("ZRANGEBYSCORE", self._keys("v:", one), after, "+inf")
        ):
            head, load = found.head, texts(found.more)
            profile = found.profile if _can_be_asked(head, now) else None
            free, missed = _free(head, load, rules), _missed(head, load)
            is_free = free > 0 and missed < rules.peers.missed_before_pause
            if isinstance(profile, PeerProfile) and is_free:
                yield Reachable(
                    handle=found.handle,
                    profile=profile,
                    version=head.version,
                    is_here=head.is_live,
                    free=free,
                    missed=missed,
                )

    def _read(self, handles: Sequence[str], more: Callable[[str], Command]) -> Iterator[_Found]:
        """Read everybody of a batch, and one thing `more` of each, in two round trips."""
        sealed = self._store.command("MGET", *(self._keys("p:", handle) for handle in handles))
        heads = [("HGETALL", self._keys("h:", handle)) for handle in handles]
        answers = self._store.commands([*heads, *(more(handle) for handle in handles)])
        for nth, (name, raw) in enumerate(zip(handles, sealed, strict=True)):
            handle, head = Handle(name), head_from(answers[nth])
            if head is not None:
                profile = self._open(handle, raw)
                yield _Found(handle, head, profile, answers[len(handles) + nth])

    def _barred(
        self, seeker: Handle, marks: dict[bytes, bytes], rules: Rules, now: datetime
    ) -> frozenset[Handle]:
        return frozenset(
            self._backing.secrets.marked_peer(seeker, mark)
            for mark, value in marks.items()
            if _is_barred(value.decode(), now, rules.offers.repeats)
        )

    def _open(self, handle: Handle, sealed: bytes | None) -> Profile | None:
        try:
            return None if sealed is None else self._backing.open_profile(handle, sealed)
        except VaultGoneError:
            return None


def _in_batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]


def _can_be_offered(head: Head, now: datetime) -> bool:
    has_offer = head.offer_until is not None and head.offer_until > now
    return head.state == "open" and head.until > now and not has_offer


def _can_be_asked(head: Head, now: datetime) -> bool:
    rests = head.rest_until is not None and head.rest_until > now
    may_meet = Scope.ADULTS in head.scope  # everybody who waits is an adult
    return head.state == "open" and head.until > now and may_meet and not rests


def _is_barred(value: str, now: datetime, repeats: int) -> bool:
    until, times = value.split(":")
    return float(until) > now.timestamp() or int(times) > repeats


def _free(head: Head, load: Sequence[str], rules: Rules) -> int:
    """Count a peer's free places: by capacity, and by today's ration of suggestions."""
    today = sum(member.startswith("d:") for member in load)
    taken = len(load) - today
    places = min(head.capacity, rules.peers.capacity_ceiling) - taken
    return max(0, min(places, rules.offers.a_day - today))


def _missed(head: Head, load: Sequence[str]) -> int:
    """Count the suggestions that a peer let pass: all since their last answer but open ones."""
    return max(0, head.missed - sum(member.startswith("o:") for member in load))
