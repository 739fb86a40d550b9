"""What a coordinator changes about their own account: the passkeys of their devices."""

from matcher.domain.acts import ActKind
from matcher.domain.coordinator import Coordinator, CoordinatorId, Passkey, Roster
from matcher.domain.errors import NoSessionError
from matcher.service.coordinators import Me
from matcher.service.oversight import Oversight
from matcher.service.passkeys import Passkeys, Sent
from matcher.state.files import StateFile


class Account:
    """Passkeys of whoever is signed in."""

    def __init__(
        self, roster: StateFile[Roster], passkeys: Passkeys, oversight: Oversight
    ) -> None:
        self._roster = roster
        self._passkeys = passkeys
        self._oversight = oversight

    def challenge(self) -> str:
        """Make a challenge for a device."""
        return self._passkeys.challenge()

    def passkeys(self, who: CoordinatorId) -> tuple[Passkey, ...]:
        """List somebody's passkeys."""
        found = self._roster.read().of(who)
        return found.passkeys if found else ()

    def add(self, me: Me, sent: Sent) -> None:
        """Take a new passkey.

        Raises
        ------
        PasskeyError
            If what was sent is none.
        ProofsChangedError
            If what they prove by was changed since this visit was let in.
        """
        key = self._passkeys.registered(sent)
        with self._roster.changing() as draft:
            one = mine(draft.value, me).with_passkey(key)
            self._oversight.record(ActKind.ADD_PASSKEY, me.id)  # nothing is changed without
            draft.value = draft.value.with_one(one)

    def remove(self, me: Me, mark: str) -> None:
        """Forget a passkey; nothing happens where there is none of this mark.

        Raises
        ------
        ProofsChangedError
            If what they prove by was changed since this visit was let in.
        """
        with self._roster.changing() as draft:
            one = mine(draft.value, me)
            for gone in [key for key in one.passkeys if key.mark == mark]:
                self._oversight.record(ActKind.REMOVE_PASSKEY, me.id)
                draft.value = draft.value.with_one(one.without_passkey(gone.id))


def mine(roster: Roster, me: Me) -> Coordinator:
    """Find the account of whoever asks, as this visit of theirs was let in.

    Raises
    ------
    NoSessionError
        If it is gone.
    ProofsChangedError
        If it is opened by something else by now.
    """
    found = roster.of(me.id)
    if found is None:
        raise NoSessionError
    return found.unchanged(me.lock)
