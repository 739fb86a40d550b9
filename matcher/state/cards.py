"""Partners' cards as coordinators keep them: each change kept for good.

Those of the file in config/ are the first ones, until somebody changes something. Where what is
kept cannot be read, no code opens anything: cards are printed, and none begins to mean another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import DamagedError, StaleServiceError
from matcher.domain.partner import Partner, PartnerId
from matcher.settings.model import Settings
from matcher.settings.services_faults import Fault, Known, faults_of_card
from matcher.settings.services_shape import PartnerEntry, card_of
from matcher.state.files import StateFile


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChange:
    """One change that was made, and the act that made it; `entry` None: it was taken away."""

    act: ActId
    id: str
    entry: PartnerEntry | None
    who: CoordinatorId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCards:
    """The cards that there were when the first change was made, and changes."""

    first: tuple[PartnerEntry, ...] = ()
    changes: tuple[CardChange, ...] = ()


class Cards:
    """The cards of one pool's partners."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        path = settings.folders.state / f"cards-{settings.pool}.json"
        self._file = StateFile(path, KeptCards, KeptCards())

    def partners(self) -> tuple[Partner, ...]:
        """List the cards whose code opens something now."""
        try:
            entries = self.entries()
        except (DamagedError, OSError):
            return ()
        return tuple(card_of(one) for one in entries if not self._is_lost(one))

    def ever(self) -> frozenset[PartnerId]:
        """Name every card there is or was: sums of a day still count those gone."""
        try:
            kept = self._read()
        except (DamagedError, OSError):
            kept = KeptCards()
        names = (*(one.id for one in kept.first), *(one.id for one in kept.changes))
        return frozenset(map(PartnerId, names))

    def entries(self) -> tuple[PartnerEntry, ...]:
        """List every card as it is now. Raises DamagedError if the file is."""
        return tuple(_now(self._read()).values())

    def faults(self, entry: PartnerEntry) -> list[Fault]:
        """Say what is wrong with a new card; a name that was ever used, or a code, is taken."""
        found = self._read()
        gone = (one.entry for one in found.changes if one.entry)
        above = {(one.id, one.code): one for one in (*found.first, *gone)}
        return list(faults_of_card(entry, self._known(), tuple(above.values())))

    def add(self, entry: PartnerEntry, *, act: ActId, who: CoordinatorId, at: datetime) -> None:
        """Add a card; an act that was carried out changes nothing.

        Raises StaleServiceError where somebody else was faster with its name or its code.
        """
        self._change(CardChange(act=act, id=entry.id, entry=entry, who=who, at=at))

    def take_away(self, which: str, *, act: ActId, who: CoordinatorId, at: datetime) -> None:
        """Let a code open nothing any more. Raises StaleServiceError where it is gone."""
        self._change(CardChange(act=act, id=which, entry=None, who=who, at=at))

    def _change(self, made: CardChange) -> None:
        with self._file.changing() as draft:
            kept = self._begun(draft.value)
            if any(one.act == made.act for one in kept.changes):
                return
            is_late = self.faults(made.entry) if made.entry else made.id not in _now(kept)
            if is_late:
                raise StaleServiceError
            draft.value = KeptCards(first=kept.first, changes=(*kept.changes, made))

    def _read(self) -> KeptCards:
        return self._begun(self._file.read())

    def _begun(self, kept: KeptCards) -> KeptCards:
        return kept if kept.changes else KeptCards(first=self._first())

    def _first(self) -> tuple[PartnerEntry, ...]:
        return tuple(
            PartnerEntry(id=one.id, code=one.code, group=one.group, example=one.is_example)
            for one in self._settings.partners
        )

    def _is_lost(self, entry: PartnerEntry) -> bool:
        """Tell whether a card is about a group that there is no more."""
        return bool(list(faults_of_card(entry, self._known(), ())))

    def _known(self) -> Known:
        found = self._settings
        return Known(needs=found.needs, regions=found.regions, languages=found.languages)


def _now(kept: KeptCards) -> Mapping[str, PartnerEntry]:
    found = {one.id: one for one in kept.first}
    for one in kept.changes:
        if one.entry is None:
            found.pop(one.id, None)
        else:
            found[one.id] = one.entry
    return found
