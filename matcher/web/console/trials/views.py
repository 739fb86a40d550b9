"""Shows coordinators how rules on trial do, and lets them end a trial."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import StaleRulesError
from matcher.domain.trial import Trial
from matcher.domain.versions import Publication
from matcher.service.tuning import Draft
from matcher.state.rules_history import MOST_REASON
from matcher.web.common.errors import sentence
from matcher.web.common.given_back import gives_back
from matcher.web.common.plain import plain
from matcher.web.console.acts.words import ENDS, Names
from matcher.web.console.drafts.pages import ANYWHERE
from matcher.web.console.drafts.views import wrong_reason
from matcher.web.console.gate import UNSURE, be_sure, beside_passphrase, console, me
from matcher.web.console.rules import words as rules_words
from matcher.web.console.trials import words

bp = Blueprint("trials", __name__, template_folder="templates")


@bp.get("/rules/trial")
def show() -> ResponseReturnValue:
    """Show the trial that is on, or else the last one."""
    return _page()


@bp.post("/rules/trial/drop")
def drop() -> ResponseReturnValue:
    """End the trial: one person's act, at once."""
    if seen := _seen():
        console().trials.drop(seen.number, me().id)
    return redirect(url_for("trials.show"), code=303)


@bp.post("/rules/trial/keep")
@gives_back("reason")
def keep() -> ResponseReturnValue:
    """Put the tried rules in force, or let them wait for a second yes."""
    reason = plain(request.form.get("reason", "")).strip()
    trial = _seen()
    if trial is None:
        return redirect(url_for("trials.show"), code=303)
    if wrong := wrong_reason(reason):
        return _page(reason=reason, wrong={"reason": wrong}), 422
    wanted = trial.wanted
    wanted = Publication(text=wanted.text, reason=reason, who=me().id, preset=wanted.preset)
    try:
        be_sure()
        is_in_force = console().publishing.publish(wanted, after=trial.after)
    except UNSURE as error:
        return _page(reason=reason, wrong=beside_passphrase(error)), error.status
    except StaleRulesError as error:
        return _page(reason=reason, wrong={ANYWHERE: sentence(error)}), error.status
    return redirect(url_for("trials.show" if is_in_force else "acts.show"), code=303)


def _seen() -> Trial | None:
    """Find the trial that the page of this form showed; None where it is over."""
    trial = console().trials.newest()
    is_seen = trial and request.form.get("trial", type=int) == trial.number
    return trial if trial and is_seen and not trial.ended else None


def _page(*, reason: str = "", wrong: Mapping[str, str] | None = None) -> str:
    trial = console().trials.newest()
    return render_template(
        "trials/trial.html",
        trial=trial,
        figures=console().trials.figures(trial) if trial else None,
        draft=_draft(trial),
        names=Names(console().coordinators.roster()),
        reason=reason,
        wrong=wrong or {},
        most=MOST_REASON,
        words=words,
        ends=ENDS,
        rules_words=rules_words,
    )


def _draft(trial: Trial | None) -> Draft | None:
    """Say what the rules of a trial that is on would change."""
    if trial is None or trial.ended:
        return None
    return console().tuning.check(trial.wanted.text)
