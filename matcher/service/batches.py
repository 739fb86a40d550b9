"""Batches of invitations: what for, how many, until when; revoked as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex

from matcher.domain.acts import Act, ActKind
from matcher.domain.codes import Code
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import ActGoneError
from matcher.domain.invitation import ALONE_A_DAY, Batch, BatchId, Invitation, Scope
from matcher.domain.needs import NeedId
from matcher.service.invitations import Invitations, new_codes
from matcher.service.oversight import Oversight
from matcher.state.files import StateFile
from matcher.store.clock import StoreClock, rounded_down
from matcher.store.secrets import invitation_key

ID_BYTES = 4
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a coordinator asks for."""

    purpose: str
    count: int
    lives: timedelta
    scope: frozenset[Scope]
    trained_for: frozenset[NeedId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """New invitations; their codes are shown now and never again."""

    codes: tuple[Code, ...]
    batch: Batch
    may_be_used: bool


class Batches:
    """One pool's batches."""

    def __init__(
        self,
        file: StateFile[Mapping[BatchId, Batch]],
        invitations: Invitations,
        oversight: Oversight,
        clock: StoreClock,
    ) -> None:
        self._file = file
        self._invitations = invitations
        self._oversight = oversight
        self._clock = clock
        for kind in (ActKind.INVITE_PEERS, ActKind.INVITE_MORE):
            oversight.carries_out(kind, self._release)
        oversight.carries_out(ActKind.REVOKE_BATCH, self._revoke)

    def all(self) -> tuple[Batch, ...]:
        """List the batches that may still be used, the newest first."""
        now, every = self._clock.now(), self._file.read().values()
        found = [one for one in every if one.invitation.until > now and not one.is_revoked]
        return tuple(sorted(found, key=lambda one: one.made, reverse=True))

    def make(self, wish: Wish, who: CoordinatorId) -> Made:
        """Make invitations; where they reach the young, or are many, they wait for a yes."""
        codes, now = new_codes(wish.count), self._clock.now()
        name = BatchId(token_hex(ID_BYTES))
        batch = Batch(
            id=name,
            purpose=wish.purpose,
            who=who,
            made=rounded_down(now, _A_DAY),
            count=wish.count,
            invitation=Invitation(
                scope=wish.scope,
                trained_for=wish.trained_for,
                until=self._invitations.end(wish.lives),
                batch=name,
            ),
            held=tuple(invitation_key(code) for code in codes),
        )
        today = self._keep(batch, now)
        is_loose = Scope.YOUTH in wish.scope or today > ALONE_A_DAY
        kind = ActKind.INVITE_MORE if is_loose else ActKind.INVITE_PEERS
        what = {"batch": name, "count": str(wish.count), "scope": "+".join(sorted(wish.scope))}
        return Made(
            codes=codes, batch=batch, may_be_used=self._oversight.do(kind, who, what=what)
        )

    def revoke(self, batch: BatchId, who: CoordinatorId) -> None:
        """End what is left of a batch, at once.

        Raises
        ------
        ActGoneError
            If there is no such batch any more.
        """
        if batch not in {one.id for one in self.all()}:
            raise ActGoneError
        self._oversight.tighten(ActKind.REVOKE_BATCH, who, what={"batch": batch})

    def _keep(self, batch: Batch, now: datetime) -> int:
        """Keep a batch; say how many invitations its day has by now."""
        with self._file.changing() as draft:
            left = {k: one for k, one in draft.value.items() if one.invitation.until > now}
            draft.value = {**left, batch.id: batch}
            return sum(one.count for one in draft.value.values() if one.made == batch.made)

    def _release(self, act: Act) -> None:
        batch = self._file.read().get(BatchId(act.what["batch"]))
        if batch is None or batch.is_revoked:
            raise ActGoneError
        if batch.held and batch.invitation.until <= self._clock.now():
            raise ActGoneError  # nobody could use them any more
        self._invitations.put_up(batch.held, batch.invitation)
        self._change(batch.id, lambda one: replace(one, held=()))
        found = self._file.read().get(batch.id)
        if found is None or found.is_revoked:  # meanwhile
            self._invitations.revoke(batch.id)

    def _revoke(self, act: Act) -> None:
        batch = BatchId(act.what["batch"])
        self._change(batch, lambda one: replace(one, held=(), is_revoked=True))
        self._invitations.revoke(batch)

    def _change(self, batch: BatchId, change: Callable[[Batch], Batch]) -> None:
        with self._file.changing() as draft:
            if one := draft.value.get(batch):
                draft.value = {**draft.value, batch: change(one)}
