"""Passphrases: stretched by argon2id, kept as a proof, and the key to a second secret."""

import hmac
import unicodedata
from enum import StrEnum
from secrets import token_bytes
from threading import BoundedSemaphore

from argon2.low_level import Type, hash_secret_raw

from matcher.domain.coordinator import PassphraseLock, plain_name
from matcher.store.sealing import derive, seal, unseal

MEMORY_KIB, ROUNDS = 65_536, 3  # RFC 9106, section 4, second choice
SALT_BYTES = 16
LEAST, MOST = 12, 200
LEAST_DIFFERENT = 5
SECRET_SIZE = 64

_AT_ONCE = BoundedSemaphore(2)  # 64 MiB each: who tries many names fills no memory
_CONTEXT = b"second secret"

NOBODYS = PassphraseLock(salt=bytes(SALT_BYTES), proof=b"", sealed=b"")
"""Opened where there is no account, so that a name that nobody has takes as long."""


class Fault(StrEnum):
    """What is wrong with a new passphrase."""

    SHORT = "short"
    LONG = "long"
    EVEN = "even"
    NAME = "name"


def fault(passphrase: str, name: str) -> Fault | None:
    """Say what makes a passphrase easy to guess; no kind of character is asked for."""
    told = plain_name(passphrase)
    if len(told) < LEAST:
        return Fault.SHORT
    if len(told) > MOST:
        return Fault.LONG
    if len(set(told)) < LEAST_DIFFERENT:
        return Fault.EVEN
    own = plain_name(name)
    return Fault.NAME if own and len(told.replace(own, "")) < LEAST else None


def locked(passphrase: str, secret: str) -> PassphraseLock:
    """Lock a second secret with a passphrase."""
    salt = token_bytes(SALT_BYTES)
    key = _stretched(passphrase, salt)
    sealed = seal(_secret_key(key), secret.encode(), context=_CONTEXT, size=SECRET_SIZE)
    return PassphraseLock(salt=salt, proof=_proof(key), sealed=sealed)


def opened(lock: PassphraseLock, passphrase: str) -> str | None:
    """Open the second secret; None where the passphrase is another one."""
    key = _stretched(passphrase, lock.salt)
    if not hmac.compare_digest(_proof(key), lock.proof):
        return None
    return unseal(_secret_key(key), lock.sealed, context=_CONTEXT).decode()


def _stretched(passphrase: str, salt: bytes) -> bytes:
    typed = unicodedata.normalize("NFKC", passphrase.strip()).encode()
    with _AT_ONCE:
        return hash_secret_raw(typed, salt, ROUNDS, MEMORY_KIB, 1, 32, Type.ID)


def _proof(key: bytes) -> bytes:
    return derive(key, "proof")


def _secret_key(key: bytes) -> bytes:
    return derive(key, "secret")
