"""Gives back what somebody typed, to be copied, where it could not be taken."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from flask import current_app, request

from matcher.web.common.plain import plain

View = TypeVar("View", bound=Callable[..., object])


Naming = Callable[[str], str]


def gives_back(*fields: str, named: Naming = lambda _name: "") -> Callable[[View], View]:
    """Mark a view whose `fields` hold words that nobody should have to write twice.

    Where words are asked for by language, `name` stands for `name-en` and all the others. What
    says nothing by itself, such as a number, comes back behind what its field is `named`.
    """

    def mark(view: View) -> View:
        vars(view)["gives_back"] = fields
        vars(view)["gives_back_named"] = named
        return view

    return mark


def typed() -> str:
    """Return the words that came with this request, if its view gives them back."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or "gives_back" not in vars(view):
        return ""
    fields, named = vars(view)["gives_back"], vars(view)["gives_back_named"]
    words = (plain(text).strip() for name, text in request.form.items() if _is_of(name, fields))
    return "\n".join(filter(None, [*words, *_beside_names(named)]))


def _beside_names(named: Naming) -> Iterator[str]:
    for name, texts in request.form.lists():
        told = ", ".join(filter(None, (plain(text).strip() for text in texts)))
        if told and (words := named(name)):
            yield f"{words}: {told}"


def _is_of(name: str, fields: tuple[str, ...]) -> bool:
    """Tell whether a field is one of these; a part of a form may come without any name."""
    return bool(name) and (name in fields or name.partition("-")[0] in fields)
