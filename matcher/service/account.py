"""What a coordinator changes about their own account: the passkeys of their devices."""

from matcher.domain.acts import ActKind
from matcher.domain.coordinator import Coordinator, CoordinatorId, Passkey, Roster
from matcher.domain.errors import NoSessionError
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
        return _of(self._roster.read(), who).passkeys

    def add(self, who: CoordinatorId, sent: Sent) -> None:
        """Take a new passkey.

        Raises
        ------
        PasskeyError
            If what was sent is none.
        """
        key = self._passkeys.registered(sent)
        self._oversight.record(ActKind.ADD_PASSKEY, who)
        with self._roster.changing() as draft:
            one = _of(draft.value, who).with_passkey(key)
            draft.value = draft.value.with_one(one)

    def remove(self, who: CoordinatorId, mark: str) -> None:
        """Forget a passkey; nothing happens where there is none of this mark."""
        self._oversight.record(ActKind.REMOVE_PASSKEY, who)
        with self._roster.changing() as draft:
            one = _of(draft.value, who)
            gone = next((key.id for key in one.passkeys if key.mark == mark), b"")
            draft.value = draft.value.with_one(one.without_passkey(gone))


def _of(roster: Roster, who: CoordinatorId) -> Coordinator:
    found = roster.of(who)
    if found is None:
        raise NoSessionError
    return found
