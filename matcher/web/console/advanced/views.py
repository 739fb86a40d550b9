"""Lets coordinators change a draft of rules key by key, a page a part."""

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain.needs import NeedGroup, NeedId
from matcher.settings.rules_schema import STEPS, Key
from matcher.settings.toml_file import TomlError
from matcher.web.common.forms import Form, is_wrong, refuse_by_name
from matcher.web.common.given_back import gives_back
from matcher.web.common.wiring import settings
from matcher.web.console.advanced import fields
from matcher.web.console.advanced.reading import read
from matcher.web.console.advanced.told import Known, Others, Values, allowed
from matcher.web.console.advanced.words import KEYS, Words
from matcher.web.console.drafts import faults, pages as drafts
from matcher.web.console.drafts.pages import Typed, begun, check, tidy, typed
from matcher.web.console.gate import console, sent
from matcher.web.console.rules.words import PAGES

bp = Blueprint("advanced", __name__, template_folder="templates")

FIRST = next(iter(PAGES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One key as a page asks for it; `names` are those of its fields."""

    key: Key
    words: Words
    allowed: str
    known: Known
    names: tuple[str, ...] = ()


@bp.get("/rules/draft/part")
def show() -> ResponseReturnValue:
    """Begin a draft, and ask for one part of it."""
    return _page(request.args.get("part", ""), begun())


@bp.post("/rules/draft/part")
@gives_back("text", "reason", named=fields.key_of)
def fill() -> ResponseReturnValue:
    """Write a page into the draft, and go on to another, or back to the draft."""
    wanted, page, goes_on = typed(), request.form.get("part", ""), request.form.get("to", "")
    if check(wanted).rules is None:
        return drafts.page(wanted), 422
    if page in PAGES:
        values = console().tuning.values(wanted.text)
        form = fields.form_of(page, values, sent())
        text = _written(page, form, wanted, values)
        if text is None:
            return _shown(page, wanted, form), 422
        wanted = replace(wanted, text=tidy(text))
    return _page(goes_on, wanted) if goes_on else drafts.page(wanted)


def _page(page: str, wanted: Typed) -> ResponseReturnValue:
    """Show a page as a draft fills it in; a draft with mistakes is shown as a text."""
    if check(wanted).rules is None:
        return drafts.page(wanted), 422
    page = page if page in PAGES else FIRST
    values = console().tuning.values(wanted.text)
    return _shown(page, wanted, fields.form_of(page, values, fields.answers_of(page, values)))


def _written(page: str, form: Form, wanted: Typed, values: Values) -> str | None:
    """Write what was typed into the text; None where something is wrong, which is told then."""
    said = read(page, form, values)
    if said is None:
        return None
    text = console().tuning.written(wanted.text, said)
    for fault in check(replace(wanted, text=text)).faults:
        refuse_by_name(_field(form, fault.key), _together(fault))
    return None if is_wrong(form) else text


def _field(form: Form, key: str) -> object:
    """Find the field that a fault is about, or else the first of the page."""
    return form[key] if key in form else next(iter(form))


def _together(fault: TomlError) -> str:
    """Say what keys do not allow together, in the language of the page if that is known."""
    if fault.key.startswith("weights.needs"):
        return str(
            _(
                "A need that says who somebody is counts 1 at least, and no less than the "
                "others on average. Please type more for it, or less for the others."
            )
        )
    reason = faults.told(fault) or fault.reason
    return str(_("This does not go with the rest of the rules: %(reason)s", reason=reason))


def _shown(page: str, wanted: Typed, form: Form) -> str:
    others, keys = Others(), fields.asked_on(page)
    asked = [_asked(key, others, form) for key in keys]
    return render_template(
        "advanced/part.html",
        page=page,
        titles=PAGES,
        typed=wanted,
        form=form,
        asked=[one for one in asked if one.key.path[0] != STEPS],
        step_keys=[one for one in asked if one.key.path[0] == STEPS],
        steps=list(_steps(form)) if page == "floor" else [],
        groups=_groups(form) if page == "needs" else [],
        unit_field=fields.unit_field,
    )


def _asked(key: Key, others: Others, form: Form) -> Asked:
    return Asked(
        key=key,
        words=KEYS[key.name],
        allowed=allowed(key),
        known=others.of(key),
        names=tuple(field.name for field in form if field.name.startswith(f"{key.name}.")),
    )


def _steps(form: Form) -> list[tuple[str, str, str]]:
    """List the names of the fields of each step."""
    found = (
        tuple(fields.step_field(at, key) for key in fields.step_keys())
        for at in range(fields.MOST_STEPS)
    )
    return [(after, floor, drops) for after, floor, drops in found if after in form]


def _groups(form: Form) -> list[tuple[NeedGroup, list[str], bool]]:
    """List needs by their groups; those with something typed, or wrong, stand open."""
    key = next(iter(fields.asked_on("needs")))
    names = {need: name for name, need in fields.need_fields(key).items()}

    def is_open(needs: list[NeedId]) -> bool:
        return any(form[names[need]].data or form[names[need]].errors for need in needs)

    listed = [(group, [need.id for need in group.needs]) for group in settings().needs.groups]
    return [(group, [names[n] for n in needs], is_open(needs)) for group, needs in listed]
