"""What the console keeps: one pool's coordinators, their acts, and batches of invitations."""

from collections.abc import Mapping
from pathlib import Path

from matcher.domain.acts import Ledger
from matcher.domain.coordinator import Roster
from matcher.domain.invitation import Batch, BatchId
from matcher.state.files import StateFile


def roster(folder: Path, pool: str) -> StateFile[Roster]:
    """Find the file of coordinators.

    Who takes it learns names, and proofs of passphrases to guess at; the secret of the digits
    is sealed under the passphrase, and codes are hashed.
    """
    return StateFile(folder / f"coordinators-{pool}.json", Roster, Roster())


def ledger(folder: Path, pool: str) -> StateFile[Ledger]:
    """Find the file of acts, done and waiting."""
    return StateFile(folder / f"acts-{pool}.json", Ledger, Ledger())


def batches(folder: Path, pool: str) -> StateFile[Mapping[BatchId, Batch]]:
    """Find the file of batches: what each was for, and nothing of who came on it."""
    empty: Mapping[BatchId, Batch] = {}
    return StateFile(folder / f"batches-{pool}.json", dict[BatchId, Batch], empty)
