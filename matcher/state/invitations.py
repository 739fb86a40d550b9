"""Hashes of unused invitations, kept over a loss of the store; no code can be read off them."""

from collections.abc import Mapping
from pathlib import Path

from matcher.domain.invitation import Invitation
from matcher.state.files import StateFile


class InvitationFile:
    """The durable side of one pool's invitations."""

    def __init__(self, folder: Path, pool: str) -> None:
        empty: dict[str, Invitation] = {}
        self._file = StateFile(
            folder / f"invitations-{pool}.json", dict[str, Invitation], empty
        )

    def unused(self) -> Mapping[str, Invitation]:
        """Read every invitation that was not used yet, by its hash."""
        return self._file.read()

    def add(self, invitations: Mapping[str, Invitation]) -> None:
        """Keep new invitations."""
        with self._file.changing() as draft:
            draft.value = {**draft.value, **invitations}

    def remove(self, used: frozenset[str]) -> None:
        """Forget invitations that were used or have ended."""
        with self._file.changing() as draft:
            draft.value = {key: one for key, one in draft.value.items() if key not in used}
