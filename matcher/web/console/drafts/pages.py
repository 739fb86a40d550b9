"""The page of a draft: its text, and either its mistakes or what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import render_template, request
from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.extent import (
    LEAST_DAYS,
    LEAST_SHARE,
    MOST_BOUND,
    MOST_DAYS,
    MOST_SHARE,
    Extent,
)
from matcher.domain.preview import MOST_FACTOR
from matcher.service.tuning import Draft
from matcher.settings.toml_file import TomlError
from matcher.state.rules_history import MOST_REASON
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form, by_name
from matcher.web.common.plain import plain
from matcher.web.console.drafts import crowd as crowds, faults
from matcher.web.console.drafts.brought import FILE
from matcher.web.console.gate import console
from matcher.web.console.rules import words
from matcher.web.console.rules.views import asked_for

DRAWN, LIVE = "drawn", "live"
OF_DRAFT, OF_TRIAL = "reason", "reason-try"
"""The ids of both fields that ask why."""
SURE_OF_DRAFT, SURE_OF_TRIAL = 1, 2
"""Which of the two fields that ask for the passphrase belongs to which form."""
ANYWHERE = ""
"""The id of what is wrong with no field."""
USUAL_EXTENT = Extent()
LIMITS = {
    "share": (LEAST_SHARE, MOST_SHARE),
    "days": (LEAST_DAYS, MOST_DAYS),
    "bound": (0, MOST_BOUND),
}
_ON_TRIAL = {*LIMITS, OF_TRIAL, f"sure-{SURE_OF_TRIAL}"}

EXTENT: Mapping[str, str] = {
    "share": _l("So many of 100 rounds"),
    "days": _l("For so many days"),
    "bound": _l(
        "It ends where more than so many fewer of 100 newcomers are suggested somebody"
    ),
}


def extent_name(name: str) -> str:
    """Say what a field of the extent is called; nothing of any other."""
    return str(EXTENT.get(name, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody has in their page; `after` is the version in force that they have seen.

    `on` whom a preview is tried: `LIVE`, or a `crowd` that is drawn, as it was typed. It is
    tried on a `share` of rounds, for so many `days`, within a `bound`.
    """

    text: str
    after: int
    reason: str = ""
    on: str = DRAWN
    crowd: Answers = field(default_factory=dict)
    share: str = str(USUAL_EXTENT.share)
    days: str = str(USUAL_EXTENT.days)
    bound: str = str(USUAL_EXTENT.bound)

    def extent(self) -> Extent | None:
        """Read how far the draft is to be tried; None where a number cannot be used."""
        return None if self.unfit() else Extent(**self._numbers())

    def unfit(self) -> dict[str, str]:
        """Say of each number of a trial that cannot be used what would do, by its id."""
        numbers = self._numbers().items()
        return {
            name: by_name(extent_name(name), _within(*LIMITS[name]))
            for name, one in numbers
            if not LIMITS[name][0] <= one <= LIMITS[name][1]
        }

    def _numbers(self) -> dict[str, int]:
        return {name: _number(getattr(self, name)) for name in LIMITS}

    def preset(self) -> str:
        """Name the preset that this is, word for word."""
        known = console().tuning.presets()
        return next((name for name, text in known.items() if tidy(text) == self.text), "")


def begun() -> Typed:
    """Begin a draft with a preset, an old version, or else with what is in force."""
    tuning = console().tuning
    preset = tuning.presets().get(request.args.get("preset", ""))
    text = tidy(preset or asked_for().text)
    return Typed(text=text, after=tuning.current().number)


def typed() -> Typed:
    """Read what came with this form."""
    return Typed(
        text=tidy(request.form.get("text", "")),
        after=request.form.get("after", 0, type=int),
        reason=plain(request.form.get("reason", "")).strip(),
        on=LIVE if request.form.get("on") == LIVE else DRAWN,
        crowd={n: (request.form[n],) for n in crowds.names() if n in request.form},
        **{name: _extent_of(name) for name in LIMITS},
    )


def _extent_of(name: str) -> str:
    usual = str(getattr(USUAL_EXTENT, name))
    return plain(request.form.get(name, usual)).strip()


def _number(told: str) -> int:
    """Read a whole number; what is none lies within no limits."""
    digits = told.removesuffix("%").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 4 else -1  # noqa: PLR2004 - enough


def page(wanted: Typed, *, wrong: Mapping[str, str] | None = None, crowd: Form = None) -> str:
    """Show a draft beside the rules in force.

    `wrong` is what keeps it from being published, or from being tried on some rounds, by the
    id of the field where; a `crowd` that was read brings its errors.
    """
    told = wrong or {}
    form = crowds.form_of(wanted.crowd) if crowd is None else crowd
    tuning = console().tuning
    draft, live = tuning.check(wanted.text), tuning.current()
    return render_template(
        "drafts/draft.html",
        typed=wanted,
        draft=draft,
        faults=[(fault, _line(wanted.text, fault)) for fault in draft.faults],
        say=faults.told,
        live=live,
        is_stale=wanted.after != live.number,
        wrong=told,
        there=_fields_of(draft),
        most=MOST_REASON,
        limits=LIMITS,
        extent=EXTENT,
        crowd=form,
        is_mixed=crowds.is_mixed(form),
        is_trying=not told.keys().isdisjoint(_ON_TRIAL),
        most_factor=f"{MOST_FACTOR:g}",
        words=words,
    )


def _fields_of(draft: Draft) -> set[str]:
    """List the ids of fields that a draft's page has: nothing is tried that changes nothing."""
    if draft.faults:
        return {FILE}
    of_draft = {FILE, OF_DRAFT, f"sure-{SURE_OF_DRAFT}"}
    return of_draft | _ON_TRIAL if draft.changes else of_draft


def check(wanted: Typed) -> Draft:
    """Say what a draft would change."""
    return console().tuning.check(wanted.text)


def _within(least: int, most: int) -> str:
    allowed = {"least": least, "most": most}
    return str(_("Please type a whole number from %(least)s to %(most)s.", **allowed))


def tidy(text: str) -> str:
    """Write a text as browsers bring it back, so that lines keep their numbers."""
    return plain(text).strip() + "\n"


def _line(text: str, fault: TomlError) -> str:
    """Find the line that a fault is in."""
    return next(iter(text.split("\n")[fault.line - 1 : fault.line]), "").strip()
