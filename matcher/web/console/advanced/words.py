"""Every key of a rules file in words: its name, what it does, in what it is measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

_TIME = _l("Time")
_POINTS = _l("Points of a score")
_SHARE_OF_SAID = _l("Share of what was said (0.2 is a fifth)")
_PRIORITY = _l("Added to a priority of 1")
_SUGGESTIONS = _l("Suggestions")
_PEERS = _l("Peers")
_TIMES = _l("Times as much")
_ONE, _SOME = _l("One of these"), _l("As many of these as fit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One key: its name, one sentence of what it does, and the unit of its values."""

    name: str
    does: str
    unit: str


KEYS: Mapping[str, Words] = {
    "musts.acute_guard": Words(
        name=_l("Two people in the middle of the same"),
        does=_l("Keeps peers who are in the middle of something from people who face it too."),
        unit=_ONE,
    ),
    "musts.ages": Words(
        name=_l("Age bands"),
        does=_l(
            "Says which peers the seekers of each age band may meet; without a tick, nobody."
        ),
        unit=_SOME,
    ),
    "weights.main": Words(
        name=_l("What matters most"),
        does=_l(
            "How many times as much the need counts that matters most to a seeker: the higher, "
            "the more peers come first who know that one need, even if they share less."
        ),
        unit=_TIMES,
    ),
    "weights.stage": Words(
        name=_l("A step further along"),
        does=_l("Adds to the score of peers who are a step further along; 0 switches it off."),
        unit=_POINTS,
    ),
    "weights.help": Words(
        name=_l("The kind of help"),
        does=_l(
            "Adds to the score of peers who give the kind of help that is asked for; 0 "
            "switches it off."
        ),
        unit=_POINTS,
    ),
    "weights.identity": Words(
        name=_l("A wished-for identity"),
        does=_l(
            "Adds to the score of peers with an identity that the seeker would like, and takes "
            "nothing from others; 0 switches it off."
        ),
        unit=_POINTS,
    ),
    "weights.nearness": Words(
        name=_l("Near or far"),
        does=_l(
            "Adds to the score of peers who are near or far, as the seeker would like; 0 "
            "switches it off."
        ),
        unit=_POINTS,
    ),
    "weights.needs": Words(
        name=_l("Single needs"),
        does=_l(
            "Lets single needs count more than 1, or less; one that says who somebody is "
            "counts 1 at least, and no less than the others on average."
        ),
        unit=_TIMES,
    ),
    "similarity.unsaid_weight": Words(
        name=_l("Guesses"),
        does=_l(
            "How much it counts what often goes together with what was said, for seekers who "
            "agreed to that; with 0 guesses do not count at all."
        ),
        unit=_l("Share of a score"),
    ),
    "similarity.full_from_peers": Words(
        name=_l("Peers before guesses count in full"),
        does=_l(
            "With fewer peers than this, guesses fade to nothing: the higher, the more careful."
        ),
        unit=_PEERS,
    ),
    "similarity.never_infer": Words(
        name=_l("Never guessed"),
        does=_l(
            "Keeps these needs from guesses too; many others are always kept from them and do "
            "not stand here."
        ),
        unit=_SOME,
    ),
    "floor.said": Words(
        name=_l("How much has to be shared"),
        does=_l(
            "Peers who have lived through less of what was said are not suggested: the higher, "
            "the closer the matches, and the more people find nobody."
        ),
        unit=_SHARE_OF_SAID,
    ),
    "relax.after": Words(
        name=_l("After how long a wait"),
        does=_l("From then on less is asked; each step comes later than the one before."),
        unit=_TIME,
    ),
    "relax.floor": Words(
        name=_l("What has to be shared then"),
        does=_l("Falls from step to step; where nothing is typed it stays as it was."),
        unit=_SHARE_OF_SAID,
    ),
    "relax.drops": Words(
        name=_l("What no longer counts then"),
        does=_l("These add nothing to a score any more; a must is never dropped."),
        unit=_SOME,
    ),
    "priority.waiting_bonus": Words(
        name=_l("A day of waiting"),
        does=_l(
            "What each day adds to somebody's priority: the higher, the more it goes by the "
            "time people have waited, and the less by how well two fit."
        ),
        unit=_PRIORITY,
    ),
    "priority.rare_needs": Words(
        name=_l("A rare need"),
        does=_l(
            "What the need that the fewest peers know adds to somebody's priority: the higher, "
            "the more often people with such a need get those few."
        ),
        unit=_PRIORITY,
    ),
    "objective.aim": Words(
        name=_l("The aim of a round"),
        does=_l("What each round makes as large as it can."),
        unit=_ONE,
    ),
    "offers.answer_within": Words(
        name=_l("Longest time to answer"),
        does=_l(
            "How long an answer is waited for at most: the shorter, the less waiting for "
            "answers that never come, and the more is missed by those who look in seldom."
        ),
        unit=_TIME,
    ),
    "offers.a_day": Words(
        name=_l("Suggestions a day"),
        does=_l("How many suggestions one peer gets within 24 hours; with 0 there are none."),
        unit=_SUGGESTIONS,
    ),
    "offers.repeat_after": Words(
        name=_l("Time before the same pair again"),
        does=_l(
            "After how long a pair may be suggested again that let a suggestion pass; after a "
            "no it never is."
        ),
        unit=_TIME,
    ),
    "offers.repeats": Words(
        name=_l("The same pair again"),
        does=_l("How often a pair may be suggested again that let a suggestion pass."),
        unit=_SUGGESTIONS,
    ),
    "offers.draw_among": Words(
        name=_l("Drawn among"),
        does=_l(
            "Among how many of those who fit best each suggestion is drawn: the higher, the "
            "harder it is to find one person with invented answers, and the less close the fit."
        ),
        unit=_PEERS,
    ),
    "peers.capacity_ceiling": Words(
        name=_l("Most at once"),
        does=_l(
            "How many open suggestions and conversations one peer has together, even if they "
            "offer more."
        ),
        unit=_l("Suggestions and conversations"),
    ),
    "peers.hours_a_week": Words(
        name=_l("Hours a week"),
        does=_l(
            "How long a peer may be here live within seven days before they rest; 168 is as "
            "long as they like."
        ),
        unit=_l("Hours"),
    ),
    "peers.rest_after_room": Words(
        name=_l("Rest after a conversation"),
        does=_l("How long a peer rests at least; they may choose more."),
        unit=_TIME,
    ),
    "peers.missed_before_pause": Words(
        name=_l("Left without an answer"),
        does=_l("After so many in a row a peer is not asked any more until they check in."),
        unit=_SUGGESTIONS,
    ),
}

UNITS: Mapping[str, str] = {
    "s": _l("seconds"),
    "min": _l("minutes"),
    "h": _l("hours"),
    "d": _l("days"),
    "weeks": _l("weeks"),
}
