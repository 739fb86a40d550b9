"""Questions of forms: their words, their choices, and errors that say where and what to do.

Every answer is kept as it was given, also a wrong one, so that nobody types twice. An error is
read in a list of several, or heard: by itself it tells which question it is about, in a
sentence of its own, or behind what the question is `called`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _, ngettext
from markupsafe import Markup
from wtforms.fields import (
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from matcher.web.common.drafts import Answers, as_form_data
from matcher.web.common.plain import is_visible, plain

YES = "yes"

Choice = tuple[str, str]
Field = Any  # WTForms ships no types
Form = Any
Check = Callable[[Form, Field], None]

_NAME = Markup("<bdi>{}</bdi>")
_CALLED = "called"


def filled(fields: Mapping[str, Field], answers: Answers) -> Form:
    """Build a form from its questions and what was answered so far."""
    form = BaseForm(fields)
    form.process(as_form_data(answers))
    return form


def one_of(
    label: str, choices: Iterable[Choice], *, hint: str = "", needed: str = "", name: str = ""
) -> Field:
    """Ask for one of several answers; `needed` is the error when there is none.

    Errors call it by its `name`, where others on its page have the same label.
    """
    return RadioField(
        label,
        [_answered(needed), _known],
        choices=_listed(choices),
        description=hint,
        validate_choice=False,
        render_kw={_CALLED: name},
    )


def menu(
    label: str, choices: Iterable[Choice], *, hint: str = "", needed: str = "", name: str = ""
) -> Field:
    """Ask for one of many short answers."""
    return SelectField(
        label,
        [_answered(needed), _known],
        choices=_listed(choices),
        description=hint,
        validate_choice=False,
        render_kw={_CALLED: name},
    )


def some_of(
    label: str, choices: Iterable[Choice], *, hint: str = "", needed: str = "", name: str = ""
) -> Field:
    """Ask for any number of answers."""
    return SelectMultipleField(
        label,
        [_answered(needed), _all_known],
        choices=_listed(choices),
        description=hint,
        validate_choice=False,
        render_kw={_CALLED: name},
    )


def tick(label: str, words: str, *, hint: str = "", needed: str = "") -> Field:
    """Ask for one tick."""
    return some_of(label, [(YES, words)], hint=hint, needed=needed)


def line(label: str, *, hint: str = "", needed: str = "", name: str = "") -> Field:
    """Ask for a line of text."""
    kept = {_CALLED: name}
    return StringField(label, [_answered(needed)], [_plain], description=hint, render_kw=kept)


def paragraph(label: str, *, hint: str = "", needed: str = "") -> Field:
    """Ask for some lines of text."""
    kept = {_CALLED: ""}
    return TextAreaField(label, [_answered(needed)], [_plain], description=hint, render_kw=kept)


def refuse(field: Field, words: str) -> None:
    """Write an error beside a field, in words that say which field it is."""
    field.errors = [*field.errors, words]


def refuse_by_name(field: Field, words: str) -> None:
    """Write an error that could be about any field behind the name of this one."""
    refuse(field, by_name(called(field), words))


def refuse_long(field: Field, most: int) -> None:
    """Refuse a text of more than so many characters, and say how many it has."""
    count = len((field.data or "").strip())
    if count > most:
        refuse_by_name(field, too_long(count, most))


def too_long(count: int, most: int) -> str:
    """Say how long a text is, and how long it may be."""
    return str(
        ngettext(
            "This has %(num)s character, and at most %(most)s fit. Please make it shorter.",
            "This has %(num)s characters, and at most %(most)s fit. Please make it shorter.",
            count,
            most=most,
        )
    )


def by_name(name: str, words: str) -> str:
    """Put the name of a question, in a direction of its own, before what fits any question."""
    said = _("“%(name)s”: %(words)s")
    return Markup(said) % {"name": _NAME.format(name), "words": words}  # noqa: S704 - our words


def called(field: Field) -> str:
    """Say what a question is called: as its label, unless others on its page have the same."""
    return str(field.render_kw[_CALLED] or field.label.text)


def is_wrong(form: Form) -> bool:
    """Tell whether any field of the form has an error."""
    return any(field.errors for field in form)


def _listed(choices: Iterable[Choice]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in choices]


def _plain(typed: str | None) -> str | None:
    return plain(typed) if typed else typed


def _answered(needed: str) -> Check:
    def check(_form: Form, field: Field) -> None:
        given = is_visible(field.data) if isinstance(field.data, str) else field.data
        if needed and not given:
            raise StopValidation(needed)

    vars(check)["field_flags"] = {"required": bool(needed)}
    return check


def _known(_form: Form, field: Field) -> None:
    _refuse_unknown(field, [field.data] if field.data else [])


def _all_known(_form: Form, field: Field) -> None:
    _refuse_unknown(field, field.data or [])


def _refuse_unknown(field: Field, given: Iterable[str]) -> None:
    known = {choice.value for choice in field.choices}
    if not known.issuperset(given):
        words = _("Please choose from the answers that are shown here.")
        raise ValidationError(by_name(called(field), words))
