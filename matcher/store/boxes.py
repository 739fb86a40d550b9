"""Seals bytes for one reader: who sealed them cannot open them again."""

from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)

from matcher.domain.errors import VaultGoneError
from matcher.store.sealing import derive, seal, sealed_size, unseal

PUBLIC_BYTES = 32


def seal_for(public: bytes, plain: bytes, *, context: bytes, size: int) -> bytes:
    """Seal `plain`, padded to `size` bytes, for whoever holds the private key of `public`.

    X25519 with a key of this one seal, then HKDF-SHA256 and AES-GCM.
    """
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    key = derive(shared, _label(mine, public))
    return mine + seal(key, plain, context=context, size=size)


def open_box(private: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """Open what `seal_for` made.

    Raises
    ------
    VaultGoneError
        If it was sealed for another key or place, or was altered.
    """
    holder = X25519PrivateKey.from_private_bytes(private)
    theirs, rest = sealed[:PUBLIC_BYTES], sealed[PUBLIC_BYTES:]
    try:
        shared = holder.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError:  # no key at all, or one that would agree on nothing secret
        raise VaultGoneError from None
    key = derive(shared, _label(theirs, holder.public_key().public_bytes_raw()))
    return unseal(key, rest, context=context)


def box_size(size: int) -> int:
    """Say how long everything that is sealed for somebody to `size` is."""
    return PUBLIC_BYTES + sealed_size(size)


def _label(once: bytes, public: bytes) -> str:
    """Bind the key to both halves, so that no other pair of keys leads to it."""
    return f"box {once.hex()} {public.hex()}"
