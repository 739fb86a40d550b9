"""The directory of services as coordinators tend it: who may see a change, and who says yes.

An entry that nobody has checked yet, and that is no example, is shown to nobody: one person may
write it. Whatever else people could come to see takes two. One person also takes an entry away,
hides it, or says that one that is shown still holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec.structs import replace

from matcher.domain.acts import LOOSENING, Act, ActKind
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import ActGoneError, DamagedError, SettingsError, StaleServiceError
from matcher.domain.services import is_to_come
from matcher.service.oversight import Oversight, Waiting
from matcher.service.wishes import Wishes
from matcher.settings.model import Site
from matcher.settings.services_shape import PartnerEntry, ServiceEntry, service_of
from matcher.settings.services_toml import written
from matcher.state.directory import Directory, mark
from matcher.state.files import StateFile
from matcher.state.service_wishes import AskedService, ServiceRevision, ServiceWish
from matcher.store.clock import StoreClock

MARK, SERVICE, SEEN = "entry", "service", "seen"
_CHECK = frozenset({"checked", "source"})


class State(StrEnum):
    """Whether people see an entry, and why not."""

    SHOWN = "shown"
    LAPSED = "lapsed"
    UNCHECKED = "unchecked"
    EXAMPLE = "example"
    UNSOUND = "unsound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry as it is now; `until`: people see it so long, if nobody checks it again."""

    entry: ServiceEntry
    state: State
    is_shown: bool
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingService:
    """A wish that waits for a second yes, beside what people see of the entry now.

    None where they see nothing: what one person wrote down unseen, a second one has to read
    as a whole.
    """

    wish: ServiceWish
    shown: ServiceEntry | None
    is_stale: bool


