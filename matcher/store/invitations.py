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
            name, ends = self._keys("i:", key), invitation.until - self._clock.moved
            millis = round(ends.timestamp() * 1000)  # a moment that many share
            self._store.command("SET", name, json.encode(invitation), "NX", "PXAT", millis)
