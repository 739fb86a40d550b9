"""Unused invitations, by their hashes."""

from datetime import datetime

from msgspec import json

from matcher.domain.codes import Code
from matcher.domain.invitation import Invitation
from matcher.store.backing import Backing
from matcher.store.secrets import invitation_key

USED = b"used"


class Invitations:
    """One pool's invitations; a used one keeps its key, so that it is never used twice."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._keys = backing.keys
        self._clock = backing.clock

    def look(self, code: Code) -> Invitation | None:
        """Read an unused invitation; looking does not use it up."""
        raw = self._store.command("GET", self._keys("i:", invitation_key(code)))
        return None if raw in (None, USED) else json.decode(raw, type=Invitation)

    def restore(self, key: str, invitation: Invitation, *, now: datetime) -> None:
        """Put up an invitation that is not known yet; a used one stays used."""
        if invitation.until > now:
            name, millis = self._keys("i:", key), self._end(invitation)
            self._store.command("SET", name, json.encode(invitation), "NX", "PXAT", millis)

    def revoke(self, key: str, invitation: Invitation, *, now: datetime) -> None:
        """Let nobody use an invitation any more, also where it is put up once more."""
        if invitation.until > now:
            millis = self._end(invitation)
            self._store.command("SET", self._keys("i:", key), USED, "PXAT", millis)

    def _end(self, invitation: Invitation) -> int:
        """Say when it ends: a moment that many share."""
        return round((invitation.until - self._clock.moved).timestamp() * 1000)
