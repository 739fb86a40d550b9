"""Who may open which page: nobody who is not signed in, but for the pages marked so."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from matcher.domain.errors import (
    DamagedError,
    MatcherError,
    NoSessionError,
    NotAllowedError,
    NotSureError,
    TooManyTriesError,
)
from matcher.service.coordinators import Me
from matcher.web.common import cookies
from matcher.web.common.csrf import FormGoneError
from matcher.web.common.drafts import Answers
from matcher.web.common.errors import sentence, told
from matcher.web.common.plain import plain
from matcher.web.common.wiring import common

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a field

UNSURE = (NotSureError, TooManyTriesError)
"""What `be_sure` raises."""

_FILES = {"static", "look.static"}

View = TypeVar("View", bound=Callable[..., object])


def attach(app: Flask) -> None:
    """Ask who it is before any view is called."""
    app.before_request(_let_in)
    app.register_error_handler(FormGoneError, _of_another_visit)
    app.add_template_global(me_or_nobody)


def for_everybody(view: View) -> View:
    """Mark a view that also strangers may open."""
    vars(view)["is_for_everybody"] = True
    return view


def for_owners(view: View) -> View:
    """Mark a view that is for owners alone."""
    vars(view)["is_for_owners"] = True
    return view


def console() -> ConsoleServices:
    """Return the services of the console."""
    found = common()
    if not isinstance(found, ConsoleServices):
        raise TypeError
    return found


def me() -> Me:
    """Return who asks."""
    found = me_or_nobody()
    if found is None:
        raise NoSessionError
    return found


def me_or_nobody() -> Me | None:
    """Return who asks; None where nobody is signed in."""
    found: Me | None = g.get("me")
    return found


def sent() -> Answers:
    """Return what came with this form."""
    return {name: tuple(values) for name, values in request.form.lists()}


def be_sure() -> None:
    """Before a dangerous act: take the passphrase that came with it, unless it came lately.

    Its form shows the field by `fields.sure()`, and is shown again with what is `unsure`.
    """
    if not me().is_sure:
        typed = plain(request.form.get(PASSPHRASE, ""))
        console().coordinators.make_sure(me(), cookies.current() or "", typed)


def beside_passphrase(error: MatcherError, nth: int = 1) -> dict[str, str]:
    """Say why nobody is sure, by the id of the field that `fields.sure(nth)` shows."""
    is_empty = isinstance(error, NotSureError) and not request.form.get(PASSPHRASE)
    words = str(_("Please type your passphrase.")) if is_empty else sentence(error)
    return {f"sure-{nth}": words}


def _know_anyway() -> None:
    """Find who asks for what no view answers: they keep what leads elsewhere."""
    with suppress(MatcherError):
        g.me = console().coordinators.me(cookies.current())


def _of_another_visit(error: FormGoneError) -> ResponseReturnValue:
    """Tell of a form from another visit as one who is signed in, if that is so."""
    _know_anyway()
    return told(error)


def _let_in() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.endpoint in _FILES:
        return None
    if view is None:
        _know_anyway()
        return None
    if request.method == "POST":
        with suppress(DamagedError):  # whatever has to be logged says so itself
            console().oversight.resume()
    if vars(view).get("is_for_everybody"):
        return None
    try:
        g.me = console().coordinators.me(cookies.current())
    except NoSessionError:
        if request.method == "POST":
            raise
        return redirect(url_for("entry.show"), code=303)
    if vars(view).get("is_for_owners") and me().rank is not Rank.OWNER:
        raise NotAllowedError
    return None
