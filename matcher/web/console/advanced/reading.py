"""Reads what was typed into a page of rules, and says beside each field what is wrong."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from flask_babel import gettext as _

from matcher.domain.amounts import number
from matcher.settings.rules_schema import STEPS, Key, Kind
from matcher.settings.toml_file import Duration
from matcher.web.common.forms import Form, is_wrong, refuse_by_name
from matcher.web.console.advanced import fields
from matcher.web.console.advanced.told import Values, bound, time

_WHOLE, _NUMBER = re.compile(r"\d{1,9}"), re.compile(r"\d{1,9}(\.\d{1,20})?")
_POINTS = str.maketrans({"\N{ARABIC DECIMAL SEPARATOR}": ".", ",": "."})


def read(page: str, form: Form, values: Values) -> Values | None:
    """Read a page into what a draft says; None where something in it is wrong."""
    form.validate()
    found = {
        name: dict(table) if isinstance(table, dict) else table
        for name, table in values.items()
    }
    for key in fields.asked_on(page):
        if key.path[0] != STEPS:
            found[key.path[0]][key.path[1]] = _READERS[key.kind](form, key, key.name)
    if page == "floor":
        unseen = values.get(STEPS, [])[fields.MOST_STEPS :]  # more than a page asks for
        found[STEPS] = [*_steps(form, found["floor"]["said"]), *unseen]
    return None if is_wrong(form) else found


def _number(form: Form, key: Key, name: str) -> float | None:
    typed = _typed(form, name)
    is_whole = key.kind is Kind.COUNT
    if not typed and key.may_be_empty:
        return None
    if (_WHOLE if is_whole else _NUMBER).fullmatch(typed):
        value = int(typed) if is_whole else float(typed)
        if key.least <= value <= key.most:
            return value
    least, most = bound(key.least), bound(key.most)
    asks = (
        _("Please type a whole number from %(least)s to %(most)s.", least=least, most=most)
        if is_whole
        else _("Please type a number from %(least)s to %(most)s.", least=least, most=most)
    )
    refuse_by_name(form[name], asks)
    return None


def _length(form: Form, key: Key, name: str) -> str:
    unit = form[fields.unit_field(name)].data
    found = f"{_typed(form, name)} {unit}"
    with suppress(ValueError):
        if key.shortest <= Duration.parse(found) <= key.longest:
            return found
    bounds = {"least": time(key.shortest), "most": time(key.longest)}
    refuse_by_name(form[name], _("Please type a time from %(least)s to %(most)s.", **bounds))
    return ""


def _chosen(form: Form, _key: Key, name: str) -> str:
    if not form[name].data and not form[name].errors:
        refuse_by_name(form[name], _("Please choose one."))
    return form[name].data or ""


def _ticked(form: Form, _key: Key, name: str) -> list[str]:
    """List what is ticked, in the order in which it is listed."""
    ticked = form[name].data or []
    return [choice.value for choice in form[name].choices if choice.value in ticked]


def _bands(form: Form, key: Key, _name: str) -> dict[str, list[str]]:
    named = {f"{key.name}.{band}": band for band in key.choices}
    return {band: _ticked(form, key, name) for name, band in named.items() if name in form}


def _factors(form: Form, key: Key, _name: str) -> dict[str, float]:
    """Read how much each need counts; what counts as usual is not written down."""
    found: dict[str, float] = {}
    for name, need in fields.need_fields(key).items():
        value = _number(form, key, name) if _typed(form, name) else 1.0
        if value is not None and value != 1:
            found[need] = value
    return found


_READERS: Mapping[Kind, Callable[[Form, Key, str], Any]] = {
    Kind.NUMBER: _number,
    Kind.COUNT: _number,
    Kind.CHOICE: _chosen,
    Kind.SOME: _ticked,
    Kind.NEEDS: _ticked,
    Kind.LENGTH: _length,
    Kind.BANDS: _bands,
    Kind.FACTORS: _factors,
}


def _steps(form: Form, floor: float | None) -> list[dict[str, Any]]:
    """Read the steps, each beside the one before; one that is empty is none."""
    found: list[dict[str, Any]] = []
    least = floor
    for at in range(fields.MOST_STEPS):
        names = {key.path[1]: fields.step_field(at, key) for key in fields.step_keys()}
        if names["after"] not in form or not any(form[name].data for name in names.values()):
            continue
        step = _step(form, names)
        _refuse_disorder(form, names, step, found)
        if step.get("floor") is not None:
            least = _refuse_higher(form, names["floor"], step["floor"], least)
        found.append(step)
    return found


def _step(form: Form, names: Mapping[str, str]) -> dict[str, Any]:
    read_ = {
        key.path[1]: _READERS[key.kind](form, key, names[key.path[1]])
        for key in fields.step_keys()
    }
    return {name: value for name, value in read_.items() if value not in (None, [])}


def _refuse_disorder(
    form: Form, names: Mapping[str, str], step: Mapping[str, Any], before: list[dict[str, Any]]
) -> None:
    """Refuse a step that changes nothing, or does not come later than the one before."""
    field = form[names["after"]]
    if len(step) == 1 and not form[names["floor"]].errors:
        words = _("This step changes nothing: please type a share, or tick something.")
        refuse_by_name(field, words)
    if not before or not step["after"] or not before[-1]["after"]:
        return
    if Duration.parse(step["after"]) <= Duration.parse(before[-1]["after"]):
        words = _("Please type a longer time than that of the step before.")
        refuse_by_name(field, words)


def _refuse_higher(form: Form, name: str, floor: float, least: float | None) -> float:
    if least is not None and floor >= least:
        asks = _(
            "Please type less than %(share)s: that much has to be shared before this step."
        )
        refuse_by_name(form[name], asks % {"share": number(least)})
    return floor


def _typed(form: Form, name: str) -> str:
    """Take a number as it was typed; with a comma, or in digits of any script."""
    typed = (form[name].data or "").strip().translate(_POINTS)
    return "".join(str(int(one)) if one.isdecimal() else one for one in typed)
