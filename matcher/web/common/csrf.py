"""Refuses forms that were not sent from our own pages.

`Origin` proves nothing here: our referrer policy makes it "null" for honest browsers too.
"""

import hmac
from collections.abc import Callable
from http import HTTPStatus
from secrets import token_hex
from typing import TypeVar

from flask import Flask, current_app, request
from markupsafe import Markup

from matcher.domain.errors import DraftGoneError, MatcherError, NoSessionError
from matcher.service.pressure import Token
from matcher.web.common import cookies
from matcher.web.common.wiring import common, settings

FIELD = "token"

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
FOREIGN_SITES = {"cross-site", "same-site"}
_PARTS = 3

View = TypeVar("View", bound=Callable[..., object])


class ForeignFormError(MatcherError):
    """The form was sent from somebody else's page."""

    status = HTTPStatus.FORBIDDEN


class FormGoneError(MatcherError):
    """The form's token is missing, or belongs to another session."""

    status = HTTPStatus.FORBIDDEN


def attach(app: Flask) -> None:
    """Check every request that may change something before its view is called."""
    app.before_request(_check)
    app.add_template_global(open_token)
    app.add_template_global(bound_token)


def open_form(view: View) -> View:
    """Mark a view whose form is there for people without a session: its token lives shortly."""
    vars(view)["takes_open_token"] = True
    return view


def open_token() -> Markup:
    """Write the hidden field of a form for people who have no session yet."""
    return _field(new_token().value)


def new_token() -> Token:
    """Make the token of a form for people who have no session yet."""
    made = int(common().clock.about().timestamp())
    return Token(value=_signed(f"{made:x}", ""), made=made)


def sent_token() -> Token:
    """Return the token that came with this form of somebody without a session."""
    made, _, _ = _parts()
    return Token(value=request.form[FIELD], made=int(made, 16))


def bound_token() -> Markup:
    """Write the hidden field of a form that only this session may send."""
    return _field(_signed("0", cookies.current() or ""))


def is_open_form() -> bool:
    """Tell whether this is a form of somebody without a session."""
    return _is_form() and _takes_open_token()


def is_bound_form() -> bool:
    """Tell whether this is a form that only one session may send."""
    return _is_form() and not _takes_open_token()


def _is_form() -> bool:
    return request.method not in _SAFE_METHODS and request.endpoint is not None


def _takes_open_token() -> bool:
    view = current_app.view_functions[request.endpoint or ""]
    return bool(vars(view).get("takes_open_token"))


def _check() -> None:
    if not _is_form():
        return
    if request.headers.get("Sec-Fetch-Site") in FOREIGN_SITES:
        raise ForeignFormError
    if _takes_open_token():
        _check_open()
    else:
        _check_bound()


def _check_open() -> None:
    made, nonce, given = _parts()
    if not hmac.compare_digest(given, _mac(made, nonce, "")):
        raise FormGoneError
    age = common().clock.about().timestamp() - int(made, 16)
    if age > settings().lifetimes.draft.total_seconds():
        raise DraftGoneError


def _check_bound() -> None:
    cookie = cookies.current()
    if cookie is None:
        raise NoSessionError
    made, nonce, given = _parts()
    if not hmac.compare_digest(given, _mac(made, nonce, cookie)):
        raise FormGoneError


def _parts() -> tuple[str, str, str]:
    parts = request.form.get(FIELD, "").split(".")
    if len(parts) != _PARTS or not all(part.isascii() for part in parts):
        raise FormGoneError
    return parts[0], parts[1], parts[2]


def _field(token: str) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)


def _signed(made: str, cookie: str) -> str:
    nonce = token_hex(8)
    return f"{made}.{nonce}.{_mac(made, nonce, cookie)}"


def _mac(made: str, nonce: str, cookie: str) -> str:
    key = common().secrets.web_key("form")
    return hmac.digest(key, f"{made}.{nonce}.{cookie}".encode(), "sha256").hex()[:32]
