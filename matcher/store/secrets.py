"""What the pepper and people's own secrets turn into: keys of the store, and seals."""

import hmac
import os
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from matcher.domain import codes
from matcher.domain.codes import Code, CodeKeys
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.profile import Handle
from matcher.store.sealing import KEY_BYTES, derive
from matcher.store.vault import replace_private, write_new

HANDLE_BYTES = 16
PEPPER = "pepper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Where something of a person's is kept, and the key that opens it."""

    key: str
    seal: bytes

    @property
    def own(self) -> bytes:
        """A secret of whoever holds what this derives from; it stands in no store."""
        return derive(self.seal, "own")


def code_from(seed: bytes) -> Code:
    """Derive a person's code from the seed of their draft: sent twice, it is the same code."""
    return codes.from_bits(int.from_bytes(derive(seed, "code", length=17), "big"))


def handle_from(seed: bytes) -> Handle:
    """Derive a person's handle from the seed of their draft."""
    return _as_handle(derive(seed, "handle", length=HANDLE_BYTES))


def cookie_from(seed: bytes) -> str:
    """Derive the first session's cookie from the seed of a draft."""
    return _as_text(derive(seed, "cookie", length=16))


def new_id() -> str:
    """Draw a random id for an offer or a room."""
    return _as_text(token_bytes(HANDLE_BYTES))


def new_hex() -> str:
    """Draw a random id that a job may carry."""
    return token_hex(HANDLE_BYTES)


def new_cookie() -> str:
    """Draw a session's cookie."""
    return _as_text(token_bytes(16))


def keys_of(code: Code) -> CodeKeys:
    """Derive from a code what `code.js` derives in the browser: tests hold both to one table.

    The label "room" is the browser's alone: nothing here ever derives with it.
    """
    secret = code.encode()
    return CodeKeys(lookup=derive(secret, "lookup"), seal=derive(secret, "seal"))


def invitation_key(code: Code) -> str:
    """Hash an invitation; without the pepper, since invitations outlive it."""
    return sha256(derive(code.encode(), "invitation")).hexdigest()[:32]


def opening_key(code: Code) -> str:
    """Hash a coordinator's one-time code; without the pepper, since it may outlive it."""
    return sha256(derive(code.encode(), "opening")).hexdigest()[:32]


class Secrets:
    """The pepper, 32 bytes beside the vault, and what is keyed by it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PEPPER
        self._pepper = b""

    def code(self, code: Code | CodeKeys) -> Lock:
        """Say where a code's record is kept and what opens it."""
        keys = code if isinstance(code, CodeKeys) else keys_of(code)
        return Lock(key=self._keyed("code", keys.lookup), seal=self._seal(keys.seal))

    def session(self, cookie: str) -> Lock:
        """Derive where a session is kept and what opens it."""
        seal = self._seal(derive(cookie.encode(), "session"))
        return Lock(key=self._keyed("session", cookie.encode()), seal=seal)

    def draft_key(self, seed: bytes) -> str:
        """Name the mark of a draft that was sent."""
        return self._keyed("draft", seed)

    def spent_mark(self, handle: Handle, stint: int) -> str:
        """Name the mark that voids every ticket of one stint of waiting."""
        return self._keyed("spent", f"{handle}:{stint}".encode())

    def alias(self, handle: Handle, what: str) -> str:
        """Name something in one person's addresses; it means nothing to anybody else."""
        return self._keyed("alias", f"{handle}:{what}".encode())[:8]

    def coordinator(self, who: CoordinatorId) -> str:
        """Name where a coordinator's newest login stands."""
        return self._keyed("coordinator", who.encode())

    def web_key(self, label: str) -> bytes:
        """Derive a key of the web pages, for drafts and form tokens."""
        return derive(self._read(), f"web {label}")

    def noise_key(self) -> bytes:
        """Derive the key of the noise in previews: the same question gets the same noise."""
        return derive(self._read(), "noise")

    def pair_mark(self, seeker: Handle, peer: Handle) -> bytes:
        """Mark a pair in the seeker's list, so that no other list can be compared with it.

        One AES block, tweaked by the seeker (the XE construction of Rogaway, 2004): a round
        turns the few marks of all seekers back into handles in one go, instead of hashing
        every peer for every seeker.
        """
        encryptor = self._block_cipher("pair").encryptor()
        return encryptor.update(_xor(_as_bytes(peer), self._tweaks([seeker])))

    def marked_peers(self, marks: Sequence[tuple[Handle, bytes]]) -> list[Handle]:
        """Turn marks of `pair_mark`, each with its seeker, back into the peers' handles."""
        decryptor = self._block_cipher("pair").decryptor()
        masked = decryptor.update(b"".join(mark for _, mark in marks))
        peers = _xor(masked, self._tweaks([seeker for seeker, _ in marks])).hex()
        length = 2 * HANDLE_BYTES
        return [Handle(peers[at : at + length]) for at in range(0, len(peers), length)]

    def _tweaks(self, seekers: Sequence[Handle]) -> bytes:
        return self._block_cipher("pair tweak").encryptor().update(_as_bytes("".join(seekers)))

    def _block_cipher(self, label: str) -> Cipher[ECB]:
        key = derive(self._read(), label)
        return Cipher(AES(key), ECB())  # noqa: S305 - single blocks, each of its own

    def _seal(self, key: bytes) -> bytes:
        """Bind a key to the pepper, so that nobody tries a list of codes on a dump alone."""
        return hmac.digest(self._read(), b"seal\0" + key, "sha256")

    def _keyed(self, label: str, value: bytes) -> str:
        return hmac.digest(self._read(), label.encode() + b"\0" + value, "sha256").hex()[:32]

    def _read(self) -> bytes:
        if not self._pepper:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = self._path.with_name(f"pepper.{token_hex(8)}")
            write_new(fresh, token_bytes(KEY_BYTES))
            try:
                os.link(fresh, self._path)
            except FileExistsError:
                pass  # another process was first: its pepper holds
            finally:
                fresh.unlink()
            self._pepper = self._path.read_bytes()
        return self._pepper


def pepper_in(folder: Path) -> bytes:
    """Read the pepper in `folder`, without making one; empty where there is none."""
    path = folder / PEPPER
    return path.read_bytes() if path.exists() else b""


def put_pepper(folder: Path, pepper: bytes) -> None:
    """Put a pepper that came from elsewhere into `folder`, in place of any other."""
    replace_private(folder / PEPPER, pepper)


def _as_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _as_handle(raw: bytes) -> Handle:
    return Handle(raw.hex())


def _as_bytes(handles: str) -> bytes:
    return bytes.fromhex(handles)


def _xor(one: bytes, other: bytes) -> bytes:
    mixed = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    return mixed.to_bytes(len(one), "big")
