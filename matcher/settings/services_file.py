"""Reads services.toml, the first version of the directory; a fault has its line."""

from pathlib import Path
from typing import NamedTuple

from matcher.domain.partner import Partner
from matcher.domain.services import Service
from matcher.settings.services_faults import Known, faults, faults_of_card
from matcher.settings.services_shape import (
    ServiceEntry,
    ServicesFile,
    card_of,
    service_of,
)
from matcher.settings.toml_file import read


class Directory(NamedTuple):
    """What one file says."""

    services: tuple[Service, ...]
    partners: tuple[Partner, ...]


def read_services(path: Path, known: Known) -> Directory:
    """Read and check the directory of services and partners.

    Raises
    ------
    SettingsError
        If the file is not there, or an entry says what cannot be.
    """
    found = read_entries(path, known)
    return Directory(
        services=tuple(service_of(entry) for entry in found.service),
        partners=tuple(card_of(entry) for entry in found.partner),
    )


def read_entries(path: Path, known: Known) -> ServicesFile:
    """Read and check the same, as it is written. Raises like `read_services`."""
    file = read(path)
    found = file.convert(ServicesFile)
    for at, entry in enumerate(found.service):
        for key, _, reason in faults(entry, known, _ids(found.service[:at])):
            raise file.error(["service", at, *key], reason)
    for at, card in enumerate(found.partner):
        for key, _, reason in faults_of_card(card, known, found.partner[:at]):
            raise file.error(["partner", at, *key], reason)
    return found


def _ids(entries: tuple[ServiceEntry, ...]) -> set[str]:
    return {one.id for one in entries}
