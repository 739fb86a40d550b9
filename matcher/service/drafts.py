"""Drafts: answers on their way through the pages, sealed, held by the browser alone."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

from matcher.domain.errors import DraftGoneError, VaultGoneError
from matcher.settings.model import Lifetimes
from matcher.store.clock import StoreClock
from matcher.store.sealing import seal, unseal
from matcher.store.secrets import Secrets

STAMP_BYTES = 8
CONTEXT = b"draft"
GRAIN = 1_024  # a draft's size tells its length no closer than this


class Drafts:
    """Seals what pages carry along, and refuses what is too old or not ours."""

    def __init__(self, secrets: Secrets, clock: StoreClock, lifetimes: Lifetimes) -> None:
        self._secrets = secrets
        self._clock = clock
        self._lives = lifetimes.draft

    def seal(self, plain: bytes, *, context: bytes = CONTEXT) -> str:
        """Seal a draft as text for a hidden field; it opens in no other `context`."""
        stamp = int(self._clock.now().timestamp()).to_bytes(STAMP_BYTES, "big")
        size = -(-(STAMP_BYTES + len(plain)) // GRAIN) * GRAIN
        sealed = seal(self._secrets.web_key("draft"), stamp + plain, context=context, size=size)
        return urlsafe_b64encode(sealed).decode()

    def open(self, sealed: str, *, context: bytes = CONTEXT) -> bytes:
        """Open a draft.

        Raises
        ------
        DraftGoneError
            If it was altered, is not ours, or is older than drafts live.
        """
        try:
            raw = urlsafe_b64decode(sealed.encode("ascii"))
            plain = unseal(self._secrets.web_key("draft"), raw, context=context)
        except (ValueError, VaultGoneError):
            raise DraftGoneError from None
        made = datetime.fromtimestamp(int.from_bytes(plain[:STAMP_BYTES], "big"), UTC)
        if not made <= self._clock.now() < made + self._lives:
            raise DraftGoneError
        return plain[STAMP_BYTES:]
