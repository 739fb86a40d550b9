"""Gives back what somebody typed, to be copied, where it could not be taken."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request

from matcher.web.common.plain import plain

View = TypeVar("View", bound=Callable[..., object])


def gives_back(*fields: str) -> Callable[[View], View]:
    """Mark a view whose `fields` hold words that nobody should have to write twice.

    Where words are asked for by language, `name` stands for `name-en` and all the others.
    """

    def mark(view: View) -> View:
        vars(view)["gives_back"] = fields
        return view

    return mark


def typed() -> str:
    """Return the words that came with this request, if its view gives them back."""
    view = current_app.view_functions.get(request.endpoint or "")
    fields = vars(view).get("gives_back", ()) if view else ()
    words = (plain(text).strip() for name, text in request.form.items() if _is_of(name, fields))
    return "\n".join(filter(None, words))


def _is_of(name: str, fields: tuple[str, ...]) -> bool:
    """Tell whether a field is one of these; a part of a form may come without any name."""
    return bool(name) and (name in fields or name.partition("-")[0] in fields)
