"""Who gets into the console: one-time codes, passphrases with digits, one session a person."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from secrets import randbits, token_hex

from matcher.domain import codes
from matcher.domain.acts import ActKind
from matcher.domain.codes import Code
from matcher.domain.coordinator import (
    OPERATOR,
    Coordinator,
    CoordinatorId,
    Opening,
    Rank,
    Roster,
    plain_name,
)
from matcher.domain.errors import (
    NameTakenError,
    NoSessionError,
    NotSignedInError,
    NotSureError,
    OpeningGoneError,
    PasskeyError,
    TooManyTriesError,
)
from matcher.service import digits, passphrases
from matcher.service.oversight import Oversight
from matcher.service.passkeys import Passkeys, Sent
from matcher.state.files import StateFile
from matcher.store.clock import StoreClock
from matcher.store.counts import Counts
from matcher.store.desks import Desks
from matcher.store.keys import MINUTE
from matcher.store.secrets import opening_key

OPENING_LIVES = timedelta(hours=24)
TRIES_A_MINUTE = 5
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
    """The coordinator who asks, and whether they gave their passphrase lately."""

    id: CoordinatorId
    name: str
    rank: Rank
    is_sure: bool


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
        self.let_in(key, rank, since=self._clock.now())
        return code

    def let_in(self, key: str, rank: Rank, *, since: datetime) -> None:
        """Let whoever has the code of this hash become a coordinator; safe to do twice."""
        opening = Opening(rank=rank, until=since + OPENING_LIVES)
        with self._roster.changing() as draft:
            draft.value = draft.value.opened(key, opening)

    def join(self, code: Code, newcomer: Newcomer) -> str:
        """Make an account with a one-time code, and sign its owner in.

        Raises
        ------
        OpeningGoneError
            If the code was used, has ended or never existed.
        NotSignedInError
            If the digits are not those that the new secret gives now.
        NameTakenError
            If somebody else signs in with this name.
        """
        now, key = self._clock.now(), opening_key(code)
        if key not in self._roster.read().openings:
            raise OpeningGoneError
        step = digits.step_of(newcomer.secret, newcomer.typed, now=now, after=0)
        if step is None:
            raise NotSignedInError
        lock = passphrases.locked(newcomer.passphrase, newcomer.secret)
        with self._roster.changing() as draft:
            rank = _rank(draft.value, key, newcomer.name, now)
            who = CoordinatorId(token_hex(ID_BYTES))
            name = newcomer.name.strip()
            one = Coordinator(id=who, name=name, rank=rank, lock=lock, last_step=step)
            self._oversight.record(ActKind.JOIN, who, what={"rank": rank})  # no account without
            draft.value = draft.value.closed(key, now=now).with_one(one)
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
        self._count(name)
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
        found = self._roster.read().of(desk.who)
        if found is None:
            raise NoSessionError
        return Me(id=found.id, name=found.name, rank=found.rank, is_sure=desk.is_sure)

    def make_sure(self, me: Me, cookie: str, passphrase: str) -> None:
        """Take the passphrase once more before a dangerous act; it does for some minutes.

        Raises
        ------
        TooManyTriesError
            If it was tried too often within this minute.
        NotSureError
            If it is another one.
        """
        self._count(me.name)
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

    def _count(self, name: str) -> None:
        """Count one try of a name, whoever tries it, and whether or not anybody has it."""
        if self._counts.count(f"coordinator {plain_name(name)}", MINUTE) > TRIES_A_MINUTE:
            raise TooManyTriesError

    def _uses(self, found: Coordinator, secret: str, second: Second) -> bool:
        """Use a proof up, so that no process takes it again."""
        if second.passkey:
            return self._uses_passkey(found, second.passkey)
        now = self._clock.now()
        with self._roster.changing() as draft:
            one = draft.value.of(found.id)
            if one is None:
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
            if one is None or key.id not in {had.id for had in one.passkeys}:
                return False
            draft.value = draft.value.with_one(one.with_passkey(key))
        return True


def new_opening() -> tuple[Code, str]:
    """Draw a one-time code, and say by what hash it is known."""
    code = codes.from_bits(randbits(codes.BITS))
    return code, opening_key(code)


def _rank(roster: Roster, key: str, name: str, now: datetime) -> Rank:
    opening = roster.openings.get(key)
    if opening is None or opening.until <= now:
        raise OpeningGoneError
    if roster.named(name):
        raise NameTakenError
    return opening.rank
