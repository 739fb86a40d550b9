"""What every part of the store stands on: the connection, key names, seals, settings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from matcher.domain.noise import Chance, SystemChance
from matcher.domain.offer import OfferId
from matcher.domain.place import Visitor
from matcher.domain.profile import Handle, Profile, Role
from matcher.settings.model import Settings
from matcher.store.client import Store, Word
from matcher.store.clock import StoreClock, rounded_up
from matcher.store.heads import Head, head_from
from matcher.store.keys import Keys
from matcher.store.memory import Memory
from matcher.store.secrets import Secrets
from matcher.store.vault import Vault, day_of
from matcher.store.wire import PROFILE_SIZE, pack_profile, unpack_profile

WAITING_GRAIN = timedelta(minutes=1)
SYSTEM = SystemChance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """One pool's ground; `step` runs a Lua step on it at the present moment.

    The noise of sums is drawn from `chance`.
    """

    store: Store
    keys: Keys
    clock: StoreClock
    secrets: Secrets
    vault: Vault
    memory: Memory
    settings: Settings
    chance: Chance

    def is_closed(self) -> bool:
        """Say whether nobody new is taken in: it was closed to them, or memory is short.

        The rest is for those who are in: they answer, talk and come back as ever.
        """
        if self.memory.share() >= self.settings.pressure.closes:
            return True
        return bool(self.store.command("HGET", self.keys("stats:rules"), "closed") == b"1")

    def step(self, name: str, *words: Word, now: datetime) -> object:
        """Run the Lua step `name` at this moment."""
        return self.store.step(name, self.keys.prefix, *words, *self._moment(now))

    def steps(
        self, name: str, many: Iterable[Sequence[Word]], *, now: datetime
    ) -> list[object]:
        """Run the Lua step `name` many times at this moment."""
        moment = self._moment(now)
        return self.store.steps(name, self.keys.prefix, [(*words, *moment) for words in many])

    def stream(
        self, name: str, many: Iterable[Sequence[Word]], *, now: datetime
    ) -> Iterator[Any]:
        """Run the Lua step `name` many times; each answer comes while the next is worked on."""
        moment = self._moment(now)
        return self.store.stream(name, self.keys.prefix, ((*words, *moment) for words in many))

    def head(self, handle: Handle) -> Head | None:
        """Read what stands in clear about somebody."""
        return head_from(self.store.command("HGETALL", self.keys("h:", handle)))

    def coarse(self, moment: datetime) -> datetime:
        """Round an end up to the grain that all ends share, so that it tells nothing."""
        return rounded_up(moment, self.settings.lifetimes.grain)

    def way_back(self, visitor: Visitor) -> tuple[Word, ...]:
        """Name what leads somebody back and what may lengthen it, as `lead_back` reads it."""
        lifetimes = self.settings.lifetimes
        longer = -(-lifetimes.room_slow // lifetimes.grain) * lifetimes.grain
        return (
            visitor.code_key or "",
            visitor.session_key,
            longer.total_seconds(),
            lifetimes.after_room.total_seconds(),
        )

    def seal_profile(self, handle: Handle, profile: Profile, until: datetime) -> bytes:
        """Seal a profile under the key of the day on which it ends."""
        packed = pack_profile(profile, self.settings.needs)
        context = profile_context(handle)
        return self.vault.seal(packed, until=until, context=context, size=PROFILE_SIZE)

    def open_profile(self, handle: Handle, sealed: bytes) -> Profile:
        """Open a profile; VaultGoneError when its day has passed."""
        plain = self.vault.unseal(sealed, context=profile_context(handle))
        return unpack_profile(plain, self.settings.needs)

    def _moment(self, now: datetime) -> tuple[str, str]:
        return at(now), f"{self.clock.moved.total_seconds():.3f}"


def back(settings: Settings, chance: Chance = SYSTEM) -> Backing:
    """Build the ground of one pool; no connection is opened before the first use."""
    store = Store(settings.store_url)
    clock = StoreClock(store, has_offset=settings.has_test_clock)
    return Backing(
        store=store,
        keys=Keys(settings.pool),
        clock=clock,
        secrets=Secrets(settings.folders.vault),
        vault=Vault(settings.folders.vault, lambda: day_of(clock.agreed())),
        memory=Memory(store),
        settings=settings,
        chance=chance,
    )


def at(moment: datetime) -> str:
    """Write a moment the way Lua steps read it: a whole second takes a third of the memory."""
    return f"{moment.timestamp():.3f}".removesuffix(".000")


def profile_context(handle: Handle) -> bytes:
    """Say where somebody's sealed profile belongs."""
    return b"profile" + handle.encode()


def card_context(offer: OfferId, side: Role) -> bytes:
    """Say where the sealed card belongs that one side sees."""
    return f"card {side} {offer}".encode()
