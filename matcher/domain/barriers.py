"""The plain second opinion on every hard constraint: what stands between two people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.needs import JUST_TALK, NeedId, Needs
from matcher.domain.profile import (
    GENDERS,
    Experience,
    Help,
    Lived,
    Nearness,
    PeerProfile,
    SeekerProfile,
    Since,
)
from matcher.domain.room import RoomKind, room_kind
from matcher.domain.rules import Musts


class Barrier(StrEnum):
    """Why two people are not brought together; counted as "what blocks"."""

    LANGUAGE = "language"
    AGE = "age"
    SAME_AGE = "same-age"
    TIME = "time"
    RELAY = "relay"
    NEVER_TOPIC = "never-topic"
    TRAINING = "training"
    ACUTE = "acute"
    LISTENING = "listening"
    IDENTITY = "identity"
    GENDER = "gender"
    MANNER = "manner"
    NEARNESS = "nearness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A seeker and a peer, with what decides whether they may meet."""

    seeker: SeekerProfile
    peer: PeerProfile
    needs: Needs
    musts: Musts

    @property
    def careful(self) -> frozenset[NeedId]:
        """The seeker's needs for which formal help comes first."""
        return self.needs.formal_first & frozenset(self.seeker.needs)


def allows(pair: Pair) -> bool:
    """Say whether no hard constraint keeps the two apart."""
    return not any(stands_between(pair) for stands_between in _CHECKS.values())


def barriers(pair: Pair) -> tuple[Barrier, ...]:
    """Name every hard constraint that keeps the two apart."""
    return tuple(barrier for barrier, stands_between in _CHECKS.items() if stands_between(pair))


def _language(pair: Pair) -> bool:
    return not pair.seeker.languages & pair.peer.languages


def _age(pair: Pair) -> bool:
    return pair.peer.age not in pair.musts.ages.get(pair.seeker.age, frozenset())


def _same_age(pair: Pair) -> bool:
    return pair.seeker.wishes.same_age_only and pair.seeker.age is not pair.peer.age


def _time(pair: Pair) -> bool:
    kind = room_kind(pair.seeker.format, pair.peer.format)
    if kind is not RoomKind.LIVE:
        return kind is None
    mine, theirs = pair.seeker.day_blocks, pair.peer.day_blocks
    return bool(mine and theirs) and not mine & theirs


def _relay(pair: Pair) -> bool:
    return not (pair.seeker.relay_ok and pair.peer.relay_ok)


def _never_topic(pair: Pair) -> bool:
    return bool(pair.peer.never & frozenset(pair.seeker.needs))


def _training(pair: Pair) -> bool:
    return not pair.careful <= pair.peer.trained & pair.peer.opted_in


def _acute(pair: Pair) -> bool:
    asked = pair.musts.guarded(pair.needs) & frozenset(pair.seeker.needs)
    return any(_is_in_it(pair.peer.lived.get(need)) for need in asked)


def _is_in_it(experience: Experience | None) -> bool:
    return (
        experience is not None
        and experience.lived > Lived.NOT_AT_ALL
        and experience.since is Since.NOW
    )


def _listening(pair: Pair) -> bool:
    return JUST_TALK in pair.seeker.needs and Help.LISTEN not in pair.peer.help


def _identity(pair: Pair) -> bool:
    return not pair.seeker.wishes.identity_only <= pair.peer.identity


def _gender(pair: Pair) -> bool:
    unwanted = pair.seeker.wishes.gender_not
    told = pair.peer.identity & GENDERS
    return bool(unwanted) and (not told or bool(told & unwanted))


def _manner(pair: Pair) -> bool:
    unwanted = pair.seeker.wishes.manner_not
    return bool(unwanted) and (pair.peer.manner is None or bool(pair.peer.manner & unwanted))


def _nearness(pair: Pair) -> bool:
    mine, theirs = pair.seeker.region, pair.peer.region
    match pair.seeker.wishes.nearness:
        case Nearness.NEAR_ONLY:
            return mine is None or mine != theirs
        case Nearness.FAR_ONLY:
            return mine is None or theirs is None or mine == theirs
        case _:
            return False


_CHECKS: Mapping[Barrier, Callable[[Pair], bool]] = {
    Barrier.LANGUAGE: _language,
    Barrier.AGE: _age,
    Barrier.SAME_AGE: _same_age,
    Barrier.TIME: _time,
    Barrier.RELAY: _relay,
    Barrier.NEVER_TOPIC: _never_topic,
    Barrier.TRAINING: _training,
    Barrier.ACUTE: _acute,
    Barrier.LISTENING: _listening,
    Barrier.IDENTITY: _identity,
    Barrier.GENDER: _gender,
    Barrier.MANNER: _manner,
    Barrier.NEARNESS: _nearness,
}
