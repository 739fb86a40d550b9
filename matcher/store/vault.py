"""The vault: one value on tmpfs from which every day's key is derived, until the day has gone.

Keys are named by the day on which what they seal ends. Each day the value is replaced by one
derived from it, so the key of a day that has passed cannot be computed any more.
"""

import fcntl
import hmac
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matcher.domain.errors import VaultGoneError
from matcher.store.sealing import KEY_BYTES, derive, open_with, seal, sealed_size

NAME = "vault"
DAY_BYTES = 4
DAY_SECONDS = 86_400
_A_MOMENT = timedelta(seconds=1)
DAYS_AHEAD = 400  # nothing lives that long; a larger day is a mistake, not a wish


def day_of(moment: datetime) -> int:
    """Count the days from 1970 to the day of `moment` in UTC."""
    return int(moment.timestamp() // DAY_SECONDS)


class Vault:
    """The day keys as one process sees them."""

    def __init__(self, folder: Path, today: Callable[[], int]) -> None:
        self._path = folder / NAME
        self._today = today
        self._stamp = (0, 0)
        self._day = 0
        self._value = b""
        self._keys: dict[int, bytes] = {}
        self._ciphers: dict[bytes, AESGCM] = {}

    def day(self) -> int:
        """Say on which day the vault stands: what ended before it can be opened no more."""
        self._refresh()
        return self._day

    def move_on(self, day: int) -> bool:
        """Replace the value by that of `day`; False when that was done already."""
        self._refresh()
        with _locked(self._path, os.O_RDWR, fcntl.LOCK_EX) as file:
            at, value = _parse(os.pread(file, DAY_BYTES + KEY_BYTES, 0))
            if at >= day:
                return False
            os.pwrite(file, _written(day, walked(value, day - at)), 0)
        return True

    def seal(self, plain: bytes, *, until: datetime, context: bytes, size: int) -> bytes:
        """Seal what ends at `until`; it names its day in clear.

        What ends at midnight ends with the day before, and so does its key. A vault that a
        wrong clock has moved too far seals under its own day what ends earlier.
        """
        self._refresh()
        day = max(day_of(until - _A_MOMENT), self._day)
        sealed = seal(self._key(day), plain, context=context, size=size)
        return day.to_bytes(DAY_BYTES, "big") + sealed

    def unseal(self, sealed: bytes, *, context: bytes) -> bytes:
        """Open what `seal` made.

        Raises
        ------
        VaultGoneError
            If its day has passed, the vault was lost, or the value was altered.
        """
        self._refresh()
        return self._open(sealed[:DAY_BYTES], sealed[DAY_BYTES:], context)

    def unseal_many(self, sealed: bytes, contexts: Sequence[bytes]) -> list[bytes | None]:
        """Open values of one size that stand one after another, each with its context.

        None stands for what cannot be opened any more.
        """
        self._refresh()
        size = len(sealed) // max(1, len(contexts))
        starts = range(0, len(sealed), max(1, size))
        opened: list[bytes | None] = []
        for start, context in zip(starts, contexts, strict=True):
            try:
                after = start + DAY_BYTES
                day, rest = sealed[start:after], sealed[after : start + size]
                opened.append(self._open(day, rest, context))
            except VaultGoneError:
                opened.append(None)
        return opened

    def hashed_today(self, value: bytes) -> str:
        """Hash a value under a key that ends with this day: then nobody can compare with it."""
        self._refresh()
        return self._hashed(value, self._day)

    def hashed_until(self, value: bytes, until: datetime) -> str:
        """Hash a value under a key that ends with the day of `until`, the same until then."""
        self._refresh()
        return self._hashed(value, max(day_of(until), self._day))

    def _hashed(self, value: bytes, day: int) -> str:
        key = derive(self._key(day), "hash")
        return hmac.digest(key, value, "sha256").hex()[:32]

    def _open(self, day: bytes, sealed: bytes, context: bytes) -> bytes:
        cipher = self._ciphers.get(day) or self._cipher(day)
        return open_with(cipher, sealed, context)

    def _cipher(self, day: bytes) -> AESGCM:
        cipher = self._ciphers[day] = AESGCM(self._key(int.from_bytes(day, "big")))
        return cipher

    def _key(self, day: int) -> bytes:
        if not self._day <= day <= self._day + DAYS_AHEAD:
            raise VaultGoneError
        if day not in self._keys:
            self._keys[day] = derive(walked(self._value, day - self._day), "day")
        return self._keys[day]

    def _make(self) -> None:
        """Make the vault on its first day; one that is there already stays as it is."""
        day = self._today()
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._path.with_name(f"vault.{secrets.token_hex(8)}")
        write_new(fresh, _written(day, secrets.token_bytes(KEY_BYTES)))
        try:
            os.link(fresh, self._path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        write_down_names(self._path.parent)

    def _refresh(self) -> None:
        """Forget every derived key as soon as the file has moved on, or is another one."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._make()
            status = self._path.stat()
        stamp = (status.st_ino, status.st_mtime_ns)
        if stamp != self._stamp:
            with _locked(self._path, os.O_RDONLY, fcntl.LOCK_SH) as file:
                self._day, self._value = _parse(os.pread(file, DAY_BYTES + KEY_BYTES, 0))
            self._keys.clear()
            self._ciphers.clear()
            self._stamp = stamp


def vault_size(size: int) -> int:
    """Say how long everything is that the vault sealed to `size`."""
    return DAY_BYTES + sealed_size(size)


def standing(folder: Path) -> tuple[int, bytes] | None:
    """Read the day and the value of the vault in `folder`, without making one."""
    try:
        with _locked(folder / NAME, os.O_RDONLY, fcntl.LOCK_SH) as file:
            return _parse(os.pread(file, DAY_BYTES + KEY_BYTES, 0))
    except FileNotFoundError:
        return None


def put(folder: Path, day: int, value: bytes) -> None:
    """Put a vault that came from elsewhere into `folder`, in place of any other."""
    replace_private(folder / NAME, _written(day, value))


def replace_private(path: Path, content: bytes) -> None:
    """Put a whole new file in the place of another, and overwrite what the other held."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    write_new(fresh, content)
    try:
        old = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        fresh.replace(path)
        write_down_names(path.parent)
        return
    try:
        fresh.replace(path)
        write_down_names(path.parent)  # before: else a power cut could bring the empty one back
        os.pwrite(old, bytes(os.fstat(old).st_size), 0)
    finally:
        os.close(old)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, and that must not exist yet."""
    write_down(path, content, os.O_CREAT | os.O_EXCL)


def write_down(path: Path, content: bytes, flags: int) -> None:
    """Write to a file that only its owner can read, and see that it lasts.

    In memory, where a vault belongs, that costs nothing; on a disk a power cut takes no line.
    """
    descriptor = os.open(path, os.O_WRONLY | flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_down_names(folder: Path) -> None:
    """See that the files made, or put in the place of others, in a folder last as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def walked(value: bytes, days: int) -> bytes:
    """Turn the value of one day into that of a later one; there is no way back."""
    for _ in range(days):
        value = derive(value, "next day")
    return value


def _written(day: int, value: bytes) -> bytes:
    return day.to_bytes(DAY_BYTES, "big") + value


def _parse(raw: bytes) -> tuple[int, bytes]:
    if len(raw) != DAY_BYTES + KEY_BYTES:
        raise VaultGoneError
    return int.from_bytes(raw[:DAY_BYTES], "big"), raw[DAY_BYTES:]


@contextmanager
def _locked(path: Path, flags: int, lock: int) -> Iterator[int]:
    descriptor = os.open(path, flags)
    try:
        fcntl.flock(descriptor, lock)
        yield descriptor
    finally:
        os.close(descriptor)
