"""Changes what one proves by: passphrase and authenticator; other visits of one's own end."""

from http import HTTPStatus

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain.errors import NotSignedInError
from matcher.service.digits import new_secret
from matcher.service.factors import Authenticator
from matcher.web.common import cookies
from matcher.web.common.errors import sentence
from matcher.web.common.forms import Form, is_wrong, refuse
from matcher.web.console.account import forms
from matcher.web.console.account.views import bp
from matcher.web.console.entry.secret import sent_secret, shown
from matcher.web.console.gate import UNSURE, console, me, sent


@bp.get("/account/passphrase")
def show_passphrase() -> ResponseReturnValue:
    """Ask for another passphrase."""
    return _passphrase_page(forms.passphrase({}))


@bp.post("/account/passphrase")
def change_passphrase() -> ResponseReturnValue:
    """Take another passphrase."""
    form = forms.passphrase(sent())
    form.validate()
    forms.check_passphrase(form)
    if not is_wrong(form):
        before, after = form["passphrase"].data, form["fresh"].data
        try:
            return _stays(console().factors.change_passphrase(me(), before, after))
        except UNSURE as error:
            refuse(form["passphrase"], sentence(error))
    return _passphrase_page(form), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/account/digits")
def show_digits() -> ResponseReturnValue:
    """Show the secret for a new authenticator."""
    return _digits_page(forms.digits({}), new_secret())


@bp.post("/account/digits")
def renew_digits() -> ResponseReturnValue:
    """Take another authenticator; the secret in the page stays the same until it works."""
    if not (secret := sent_secret()):
        return show_digits()
    form = forms.digits(sent())
    form.validate()
    if not is_wrong(form):
        fresh = Authenticator(secret=secret, typed=form["digits"].data)
        try:
            return _stays(console().factors.renew_digits(me(), form["passphrase"].data, fresh))
        except UNSURE as error:
            refuse(form["passphrase"], sentence(error))
        except NotSignedInError:
            words = _("The new authenticator shows other digits. Please type the newest ones.")
            refuse(form["digits"], words)
    return _digits_page(form, secret), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/account/keep")
def keep() -> ResponseReturnValue:
    """Let no code that is out give one's own account away."""
    console().coordinators.keep_account(me().id)
    return redirect(url_for("account.show"), code=303)


def _stays(cookie: str) -> ResponseReturnValue:
    """Go on in the one session that is left."""
    return cookies.give(make_response(redirect(url_for("account.show"), code=303)), cookie)


def _passphrase_page(form: Form) -> str:
    return render_template("account/passphrase.html", form=form)


def _digits_page(form: Form, secret: str) -> str:
    return render_template("account/digits.html", form=form, **shown(secret))
