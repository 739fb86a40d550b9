"""What a code alone leads to: whatever anybody can make of it, looked for in a dump."""

import hashlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matcher.domain.codes import ALPHABET, Code
from matcher.store.sealing import NONCE_BYTES, derive
from tests.privacy.dump import Dump

LABELS = ("lookup", "seal", "code", "session", "invitation", "room", "")
CONTEXTS = (b"code", b"session", b"")


def opened(dump: Dump, codes: Iterable[Code]) -> list[str]:
    """Try whatever can be made of a code alone: find it in the dump, or open something."""
    blob, records = dump.blob(), [entry.raw for entry in dump.entries.values()]
    found = []
    for code in codes:
        for label in LABELS:
            made = derive(code.encode(), label)
            if any(shown in blob for shown in _shown(code, made)):
                found.append(f"found: {label}")
            if any(_opens(AESGCM(made), raw) for raw in records):
                found.append(f"opened: {label}")
    return found


def _shown(code: Code, made: bytes) -> Iterator[bytes]:
    """Write a code and what was made of it in every way in which it could stand somewhere."""
    yield code.encode()
    for raw in (made, hashlib.sha256(made).digest(), hashlib.sha256(code.encode()).digest()):
        yield from (raw[:16], raw.hex()[:32].encode())
        yield from (b64encode(raw)[:20], urlsafe_b64encode(raw)[:20])


def _opens(cipher: AESGCM, raw: bytes) -> bool:
    for context in CONTEXTS:
        try:
            cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context)
        except (InvalidTag, ValueError):
            continue
        return True
    return False


def letters(code: Code) -> dict[str, float]:
    """Turn a code, and what anybody can make of it, into numbers."""
    found = {f"letter {at}": float(ALPHABET.index(code[at])) for at in range(len(code))}
    for label in LABELS:
        made = derive(code.encode(), label)
        found |= {f"{label} {at}": float(made[at]) for at in range(4)}
    return found
