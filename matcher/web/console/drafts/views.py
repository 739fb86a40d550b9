"""Lets coordinators write a draft or bring one, see what it would change, and publish it."""

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain.errors import MatcherError, StaleRulesError, TrialOnError
from matcher.domain.versions import Publication
from matcher.state.rules_history import MOST_REASON
from matcher.web.common.errors import sentence
from matcher.web.common.forms import by_name, too_long
from matcher.web.common.given_back import gives_back
from matcher.web.common.plain import is_visible
from matcher.web.console.drafts.brought import FILE, TAKE, NoFileError, NoTextError, brought
from matcher.web.console.drafts.pages import (
    ANYWHERE,
    OF_DRAFT,
    OF_TRIAL,
    SURE_OF_DRAFT,
    SURE_OF_TRIAL,
    Typed,
    begun,
    check,
    extent_name,
    page,
    tidy,
    typed,
)
from matcher.web.console.gate import UNSURE, be_sure, beside_passphrase, console, me

bp = Blueprint("drafts", __name__, template_folder="templates")


@bp.get("/rules/draft")
def show() -> ResponseReturnValue:
    """Begin a draft with a preset, an old version, or else with what is in force."""
    return page(begun())


@bp.post("/rules/draft/look")
@gives_back("text", "reason")
def look() -> ResponseReturnValue:
    """Say what is wrong with a draft, or with a file in its place, or else what it changes."""
    wanted = typed()
    try:
        if request.form.get(TAKE) == FILE:
            wanted = replace(wanted, text=tidy(brought()))
    except NoFileError:
        return _no_text(
            wanted, _("Please choose a rules file. There may be nothing in the one you chose.")
        )
    except NoTextError:
        return _no_text(
            wanted, _("This file is no text. The name of a rules file ends in .toml.")
        )
    return page(wanted), 422 if check(wanted).faults else 200


@bp.post("/rules/draft/publish")
@gives_back("text", "reason")
def publish() -> ResponseReturnValue:
    """Put a draft in force, or let it wait for a second yes."""
    wanted = typed()
    if wrong := _wrong(wanted, OF_DRAFT):
        return page(wanted, wrong=wrong), 422
    try:
        be_sure()
        is_in_force = console().publishing.publish(_publication(wanted), after=wanted.after)
    except UNSURE as error:
        return page(wanted, wrong=beside_passphrase(error, SURE_OF_DRAFT)), error.status
    except StaleRulesError as error:
        return page(wanted, wrong={ANYWHERE: _words(error)}), error.status
    return redirect(url_for("rules.show" if is_in_force else "acts.show"), code=303)


@bp.post("/rules/draft/try")
@gives_back("text", "reason", named=extent_name)
def try_out() -> ResponseReturnValue:
    """Try a draft on some rounds, or let that wait for a second yes."""
    wanted, extent = typed(), typed().extent()
    wrong = _wrong(wanted, OF_TRIAL)
    if ANYWHERE not in wrong:
        wrong = {**wanted.unfit(), **wrong}
    if wrong or extent is None:
        return page(wanted, wrong=wrong), 422
    try:
        be_sure()
        is_on = console().publishing.try_out(_publication(wanted), extent, after=wanted.after)
    except UNSURE as error:
        return page(wanted, wrong=beside_passphrase(error, SURE_OF_TRIAL)), error.status
    except (StaleRulesError, TrialOnError) as error:
        return page(wanted, wrong={ANYWHERE: _words(error)}), error.status
    return redirect(url_for("trials.show" if is_on else "acts.show"), code=303)


def _no_text(wanted: Typed, wrong: str) -> ResponseReturnValue:
    """Say what is wrong with a file; what was typed stays."""
    return page(wanted, wrong={FILE: wrong}), 422


def _wrong(wanted: Typed, asks_why: str) -> dict[str, str]:
    """Say what is wrong, by the id of its field; mistakes in the text are listed beside it."""
    if check(wanted).faults:
        return {ANYWHERE: _("This text has mistakes, so nothing was done.")}
    wrong = wrong_reason(wanted.reason)
    return {asks_why: wrong} if wrong else {}


def wrong_reason(reason: str) -> str:
    """Say what is wrong with why somebody does something; nothing where it will do."""
    if not is_visible(reason):
        return str(_("Please say why, so that others understand it later."))
    count = len(reason)
    return by_name(_("Why?"), too_long(count, MOST_REASON)) if count > MOST_REASON else ""


def _words(error: MatcherError) -> str:
    if isinstance(error, StaleRulesError):
        return str(
            _("Somebody else has published rules meanwhile, so these were not published.")
        )
    return sentence(error)


def _publication(wanted: Typed) -> Publication:
    return Publication(
        text=wanted.text, reason=wanted.reason, who=me().id, preset=wanted.preset()
    )
