"""Questions of forms: their words, their choices, and errors that say what to do.

Every answer is kept as it was given, also a wrong one, so that nobody types twice.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
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


def filled(fields: Mapping[str, Field], answers: Answers) -> Form:
    """Build a form from its questions and what was answered so far."""
    form = BaseForm(fields)
    form.process(as_form_data(answers))
    return form


def one_of(label: str, choices: Iterable[Choice], *, hint: str = "", needed: str = "") -> Field:
    """Ask for one of several answers; `needed` is the error when there is none."""
    return RadioField(
        label,
        [_answered(needed), _known],
        choices=_listed(choices),
        description=hint,
        validate_choice=False,
    )


def menu(label: str, choices: Iterable[Choice], *, hint: str = "", needed: str = "") -> Field:
    """Ask for one of many short answers."""
    return SelectField(
        label,
        [_answered(needed), _known],
        choices=_listed(choices),
        description=hint,
        validate_choice=False,
    )


def some_of(
    label: str, choices: Iterable[Choice], *, hint: str = "", needed: str = ""
) -> Field:
    """Ask for any number of answers."""
    return SelectMultipleField(
        label,
        [_answered(needed), _all_known],
        choices=_listed(choices),
        description=hint,
        validate_choice=False,
    )


def tick(label: str, words: str, *, hint: str = "", needed: str = "") -> Field:
    """Ask for one tick."""
    return some_of(label, [(YES, words)], hint=hint, needed=needed)


def line(label: str, *, hint: str = "", needed: str = "") -> Field:
    """Ask for a line of text."""
    return StringField(label, [_answered(needed)], [_plain], description=hint)


def paragraph(label: str, *, hint: str = "", needed: str = "") -> Field:
    """Ask for some lines of text."""
    return TextAreaField(label, [_answered(needed)], [_plain], description=hint)


def refuse(field: Field, words: str) -> None:
    """Write an error beside a field."""
    field.errors = [*field.errors, words]


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
        raise ValidationError(_("Please choose from the answers that are shown here."))
