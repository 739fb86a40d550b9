"""Values of rules in words: what is allowed, what is in force, what the presets say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from matcher.domain.amounts import BANDS, TERMS, length, number
from matcher.domain.explained import ACUTE, AIMS, explained
from matcher.domain.needs import NeedId
from matcher.domain.profile import ADULTS, AgeBand
from matcher.domain.rules import AcuteGuard, Objective, Relaxation, Rules, Term
from matcher.domain.sentences import Sentence
from matcher.settings.rules_schema import STEPS, Key, Kind
from matcher.settings.toml_file import Duration
from matcher.web.common.i18n import in_words, told
from matcher.web.common.wiring import settings
from matcher.web.console.advanced.words import KEYS
from matcher.web.console.gate import console
from matcher.web.console.rules.words import presets

Values = Mapping[str, Any]

CHOICES: Mapping[str, Mapping[str, Sentence]] = {
    "musts.acute_guard": {one.value: ACUTE[one] for one in AcuteGuard},
    "objective.aim": {one.value: AIMS[one] for one in Objective},
    "relax.drops": {one.value: TERMS[one] for one in Term},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What others than the draft say, each under the names of who says so."""

    live: str
    presets: tuple[tuple[str, str], ...]

    @property
    def are_all_alike(self) -> bool:
        """Tell whether every preset says what is in force."""
        return all(said == self.live for _, said in self.presets)


class Others:
    """The version in force and the presets, as far as they can be used."""

    def __init__(self) -> None:
        tuning = console().tuning
        self._live = _usable(tuning.current().text)
        known = {one.name: tuning.presets()[one.id] for one in presets(tuning.presets())}
        self._presets = {name: _usable(text) for name, text in known.items()}

    def of(self, key: Key) -> Known:
        """Tell what they say at a key; of steps what all of them say."""
        alike: dict[str, list[str]] = {}
        for name, values in self._presets.items():
            if values:
                alike.setdefault(said(key, values), []).append(name)
        return Known(
            live=said(key, self._live) if self._live else "",
            presets=tuple((_(", ").join(names), words) for words, names in alike.items()),
        )


def allowed(key: Key) -> str:
    """Say in which unit and range its values are."""
    unit = str(KEYS[key.name].unit)
    match key.kind:
        case Kind.LENGTH:
            bounds = time(key.shortest), time(key.longest)
        case Kind.NUMBER | Kind.COUNT | Kind.FACTORS:
            bounds = bound(key.least), bound(key.most)
        case _:
            return f"{unit}."
    least, most = bounds
    return str(_("%(unit)s: %(least)s to %(most)s.", unit=unit, least=least, most=most))


def said(key: Key, values: Values) -> str:
    """Tell what a whole file says at a key."""
    if key.path[0] == STEPS:
        return _steps(values.get(STEPS, ()))
    return _TELL[key.kind](key, values[key.path[0]].get(key.path[1], {}))


def bound(value: float) -> str:
    """Tell the end of a range."""
    return f"{value:,g}"


def time(lasts: timedelta) -> str:
    """Tell a length of time, none too."""
    return told(length(lasts)) if lasts else str(_("none"))


def need_name(need: str) -> str:
    """Name a need."""
    found = settings().needs.by_id.get(NeedId(need))
    return in_words(found.label) if found else need


def _count(_key: Key, value: float) -> str:
    return f"{value:,}"


def _number(_key: Key, value: float) -> str:
    return number(value)


def _choice(key: Key, value: str) -> str:
    return told(CHOICES[key.name][value])


def _length(_key: Key, value: str) -> str:
    return time(Duration.parse(value))


def _needs(_key: Key, value: list[str]) -> str:
    return str(_(", ").join(map(need_name, value)) or _("None"))


def _factors(_key: Key, value: Mapping[str, float]) -> str:
    factors = (f"{need_name(need)}: {number(one)}" for need, one in value.items())
    return " · ".join(factors) or str(_("All count the same."))


def _bands(_key: Key, value: Mapping[str, list[str]]) -> str:
    if all(set(value.get(band, ())) >= ADULTS for band in ADULTS):
        return str(_("All from 18 on meet each other."))
    return " · ".join(
        f"{told(BANDS[AgeBand(band)])}: "
        f"{_(', ').join(told(BANDS[one]) for one in AgeBand if one in peers) or _('None')}"
        for band, peers in value.items()
    )


def _steps(steps: list[Values] | tuple[()]) -> str:
    rules = Rules(relax=tuple(map(_step, steps)))
    texts = [told(one.says) for one in explained(rules) if one.key.startswith(f"{STEPS}.")]
    return " ".join(texts) or str(
        _("Nothing is asked less strictly, however long somebody waits.")
    )


def _step(values: Values) -> Relaxation:
    return Relaxation(
        after=timedelta(seconds=Duration.parse(values["after"]).total_seconds()),
        floor=values.get("floor"),
        drops=frozenset(Term(one) for one in values.get("drops", ())),
    )


_TELL: Mapping[Kind, Callable[[Key, Any], str]] = {
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.LENGTH: _length,
    Kind.NEEDS: _needs,
    Kind.FACTORS: _factors,
    Kind.BANDS: _bands,
}


def _usable(text: str) -> Values:
    """Read a text that can be used; nothing where it cannot."""
    tuning = console().tuning
    return {} if tuning.check(text).rules is None else tuning.values(text)
