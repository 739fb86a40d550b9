"""Who gets into the console: one-time codes, passphrases with digits, one session a person."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_hex

from matcher.domain.acts import ActKind
from matcher.domain.codes import Code
from matcher.domain.coordinator import (
    OPERATOR,
    Coordinator,
    CoordinatorId,
    Opening,
    PassphraseLock,
    Rank,
    Roster,
)
from matcher.domain.errors import (
    NoSessionError,
    NotSignedInError,
    NotSureError,
    OpeningGoneError,
    PasskeyError,
    UnknownNameError,
)
from matcher.service import digits, passphrases
from matcher.service.openings import OPENING_LIVES, account_of, new_opening, usable
from matcher.service.oversight import Oversight
from matcher.service.passkeys import Passkeys, Sent
from matcher.service.tries import count_try
from matcher.state.files import StateFile
from matcher.store.clock import StoreClock
from matcher.store.counts import Counts
from matcher.store.desks import Desks
from matcher.store.secrets import opening_key

ID_BYTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What somebody with a one-time code says of themselves, and what their phone showed."""

    name: str
    passphrase: str = field(repr=False)
    secret: str = field(repr=False)
    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """What somebody proves by besides their passphrase: digits, or a passkey."""

    digits: str = field(default="", repr=False)
    passkey: Sent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The coordinator who asks, and whether they gave their passphrase lately.

    `lock` is what their account was opened by; once it is another, this visit changes nothing
    of it. `is_asked_for`: a code is out that gives this account to whoever has it.
    """

    id: CoordinatorId
    name: str
    rank: Rank
    is_sure: bool
    lock: PassphraseLock = field(repr=False)
    is_asked_for: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What signing in stands on."""

    roster: StateFile[Roster]
    desks: Desks
    counts: Counts
    clock: StoreClock
    passkeys: Passkeys


