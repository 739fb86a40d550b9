"""Signs coordinators in and out, and makes accounts with one-time codes."""

from collections.abc import Mapping

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matcher.domain import codes
from matcher.domain.errors import (
    MatcherError,
    NameTakenError,
    NotSignedInError,
    OpeningGoneError,
    OtherNameError,
)
from matcher.service import digits
from matcher.service.coordinators import Newcomer, Second
from matcher.web.common import cookies, errors
from matcher.web.common.csrf import open_form
from matcher.web.common.forms import Form, is_wrong, refuse
from matcher.web.console.entry import forms
from matcher.web.console.entry.secret import sent_secret, shown
from matcher.web.console.gate import console, for_everybody, sent
from matcher.web.console.passkey import sent_passkey, site

bp = Blueprint("entry", __name__, template_folder="templates")

_CULPRITS: Mapping[type[MatcherError], str] = {
    OpeningGoneError: "code",
    NameTakenError: "name",
    OtherNameError: "name",
}


@bp.get("/sign-in")
@for_everybody
def show() -> ResponseReturnValue:
    """Ask who it is."""
    return _sign_in_page(forms.sign_in({}))


@bp.post("/sign-in")
@for_everybody
@open_form
def send() -> ResponseReturnValue:
    """Open a session; whatever is wrong looks the same."""
    form, passkey = forms.sign_in(sent()), sent_passkey()
    form.validate()
    forms.check_sign_in(form, has_passkey=passkey is not None)
    if not is_wrong(form):
        name, passphrase, digits = (form[f].data for f in ("name", "passphrase", "digits"))
        second = Second(digits=digits or "", passkey=passkey)
        try:
            return _signed_in(console().coordinators.sign_in(name, passphrase, second))
        except NotSignedInError as error:
            refuse(form["name"], errors.sentence(error))
    return _sign_in_page(form), 422


@bp.get("/join")
@for_everybody
def show_join() -> ResponseReturnValue:
    """Ask for a one-time code, and show the secret for an authenticator."""
    return _join_page(forms.join({}), digits.new_secret())


@bp.post("/join")
@for_everybody
@open_form
def join() -> ResponseReturnValue:
    """Make an account; the secret in the page stays the same until it works."""
    if not (secret := sent_secret()):
        return show_join()
    form = forms.join(sent())
    form.validate()
    forms.check_join(form)
    if not is_wrong(form):
        try:
            return _signed_in(_joined(form, secret))
        except NotSignedInError:
            refuse(form["digits"], forms.other_digits())
        except tuple(_CULPRITS) as error:
            refuse(form[_CULPRITS[type(error)]], errors.sentence(error))
    return _join_page(form, secret), 422


@bp.post("/sign-out")
def leave() -> ResponseReturnValue:
    """End the session."""
    console().coordinators.sign_out(cookies.current() or "")
    return cookies.take(make_response(redirect(url_for("entry.show"), code=303)))


def _sign_in_page(form: Form) -> str:
    challenge = console().account.challenge()
    return render_template("entry/sign_in.html", form=form, challenge=challenge, site=site())


def _joined(form: Form, secret: str) -> str:
    newcomer = Newcomer(
        name=form["name"].data,
        passphrase=form["passphrase"].data,
        secret=secret,
        typed=form["digits"].data,
    )
    return console().coordinators.join(codes.parse(form["code"].data), newcomer)


def _join_page(form: Form, secret: str) -> str:
    return render_template("entry/join.html", form=form, **shown(secret))


def _signed_in(cookie: str) -> ResponseReturnValue:
    return cookies.give(make_response(redirect(url_for("home.show"), code=303)), cookie)
