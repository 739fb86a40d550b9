"""Entries of the directory in words: what each field is called, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.profile import AgeBand, Language
from matcher.domain.services import Answer, Paper, Reach, Told
from matcher.service.service_desk import State
from matcher.settings.services_faults import Wrong
from matcher.settings.services_shape import Said, ServiceEntry, words as by_language
from matcher.web.common.i18n import date, in_words
from matcher.web.common.switch import own_name
from matcher.web.common.wiring import settings
from matcher.web.public.languages import language_name
from matcher.web.public.near.words import ACCESS, WAYS, WELCOMES
from matcher.web.public.words import AGES, BANDS

STATES: Mapping[State, str] = {
    State.SHOWN: _l("People see it"),
    State.LAPSED: _l("Nobody sees it: the last check is too long ago"),
    State.UNCHECKED: _l("Nobody sees it: it was never checked"),
    State.EXAMPLE: _l("An example, not a real place"),
    State.UNSOUND: _l("Nobody sees it: it names a need, region or language that is gone"),
}
ALL_AGES: Mapping[AgeBand, str] = {**AGES, **BANDS}
MAY_TELL: Mapping[Told, str] = {
    Told.NOBODY: _l("Nobody"),
    Told.POLICE: _l("The police"),
    Told.PARENTS: _l("Parents"),
    Told.IMMIGRATION: _l("The immigration office"),
    Told.UNKNOWN: _l("Nobody has found that out yet"),
}
ASKS: Mapping[Paper, str] = {
    Paper.ID: _l("Do they ask for an identity card or passport?"),
    Paper.INSURANCE: _l("Do they ask for an insurance?"),
    Paper.RESIDENCE: _l("Do they ask for a residence permit?"),
}
ANSWERS: Mapping[Answer, str] = {
    Answer.YES: _l("Yes"),
    Answer.NO: _l("No"),
    Answer.UNKNOWN: _l("Not known"),
}
FAULTS: Mapping[Wrong, str] = {
    Wrong.ID_SHAPE: _l(
        "Please take small letters from a to z, digits and hyphens, a letter first, 40 at most."
    ),
    Wrong.ID_TAKEN: _l("Another service has this short name. Please choose another."),
    Wrong.UNKNOWN: _l("Please choose from the answers that are shown here."),
    Wrong.NOT_ALONE: _l("“Nobody” stands alone, or not at all."),
    Wrong.NO_WAY: _l("Please write down at least one way to reach them."),
    Wrong.NUMBER: _l("Please write a number as it is dialled, and nothing else."),
    Wrong.ADDRESS: _l("Please write the whole address, beginning with https:// or http://."),
    Wrong.EMAIL: _l("Please write an e-mail address, such as help@example.org."),
    Wrong.NEEDS_A_CALL: _l("This says that no call is needed, but a call is the only way."),
}
"""What may be wrong with an entry; cards stand in the file alone."""


class Line(NamedTuple):
    """One thing that an entry says."""

    label: str
    value: str


def name(entry: ServiceEntry) -> str:
    """Call a service as people read it."""
    return in_words(by_language(entry.name))


def lines(entry: ServiceEntry) -> Iterator[Line]:
    """Say all that an entry says."""
    yield from _said(_("Name"), entry.name)
    yield from _said(_("What they do"), entry.text)
    yield from _chosen(entry)
    yield from _reached(entry)
    yield from _said(_("When"), entry.hours)
    yield from _said(_("What it costs"), entry.cost)
    yield Line(_("Who is welcome"), str(WELCOMES[entry.welcome]))
    for paper, label in ASKS.items():
        yield Line(str(label), str(ANSWERS[getattr(entry.asks, paper)]))
    yield Line(
        _("Whom they may tell"), _listed(MAY_TELL[one] for one in sorted(entry.may_tell))
    )
    yield Line(_("No call is ever needed"), _yes(entry.text_only))
    yield Line(_("Easier for some"), _listed(ACCESS[one] for one in sorted(entry.access)))
    yield Line(_("For those who help here"), _yes(entry.helpers))
    yield Line(_("An example, not a real place"), _yes(entry.example))
    yield Line(_("Last checked"), date(entry.checked) if entry.checked else _("Never"))
    yield Line(_("Where all this was found"), entry.source)


def changed(before: ServiceEntry | None, after: ServiceEntry | None) -> list[tuple[Line, str]]:
    """List what an entry says anew, each beside what it said before; None says nothing."""
    said, now = (dict(lines(one)) if one else {} for one in (before, after))
    return [(line, said.get(line.label, "")) for line in _differing(said, now)]


def _differing(said: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Line]:
    for label in dict.fromkeys((*now, *said)):
        if now.get(label, "") != said.get(label, ""):
            yield Line(label, now.get(label, ""))


def _chosen(entry: ServiceEntry) -> Iterator[Line]:
    groups = {str(one.id): one.label for one in settings().needs.groups}
    needs = {str(one.id): one.label for one in settings().needs.all}
    regions = {str(name): label for name, label in settings().regions.items()}
    yield Line(_("Groups of needs"), _names(entry.groups, groups))
    yield Line(_("Single needs"), _names(entry.needs, needs))
    yield Line(_("Where"), _names(entry.regions, regions) or _("Everywhere"))
    yield Line(_("Languages"), _listed(_language(one) for one in entry.languages))
    yield Line(_("Age"), _listed(ALL_AGES[one] for one in sorted(entry.ages)))


def _reached(entry: ServiceEntry) -> Iterator[Line]:
    for way in Reach:
        yield from _said(str(WAYS[way]), getattr(entry.reach, way))


def _said(label: str, said: Said) -> Iterator[Line]:
    for language, text in by_language(said).items():
        name = f"{label} ({own_name(language)})" if language else label
        if text:
            yield Line(name, text)


def _names(chosen: Iterable[str], known: Mapping[str, Mapping[str, str]]) -> str:
    return _listed(in_words(known[one]) if one in known else one for one in sorted(chosen))


def _language(code: str) -> str:
    return language_name(Language(code)) if code in settings().languages else code


def _listed(words: Iterable[object]) -> str:
    return str(_(", ")).join(str(one) for one in words)


def _yes(is_so: bool) -> str:  # noqa: FBT001 - one answer, said as a word
    return str(ANSWERS[Answer.YES if is_so else Answer.NO])
