"""The shape of services.toml, and how an entry becomes a service; a fault has its line."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, structs

from matcher.domain.codes import ALPHABET, plain
from matcher.domain.needs import GroupId, NeedId, Needs
from matcher.domain.partner import LETTERS, Partner, PartnerId, is_code
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
from matcher.settings.toml_file import nearest, read

Said = str | Mapping[str, str]
"""In one language for everybody, or by language."""

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]*[0-9]")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_EMAIL = re.compile(r"[^\s@<>\"'?&]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&]+")
_NUMBER_RULE = "a number as it is dialled, such as '+30 210 000 0000', and nothing else"
_RULES = {
    "phone": (_NUMBER, _NUMBER_RULE),
    "text": (_NUMBER, _NUMBER_RULE),
    "web": (_ADDRESS, "a whole web address, such as 'https://example.org/'"),
    "email": (_EMAIL, "an e-mail address, such as 'help@example.org'"),
}


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


class Directory(NamedTuple):
    """What one file says."""

    services: tuple[Service, ...]
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What entries may name."""

    needs: Needs
    regions: Iterable[str]
    languages: Iterable[str]


def read_services(path: Path, known: Known) -> Directory:
    """Read and check the directory of services and partners.

    Raises
    ------
    SettingsError
        If the file is not there, or an entry says what cannot be.
    """
    file = read(path)
    found = file.convert(ServicesFile)
    for at, entry in enumerate(found.service):
        for key, reason in _faults(entry, known, {one.id for one in found.service[:at]}):
            raise file.error(["service", at, *key], reason)
    for at, card in enumerate(found.partner):
        for key, reason in _faults_of_card(card, known, found.partner[:at]):
            raise file.error(["partner", at, *key], reason)
    return Directory(
        services=tuple(_service(entry) for entry in found.service),
        partners=tuple(_partner(entry) for entry in found.partner),
    )


Fault = tuple[list[str], str]


def _faults(entry: ServiceEntry, known: Known, taken: set[str]) -> Iterator[Fault]:
    """Say what is wrong between the values of an entry, and at which key."""
    yield from _faults_of_id(entry.id, taken)
    allowed: Mapping[str, list[str]] = {
        "needs": [need.id for need in known.needs.all],
        "groups": [group.id for group in known.needs.groups],
        "regions": list(known.regions),
        "languages": list(known.languages),
    }
    for key, names in allowed.items():
        for name in sorted(set(getattr(entry, key)) - set(names)):
            yield [key], f"'{name}' is not known here; {nearest(name, names)}"
    if Told.NOBODY in entry.may_tell and len(entry.may_tell) > 1:
        yield ["may_tell"], "'nobody' stands alone, or not at all"
    yield from _faults_of_reach(entry)


def _faults_of_id(written: str, taken: set[str]) -> Iterator[Fault]:
    if not _ID.fullmatch(written):
        yield ["id"], "small letters, digits and hyphens, a letter first, 40 at most"
    if written in taken:
        yield ["id"], f"'{written}' stands above already; each has its own"


def _faults_of_card(
    entry: PartnerEntry, known: Known, above: Sequence[PartnerEntry]
) -> Iterator[Fault]:
    yield from _faults_of_id(entry.id, {one.id for one in above})
    groups = [group.id for group in known.needs.groups]
    if entry.group not in groups:
        yield ["group"], f"'{entry.group}' is not known here; {nearest(entry.group, groups)}"
    if not is_code(entry.code):
        lengths = f"{LETTERS.start} to {LETTERS.stop - 1}"
        yield ["code"], f"{lengths} digits and letters, which can be read aloud: {ALPHABET}"
    if plain(entry.code) in {plain(one.code) for one in above}:
        yield ["code"], "this code stands above already; each card has its own"


def _faults_of_reach(entry: ServiceEntry) -> Iterator[Fault]:
    ways = _ways(entry.reach)
    if not ways:
        yield ["reach"], f"at least one way is needed; known here: {', '.join(Reach)}"
    for way, (pattern, allowed) in _RULES.items():
        if (written := getattr(entry.reach, way)) and not pattern.fullmatch(written):
            yield ["reach", way], f"this has to be {allowed}"
    if entry.text_only and set(ways) == {Reach.PHONE}:
        yield ["text_only"], "no voice call is needed, it says, but there is no other way"


def _ways(entry: ReachEntry) -> dict[Reach, Words]:
    written = structs.asdict(entry)
    return {way: _words(written[way]) for way in Reach if written[way]}


def _words(said: Said) -> Words:
    return {"": said} if isinstance(said, str) else said


def _service(entry: ServiceEntry) -> Service:
    asks = structs.asdict(entry.asks)
    return Service(
        id=ServiceId(entry.id),
        name=_words(entry.name),
        text=_words(entry.text),
        needs=frozenset(NeedId(need) for need in entry.needs),
        groups=frozenset(GroupId(group) for group in entry.groups),
        regions=frozenset(Region(region) for region in entry.regions),
        languages=tuple(Language(language) for language in entry.languages),
        ages=entry.ages,
        reach=_ways(entry.reach),
        hours=_words(entry.hours),
        cost=_words(entry.cost),
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


def _partner(entry: PartnerEntry) -> Partner:
    return Partner(
        id=PartnerId(entry.id),
        code=entry.code,
        group=GroupId(entry.group),
        is_example=entry.example,
    )
