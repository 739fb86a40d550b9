"""What drawn people are drawn from: needs that go together, languages, ages, times of day.

All figures are assumptions, set by hand so that a drawn pool looks like a real one in what
matters to matching: few needs each, needs that come together, rare languages, short supply.
Times of day are assumed altogether: no survey asks when people can talk in safety.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matcher.domain.needs import CardShows, GroupId, Need, NeedGroup, NeedId, Needs, StageKind
from matcher.domain.profile import (
    AgeBand,
    Format,
    Help,
    Identity,
    Language,
    LookIn,
    Manner,
    Nearness,
    Region,
    Since,
    Stage,
)

# "-": never guessed; "!": never guessed, and formal help comes first.
_NEEDS = {
    "identity": "questioning- telling-someone- living-hidden- outed! self-acceptance intersex-",
    "family": "rejection keeping-contact pressure-to-marry relative-came-out caring",
    "people": "lonely friends first-relationship secret-relationship- break-up",
    "mind": "worry- low- past-hurt- suicidal! self-harm! eating-body- alcohol-drugs-"
    " finding-help",
    "health": "doctors illness-disability- living-with-hiv- recent-risk! tests-protection-"
    " intimacy-",
    "transition": "social- medical-care- hormones-alone! surgery- another-path-",
    "home": "tonight! leaving finding",
    "work": "finding treated-badly money sex-work-",
    "law": "rights name-gender- police-court! partner-rights-",
    "moving": "thinking- asylum- no-papers! settling",
    "faith": "faith-and-me- doubt-leaving- two-cultures",
    "safety": "danger-now! at-home! sexual-violence! blackmail! forced-change! online",
    "study": "bullying going-on",
    "life": "parenting- later-years grief",
    "together": "community giving-back celebrating learning",
    "other": "just-talk-",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How common the needs of a group are, and what in a life pulls them up together.

    Attributes
    ----------
    common : float
        Above 0 where more than half of all people have lived through such a need.
    pulls : tuple of six floats
        Weights of: hardship as a whole, hiding, distress, body, livelihood, belief.
    """

    common: float
    pulls: tuple[float, float, float, float, float, float]


OTHER_HABIT = Habit(common=-1.6, pulls=(0.6, 0.0, 0.0, 0.0, 0.0, 0.0))
HABITS: Mapping[str, Habit] = {
    "identity": Habit(common=-0.7, pulls=(0.5, 1.0, 0.2, 0.3, 0.0, 0.2)),
    "family": Habit(common=-0.9, pulls=(0.6, 0.8, 0.2, 0.0, 0.1, 0.6)),
    "people": Habit(common=-0.6, pulls=(0.5, 0.5, 0.7, 0.0, 0.0, 0.0)),
    "mind": Habit(common=-1.0, pulls=(0.6, 0.1, 1.2, 0.2, 0.0, 0.0)),
    "health": Habit(common=-1.8, pulls=(0.4, 0.1, 0.2, 1.0, 0.2, 0.0)),
    "transition": Habit(common=-2.4, pulls=(0.3, 0.4, 0.1, 1.9, 0.0, 0.0)),
    "home": Habit(common=-1.8, pulls=(0.7, 0.4, 0.1, 0.0, 1.1, 0.0)),
    "work": Habit(common=-1.4, pulls=(0.6, 0.0, 0.1, 0.1, 1.2, 0.0)),
    "law": Habit(common=-1.9, pulls=(0.5, 0.1, 0.0, 0.4, 0.9, 0.0)),
    "moving": Habit(common=-2.0, pulls=(0.5, 0.3, 0.0, 0.0, 1.4, 0.4)),
    "faith": Habit(common=-1.5, pulls=(0.3, 0.4, 0.0, 0.0, 0.0, 1.8)),
    "safety": Habit(common=-1.7, pulls=(1.0, 0.5, 0.5, 0.1, 0.3, 0.3)),
    "study": Habit(common=-1.5, pulls=(0.5, 0.3, 0.5, 0.0, 0.3, 0.0)),
    "life": Habit(common=-1.9, pulls=(0.4, 0.0, 0.2, 0.1, 0.0, 0.0)),
    "together": Habit(common=-1.3, pulls=(0.0, 0.3, 0.0, 0.0, 0.2, 0.0)),
}
FORMAL_FIRST_IS_RARER = 1.2

