"""The fields of a page of rules: what is asked, filled in with what a draft says."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from matcher.domain.amounts import BANDS
from matcher.domain.needs import NeedId
from matcher.domain.profile import ADULTS, AgeBand
from matcher.settings.rules_schema import STEPS, Key, Kind, keys
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import Choice, Field, Form, filled, line, menu, one_of, some_of
from matcher.web.common.i18n import in_words, told
from matcher.web.common.wiring import settings
from matcher.web.console.advanced.told import CHOICES, Values, allowed
from matcher.web.console.advanced.words import KEYS, UNITS
from matcher.web.console.rules.words import NEEDS

MOST_STEPS = 20
_ELSEWHERE = {"weights.needs": NEEDS}


def asked_on(page: str) -> tuple[Key, ...]:
    """List the keys of a page; those of steps stand with what has to be shared."""
    return tuple(key for key in keys() if _page_of(key) == page)


def form_of(page: str, values: Values, answers: Answers) -> Form:
    """Build the form of a page; a draft's `values` say what it has to ask for."""
    fields: dict[str, Field] = {}
    for key in asked_on(page):
        if key.path[0] != STEPS:
            fields |= dict(_fields(key, value_at(values, key)))
    if page == "floor":
        for step in range(n_steps(answers)):
            fields |= _step_fields(step)
    return filled(fields, answers)


def answers_of(page: str, values: Values) -> Answers:
    """Answer a page as a draft does; behind its steps stands an empty one."""
    found: dict[str, tuple[str, ...]] = {}
    for key in asked_on(page):
        if key.path[0] != STEPS:
            found |= _answers(key, key.name, value_at(values, key))
    if page == "floor":
        steps = values.get(STEPS, [])
        for at, step in enumerate(steps):
            for key in step_keys():
                if key.path[1] in step:
                    found |= _answers(key, step_field(at, key), step[key.path[1]])
        empty = step_field(len(steps), step_keys()[0])
        found |= {empty: ("",), unit_field(empty): ("d",)}
    return found


def value_at(values: Values, key: Key) -> Any:  # noqa: ANN401 - parsed TOML
    """Read what a whole file says at a key; a table that may be left out is empty."""
    return values[key.path[0]].get(key.path[1], {})


def n_steps(answers: Answers) -> int:
    """Count the steps that a page has asked for."""
    return sum(step_field(at, step_keys()[0]) in answers for at in range(MOST_STEPS))


def step_keys() -> tuple[Key, ...]:
    """List the keys of one step."""
    return tuple(key for key in keys() if key.path[0] == STEPS)


def step_field(at: int, key: Key) -> str:
    """Name the field of one key of one step, counted from nought."""
    return f"{STEPS}.{at}.{key.path[1]}"


def key_of(name: str) -> str:
    """Say by which key the text knows a field; nothing of one that is about no key."""
    return name if name.partition(".")[0] in {key.path[0] for key in keys()} else ""


def unit_field(name: str) -> str:
    """Name the field that says in which unit a length is."""
    return f"{name}.unit"


def band_fields(key: Key, said: Values) -> Mapping[str, AgeBand]:
    """Name the field of each band of seekers; those under 18 only where a draft has them."""
    bands = [band for band in AgeBand if band in ADULTS or band in said]
    return {f"{key.name}.{band}": band for band in bands}


def need_fields(key: Key) -> Mapping[str, NeedId]:
    """Name the field of each need."""
    return {f"{key.name}.{need.id}": need.id for need in settings().needs.all}


def _page_of(key: Key) -> str:
    part = {STEPS: "floor"}.get(key.path[0], key.path[0])
    return _ELSEWHERE.get(key.name, part)


def _fields(key: Key, said: Any) -> Iterator[tuple[str, Field]]:  # noqa: ANN401 - parsed TOML
    name, label = key.name, str(KEYS[key.name].name)
    match key.kind:
        case Kind.BANDS:
            for field, band in band_fields(key, said).items():
                of = told(BANDS[band])
                yield field, some_of(of, _bands(band), name=f"{label}: {of}")
        case Kind.FACTORS:
            for field, need in need_fields(key).items():
                yield field, line(in_words(settings().needs.by_id[need].label))
        case Kind.LENGTH:
            yield name, line(label, hint=_hint(key))
            yield unit_field(name), _unit(label)
        case Kind.CHOICE:
            yield name, one_of(label, _choices(key), hint=_hint(key))
        case Kind.NEEDS:
            yield name, some_of(label, _guessed(said), hint=_hint(key))
        case _:
            yield name, line(label, hint=_hint(key))


def _step_fields(at: int) -> dict[str, Field]:
    after, floor, drops = (step_field(at, key) for key in step_keys())
    labels = [str(KEYS[key.name].name) for key in step_keys()]
    step = str(_("Step %(number)s", number=at + 1))
    names = [f"{step}: {label}" for label in labels]
    return {
        after: line(labels[0], name=names[0]),
        unit_field(after): _unit(names[0]),
        floor: line(labels[1], name=names[1]),
        drops: some_of(labels[2], _choices(step_keys()[2]), name=names[2]),
    }


def _unit(of: str) -> Field:
    """Ask for the unit of a length; a page may have many of these, all under one label."""
    return menu(_("Unit"), _units(), name=_("%(length)s: unit", length=of))


def _answers(key: Key, name: str, value: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - parsed TOML
    match key.kind:
        case Kind.BANDS:
            return {f"{name}.{band}": tuple(peers) for band, peers in value.items()}
        case Kind.FACTORS:
            return {f"{name}.{need}": (plainly(one),) for need, one in value.items()}
        case Kind.LENGTH:
            amount, unit = split(value)
            return {name: (amount,), unit_field(name): (unit,)}
        case Kind.NEEDS | Kind.SOME:
            return {name: tuple(value)}
        case Kind.CHOICE:
            return {name: (value,)}
        case _:
            return {name: (plainly(value),)}


def plainly(value: float) -> str:
    """Write a number as people do, and so that it is the same when it is read."""
    return f"{Decimal(str(value)):f}".removesuffix(".0")


def split(length: str) -> tuple[str, str]:
    """Take a length apart: "14 d" is 14 and d."""
    unit = length.lstrip("0123456789. ")
    return length.removesuffix(unit).strip(), unit


def _hint(key: Key) -> str:
    return f"{KEYS[key.name].does} {allowed(key)}"


def _units() -> list[Choice]:
    return [(unit, str(words)) for unit, words in UNITS.items()]


def _choices(key: Key) -> list[Choice]:
    return [(one, told(words)) for one, words in CHOICES[key.name].items()]


def _bands(seekers: AgeBand) -> list[Choice]:
    """List whom a band may be brought together with: from 18 on nobody younger."""
    return [
        (band.value, told(words))
        for band, words in BANDS.items()
        if band in ADULTS or seekers not in ADULTS
    ]


def _guessed(said: Sequence[str]) -> list[Choice]:
    """List needs that are guessed, and those that a draft names for good measure."""
    needs = settings().needs
    asked = (one for one in needs.all if one.id not in needs.never_infer or one.id in said)
    return [(need.id, in_words(need.label)) for need in asked]
