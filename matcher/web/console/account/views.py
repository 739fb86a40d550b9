"""Shows one's own passkeys, takes new ones and forgets old ones."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import PasskeyError
from matcher.web.console.gate import be_sure, console, me
from matcher.web.console.passkey import sent_passkey, site

bp = Blueprint("account", __name__, template_folder="templates")


@bp.get("/account")
def show() -> ResponseReturnValue:
    """Show one's own passkeys."""
    account = console().account
    return render_template(
        "account/account.html",
        keys=account.passkeys(me().id),
        challenge=account.challenge(),
        site=site(),
    )


@bp.post("/account/add")
def add() -> ResponseReturnValue:
    """Take a passkey that a device has just made."""
    be_sure()
    sent = sent_passkey()
    if sent is None:
        raise PasskeyError
    console().account.add(me(), sent)
    return redirect(url_for("account.show"), code=303)


@bp.post("/account/remove")
def remove() -> ResponseReturnValue:
    """Forget a passkey."""
    be_sure()
    console().account.remove(me(), request.form.get("mark", ""))
    return redirect(url_for("account.show"), code=303)
