"""Gives back what somebody typed, to be copied, where it could not be taken."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request

from matcher.web.common.plain import plain

View = TypeVar("View", bound=Callable[..., object])


def gives_back(field: str) -> Callable[[View], View]:
    """Mark a view whose `field` holds words that nobody should have to write twice."""

    def mark(view: View) -> View:
        vars(view)["gives_back"] = field
        return view

    return mark


def typed() -> str:
    """Return the words that came with this request, if its view gives them back."""
    view = current_app.view_functions.get(request.endpoint or "")
    field = vars(view).get("gives_back") if view else None
    return plain(request.form.get(field, "")).strip() if field else ""
