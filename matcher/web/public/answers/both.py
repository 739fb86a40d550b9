"""The answers that seekers and peers give alike."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from matcher.domain.profile import (
    MINORS,
    Address,
    AgeBand,
    Common,
    Format,
    Help,
    Language,
    LookIn,
    Region,
    Talk,
)
from matcher.web.common.drafts import Answers, many, one
from matcher.web.common.forms import YES
from matcher.web.public.answers.times import DayPart, blocks_ahead, utc_blocks

NO = "no"
ARABIC = Language("ar")


class Times(StrEnum):
    """Which way somebody says when they can be here."""

    ANY = "any"
    KEEP = "keep"
    PARTS = "parts"


class CommonAnswers(TypedDict):
    """What `Common` is built from."""

    age: AgeBand
    languages: frozenset[Language]
    help: frozenset[Help]
    format: Format
    day_blocks: frozenset[int]
    look_in: LookIn
    relay_ok: bool
    region: Region | None
    talk: frozenset[Talk]
    address: Address | None


def read_common(answers: Answers) -> CommonAnswers:
    """Read what both sides answer; the forms have checked it."""
    region = one(answers, "region")
    languages = frozenset(Language(code) for code in many(answers, "languages"))
    address = one(answers, "address") if ARABIC in languages else ""
    return CommonAnswers(
        age=AgeBand(one(answers, "band") or one(answers, "age")),
        languages=languages,
        help=frozenset(Help(kind) for kind in many(answers, "help")),
        format=Format(one(answers, "format") or Format.EITHER),
        day_blocks=_read_blocks(answers),
        look_in=LookIn(one(answers, "look_in") or LookIn.DAILY),
        relay_ok=one(answers, "relay") == YES,
        region=Region(region) if region else None,
        talk=frozenset(Talk(way) for way in many(answers, "talk")),
        address=Address(address) if address else None,
    )


def write_common(profile: Common) -> dict[str, tuple[str, ...]]:
    """Write what both sides answer as answers of the pages; no clock is known any more."""
    blocks = tuple(str(block) for block in sorted(profile.day_blocks))
    return {
        "age": (AgeBand.ADULT.value,),
        "band": (profile.age.value,) if profile.age is not AgeBand.ADULT else (),
        "languages": tuple(sorted(profile.languages)),
        "help": in_order(profile.help),
        "format": (profile.format.value,),
        "times": (Times.KEEP.value if blocks else Times.ANY.value,),
        "blocks": blocks,
        "look_in": (profile.look_in.value,),
        "relay": (YES if profile.relay_ok else NO,),
        "region": (profile.region,) if profile.region else (),
        "talk": in_order(profile.talk),
        "address": (profile.address.value,) if profile.address else (),
    }


def in_order(members: Iterable[StrEnum]) -> tuple[str, ...]:
    """List the values of members so that equal sets are written alike."""
    return tuple(sorted(member.value for member in members))


def is_minor(answers: Answers) -> bool:
    """Tell whether somebody has said that they are under 18."""
    return one(answers, "age") in MINORS


def note_clock(before: Answers, after: Answers, now: datetime) -> Answers:
    """Keep how far a clock is ahead of UTC from the moment in which it was read off."""
    clock = one(after, "clock")
    if not clock.isdecimal() or (clock == one(before, "clock") and one(before, "ahead")):
        return after
    return {**after, "ahead": (str(blocks_ahead(int(clock), now)),)}


def _read_blocks(answers: Answers) -> frozenset[int]:
    match one(answers, "times"):
        case Times.KEEP:
            return frozenset(int(block) for block in many(answers, "blocks"))
        case Times.PARTS:
            parts = [DayPart(part) for part in many(answers, "parts")]
            return utc_blocks(parts, int(one(answers, "ahead")))
        case _:
            return frozenset()
