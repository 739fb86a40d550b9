"""What may be wrong with an entry of services.toml although it has the right shape."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from matcher.domain.codes import ALPHABET, plain
from matcher.domain.needs import Needs
from matcher.domain.partner import LETTERS, is_code
from matcher.domain.services import Reach, Told
from matcher.settings.services_shape import PartnerEntry, ServiceEntry, ways
from matcher.settings.toml_file import nearest

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]*[0-9]")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_EMAIL = re.compile(r"[^\s@<>\"'?&]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&]+")


class Wrong(StrEnum):
    """What is wrong, for who says it in other words."""

    ID_SHAPE = "id-shape"
    ID_TAKEN = "id-taken"
    UNKNOWN = "unknown"
    NOT_ALONE = "not-alone"
    NO_WAY = "no-way"
    NUMBER = "number"
    ADDRESS = "address"
    EMAIL = "email"
    NEEDS_A_CALL = "needs-a-call"
    CARD = "card"
    CARD_TAKEN = "card-taken"


class Fault(NamedTuple):
    """At which key something is wrong, what that is, and how a command says it."""

    path: Sequence[str]
    wrong: Wrong
    reason: str


_NUMBER_RULE = "a number as it is dialled, such as '+30 210 000 0000', and nothing else"
_RULES = {
    "phone": (_NUMBER, Wrong.NUMBER, _NUMBER_RULE),
    "text": (_NUMBER, Wrong.NUMBER, _NUMBER_RULE),
    "web": (_ADDRESS, Wrong.ADDRESS, "a whole web address, such as 'https://example.org/'"),
    "email": (_EMAIL, Wrong.EMAIL, "an e-mail address, such as 'help@example.org'"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What entries may name."""

    needs: Needs
    regions: Iterable[str]
    languages: Iterable[str]


def faults(entry: ServiceEntry, known: Known, taken: Iterable[str] = ()) -> Iterator[Fault]:
    """Say what is wrong between the values of an entry; ids that are `taken` it cannot have."""
    yield from _of_id(entry.id, taken)
    allowed: Mapping[str, list[str]] = {
        "needs": [need.id for need in known.needs.all],
        "groups": [group.id for group in known.needs.groups],
        "regions": list(known.regions),
        "languages": list(known.languages),
    }
    for key, names in allowed.items():
        for name in sorted(set(getattr(entry, key)) - set(names)):
            yield _unknown(key, name, names)
    if Told.NOBODY in entry.may_tell and len(entry.may_tell) > 1:
        yield Fault(["may_tell"], Wrong.NOT_ALONE, "'nobody' stands alone, or not at all")
    yield from _of_reach(entry)


def faults_of_card(
    entry: PartnerEntry, known: Known, above: Sequence[PartnerEntry]
) -> Iterator[Fault]:
    """Say what is wrong with a partner's card; no two are alike."""
    yield from _of_id(entry.id, {one.id for one in above})
    groups = [group.id for group in known.needs.groups]
    if entry.group not in groups:
        yield _unknown("group", entry.group, groups)
    if not is_code(entry.code):
        lengths = f"{LETTERS.start} to {LETTERS.stop - 1}"
        reason = f"{lengths} digits and letters, which can be read aloud: {ALPHABET}"
        yield Fault(["code"], Wrong.CARD, reason)
    if plain(entry.code) in {plain(one.code) for one in above}:
        reason = "this code stands above already; each card has its own"
        yield Fault(["code"], Wrong.CARD_TAKEN, reason)


def _of_id(written: str, taken: Iterable[str]) -> Iterator[Fault]:
    if not _ID.fullmatch(written):
        reason = "small letters, digits and hyphens, a letter first, 40 at most"
        yield Fault(["id"], Wrong.ID_SHAPE, reason)
    if written in taken:
        reason = f"'{written}' stands above already; each has its own"
        yield Fault(["id"], Wrong.ID_TAKEN, reason)


def _unknown(key: str, name: str, names: Sequence[str]) -> Fault:
    reason = f"'{name}' is not known here; {nearest(name, names)}"
    return Fault([key], Wrong.UNKNOWN, reason)


def _of_reach(entry: ServiceEntry) -> Iterator[Fault]:
    found = ways(entry.reach)
    if not found:
        reason = f"at least one way is needed; known here: {', '.join(Reach)}"
        yield Fault(["reach"], Wrong.NO_WAY, reason)
    for way, (pattern, wrong, allowed) in _RULES.items():
        if (written := getattr(entry.reach, way)) and not pattern.fullmatch(written):
            yield Fault(["reach", way], wrong, f"this has to be {allowed}")
    if entry.text_only and set(found) == {Reach.PHONE}:
        reason = "no voice call is needed, it says, but there is no other way"
        yield Fault(["text_only"], Wrong.NEEDS_A_CALL, reason)
