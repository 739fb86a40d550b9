"""Who may do what alone: tightening happens at once, loosening takes a second coordinator.

Every act goes through the ledger: what is begun is written down before it is carried out, so
that one that was cut short by a kill is carried out when somebody comes next. What carries an
act out (its effect) is therefore safe to run twice, and refuses nothing: what may be refused is
refused before anybody asks for it. Only where somebody else was faster, or what it needs was
forgotten meanwhile, an effect says so; the log, which is written once it is known how an act
ended, then tells that it came to nothing. What fails in any other way stays begun.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex

from matcher.domain.acts import (
    ALONE_WAITS,
    LOOSENING,
    Act,
    ActId,
    ActKind,
    Begun,
    Entry,
    Ledger,
    Step,
)
from matcher.domain.coordinator import OPERATOR, CoordinatorId, Roster
from matcher.domain.errors import (
    ActGoneError,
    DamagedError,
    MatcherError,
    NotAllowedError,
    OvertakenError,
)
from matcher.state.files import StateFile
from matcher.store.clock import Clock

Effect = Callable[[Act], None]

ID_BYTES = 6
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An act that waits, and what one coordinator may do about it now, or alone from when."""

    act: Act
    may_agree: bool
    may_withdraw: bool
    alone_from: datetime | None