class ServiceDesk:
    """One pool's directory, on the coordinators' side."""

    def __init__(
        self,
        directory: Directory,
        file: StateFile[Mapping[str, AskedService]],
        oversight: Oversight,
        clock: StoreClock,
        site: Site,
    ) -> None:
        self._directory = directory
        self._wishes = Wishes(file)
        self._oversight = oversight
        self._clock = clock
        self._site = site
        for kind in (
            *(ActKind.SAVE_SERVICE, ActKind.HIDE_SERVICE, ActKind.PUBLISH_SERVICE),
            ActKind.CHECK_SERVICE,
        ):
            oversight.carries_out(kind, self._change, check=self._check)
        oversight.carries_out(ActKind.TAKE_SERVICE_AWAY, self._take_away)

    def all(self) -> list[Listed]:
        """List every entry. Raises SettingsError if the file of them is damaged."""
        return [self._listed(one) for one in self._directory.entries()]

    def find(self, which: str) -> ServiceEntry | None:
        """Find an entry by its id. Raises like `all`."""
        return next((one for one in self._directory.entries() if one.id == which), None)

    def directory(self) -> Directory:
        """Return where the entries are kept, which also says what they may name."""
        return self._directory

    def today(self) -> date:
        """Say which day it is for a check."""
        return self._clock.now().date()

    def save(self, entry: ServiceEntry, *, seen: str, who: CoordinatorId) -> bool:
        """Write an entry, or let it wait for a yes where people would see it: then False.

        Raises
        ------
        SettingsError
            If the entry is wrong.
        StaleServiceError
            If it is not what its author has seen any more.
        """
        if entry.checked and is_to_come(entry.checked, self.today()):
            raise SettingsError("checked: this day is still to come")
        wish = ServiceWish(id=entry.id, entry=entry, seen=seen, who=who)
        self._directory.refuse(wish)
        if mark(entry) == seen:
            return True  # it says nothing new
        return self._do(self._kind(entry), wish)

    def check_today(self, which: str, source: str, *, seen: str, who: CoordinatorId) -> bool:
        """Say that somebody has made sure of an entry today. Raises like `save`."""
        found = self.find(which)
        if found is None:
            raise StaleServiceError
        entry = replace(found, checked=self.today(), source=source)
        return self.save(entry, seen=seen, who=who)

    def take_away(self, which: str, *, seen: str, who: CoordinatorId) -> None:
        """Take an entry out at once, whatever state the files of wishes and the log are in.

        Raises StaleServiceError like `save`.
        """
        wish = ServiceWish(id=which, entry=None, seen=seen, who=who)
        if not seen:
            raise StaleServiceError
        self._directory.refuse(wish)
        what = {SERVICE: which, SEEN: seen}
        self._oversight.tighten(ActKind.TAKE_SERVICE_AWAY, who, what=what)

    def waiting(self, who: CoordinatorId) -> list[WaitingService]:
        """List what waits for a second yes, beside what people see now."""
        kept, now = self._wishes.all(), {one.entry.id: one for one in self.all()}
        marks = [_mark(one) for one in self._oversight.waiting(who)]
        wishes = [kept[one].wish for one in marks if one in kept]
        return [_beside(wish, now.get(wish.id)) for wish in wishes]

    def history(self, which: str) -> list[tuple[ServiceRevision, ServiceEntry | None]]:
        """List what was changed about one service, the newest first, and what it was before."""
        changes = [one for one in self._directory.revisions() if one.id == which]
        entries = [self._directory.first(which), *(one.entry for one in changes)]
        return list(zip(changes, entries[:-1], strict=True))[::-1]

    def text(self, cards: Iterable[PartnerEntry]) -> str:
        """Write all of it, and partners' cards, as the file an installation begins with."""
        return written(self._directory.entries(), cards)

    def _kind(self, entry: ServiceEntry) -> ActKind:
        before = self.find(entry.id)
        shown = before if before and self._listed(before).is_shown else None
        if entry.checked is None and not entry.example:
            return ActKind.HIDE_SERVICE if shown else ActKind.SAVE_SERVICE
        if shown and not _changed(shown, entry) - _CHECK:
            return ActKind.CHECK_SERVICE
        return ActKind.PUBLISH_SERVICE

    def _listed(self, entry: ServiceEntry) -> Listed:
        within, checked = self._site.checks_last, entry.checked
        is_current = service_of(entry).is_current(self.today(), within=within)
        is_shown = self._site.shows_examples if entry.example else is_current
        until = checked + within if checked and is_current and not entry.example else None
        state = State.SHOWN if is_current else State.LAPSED if checked else State.UNCHECKED
        if entry.example:
            state = State.EXAMPLE
        if not self._directory.is_sound(entry):
            return Listed(entry=entry, state=State.UNSOUND, is_shown=False, until=None)
        return Listed(entry=entry, state=state, is_shown=is_shown, until=until)

    def _do(self, kind: ActKind, wish: ServiceWish) -> bool:
        asked = AskedService(wish=wish, at=self._clock.now())
        with self._wishes.holding(asked, waits=kind in LOOSENING) as name:
            return self._oversight.do(kind, wish.who, what={MARK: name, SERVICE: wish.id})

    def _check(self, act: Act) -> None:
        """Refuse a yes to what could not be published any more."""
        asked = self._wishes.find(act.what[MARK])
        if asked is None:
            raise ActGoneError
        self._directory.refuse(asked.wish)

    def _change(self, act: Act) -> None:
        """Carry a wish out, unless somebody else was faster; safe to do twice."""
        name = act.what[MARK]
        asked = self._wishes.find(name)
        if asked is None:
            if all(one.act != act.id for one in self._directory.revisions()):
                raise ActGoneError  # its time was over before anybody carried it out
            return
        self._carry_out(asked.wish, act)
        self._wishes.forget(name)

    def _take_away(self, act: Act) -> None:
        which, seen = act.what[SERVICE], act.what.get(SEEN, "")
        self._carry_out(ServiceWish(id=which, entry=None, seen=seen, who=act.who), act)

    def _carry_out(self, wish: ServiceWish, act: Act) -> None:
        try:
            self._directory.change(wish, act=act.id, at=self._clock.now())
        except DamagedError:
            raise
        except SettingsError:  # the needs have changed since it was asked for
            raise StaleServiceError from None


def _beside(wish: ServiceWish, now: Listed | None) -> WaitingService:
    return WaitingService(
        wish=wish,
        shown=now.entry if now and now.is_shown else None,
        is_stale=mark(now.entry if now else None) != wish.seen,
    )


def _mark(waiting: Waiting) -> str:
    return waiting.act.what.get(MARK, "")


def _changed(before: ServiceEntry, after: ServiceEntry) -> set[str]:
    names = ServiceEntry.__struct_fields__
    return {one for one in names if getattr(before, one) != getattr(after, one)}
