"""The directory of services as coordinators keep it: each change of an entry, kept for good.

The file in config/ is the first version, until somebody changes something. An entry is checked
before it is written, and again whenever it is read: what is wrong by then (a need is gone, or
somebody wrote into the file) is shown to nobody. Where the file cannot be read at all nothing
is shown, and never the first version: what was taken away since then could be a trap.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from matcher.domain.acts import ActId
from matcher.domain.errors import DamagedError, SettingsError, StaleServiceError
from matcher.domain.services import Service, ServiceId
from matcher.settings.model import Settings
from matcher.settings.pools import SERVICES, chosen, own_folder
from matcher.settings.services_faults import Known, faults
from matcher.settings.services_file import read_entries
from matcher.settings.services_shape import ServiceEntry, service_of
from matcher.settings.services_toml import written
from matcher.state.cards import Cards
from matcher.state.files import StateFile
from matcher.state.service_wishes import Kept, ServiceRevision, ServiceWish


class _Known(NamedTuple):
    services: tuple[Service, ...]
    ever: frozenset[ServiceId]


def _of(services: tuple[Service, ...]) -> _Known:
    return _Known(services=services, ever=frozenset(one.id for one in services))


class Directory:
    """The services of one pool."""

    def __init__(self, settings: Settings) -> None:
        folder, pool = settings.folders.state, settings.pool
        self._settings = settings
        self._path = folder / f"services-{pool}.json"
        self._file = StateFile(self._path, Kept, Kept())
        self._seen: tuple[int, ...] = ()
        self._known = _of(settings.services)

    def services(self) -> tuple[Service, ...]:
        """List the services in force; the file is read anew whenever it was replaced.

        Where it cannot be read, what this process knew stays, or nothing is shown.
        """
        return self._lately().services

    def ever(self) -> frozenset[ServiceId]:
        """Name every service that is or was in force: sums of a day still count those gone."""
        return self._lately().ever

    def entries(self) -> tuple[ServiceEntry, ...]:
        """List every entry as it is now. Raises SettingsError if the file is damaged."""
        return tuple(_now(self._begun(self._file.read())).values())

    def revisions(self) -> tuple[ServiceRevision, ...]:
        """List what was changed, the oldest first. Raises like `entries`."""
        return self._file.read().revisions

    def first(self, which: str) -> ServiceEntry | None:
        """Find what an entry was before any change. Raises like `entries`."""
        kept = self._begun(self._file.read())
        return next((one for one in kept.first if one.id == which), None)

    def is_sound(self, entry: ServiceEntry) -> bool:
        """Tell whether an entry can be used, by the needs and regions that there are now."""
        return not list(faults(entry, self.known()))

    def known(self) -> Known:
        """Say what entries may name."""
        found = self._settings
        return Known(needs=found.needs, regions=found.regions, languages=found.languages)

    def refuse(self, wish: ServiceWish) -> None:
        """Raise what `change` would raise now."""
        self._ready(wish, {one.id: one for one in self.entries()})

    def change(self, wish: ServiceWish, *, act: ActId, at: datetime) -> None:
        """Let an entry be what somebody wants; an act that was carried out changes nothing.

        Raises
        ------
        SettingsError
            If the entry is wrong.
        StaleServiceError
            If it is not what its author has seen any more.
        """
        with self._file.changing() as draft:
            kept = self._begun(draft.value)
            if any(one.act == act for one in kept.revisions):
                return
            self._ready(wish, _now(kept))
            made = ServiceRevision(
                act=act,
                id=wish.id,
                entry=wish.entry,
                who=wish.who,
                at=at.replace(second=0, microsecond=0),
            )
            draft.value = Kept(first=kept.first, revisions=(*kept.revisions, made))

    def _ready(self, wish: ServiceWish, now: Mapping[str, ServiceEntry]) -> None:
        if mark(now.get(wish.id)) != wish.seen:
            raise StaleServiceError
        if wish.entry is None:
            return
        for fault in faults(wish.entry, self.known()):
            raise SettingsError(f"the entry, {'.'.join(fault.path)}: {fault.reason}")

    def _begun(self, kept: Kept) -> Kept:
        if kept.revisions:
            return kept
        return Kept(first=read_entries(*self._first_file()).service)

    def _lately(self) -> _Known:
        stamp = self._stamp()
        if stamp != self._seen:
            self._known = self._usable(self._known if self._seen else _of(()))
            self._seen = stamp
        return self._known

    def _usable(self, before: _Known) -> _Known:
        """Read the services that can be used; those `before` where the file is damaged."""
        try:
            kept = self._file.read()
        except (DamagedError, OSError):
            return before
        if not kept.revisions:
            return _of(self._settings.services)
        found = (service_of(one) for one in _now(kept).values() if self.is_sound(one))
        past = (*(one.id for one in kept.first), *(one.id for one in kept.revisions))
        return _Known(services=tuple(found), ever=frozenset(map(ServiceId, past)))

    def _stamp(self) -> tuple[int, ...]:
        """Tell one replacement of the file from another."""
        try:
            found = self._path.stat()
        except OSError:
            return (0,)
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _first_file(self) -> tuple[Path, Known]:
        config = self._settings.folders.config
        own = own_folder(config, self._settings.pool)
        return chosen(config, own, SERVICES), self.known()


def mark(entry: ServiceEntry | None) -> str:
    """Tell one state of an entry from another; empty where there is none."""
    return sha256(written([entry]).encode()).hexdigest()[:16] if entry else ""


def _now(kept: Kept) -> dict[str, ServiceEntry]:
    found = {one.id: one for one in kept.first}
    for one in kept.revisions:
        if one.entry is None:
            found.pop(one.id, None)
        else:
            found[one.id] = one.entry
    return found


def in_force(settings: Settings) -> Settings:
    """Let settings name the services and cards that coordinators keep, for who looks once."""
    services, partners = Directory(settings).services(), Cards(settings).partners()
    return replace(settings, services=services, partners=partners)
