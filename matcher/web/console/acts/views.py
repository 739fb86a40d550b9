"""Lets coordinators agree to what others asked for, or withdraw it; shows the log of acts."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.acts import ActId
from matcher.web.console.acts import words
from matcher.web.console.gate import be_sure, console, me

bp = Blueprint("acts", __name__, template_folder="templates")

LINES = 50
"""Of the log on one page."""


@bp.get("/acts")
def show() -> ResponseReturnValue:
    """Show what waits, and what this coordinator may do about it."""
    return render_template(
        "acts/waiting.html",
        waiting=console().oversight.waiting(me().id),
        now=console().clock.now(),
        names=_names(),
        words=words,
    )


@bp.post("/acts/agree")
def agree() -> ResponseReturnValue:
    """Say yes to what somebody asked for."""
    be_sure()
    console().oversight.agree(ActId(request.form.get("act", "")), me().id)
    return redirect(url_for("acts.show"), code=303)


@bp.post("/acts/withdraw")
def withdraw() -> ResponseReturnValue:
    """Let what somebody asked for come to nothing."""
    console().oversight.withdraw(ActId(request.form.get("act", "")), me().id)
    return redirect(url_for("acts.show"), code=303)


@bp.get("/log")
def log() -> ResponseReturnValue:
    """Show what coordinators did, the newest first."""
    entries = console().oversight.entries()
    last = max(1, -(-len(entries) // LINES))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    newest_first = list(reversed(list(enumerate(entries, start=1))))
    return render_template(
        "acts/log.html",
        lines=newest_first[(page - 1) * LINES : page * LINES],
        at=(page, last),
        names=_names(),
        words=words,
    )


def _names() -> words.Names:
    return words.Names(console().coordinators.roster())
