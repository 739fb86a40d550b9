"""Passkeys: a key in somebody's device in the place of digits.

What a device signs holds a challenge of ours. Nothing is kept to make one: we sign it, it is
good for some minutes and, once it came back, used up.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64Error
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

from msgspec import DecodeError, Struct, ValidationError, json
from webauthn import verify_authentication_response, verify_registration_response

from matcher.domain.coordinator import Coordinator, Passkey
from matcher.domain.errors import PasskeyError
from matcher.store.clock import StoreClock
from matcher.store.counts import Counts
from matcher.store.secrets import Secrets

GOOD_FOR = timedelta(minutes=10)

_TIME_BYTES, _NONCE_BYTES, _MAC_BYTES = 8, 16, 16
_LENGTH = _TIME_BYTES + _NONCE_BYTES + _MAC_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a browser sent for a passkey, and from which of our addresses.

    `answer` is the device's, as JSON; `challenge` is the one it was asked with.
    """

    answer: str = field(repr=False)
    challenge: str
    site: str
    origin: str


class _Named(Struct):
    rawId: str  # noqa: N815 - as browsers spell it


class Passkeys:
    """Asks devices for proofs, and judges what they answer."""

    def __init__(self, secrets: Secrets, counts: Counts, clock: StoreClock) -> None:
        self._secrets = secrets
        self._counts = counts
        self._clock = clock

    def challenge(self) -> str:
        """Make a challenge for one page."""
        made = int(self._clock.about().timestamp())
        body = made.to_bytes(_TIME_BYTES, "big") + token_bytes(_NONCE_BYTES)
        return _as_text(body + self._mac(body))

    def registered(self, sent: Sent) -> Passkey:
        """Read the public half of a key that a device has just made.

        Raises
        ------
        PasskeyError
            If it is none, or was made for another page.
        """
        challenge = self._used_up(sent.challenge)
        with _refusing():
            found = verify_registration_response(
                credential=sent.answer,
                expected_challenge=challenge,
                expected_rp_id=sent.site,
                expected_origin=sent.origin,
            )
        return Passkey(
            id=found.credential_id,
            public=found.credential_public_key,
            site=sent.site,
            count=found.sign_count,
        )

    def proven(self, sent: Sent, one: Coordinator) -> Passkey:
        """Find which of somebody's passkeys has signed this challenge; it is counted on.

        Raises
        ------
        PasskeyError
            If none has.
        """
        challenge = self._used_up(sent.challenge)
        key = _named(sent.answer, one)
        with _refusing():
            found = verify_authentication_response(
                credential=sent.answer,
                expected_challenge=challenge,
                expected_rp_id=key.site,
                expected_origin=sent.origin,
                credential_public_key=key.public,
                credential_current_sign_count=key.count,
            )
        return Passkey(id=key.id, public=key.public, site=key.site, count=found.new_sign_count)

    def _used_up(self, typed: str) -> bytes:
        """Take a challenge of ours, this once."""
        challenge = _as_bytes(typed)
        body, mac = challenge[:-_MAC_BYTES], challenge[-_MAC_BYTES:]
        if len(challenge) != _LENGTH or not hmac.compare_digest(mac, self._mac(body)):
            raise PasskeyError
        ends = datetime.fromtimestamp(int.from_bytes(body[:_TIME_BYTES], "big"), UTC) + GOOD_FOR
        used = challenge.hex()  # not as typed: the same bytes can be spelled in many ways
        if ends <= self._clock.now() or not self._counts.use_up(used, until=ends):
            raise PasskeyError
        return challenge

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._secrets.web_key("passkey"), body, "sha256")[:_MAC_BYTES]


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse whatever cannot be read: the library raises many kinds of errors, KeyError too."""
    try:
        yield
    except Exception:  # noqa: BLE001 - see above; what a device sends is anybody's bytes
        raise PasskeyError from None


def _named(answer: str, one: Coordinator) -> Passkey:
    try:
        wanted = _as_bytes(json.decode(answer, type=_Named).rawId)
    except (DecodeError, ValidationError):
        raise PasskeyError from None
    found = next((key for key in one.passkeys if key.id == wanted), None)
    if found is None:
        raise PasskeyError
    return found


def _as_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _as_bytes(typed: str) -> bytes:
    try:
        return urlsafe_b64decode(typed + "=" * (-len(typed) % 4))
    except (NotBase64Error, ValueError):
        raise PasskeyError from None
