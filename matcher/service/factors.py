"""What a coordinator proves by, changed by themselves: the passphrase, the authenticator.

Each takes the passphrase as it was, and ends every other session of theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from matcher.domain.acts import ActKind
from matcher.domain.coordinator import Coordinator
from matcher.domain.errors import NotSignedInError, NotSureError
from matcher.service import digits, passphrases
from matcher.service.account import mine
from matcher.service.coordinators import Doors, Me
from matcher.service.oversight import Oversight
from matcher.service.tries import count_try

Changed = Callable[[Coordinator], Coordinator]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticator:
    """A new authenticator: its secret, and the digits that it shows."""

    secret: str = field(repr=False)
    typed: str = field(repr=False)


class Factors:
    """The proofs of whoever is signed in."""

    def __init__(self, doors: Doors, oversight: Oversight) -> None:
        self._doors = doors
        self._oversight = oversight

    def change_passphrase(self, me: Me, before: str, after: str) -> str:
        """Take another passphrase; returns the cookie of the one session that is left.

        Raises
        ------
        TooManyTriesError
            If the passphrase was tried too often within this minute.
        NotSureError
            If `before` is not the passphrase.
        ProofsChangedError
            If somebody has changed either since this visit was let in: that stays.
        """
        secret = self._opened(me, before)
        lock = passphrases.locked(after, secret)
        return self._put(me, ActKind.CHANGE_PASSPHRASE, lambda one: replace(one, lock=lock))

    def renew_digits(self, me: Me, passphrase: str, fresh: Authenticator) -> str:
        """Take another authenticator. Raises and returns like `change_passphrase`.

        Raises
        ------
        NotSignedInError
            If the digits are not those that the new secret gives now.
        """
        self._opened(me, passphrase)
        step = digits.step_of(fresh.secret, fresh.typed, now=self._now(), after=0)
        if step is None:
            raise NotSignedInError
        lock = passphrases.locked(passphrase, fresh.secret)
        return self._put(
            me, ActKind.RENEW_DIGITS, lambda one: replace(one, lock=lock, last_step=step)
        )

    def _opened(self, me: Me, passphrase: str) -> str:
        count_try(self._doors.counts, me.name)
        found = mine(self._doors.roster.read(), me)
        secret = passphrases.opened(found.lock, passphrase)
        if secret is None:
            raise NotSureError
        return secret

    def _put(self, me: Me, kind: ActKind, changed: Changed) -> str:
        with self._doors.roster.changing() as draft:
            one = mine(draft.value, me)
            self._oversight.record(kind, me.id)  # nothing is changed without
            draft.value = draft.value.with_one(changed(one))
        return self._doors.desks.open(me.id, now=self._now())

    def _now(self) -> datetime:
        return self._doors.clock.now()