LANGUAGES: Mapping[str, Mapping[str, float]] = {
    "levant": {"ar": 0.97, "en": 0.45, "ku": 0.12, "fr": 0.15},
    "gulf": {"ar": 0.95, "en": 0.6, "ur": 0.08},
    "nile": {"ar": 0.99, "en": 0.35},
    "maghreb": {"ar": 0.95, "fr": 0.6, "en": 0.2, "es": 0.05},
    "africa": {"en": 0.6, "fr": 0.4, "sw": 0.25, "pt": 0.06},
    "west-asia": {"fa": 0.5, "tr": 0.45, "ku": 0.15, "en": 0.3, "ru": 0.1},
    "asia": {"en": 0.8, "ur": 0.4},
    "europe": {"en": 0.6, "de": 0.3, "fr": 0.25, "es": 0.15, "uk": 0.08, "ru": 0.08, "ar": 0.1},
    "north-america": {"en": 0.98, "es": 0.18, "fr": 0.06},
    "latin-america": {"es": 0.7, "pt": 0.3, "en": 0.25},
    "oceania": {"en": 1.0},
}
REGIONS = {
    Region("levant"): 20.0,
    Region("gulf"): 9.0,
    Region("nile"): 14.0,
    Region("maghreb"): 10.0,
    Region("africa"): 6.0,
    Region("west-asia"): 10.0,
    Region("asia"): 5.0,
    Region("europe"): 15.0,
    Region("north-america"): 6.0,
    Region("latin-america"): 3.0,
    Region("oceania"): 2.0,
}
HOURS_AHEAD = {
    "levant": 3, "gulf": 3, "nile": 2, "maghreb": 1, "africa": 2, "west-asia": 3,
    "asia": 6, "europe": 1, "north-america": -6, "latin-america": -4, "oceania": 10,
}  # fmt: skip
FALLBACK = Language("en")

AGES = {
    AgeBand.ADULT: 30.0,
    AgeBand.FROM_18: 30.0,
    AgeBand.FROM_26: 27.0,
    AgeBand.FROM_40: 10.0,
    AgeBand.FROM_60: 3.0,
}
MINORS = {AgeBand.UNDER_13: 10.0, AgeBand.YOUTH: 90.0}
FORMATS = {Format.EITHER: 55.0, Format.NOW_AND_THEN: 32.0, Format.LIVE: 13.0}
LOOK_INS = {LookIn.DAILY: 55.0, LookIn.FEW_DAYS: 35.0, LookIn.WEEKLY: 10.0}
PARTS_OF_DAY = {6: 12.0, 12: 18.0, 18: 50.0, 0: 20.0}
TICKS = {1: 20.0, 2: 30.0, 3: 25.0, 4: 15.0, 5: 10.0}
STAGES: Mapping[Stage | None, float] = {
    None: 35.0,
    Stage.EARLY: 30.0,
    Stage.MIDDLE: 25.0,
    Stage.LATE: 10.0,
}
SINCES: Mapping[Since | None, float] = {
    None: 25.0,
    Since.NOW: 15.0,
    Since.RECENT: 25.0,
    Since.PAST: 35.0,
}
NEARNESS = {
    Nearness.ANY: 74.0,
    Nearness.FAR_BETTER: 9.0,
    Nearness.NEAR_BETTER: 8.0,
    Nearness.FAR_ONLY: 6.0,
    Nearness.NEAR_ONLY: 3.0,
}
CAPACITIES = {1: 50.0, 2: 35.0, 3: 15.0}
ASKED_HELP = dict.fromkeys(Help, 0.35) | {Help.LISTEN: 0.7}
GIVEN_HELP = dict.fromkeys(Help, 0.4) | {Help.LISTEN: 0.9}
WISHED_IDENTITIES = dict.fromkeys(Identity, 1.0)
OWN_IDENTITIES = dict.fromkeys(Identity, 0.09) | {Identity.WOMAN: 0.3, Identity.MAN: 0.3}
MANNERS = dict.fromkeys(Manner, 0.12)


@cache
def catalogue() -> Needs:
    """Build the default needs without reading a file: ids, numbers and flags, no wording.

    Returns
    -------
    Needs
        The needs of config/needs.toml (a test compares the two); every label is the id.

    Notes
    -----
    Takes O(n_needs), once a process.
    """
    number = iter(range(1, 1 + sum(len(line.split()) for line in _NEEDS.values())))
    return Needs(
        groups=tuple(
            NeedGroup(
                id=GroupId(group),
                label={"en": group},
                is_open=group == "together",
                needs=tuple(_need(group, word, next(number)) for word in line.split()),
            )
            for group, line in _NEEDS.items()
        )
    )


def _need(group: str, word: str, number: int) -> Need:
    name = f"{group}/{word.rstrip('-!')}"
    return Need(
        id=NeedId(name),
        number=number,
        group=GroupId(group),
        label={"en": name},
        formal_first=word.endswith("!"),
        never_infer=word.endswith(("-", "!")),
        card=CardShows.NEED,
        stage=StageKind.PATH,
    )