class Oversight:
    """One pool's acts: asked for, agreed to, carried out, written down."""

    def __init__(
        self, ledger: StateFile[Ledger], roster: StateFile[Roster], clock: Clock
    ) -> None:
        self._ledger = ledger
        self._roster = roster
        self._clock = clock
        self._effects: dict[ActKind, Effect] = {}
        self._checks: dict[ActKind, Effect] = {}

    def carries_out(
        self, kind: ActKind, effect: Effect, *, check: Effect = lambda _act: None
    ) -> None:
        """Say what carries out acts of a kind; `check` may refuse a late yes to one."""
        self._effects[kind] = effect
        self._checks[kind] = check

    def do(
        self,
        kind: ActKind,
        who: CoordinatorId,
        *,
        what: Mapping[str, str] = _NOTHING,
        about: CoordinatorId | None = None,
    ) -> bool:
        """Carry an act out, or let it wait for a second yes if it loosens: then False.

        Who sits at a terminal of the machine could change every file of it: they wait for
        nobody, and stand in the log.

        Raises
        ------
        OvertakenError
            If somebody else was faster, so that nothing was done.
        """
        act = self._act(kind, who, what, about)
        if kind in LOOSENING and who != OPERATOR:
            with self._ledger.changing() as draft:
                book = draft.value.noted(act, Step.ASKED, by=who, at=act.at)
                draft.value = replace(book, asked=(*book.waiting(now=act.at), act))
            return False
        begun = Begun(act=act, by=who)
        with self._ledger.changing() as draft:
            draft.value = replace(draft.value, begun=(*draft.value.begun, begun))
        self._finish(begun)
        return True

    def tighten(
        self, kind: ActKind, who: CoordinatorId, *, what: Mapping[str, str] = _NOTHING
    ) -> None:
        """Carry out what takes something away that could harm, also where the log is damaged.

        Then it is logged nowhere, and every page of the log says that the log is damaged.
        What loosens waits for a log even so. Raises like `do`.
        """
        try:
            self.do(kind, who, what=what)
        except DamagedError as error:
            if error.file != self._ledger.name or kind in LOOSENING:
                raise
            self._effects[kind](self._act(kind, who, what, None))

    def record(
        self,
        kind: ActKind,
        who: CoordinatorId,
        *,
        what: Mapping[str, str] = _NOTHING,
        about: CoordinatorId | None = None,
    ) -> None:
        """Write down what was done, or is about to be, where nothing else has to follow."""
        act = self._act(kind, who, what, about)
        with self._ledger.changing() as draft:
            draft.value = draft.value.noted(act, Step.DONE, by=who, at=act.at)

    def agree(self, which: ActId, who: CoordinatorId) -> None:
        """Say the second yes; where nobody else could, one's own, a day later.

        Raises
        ------
        ActGoneError
            If it was agreed to or withdrawn meanwhile, or has waited too long.
        NotAllowedError
            If this coordinator may not agree to it, or not yet.
        OvertakenError
            If somebody else was faster; also where its own check says so: then it waits on.
        """
        now = self._clock.now()
        act = self._found(self._ledger.read(), which, now)
        if not self._judged(act, who, now).may_agree:
            raise NotAllowedError
        self._checks[act.kind](act)
        begun = Begun(act=act, by=who)
        with self._ledger.changing() as draft:
            book = draft.value
            self._found(book, which, now)
            left = tuple(one for one in book.waiting(now=now) if one.id != which)
            draft.value = replace(book, asked=left, begun=(*book.begun, begun))
        self._finish(begun)

    def withdraw(self, which: ActId, who: CoordinatorId) -> None:
        """Let an act that waits come to nothing; anybody may, but whom others ask it about.

        Raises
        ------
        ActGoneError
            If it waits no more.
        NotAllowedError
            If others ask it about this coordinator.
        """
        now = self._clock.now()
        with self._ledger.changing() as draft:
            book = draft.value
            act = self._found(book, which, now)
            if not _may_withdraw(act, who):
                raise NotAllowedError
            left = tuple(one for one in book.asked if one.id != which)
            draft.value = replace(book, asked=left).noted(act, Step.WITHDRAWN, by=who, at=now)

    def waiting(self, who: CoordinatorId) -> tuple[Waiting, ...]:
        """List what waits, and what this coordinator may do about it."""
        now = self._clock.now()
        return tuple(
            self._judged(act, who, now) for act in self._ledger.read().waiting(now=now)
        )

    def entries(self) -> tuple[Entry, ...]:
        """Read the audit log, the first line first."""
        return self._ledger.read().entries

    def resume(self) -> None:
        """Carry out what was begun when a process was killed; what fails is tried once more."""
        for begun in self._ledger.read().begun:
            if begun.act.kind in self._effects:
                with suppress(MatcherError):
                    self._finish(begun)

    def _judged(self, act: Act, who: CoordinatorId, now: datetime) -> Waiting:
        all_of_us = {one.id for one in self._roster.read().coordinators}
        others = all_of_us - {act.who, act.about}
        alone_from = None if others else act.at + ALONE_WAITS
        is_second = who in others
        is_first_alone = who == act.who and alone_from is not None and alone_from <= now
        return Waiting(
            act=act,
            may_agree=act.who in all_of_us and (is_second or is_first_alone),
            may_withdraw=_may_withdraw(act, who),
            alone_from=alone_from,
        )

    def _finish(self, begun: Begun) -> None:
        try:
            self._effects[begun.act.kind](begun.act)
        except OvertakenError:
            self._end(begun, Step.OVERTAKEN)
            raise
        except ActGoneError:
            self._end(begun, Step.LAPSED)
            raise
        self._end(begun, Step.DONE)

    def _end(self, begun: Begun, step: Step) -> None:
        """Write down how an act ended, once, whoever else was finishing it."""
        now = self._clock.now()
        with self._ledger.changing() as draft:
            book = draft.value
            if begun in book.begun:
                left = tuple(one for one in book.begun if one != begun)
                book = replace(book, begun=left)
                draft.value = book.noted(begun.act, step, by=begun.by, at=now)

    def _act(
        self,
        kind: ActKind,
        who: CoordinatorId,
        what: Mapping[str, str],
        about: CoordinatorId | None,
    ) -> Act:
        return Act(
            id=ActId(token_hex(ID_BYTES)),
            kind=kind,
            who=who,
            at=self._clock.now().replace(microsecond=0),
            about=about,
            what=what,
        )

    def _found(self, book: Ledger, which: ActId, now: datetime) -> Act:
        act = book.find(which, now=now)
        if act is None:
            raise ActGoneError
        return act


def _may_withdraw(act: Act, who: CoordinatorId) -> bool:
    """Whose account is asked for can say that they need no help: they are signed in."""
    return act.kind is ActKind.RECOVER or who == act.who or who != act.about
