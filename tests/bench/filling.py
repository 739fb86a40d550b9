"""Fills a store of its own with drawn people, for benches."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, cycle, islice
from secrets import token_hex
from typing import Self

from matcher.domain.invitation import Scope
from matcher.domain.profile import Handle, PeerProfile, Profile, Role, SeekerProfile
from matcher.engine.population import draw
from matcher.local.acl import Role as User, ServerName
from matcher.local.lifeline import lifeline
from matcher.settings.load import load
from matcher.store.backing import Backing, at, back
from matcher.store.client import Command, Word
from matcher.store.secrets import HANDLE_BYTES
from tests.servers import private_folder, running

MEMORY = "2gb"
DRAWN = 10_000
LIFE = timedelta(days=10)
AT_ONCE = 1_000
MINUTES_OF_ARRIVAL = 5_000
BARRED_EVERY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A store with people in it, and how much memory it takes for them."""

    backing: Backing
    n_seekers: int
    n_peers: int
    store_bytes: int


@contextmanager
def filled(n_seekers: int, n_peers: int, seed: int) -> Iterator[Filled]:
    """Run a store on a socket of its own and let everybody in; all of it ends with the block.

    At most `DRAWN` people a side are drawn, and drawn again for whoever is more: sealing and
    handles are everybody's own. Every fourth seeker is barred from somebody.
    """
    with (
        private_folder() as folder,
        lifeline() as guard,
        running(ServerName.STORE, folder, guard=guard, memory=MEMORY) as store,
    ):
        for name in ("vault", "state"):
            (folder / name).mkdir(mode=0o700)
        settings = load(
            {
                "SANAD_STORE_URL": store.url(User.APP),
                "SANAD_QUEUE_URL": store.url(User.APP),  # never used
                "SANAD_VAULT_DIR": str(folder / "vault"),
                "SANAD_STATE_DIR": str(folder / "state"),
            }
        )
        backing = back(settings)
        before = _used(backing)
        commands = _commands(backing, n_seekers, n_peers, seed)
        while some := list(islice(commands, AT_ONCE)):
            backing.store.commands(some)
        yield Filled(
            backing=backing,
            n_seekers=n_seekers,
            n_peers=n_peers,
            store_bytes=_used(backing) - before,
        )


def _used(backing: Backing) -> int:
    return int(backing.store.command("INFO", "memory")["used_memory"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrivals:
    """What is written of people who come in at `now`."""

    backing: Backing
    now: datetime
    until: datetime

    @classmethod
    def to(cls, backing: Backing) -> Self:
        now = backing.clock.now()
        return cls(backing=backing, now=now, until=backing.coarse(now + LIFE))

    def seeker(self, profile: SeekerProfile, nth: int) -> Iterator[Command]:
        handle, keys = _handle(), self.backing.keys
        since = at(self.now - timedelta(minutes=nth % MINUTES_OF_ARRIVAL))
        yield from self._head(handle, Role.SEEKER, profile, {"since": since})
        yield "ZADD", keys("w"), since, handle
        if nth % BARRED_EVERY == 0:
            mark = self.backing.secrets.pair_mark(handle, _handle())
            yield "HSET", keys("n:", handle), mark, f"{at(self.until)}:1"

    def peer(self, profile: PeerProfile) -> Iterator[Command]:
        handle, keys, until = _handle(), self.backing.keys, at(self.until)
        own: dict[str, Word] = {
            "scope": Scope.ADULTS,
            "capacity": profile.capacity,
            "here_until": until,
        }
        yield from self._head(handle, Role.PEER, profile, own)
        yield "ZADD", keys("here"), until, handle
        yield "ZADD", keys("v:", handle), until, f"d:{_handle()}"

    def _head(
        self, handle: Handle, role: Role, profile: Profile, own: Mapping[str, Word]
    ) -> Iterator[Command]:
        keys, until = self.backing.keys, at(self.until)
        fields: dict[str, Word] = {
            "role": role, "age": profile.age, "version": 1, "state": "open",
            "since": at(self.now), "until": until, "stay": until, "last_end": until,
            "login": "first", "stint": 1, "scope": "", "capacity": 0, **own,
        }  # fmt: skip
        yield "HSET", keys("h:", handle), *chain.from_iterable(fields.items())
        sealed = self.backing.seal_profile(handle, profile, self.until)
        yield "SET", keys("p:", handle), sealed, "EXAT", int(self.until.timestamp())


def _commands(backing: Backing, n_seekers: int, n_peers: int, seed: int) -> Iterator[Command]:
    drawn = draw(min(n_seekers, DRAWN), min(n_peers, DRAWN), seed, needs=backing.settings.needs)
    arrivals = _Arrivals.to(backing)
    for nth, seeker in enumerate(islice(cycle(drawn.seekers), n_seekers)):
        yield from arrivals.seeker(seeker.profile, nth)
    for peer in islice(cycle(drawn.peers), n_peers):
        yield from arrivals.peer(peer.profile)


def _handle() -> Handle:
    return Handle(token_hex(HANDLE_BYTES))
