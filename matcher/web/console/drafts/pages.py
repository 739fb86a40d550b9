"""The page of a draft: its text, and either its mistakes or what it would change."""

from dataclasses import dataclass

from flask import render_template, request

from matcher.domain.extent import (
    LEAST_DAYS,
    LEAST_SHARE,
    MOST_BOUND,
    MOST_DAYS,
    MOST_SHARE,
    Extent,
)
from matcher.domain.preview import Crowd
from matcher.service.tuning import Draft
from matcher.settings.toml_file import TomlError
from matcher.state.rules_history import MOST_REASON
from matcher.web.common.plain import plain
from matcher.web.console.gate import console
from matcher.web.console.rules import words

DRAWN, LIVE = "drawn", "live"
USUAL = Crowd()
USUAL_EXTENT = Extent()
LIMITS = {
    "share": (LEAST_SHARE, MOST_SHARE),
    "days": (LEAST_DAYS, MOST_DAYS),
    "bound": (0, MOST_BOUND),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody has in their page; `after` is the version in force that they have seen.

    `on` whom a preview is tried: `LIVE`, or so many `seekers` and `peers` that are drawn. It is
    tried on a `share` of rounds, for so many `days`, within a `bound`.
    """

    text: str
    after: int
    reason: str = ""
    on: str = DRAWN
    seekers: str = str(USUAL.seekers)
    peers: str = str(USUAL.peers)
    share: str = str(USUAL_EXTENT.share)
    days: str = str(USUAL_EXTENT.days)
    bound: str = str(USUAL_EXTENT.bound)

    def extent(self) -> Extent | None:
        """Read how far the draft is to be tried; None where a number cannot be used."""
        parts = {"share": self.share, "days": self.days, "bound": self.bound}
        numbers = {name: _number(told) for name, told in parts.items()}
        is_fine = all(least <= numbers[name] <= most for name, (least, most) in LIMITS.items())
        return Extent(**numbers) if is_fine else None

    def preset(self) -> str:
        """Name the preset that this is, word for word."""
        known = console().tuning.presets()
        return next((name for name, text in known.items() if tidy(text) == self.text), "")


def typed() -> Typed:
    """Read what came with this form."""
    return Typed(
        text=tidy(request.form.get("text", "")),
        after=request.form.get("after", 0, type=int),
        reason=plain(request.form.get("reason", "")).strip(),
        on=LIVE if request.form.get("on") == LIVE else DRAWN,
        seekers=plain(request.form.get("seekers", str(USUAL.seekers))).strip(),
        peers=plain(request.form.get("peers", str(USUAL.peers))).strip(),
        **{name: _extent_of(name) for name in LIMITS},
    )


def _extent_of(name: str) -> str:
    usual = str(getattr(USUAL_EXTENT, name))
    return plain(request.form.get(name, usual)).strip()


def _number(told: str) -> int:
    """Read a whole number; what is none lies within no limits."""
    digits = told.removesuffix("%").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 4 else -1  # noqa: PLR2004 - enough


def page(wanted: Typed, *, wrong: str = "") -> str:
    """Show a draft beside the rules in force; `wrong` is what keeps it from being published."""
    tuning = console().tuning
    draft, live = tuning.check(wanted.text), tuning.current()
    return render_template(
        "drafts/draft.html",
        typed=wanted,
        draft=draft,
        faults=[(fault, _line(wanted.text, fault)) for fault in draft.faults],
        live=live,
        is_stale=wanted.after != live.number,
        wrong=wrong,
        most=MOST_REASON,
        limits=LIMITS,
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
