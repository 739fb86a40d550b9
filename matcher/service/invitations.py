"""Invitations: given out by the network after its own vetting; single use."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import randbits

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.errors import InvitationGoneError, MatcherError
from matcher.domain.invitation import BatchId, Invitation, Scope
from matcher.domain.needs import NeedId
from matcher.state.invitations import InvitationFile
from matcher.store import invitations as stored
from matcher.store.clock import StoreClock, rounded_up
from matcher.store.secrets import invitation_key

WHOLE_DAYS = timedelta(days=1)


class Invitations:
    """Makes invitations and says what an unused one carries."""

    def __init__(
        self,
        store: stored.Invitations,
        file: InvitationFile,
        clock: StoreClock,
        lives: timedelta,
    ) -> None:
        self._store = store
        self._file = file
        self._clock = clock
        self._lives = lives

    def create(
        self, *, count: int, scope: frozenset[Scope], trained_for: frozenset[NeedId]
    ) -> tuple[Code, ...]:
        """Make `count` invitations; only their hashes are kept."""
        until = self.end(self._lives)
        invitation = Invitation(scope=scope, trained_for=trained_for, until=until)
        made = new_codes(count)
        self.put_up([invitation_key(code) for code in made], invitation)
        return made

    def end(self, lives: timedelta) -> datetime:
        """Say when invitations that are made now end: on a whole day, which many share."""
        now = self._clock.now()
        lives = min(lives, self._lives)
        return min(rounded_up(now + lives - WHOLE_DAYS, WHOLE_DAYS), now + lives)

    def put_up(self, keys: Iterable[str], invitation: Invitation) -> None:
        """Let the invitations of these hashes be used."""
        every = dict.fromkeys(keys, invitation)
        self._file.add(every)
        now = self._clock.now()
        for key in every:
            self._store.restore(key, invitation, now=now)

    def revoke(self, batch: BatchId) -> None:
        """Let nobody use what is left of a batch; safe to do twice.

        The store goes first: who is on the way in finds theirs used, and none comes back.
        """
        now = self._clock.now()
        left = {key: one for key, one in self._file.unused().items() if one.batch == batch}
        for key, invitation in left.items():
            self._store.revoke(key, invitation, now=now)
        self._file.remove(frozenset(left))

    def look(self, code: Code) -> Invitation:
        """Read what an unused invitation carries; this does not use it up.

        Raises
        ------
        InvitationGoneError
            If it was used, has ended or never existed.
        """
        found = self._store.look(code)
        if found is None:
            raise InvitationGoneError
        return found

    @contextmanager
    def using(self, code: Code, invitation: Invitation) -> Iterator[None]:
        """Use an invitation up while the block lets somebody in; unused if it fails.

        The file goes first: a kill in between may lose an invitation, never use it twice.
        """
        key = invitation_key(code)
        self._file.remove(frozenset({key}))
        try:
            yield
        except MatcherError:
            if self._store.look(code) is not None:
                self._file.add({key: invitation})
            raise

    def restore(self) -> None:
        """Put unused invitations up again after the store was lost; forget ended ones."""
        now = self._clock.now()
        unused = self._file.unused()
        for key, invitation in unused.items():
            self._store.restore(key, invitation, now=now)
        if ended := frozenset(key for key, one in unused.items() if one.until <= now):
            self._file.remove(ended)


def new_codes(count: int) -> tuple[Code, ...]:
    """Draw codes."""
    return tuple(codes.from_bits(randbits(codes.BITS)) for _ in range(count))
