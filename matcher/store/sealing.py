"""Seals bytes so that only who holds the right key can read them, all of one size."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matcher.domain.errors import VaultGoneError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
LENGTH_BYTES = 2


def derive(secret: bytes, label: str, *, length: int = KEY_BYTES) -> bytes:
    """Derive a key for one purpose with HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=label.encode()).derive(
        secret
    )


def seal(key: bytes, plain: bytes, *, context: bytes, size: int) -> bytes:
    """Seal `plain`, padded to `size` bytes, so that its length tells nothing.

    `context` says where the sealed value belongs; it opens nowhere else.
    """
    if len(plain) > size:
        raise ValueError(len(plain))
    padded = len(plain).to_bytes(LENGTH_BYTES, "big") + plain.ljust(size, b"\0")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, padded, context)


def unseal(key: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """Open what `seal` made.

    Raises
    ------
    VaultGoneError
        If the key or the context is another one, or the value was altered.
    """
    return open_with(AESGCM(key), sealed, context)


def open_with(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    """Open one of many values under one key; raises like `unseal`."""
    try:
        padded = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise VaultGoneError from None
    length = padded[0] << 8 | padded[1]  # `LENGTH_BYTES` of them, for every record of a round
    return padded[LENGTH_BYTES : LENGTH_BYTES + length]


def sealed_size(size: int) -> int:
    """Say how long everything sealed to `size` is."""
    return NONCE_BYTES + LENGTH_BYTES + size + TAG_BYTES
