"""The page of a draft: its text, and either its mistakes or what it would change."""

from dataclasses import dataclass, field

from flask import render_template, request

from matcher.domain.preview import MOST_FACTOR
from matcher.service.tuning import Draft
from matcher.settings.toml_file import TomlError
from matcher.state.rules_history import MOST_REASON
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Form
from matcher.web.common.plain import plain
from matcher.web.console.drafts import crowd as crowds, faults
from matcher.web.console.gate import console
from matcher.web.console.rules import words
from matcher.web.console.rules.views import asked_for

DRAWN, LIVE = "drawn", "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody has in their page; `after` is the version in force that they have seen.

    `on` whom a preview is tried: `LIVE`, or a `crowd` that is drawn, as it was typed.
    """

    text: str
    after: int
    reason: str = ""
    on: str = DRAWN
    crowd: Answers = field(default_factory=dict)

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
    )


def page(wanted: Typed, *, wrong: str = "", crowd: Form = None) -> str:
    """Show a draft beside the rules in force.

    `wrong` is what keeps it from being published; a `crowd` that was read brings its errors.
    """
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
        wrong=wrong,
        most=MOST_REASON,
        crowd=form,
        is_mixed=crowds.is_mixed(form),
        most_factor=f"{MOST_FACTOR:g}",
        words=words,
    )


def check(wanted: Typed) -> Draft:
    """Say what a draft would change."""
    return console().tuning.check(wanted.text)


def tidy(text: str) -> str:
    """Write a text as browsers bring it back, so that lines keep their numbers."""
    return plain(text).strip() + "\n"


def _line(text: str, fault: TomlError) -> str:
    """Find the line that a fault is in."""
    return next(iter(text.split("\n")[fault.line - 1 : fault.line]), "").strip()
