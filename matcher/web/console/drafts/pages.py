"""The page of a draft: its text, and either its mistakes or what it would change."""

from dataclasses import dataclass

from flask import render_template, request

from matcher.domain.preview import Crowd
from matcher.service.tuning import Draft
from matcher.settings.toml_file import TomlError
from matcher.state.rules_history import MOST_REASON
from matcher.web.common.plain import plain
from matcher.web.console.drafts import faults
from matcher.web.console.gate import console
from matcher.web.console.rules import words

DRAWN, LIVE = "drawn", "live"
USUAL = Crowd()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody has in their page; `after` is the version in force that they have seen.

    `on` whom a preview is tried: `LIVE`, or so many `seekers` and `peers` that are drawn.
    """

    text: str
    after: int
    reason: str = ""
    on: str = DRAWN
    seekers: str = str(USUAL.seekers)
    peers: str = str(USUAL.peers)

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
    )


def page(wanted: Typed, *, wrong: str = "") -> str:
    """Show a draft beside the rules in force; `wrong` is what keeps it from being published."""
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
