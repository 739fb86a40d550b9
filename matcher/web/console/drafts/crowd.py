"""Who is drawn for a preview: how many of them, and of whom more or fewer than usual."""

import re
from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from matcher.domain.preview import MOST_FACTOR, MOST_MINORS, MOST_PEERS, MOST_SEEKERS, Crowd
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Field, Form, filled, line, refuse_by_name
from matcher.web.common.i18n import in_words
from matcher.web.common.wiring import settings
from matcher.web.public.languages import language_name

PER_CENT = 100
USUAL = Crowd()
MINORS, YOUNG, BURDENED = "minors", "young", "burdened"
LANGUAGE, GROUP = "language.", "group."

_WHOLE, _FACTOR = re.compile(r"[0-9]{1,5}"), re.compile(r"[0-9]{1,2}([.,][0-9]{1,3})?")


def form_of(answers: Answers) -> Form:
    """Build the form; where nothing was typed it is filled in as usual."""
    fields = dict(_fields())
    return filled(fields, {**{name: (_usual(name),) for name in fields}, **answers})


def names() -> tuple[str, ...]:
    """Name the fields."""
    return tuple(name for name, _field in _fields())


def label(name: str) -> str:
    """Say what a field is called; nothing of one that is not here."""
    found = form_of({})
    return str(found[name].label.text) if name in found else ""


def is_mixed(form: Form) -> bool:
    """Tell whether somebody is to be drawn more or less often than usual."""
    return any(field.data != _usual(field.name) for field in mix(form))


def mix(form: Form) -> list[Field]:
    """List the fields that say of whom there are more or fewer."""
    return [field for field in form if field.name not in {"seekers", "peers"}]


def read(form: Form) -> Crowd | None:
    """Read what was typed; None where something is wrong, which is told beside its field."""
    seekers = _whole(form["seekers"], 1, MOST_SEEKERS)
    peers = _whole(form["peers"], 1, MOST_PEERS)
    minors = _whole(form[MINORS], 0, round(PER_CENT * MOST_MINORS))
    factors = {field.name: _factor(field) for field in mix(form) if field.name != MINORS}
    if any(field.errors for field in form):
        return None
    return Crowd(
        seekers=seekers,
        peers=peers,
        mix=_of(factors, GROUP),
        languages=_of(factors, LANGUAGE),
        young=factors[YOUNG],
        burdened=factors[BURDENED],
        minors=minors / PER_CENT,
    )


def _fields() -> Iterator[tuple[str, Field]]:
    yield "seekers", line(_("Seekers to draw"), hint=_up_to(1, MOST_SEEKERS))
    yield "peers", line(_("Peers to draw"), hint=_up_to(1, MOST_PEERS))
    minors = round(PER_CENT * MOST_MINORS)
    yield MINORS, line(_("Under 18, of 100 on both sides"), hint=_up_to(0, minors))
    yield YOUNG, line(_("From 18 to 25"))
    yield BURDENED, line(_("With something for which formal help comes first"))
    for language in settings().languages:
        yield f"{LANGUAGE}{language}", line(language_name(language))
    for group in settings().needs.groups:
        yield f"{GROUP}{group.id}", line(in_words(group.label))


def _usual(name: str) -> str:
    return {"seekers": str(USUAL.seekers), "peers": str(USUAL.peers), MINORS: "0"}.get(
        name, "1"
    )


def _up_to(least: int, most: int) -> str:
    allowed = {"least": least, "most": f"{most:,}"}
    return str(_("%(least)s to %(most)s", **allowed))


def _whole(field: Field, least: int, most: int) -> int:
    typed = (field.data or "").strip()
    if _WHOLE.fullmatch(typed) and least <= int(typed) <= most:
        return int(typed)
    allowed = {"least": least, "most": f"{most:,}"}
    words = _("Please type a whole number from %(least)s to %(most)s.", **allowed)
    refuse_by_name(field, words)
    return 0


def _factor(field: Field) -> float:
    typed = (field.data or "").strip()
    factor = float(typed.replace(",", ".")) if _FACTOR.fullmatch(typed) else -1.0
    if not 0 <= factor <= MOST_FACTOR:
        allowed = {"least": 0, "most": f"{MOST_FACTOR:g}"}
        refuse_by_name(field, _("Please type a number from %(least)s to %(most)s.", **allowed))
    return factor


def _of(factors: Mapping[str, float], kind: str) -> dict[str, float]:
    """Take what is not as usual of one kind."""
    return {
        name.removeprefix(kind): factor
        for name, factor in factors.items()
        if name.startswith(kind) and factor != 1
    }
