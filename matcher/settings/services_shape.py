"""The shape of an entry of services.toml, and the service or card that it tells of."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, structs

from matcher.domain.needs import GroupId, NeedId
from matcher.domain.partner import Partner, PartnerId
from matcher.domain.profile import AgeBand, Language, Region
from matcher.domain.services import (
    Access,
    Answer,
    Paper,
    Reach,
    Service,
    ServiceId,
    Told,
    Welcome,
    Words,
)

Said = str | Mapping[str, str]
"""In one language for everybody, or by language."""


class ReachEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ways to reach a service; each at most once."""

    phone: str = ""
    text: str = ""
    chat: Said = ""
    web: str = ""
    email: str = ""
    visit: Said = ""


class AsksEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a service asks to see."""

    id: Answer = Answer.UNKNOWN
    insurance: Answer = Answer.UNKNOWN
    residence: Answer = Answer.UNKNOWN


class ServiceEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[service]]`."""

    id: str
    name: Said
    text: Said
    needs: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    languages: tuple[str, ...]
    ages: frozenset[AgeBand]
    reach: ReachEntry
    hours: Said
    cost: Said
    welcome: Welcome = Welcome.NOT_CHECKED
    asks: AsksEntry = AsksEntry()
    may_tell: frozenset[Told] = frozenset({Told.UNKNOWN})
    text_only: bool = False
    access: frozenset[Access] = frozenset()
    source: str = ""
    example: bool = False
    checked: date | None = None
    helpers: bool = False


class PartnerEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[partner]]`."""

    id: str
    code: str
    group: str
    example: bool = False


class ServicesFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """config/services.toml."""

    service: tuple[ServiceEntry, ...] = ()
    partner: tuple[PartnerEntry, ...] = ()


def ways(entry: ReachEntry) -> dict[Reach, Words]:
    """List how a service is reached."""
    written = structs.asdict(entry)
    return {way: words(written[way]) for way in Reach if written[way]}


def words(said: Said) -> Words:
    """Read what is said as words by language."""
    return {"": said} if isinstance(said, str) else said


def service_of(entry: ServiceEntry) -> Service:
    """Read an entry as the service that it tells of."""
    asks = structs.asdict(entry.asks)
    return Service(
        id=ServiceId(entry.id),
        name=words(entry.name),
        text=words(entry.text),
        needs=frozenset(NeedId(need) for need in entry.needs),
        groups=frozenset(GroupId(group) for group in entry.groups),
        regions=frozenset(Region(region) for region in entry.regions),
        languages=tuple(Language(language) for language in entry.languages),
        ages=entry.ages,
        reach=ways(entry.reach),
        hours=words(entry.hours),
        cost=words(entry.cost),
        welcome=entry.welcome,
        asks={paper: asks[paper] for paper in Paper},
        may_tell=entry.may_tell,
        is_text_only=entry.text_only,
        access=entry.access,
        source=entry.source,
        is_example=entry.example,
        checked=entry.checked,
        for_helpers=entry.helpers,
    )


def card_of(entry: PartnerEntry) -> Partner:
    """Read an entry as the partner whose card it is."""
    return Partner(
        id=PartnerId(entry.id),
        code=entry.code,
        group=GroupId(entry.group),
        is_example=entry.example,
    )
