"""The key pair of coordinators, for what only they read: made once, kept apart."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from matcher.state.files import StateFile


class CoordinatorKey:
    """One pool's pair, in two files: whoever seals something reads the public one alone.

    Where `given` is the public half of a pair that is kept elsewhere, none is made here.
    """

    def __init__(self, folder: Path, pool: str, *, given: str = "") -> None:
        self._given = given
        self._private = StateFile(folder / f"coordinator-key-{pool}.json", str, "")
        self._public = StateFile(folder / f"coordinator-public-{pool}.json", str, "")

    def public(self) -> bytes:
        """Read the public half; a pair is made where there is none yet."""
        found = self._given or self._public.read()
        if not found:
            with self._public.changing() as draft:
                draft.value = draft.value or _public_of(self.private()).hex()
                found = draft.value
        return bytes.fromhex(found)

    def read_public(self) -> None:
        """Raise DamagedError if a public half is kept here and cannot be read."""
        self._public.read()

    def read_private(self) -> None:
        """Raise DamagedError if a private half is kept here and cannot be read."""
        self._private.read()

    def private(self) -> bytes:
        """Read the private half; a pair is made where there is none yet."""
        with self._private.changing() as draft:
            draft.value = draft.value or X25519PrivateKey.generate().private_bytes_raw().hex()
            return bytes.fromhex(draft.value)


def _public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
