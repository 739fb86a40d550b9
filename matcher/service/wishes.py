"""What coordinators want, by a mark that the log of acts can hold in its place.

A wish is kept until it is carried out, also by whoever comes after a kill. One that waits for
nobody is at hand as well while that is done: so it needs no file that can be read.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from secrets import token_hex
from typing import Generic, Protocol, TypeVar

from matcher.domain.acts import ASKED_LASTS
from matcher.domain.errors import DamagedError
from matcher.state.files import StateFile

ID_BYTES = 4


class Wish(Protocol):
    """Something that was wanted at some time."""

    @property
    def at(self) -> datetime:
        """When somebody wanted it."""


T = TypeVar("T", bound=Wish)


class Wishes(Generic[T]):
    """The wishes of one kind in one pool."""

    def __init__(self, file: StateFile[Mapping[str, T]]) -> None:
        self._file = file
        self._at_hand: dict[str, T] = {}

    @contextmanager
    def holding(self, wish: T, *, waits: bool) -> Iterator[str]:
        """Keep a wish, and have it at hand for now; yields its mark.

        Raises
        ------
        DamagedError
            If it `waits` for a second yes, and the file of wishes cannot be read.
        """
        mark = token_hex(ID_BYTES)
        try:
            self._keep(mark, wish)
        except DamagedError:
            if waits:
                raise
        self._at_hand[mark] = wish
        try:
            yield mark
        finally:
            del self._at_hand[mark]

    def find(self, mark: str) -> T | None:
        """Find a wish; None where it was forgotten. If it is not at hand, raises like `all`."""
        return self._at_hand.get(mark) or self.all().get(mark)

    def all(self) -> Mapping[str, T]:
        """Read every wish by its mark. Raises DamagedError."""
        return self._file.read()

    def forget(self, mark: str) -> None:
        """Forget what was carried out; where the file cannot be read it was kept in none."""
        with suppress(DamagedError), self._file.changing() as draft:
            draft.value = {k: one for k, one in draft.value.items() if k != mark}

    def _keep(self, mark: str, wish: T) -> None:
        with self._file.changing() as draft:
            left = {k: one for k, one in draft.value.items() if one.at + ASKED_LASTS > wish.at}
            draft.value = {**left, mark: wish}
