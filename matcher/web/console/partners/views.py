"""Lists partners' cards, makes one, and lets a code open nothing any more."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.web.common.forms import Form, is_wrong
from matcher.web.common.given_back import gives_back
from matcher.web.console.gate import be_sure, console, me, sent
from matcher.web.console.partners import forms
from matcher.web.console.previews.words import group

bp = Blueprint("partners", __name__, template_folder="templates")


@bp.get("/services/cards")
def show() -> ResponseReturnValue:
    """List every card, and ask for another."""
    return _page(forms.make({}))


@bp.post("/services/cards/add")
@gives_back("id", "code")
def add() -> ResponseReturnValue:
    """Make a card for a partner."""
    form = forms.make(sent())
    entry = forms.entry(form)
    form.validate()
    forms.refuse_all(form, console().cards.faults(entry))
    if is_wrong(form):
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    console().cards.add(entry, me().id)
    return redirect(url_for("partners.show"), code=303)


@bp.post("/services/cards/take-away")
def take_away() -> ResponseReturnValue:
    """Let a code open nothing any more, at once and for good."""
    be_sure()
    console().cards.take_away(request.form.get("card", ""), me().id)
    return redirect(url_for("partners.show"), code=303)


def _page(form: Form) -> str:
    return render_template(
        "partners/cards.html",
        form=form,
        all=console().cards.all(),
        counts=console().taps.cards(),
        shows_examples=console().settings.site.shows_examples,
        group=group,
        most=forms.MOST,
    )
