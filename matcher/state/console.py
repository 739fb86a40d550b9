"""What the console keeps: one pool's coordinators, and the ledger of their acts."""

from pathlib import Path

from matcher.domain.acts import Ledger
from matcher.domain.coordinator import Roster
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
