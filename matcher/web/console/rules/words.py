"""Rules in words: the presets, the parts of a rules file, what a change loosens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from flask_babel import lazy_gettext as _l

from matcher.domain.coordinator import OPERATOR, CoordinatorId
from matcher.domain.explained import Explained, explained
from matcher.domain.loosening import Guard
from matcher.domain.rules import Rules
from matcher.domain.versions import OPERATOR as BY_COMMAND, Publication, Version

PRESETS: Mapping[str, tuple[str, str]] = {
    "balanced": (
        _l("Balanced"),
        _l("Somebody fitting for most people within days, and no peer asked too often."),
    ),
    "more-people": (
        _l("More people"),
        _l(
            "For when many wait in vain: less has to be shared, and peers are asked more often."
        ),
    ),
    "closer-fit": (
        _l("Closer fit"),
        _l("For a network with many peers: more has to be shared, so fewer find somebody."),
    ),
    "spare-our-peers": (
        _l("Spare our peers"),
        _l("For when peers are tired or few: they are asked less and rest, so seekers wait."),
    ),
    "extra-careful": (
        _l("Extra careful"),
        _l("For dangerous times and places: it guards against more, so seekers wait longer."),
    ),
}

PARTS: Mapping[str, str] = {
    "musts": _l("Who may meet whom"),
    "weights": _l("What counts how much"),
    "similarity": _l("Guesses"),
    "floor": _l("How much has to be shared"),
    "priority": _l("Whose match counts more"),
    "objective": _l("What a round aims at"),
    "offers": _l("Suggestions"),
    "peers": _l("What protects peers"),
}
_SAME_PART = {"relax": "floor"}
NEEDS = "needs"
PAGES: Mapping[str, str] = {
    name: words
    for part, title in PARTS.items()
    for name, words in ((part, title), *([(NEEDS, _l("Single needs"))] * (part == "weights")))
}
"""The pages of the form under "Advanced": a page a part, and one more for single needs."""

GUARDS: Mapping[Guard, str] = {
    Guard.AGES: _l("Brings age bands together that were kept apart"),
    Guard.CRISIS: _l("Guards less against two people in the same crisis"),
    Guard.GUESSES: _l("Lets more be guessed about people"),
    Guard.FISHING: _l("Makes it easier to find one person with invented answers"),
    Guard.PEERS: _l("Asks more of peers"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Rules to begin with."""

    id: str
    name: str
    words: str


def presets(known: Mapping[str, str]) -> list[Preset]:
    """Name the presets there are, those with words of ours first."""
    names = [*(one for one in PRESETS if one in known), *(k for k in known if k not in PRESETS)]
    told = ((name, PRESETS.get(name, (name, ""))) for name in names)
    return [Preset(id=name, name=str(title), words=str(use)) for name, (title, use) in told]


def parts(rules: Rules) -> Iterator[tuple[str, list[Explained]]]:
    """Say every rule under the name of its part."""
    for part, rest in groupby(explained(rules), key=lambda one: _part(one.key)):
        yield str(PARTS.get(part, part)), list(rest)


def author(version: Version | Publication) -> CoordinatorId:
    """Say who published a version or tried rules, as the log would."""
    return OPERATOR if version.who == BY_COMMAND else CoordinatorId(version.who)


def _part(key: str) -> str:
    name = key.partition(".")[0]
    return _SAME_PART.get(name, name)
