"""What a card says of a service: how it is reached, what matters first, and the rest."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flask_babel import gettext as _

from matcher.domain.services import Reach, Service, Told
from matcher.web.common.i18n import date, in_words
from matcher.web.common.wiring import settings
from matcher.web.public.languages import language_name
from matcher.web.public.near.words import ACCESS, ASKS, PAPERS, TOLD, TRACES, WAYS, WELCOMES
from matcher.web.public.summary import labels
from matcher.web.public.words import AGES, BANDS

_SCHEMES = {Reach.PHONE: "tel:", Reach.TEXT: "sms:", Reach.EMAIL: "mailto:"}
_DIALLED = {Reach.PHONE, Reach.TEXT}
_NO_DIGIT = re.compile("[^+0-9]")
_LINK = re.compile(r"https?://[^\s<>\"']+")


class Way(NamedTuple):
    """A way to reach a service: what it is, what is written out, where it leads, its trace.

    `href` is empty where there is nothing to press.
    """

    kind: Reach
    label: str
    shown: str
    href: str
    trace: str


class Fact(NamedTuple):
    """One more thing to know of a service."""

    label: str
    value: str


def ways(one: Service) -> list[Way]:
    """List how a service is reached; what is pressed is printed in full, to be copied."""
    written = ((kind, in_words(one.reach[kind])) for kind in Reach if kind in one.reach)
    return [
        Way(kind, str(WAYS[kind]), shown, _href(kind, shown), str(TRACES[kind]))
        for kind, shown in written
    ]


def may_tell(one: Service) -> str:
    """Name those who may hear that somebody was there, if any are known."""
    return _listed(labels(TOLD, one.may_tell))


def facts(one: Service) -> Iterator[Fact]:
    """List what is folded in below the first things."""
    if Told.NOBODY in one.may_tell:
        yield Fact(_("Whom they tell"), _("Nobody"))
    elif Told.UNKNOWN in one.may_tell:
        yield Fact(_("Whom they tell"), _("Nobody has found that out yet"))
    yield Fact(_("Who is welcome"), str(WELCOMES[one.welcome]))
    for answer, label in ASKS.items():
        if papers := [paper for paper, known in one.asks.items() if known is answer]:
            yield Fact(str(label), _listed(labels(PAPERS, papers)))
    spoken = [language_name(code) for code in one.languages]
    yield Fact(_("Languages"), _listed(spoken))
    yield Fact(_("Age"), _listed(labels({**AGES, **BANDS}, one.ages)))
    known = settings().regions
    places = [in_words(label) for region, label in known.items() if region in one.regions]
    yield Fact(_("Where"), _listed(places) or _("Everywhere"))
    if one.access:
        yield Fact(_("Easier for some"), _listed(labels(ACCESS, one.access)))
    if one.checked:
        yield Fact(_("Last checked"), date(one.checked))


def _listed(words: Iterable[str]) -> str:
    return str(_(", ")).join(words)


def _href(kind: Reach, shown: str) -> str:
    if kind in _DIALLED:
        return _SCHEMES[kind] + _NO_DIGIT.sub("", shown)
    if kind is Reach.EMAIL:
        return _SCHEMES[kind] + shown
    return shown if kind is not Reach.VISIT and _LINK.fullmatch(shown) else ""
