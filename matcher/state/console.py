"""What the console keeps of one pool: coordinators, acts, invitations, rules asked for."""

from collections.abc import Mapping
from pathlib import Path

from matcher.domain.acts import Ledger
from matcher.domain.coordinator import Roster
from matcher.domain.invitation import Batch, BatchId
from matcher.domain.versions import Asked
from matcher.state.files import StateFile
from matcher.state.service_wishes import AskedService


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


def asked_rules(folder: Path, pool: str) -> StateFile[Mapping[str, Asked]]:
    """Find the file of rules that somebody wants to publish, by their mark."""
    empty: Mapping[str, Asked] = {}
    return StateFile(folder / f"asked-rules-{pool}.json", dict[str, Asked], empty)


def asked_services(folder: Path, pool: str) -> StateFile[Mapping[str, AskedService]]:
    """Find the file of changed services that wait for a second yes, by their mark."""
    empty: Mapping[str, AskedService] = {}
    return StateFile(folder / f"asked-services-{pool}.json", dict[str, AskedService], empty)
