"""Makes batches of invitations, shows their cards once, and revokes them."""

from collections.abc import Mapping
from dataclasses import dataclass

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext as _
from markupsafe import Markup

from matcher.domain.codes import Code, groups
from matcher.domain.invitation import MOST_OF_A_PURPOSE, BatchId, Invitation
from matcher.web.common.forms import Form, is_wrong
from matcher.web.common.i18n import date, languages
from matcher.web.common.pictures import as_svg
from matcher.web.common.wiring import settings
from matcher.web.console.acts import words
from matcher.web.console.gate import UNSURE, be_sure, beside_passphrase, console, me, sent
from matcher.web.console.invitations import forms

bp = Blueprint("invitations", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card to be cut out: a code, its picture, and what to do with it in each language."""

    groups: tuple[str, ...]
    picture: Markup
    lines: tuple[tuple[str, str], ...]


@bp.get("/invitations")
def show() -> ResponseReturnValue:
    """List the batches that have not ended, and ask what for new ones would be."""
    return _page(forms.make(forms.DEFAULTS, settings()))


@bp.post("/invitations/make")
def make() -> ResponseReturnValue:
    """Make a batch and show its cards, this once."""
    form = forms.make(sent(), settings())
    form.validate()
    forms.check(form)
    if is_wrong(form):
        return _page(form), 422
    try:
        be_sure()
    except UNSURE as error:
        return _page(form, beside_passphrase(error)), error.status
    made = console().batches.make(forms.wish(form), me().id)
    lines = _lines(made.batch.invitation)
    return render_template(
        "invitations/cards.html",
        cards=[_card(code, lines) for code in made.codes],
        may_be_used=made.may_be_used,
        purpose=made.batch.purpose,
    )


@bp.post("/invitations/revoke")
def revoke() -> ResponseReturnValue:
    """End what is left of a batch, at once."""
    console().batches.revoke(BatchId(request.form.get("batch", "")), me().id)
    return redirect(url_for("invitations.show"), code=303)


def _page(form: Form, unsure: Mapping[str, str] | None = None) -> str:
    return render_template(
        "invitations/invitations.html",
        form=form,
        unsure=unsure or {},
        all=console().batches.all(),
        names=words.Names(console().coordinators.roster()),
        needs=settings().needs.by_id,
        scopes=words.SCOPES,
        most=MOST_OF_A_PURPOSE,
    )


def _card(code: Code, lines: tuple[tuple[str, str], ...]) -> Card:
    picture = as_svg(segno.make(code.upper(), error="q", micro=False))
    return Card(groups=groups(code), picture=picture, lines=lines)


def _lines(invitation: Invitation) -> tuple[tuple[str, str], ...]:
    """Say on a card what it is for, in every language of the pages; it names no network."""
    return tuple((language, _line(language, invitation)) for language in languages())


def _line(language: str, invitation: Invitation) -> str:
    with force_locale(language):
        until = date(invitation.until)
        return str(
            _(
                "On the first page: “I was invited to help”. Works once, until %(date)s. "
                "Please show it to nobody.",
                date=until,
            )
        )