class Coordinators:
    """The accounts of one pool's coordinators."""

    def __init__(self, doors: Doors, oversight: Oversight) -> None:
        self._roster = doors.roster
        self._desks = doors.desks
        self._counts = doors.counts
        self._clock = doors.clock
        self._passkeys = doors.passkeys
        self._oversight = oversight

    def are_none(self) -> bool:
        """Say whether nobody has an account yet."""
        return not self._roster.read().coordinators

    def open_door(self, rank: Rank) -> Code:
        """Make a one-time code for whoever sits at a terminal of this machine."""
        code, key = new_opening()
        self._oversight.record(ActKind.INVITE, OPERATOR, what={"rank": rank})
        self.let_in(key, rank, since=self._clock.now(), by=OPERATOR)
        return code

    def let_in(self, key: str, rank: Rank, *, since: datetime, by: CoordinatorId) -> None:
        """Let whoever has the code of this hash become a coordinator; safe to do twice."""
        opening = Opening(rank=rank, until=since + OPENING_LIVES, by=by)
        with self._roster.changing() as draft:
            draft.value = draft.value.opened(key, opening)

    def open_account(self, name: str) -> Code:
        """Make a one-time code that gives somebody their account back, at a terminal.

        Raises
        ------
        UnknownNameError
            If nobody signs in with this name.
        """
        found = self._roster.read().named(name)
        if found is None:
            raise UnknownNameError
        code, key = new_opening()
        self._oversight.record(ActKind.RECOVER, OPERATOR, about=found.id)
        self.let_back_in(key, found.id, since=self._clock.now(), by=OPERATOR)
        return code

    def let_back_in(
        self, key: str, whom: CoordinatorId, *, since: datetime, by: CoordinatorId
    ) -> None:
        """Let whoever has the code of this hash choose new proofs; safe to do twice."""
        with self._roster.changing() as draft:
            if one := draft.value.of(whom):
                until = since + OPENING_LIVES
                opening = Opening(rank=one.rank, until=until, whom=whom, by=by)
                draft.value = draft.value.opened(key, opening)

    def keep_account(self, who: CoordinatorId) -> None:
        """Let no code that is out give somebody's own account away."""
        self._oversight.record(ActKind.KEEP_ACCOUNT, who)
        with self._roster.changing() as draft:
            draft.value = draft.value.kept_by(who)

    def join(self, code: Code, newcomer: Newcomer) -> str:
        """Make an account with a one-time code, or get one back, and sign its owner in.

        What gave entry to an account before does so no more, and its session ends.

        Raises
        ------
        OpeningGoneError
            If the code was used, has ended or never existed.
        NotSignedInError
            If the digits are not those that the new secret gives now.
        NameTakenError
            If somebody else signs in with this name.
        OtherNameError
            If the code is for the account of somebody with another name.
        """
        now, key = self._clock.now(), opening_key(code)
        if key not in self._roster.read().openings:
            raise OpeningGoneError
        step = digits.step_of(newcomer.secret, newcomer.typed, now=now, after=0)
        if step is None:
            raise NotSignedInError
        lock = passphrases.locked(newcomer.passphrase, newcomer.secret)
        with self._roster.changing() as draft:
            opening = usable(draft.value, key, now)
            had = account_of(draft.value, opening, newcomer.name)
            who = had.id if had else CoordinatorId(token_hex(ID_BYTES))
            name = had.name if had else newcomer.name.strip()
            rank = (
                had.rank if had else opening.rank
            )  # it may be another since the code was made
            one = Coordinator(id=who, name=name, rank=rank, lock=lock, last_step=step)
            kind = ActKind.GET_BACK_IN if had else ActKind.JOIN
            self._oversight.record(kind, who, what={"rank": one.rank})  # no account without
            draft.value = draft.value.closed(key, now=now).kept_by(who).with_one(one)
        return self._desks.open(who, now=now)

    def sign_in(self, name: str, passphrase: str, second: Second) -> str:
        """Open a session; a name that nobody has takes as long, and is answered alike.

        Raises
        ------
        TooManyTriesError
            If this name was tried too often within this minute.
        NotSignedInError
            If name, passphrase and digits, or passkey, do not belong together.
        """
        count_try(self._counts, name)
        found = self._roster.read().named(name)
        lock = found.lock if found else passphrases.NOBODYS
        secret = passphrases.opened(lock, passphrase)
        if found is None or secret is None or not self._uses(found, secret, second):
            raise NotSignedInError
        return self._desks.open(found.id, now=self._clock.now())

    def me(self, cookie: str | None) -> Me:
        """Find who holds this cookie.

        Raises
        ------
        NoSessionError
            If the session is over, or this is no coordinator any more.
        """
        if cookie is None:
            raise NoSessionError
        desk = self._desks.visit(cookie, now=self._clock.now())
        roster = self._roster.read()
        found = roster.of(desk.who)
        if found is None:
            raise NoSessionError
        return Me(
            id=found.id,
            name=found.name,
            rank=found.rank,
            is_sure=desk.is_sure,
            lock=found.lock,
            is_asked_for=roster.is_asked_for(found.id, now=self._clock.about()),
        )

    def make_sure(self, me: Me, cookie: str, passphrase: str) -> None:
        """Take the passphrase once more before a dangerous act; it does for some minutes.

        Raises
        ------
        TooManyTriesError
            If it was tried too often within this minute.
        NotSureError
            If it is another one.
        """
        count_try(self._counts, me.name)
        found = self._roster.read().of(me.id)
        if found is None or passphrases.opened(found.lock, passphrase) is None:
            raise NotSureError
        self._desks.make_sure(cookie, now=self._clock.now())

    def roster(self) -> Roster:
        """List who coordinates."""
        return self._roster.read()

    def rank(self, who: CoordinatorId, rank: Rank) -> None:
        """Make somebody an owner, or one no more; safe to do twice."""
        with self._roster.changing() as draft:
            if one := draft.value.of(who):
                draft.value = draft.value.with_one(replace(one, rank=rank))

    def remove(self, who: CoordinatorId) -> None:
        """End an account, and with it its session; safe to do twice."""
        with self._roster.changing() as draft:
            draft.value = draft.value.without(who)

    def sign_out(self, cookie: str) -> None:
        """End a session."""
        self._desks.close(cookie)

    def _uses(self, found: Coordinator, secret: str, second: Second) -> bool:
        """Use a proof up, so that no process takes it again."""
        if second.passkey:
            return self._uses_passkey(found, second.passkey)
        now = self._clock.now()
        with self._roster.changing() as draft:
            one = draft.value.of(found.id)
            if one is None or one.lock != found.lock:  # the secret is another by now
                return False
            step = digits.step_of(secret, second.digits, now=now, after=one.last_step)
            if step is None:
                return False
            draft.value = draft.value.with_one(replace(one, last_step=step))
        return True

    def _uses_passkey(self, found: Coordinator, sent: Sent) -> bool:
        try:
            key = self._passkeys.proven(sent, found)
        except PasskeyError:
            return False
        with self._roster.changing() as draft:
            one = draft.value.of(found.id)
            if one is None or one.lock != found.lock:
                return False
            if key.id not in {had.id for had in one.passkeys}:
                return False
            draft.value = draft.value.with_one(one.with_passkey(key))
        return True
