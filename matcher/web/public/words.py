"""What people read for each answer: the words of needs.md, one place for all pages."""

# ruff: noqa: RUF001 - ranges are written with an en dash, as people read them

from collections.abc import Mapping
from typing import TypeVar

from flask_babel import lazy_gettext as _l

from matcher.domain.place import CheckIn
from matcher.domain.profile import (
    Address,
    AgeBand,
    Format,
    Help,
    Identity,
    Lived,
    LookIn,
    Manner,
    Nearness,
    Since,
    Stage,
    Talk,
)
from matcher.web.common.forms import Choice
from matcher.web.public.answers.times import DayPart

Member = TypeVar("Member")

AGES: Mapping[AgeBand, str] = {
    AgeBand.UNDER_13: _l("Under 13"),
    AgeBand.YOUTH: _l("13 to 17"),
    AgeBand.ADULT: _l("18 or older"),
}
BANDS: Mapping[AgeBand, str] = {
    AgeBand.FROM_18: _l("18–25"),
    AgeBand.FROM_26: _l("26–39"),
    AgeBand.FROM_40: _l("40–59"),
    AgeBand.FROM_60: _l("60 or older"),
}
HELP: Mapping[Help, str] = {
    Help.LISTEN: _l("Someone who listens"),
    Help.KNOW_HOW: _l("How others did it: tips that worked"),
    Help.SYSTEM: _l("Finding my way: forms, clinics, offices, lawyers"),
    Help.STEADY: _l("Someone to check in with over a few weeks"),
    Help.SHARE: _l("Someone to share good things with"),
}
HELP_GIVEN: Mapping[Help, str] = {
    Help.LISTEN: _l("Listening"),
    Help.KNOW_HOW: _l("How I did it: tips that worked"),
    Help.SYSTEM: _l("Finding the way: forms, clinics, offices, lawyers"),
    Help.STEADY: _l("Checking in over a few weeks"),
    Help.SHARE: _l("Sharing good things"),
}
FORMATS: Mapping[Format, str] = {
    Format.EITHER: _l("Either"),
    Format.NOW_AND_THEN: _l("Messages now and then, no need to be online together"),
    Format.LIVE: _l("Talk live at a time that suits both"),
}
LOOK_INS: Mapping[LookIn, str] = {
    LookIn.DAILY: _l("Every day"),
    LookIn.FEW_DAYS: _l("Every 2–3 days"),
    LookIn.WEEKLY: _l("Once a week"),
}
DAY_PARTS: Mapping[DayPart, str] = {
    DayPart.MORNING: _l("Morning (6–12)"),
    DayPart.AFTERNOON: _l("Afternoon (12–18)"),
    DayPart.EVENING: _l("Evening (18–24)"),
    DayPart.NIGHT: _l("Night (0–6)"),
}
PATH_STAGES: Mapping[Stage, str] = {
    Stage.EARLY: _l("Just starting"),
    Stage.MIDDLE: _l("In the middle"),
    Stage.LATE: _l("Further along"),
}
TIME_STAGES: Mapping[Stage, str] = {
    Stage.EARLY: _l("It is happening now"),
    Stage.MIDDLE: _l("Not long ago"),
    Stage.LATE: _l("Long ago, still with me"),
}
LIVED: Mapping[Lived, str] = {
    Lived.NOT_AT_ALL: _l("Not at all"),
    Lived.A_LITTLE: _l("A little"),
    Lived.QUITE: _l("Quite a lot"),
    Lived.VERY: _l("Very much"),
}
SINCE: Mapping[Since, str] = {
    Since.NOW: _l("I am in it now"),
    Since.RECENT: _l("Not long ago"),
    Since.PAST: _l("Long behind me"),
}
IDENTITIES: Mapping[Identity, str] = {
    Identity.LESBIAN: _l("Lesbian"),
    Identity.GAY: _l("Gay"),
    Identity.BI: _l("Bi or pan"),
    Identity.TRANS_WOMAN: _l("Trans woman"),
    Identity.TRANS_MAN: _l("Trans man"),
    Identity.NON_BINARY: _l("Non-binary"),
    Identity.INTERSEX: _l("Intersex"),
    Identity.ACE_ARO: _l("Asexual or aromantic"),
    Identity.QUESTIONING: _l("Questioning"),
    Identity.ALLY: _l("Family member or ally"),
    Identity.DISABLED: _l("Disabled or deaf"),
    Identity.MIGRANT: _l("Migrant or refugee"),
    Identity.MINORITY: _l("From a racialised or minority community"),
    Identity.FAITH: _l("Person of faith"),
    Identity.WOMAN: _l("A woman"),
    Identity.MAN: _l("A man"),
}
MANNERS: Mapping[Manner, str] = {
    Manner.RELIGIOUS_ADVICE: _l("Gives religious advice"),
    Manner.OWN_STORY: _l("Talks a lot about their own story"),
    Manner.OFFICIAL: _l("Works for police, government or religious bodies"),
}
OWN_MANNERS: Mapping[Manner, str] = {
    Manner.RELIGIOUS_ADVICE: _l("I sometimes give religious advice"),
    Manner.OWN_STORY: _l("I talk a lot about my own story"),
    Manner.OFFICIAL: _l("I work for police, government or a religious body"),
}
NEARNESS: Mapping[Nearness, str] = {
    Nearness.ANY: _l("It does not matter"),
    Nearness.NEAR_BETTER: _l("Better if they know the rules where I live"),
    Nearness.NEAR_ONLY: _l("Only someone who knows the rules where I live"),
    Nearness.FAR_BETTER: _l("Better if they are far from me"),
    Nearness.FAR_ONLY: _l("Only someone who is far from me"),
}
TALK: Mapping[Talk, str] = {
    Talk.SHORT: _l("Please write short and simple"),
    Talk.SLOW: _l("I answer slowly"),
    Talk.READER: _l("I use a screen reader (no pictures of text)"),
    Talk.ASK_FIRST: _l("Ask before difficult topics"),
}
ADDRESSES: Mapping[Address, str] = {
    Address.PLURAL: _l("In the plural (antum)"),
    Address.FEMININE: _l("In the feminine"),
    Address.MASCULINE: _l("In the masculine"),
    Address.ANY: _l("Any of these"),
}
CHECK_INS: Mapping[CheckIn, str] = {
    CheckIn.HALF_HOUR: _l("I am here for 30 minutes"),
    CheckIn.TWO_HOURS: _l("I am here for 2 hours"),
    CheckIn.TODAY: _l("I am around today"),
    CheckIn.DAILY: _l("I look in every day"),
    CheckIn.FEW_DAYS: _l("I look in every few days"),
}
RESTS: Mapping[int, str] = {
    0: _l("No rest needed"),
    1: _l("One day"),
    3: _l("Three days"),
    7: _l("One week"),
}
GROUND_RULES: tuple[str, ...] = (
    _l("Be kind. Everyone here is welcome as they are."),
    _l("What is said here stays here. No screenshots."),
    _l("No real names, places, photos, or other contacts."),
    _l("No dating, no sex talk, no money, no meeting in person."),
    _l("Listen and share; do not preach, diagnose, or push."),
    _l("Either side may pause or leave at any time, with no reason."),
    _l(
        "We cannot find or rescue anyone. In danger, press “In danger now” at the end of "
        "any page. If something feels wrong, tell the team."
    ),
)


def choices(labels: Mapping[Member, str]) -> list[Choice]:
    """Turn labels into the choices of a question."""
    return [(str(getattr(key, "value", key)), str(label)) for key, label in labels.items()]
