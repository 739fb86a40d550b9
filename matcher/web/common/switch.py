"""The way from a page to the same page in another language; nothing that was typed is lost.

A page that holds answers names the form that keeps them, as `keeps`: there the way is a button
that sends this form, and the page comes back with all of it. Elsewhere it is a plain link.
"""

from typing import NamedTuple

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException

from matcher.web.common.i18n import languages, locale

GO, STAY = "go", "stay"

_NAMES = {"ar": "العربية", "en": "English"}


class Keeps(NamedTuple):
    """The form of a page that holds what was answered, and where it is sent."""

    path: str
    form: str = "questions"


class Other(NamedTuple):
    """Another language: its code, its own name, and where its page stands."""

    code: str
    name: str
    path: str


def attach(app: Flask) -> None:
    """Let every page offer its other languages."""
    app.add_template_global(other_languages)


def is_switch() -> bool:
    """Tell whether this form was sent to be shown once more, in another language."""
    return request.form.get(GO) == STAY


def other_languages(sends_to: str = "") -> list[Other]:
    """List the other languages; `sends_to` is where the form that keeps the answers goes."""
    here = sends_to or _nearest()
    rest = here.split("/", 2)[-1]
    others = [code for code in languages() if code != locale()]
    return [Other(code, own_name(code), f"/{code}/{rest}") for code in others]


def own_name(code: str) -> str:
    """Call a language as those who speak it do."""
    return _NAMES.get(code, code)


def _nearest() -> str:
    """Find the nearest page above this one that can be opened by a link."""
    path = request.path
    while path.count("/") > 1:
        if _is_page(path):
            return path
        path = path.rstrip("/").rpartition("/")[0]
    return f"/{locale()}/"


def _is_page(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # there is a request
    except HTTPException:
        return False
    return True
