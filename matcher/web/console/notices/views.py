"""Puts notices up and takes them down; both are written down, words and all."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.notice import MAX_NOTICE_CHARACTERS, Audience
from matcher.web.common.forms import Form, is_wrong
from matcher.web.common.i18n import languages
from matcher.web.console.acts.words import AUDIENCES
from matcher.web.console.gate import UNSURE, be_sure, beside_passphrase, console, me, sent
from matcher.web.console.notices import forms

bp = Blueprint("notices", __name__, template_folder="templates")


@bp.get("/notices")
def show() -> ResponseReturnValue:
    """Show what stands, and ask what should."""
    return _page(forms.make(forms.DEFAULTS))


@bp.post("/notices/put-up")
def put_up() -> ResponseReturnValue:
    """Let a notice stand, in the place of the one before."""
    form = forms.make(sent())
    form.validate()
    forms.check(form)
    if is_wrong(form):
        return _page(form), 422
    try:
        be_sure()
    except UNSURE as error:
        return _page(form, beside_passphrase(error)), error.status
    lives = timedelta(days=int(form["days"].data))
    to_whom = Audience(form["audience"].data)
    console().notices.put_up(to_whom, forms.words(form), lives, me().id)
    return redirect(url_for("notices.show"), code=303)


@bp.post("/notices/take-down")
def take_down() -> ResponseReturnValue:
    """Take a notice down at once."""
    try:
        to_whom = Audience(request.form.get("audience", ""))
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
    console().notices.take_down(to_whom, me().id)
    return redirect(url_for("notices.show"), code=303)


def _page(form: Form, unsure: Mapping[str, str] | None = None) -> str:
    return render_template(
        "notices/notices.html",
        form=form,
        unsure=unsure or {},
        standing=console().notices.standing(),
        audiences=AUDIENCES,
        fields_of_words=[forms.said(language) for language in languages()],
        most=MAX_NOTICE_CHARACTERS,
        now=console().clock.now(),
    )
