"""A peer's answers as a profile, and back."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from matcher.domain.needs import JUST_TALK, Need, NeedGroup, NeedId, Needs
from matcher.domain.profile import (
    Experience,
    Identity,
    Lived,
    Manner,
    PeerProfile,
    Since,
)
from matcher.web.common.drafts import Answers, many, one
from matcher.web.public.answers.both import in_order, read_common, write_common

NONE_OF_THESE = "none"


class InGroup(StrEnum):
    """What a peer says of a whole group of needs."""

    NONE = "none"
    SOME = "some"
    UNSAID = "unsaid"


def asked_groups(needs: Needs) -> tuple[NeedGroup, ...]:
    """List the groups people are asked about; "just talk" is a way on, not a box."""
    return tuple(group for group in needs.groups if asked_needs(group))


def asked_needs(group: NeedGroup) -> tuple[Need, ...]:
    """List the needs of a group that people are asked about."""
    return tuple(need for need in group.needs if need.id != JUST_TALK)


def group_field(group: NeedGroup) -> str:
    """Name the question about a whole group."""
    return f"group-{group.id}"


def lived_field(need: Need) -> str:
    """Name the question how much of a need somebody has lived through."""
    return f"lived-{need.number}"


def since_field(need: Need) -> str:
    """Name the question how long ago that was."""
    return f"since-{need.number}"


def read_peer(answers: Answers, needs: Needs) -> PeerProfile:
    """Read a peer's profile from answers that the forms have checked."""
    lived = dict(_read_lived(answers, needs))
    through = {need for need, experience in lived.items() if experience.lived}
    manner = frozenset(many(answers, "manner"))
    return PeerProfile(
        **read_common(answers),
        lived=lived,
        hidden=frozenset(through & set(_hidden(answers, needs))),
        never=frozenset(_needs(answers, "never")),
        opted_in=frozenset(_needs(answers, "opted_in")),
        trained=frozenset(_needs(answers, "trained")),
        identity=frozenset(Identity(i) for i in many(answers, "identity")),
        manner=frozenset(Manner(m) for m in manner - {NONE_OF_THESE}) if manner else None,
        capacity=int(one(answers, "capacity") or "1"),
        rest=timedelta(days=int(one(answers, "rest") or "0")),
    )


def write_peer(profile: PeerProfile, needs: Needs) -> Answers:
    """Write a peer's profile as answers, to be changed by them."""
    written = write_common(profile)
    for group in asked_groups(needs):
        written |= _written_group(profile, group)
    manner = profile.manner
    return written | {
        "hide": tuple(str(need.number) for need in needs.all if need.id in profile.hidden),
        "never": tuple(sorted(profile.never)),
        "opted_in": tuple(sorted(profile.opted_in)),
        "trained": tuple(sorted(profile.trained)),
        "identity": in_order(profile.identity),
        "manner": () if manner is None else in_order(manner) or (NONE_OF_THESE,),
        "capacity": (str(profile.capacity),),
        "rest": (str(profile.rest.days),),
    }


def _needs(answers: Answers, name: str) -> Iterator[NeedId]:
    return (NeedId(need) for need in many(answers, name))


def _hidden(answers: Answers, needs: Needs) -> Iterator[NeedId]:
    """Read what may not be shown: by numbers, because there are so many on one page."""
    ticked = set(many(answers, "hide"))
    return (need.id for need in needs.all if str(need.number) in ticked)


def _read_lived(answers: Answers, needs: Needs) -> Iterator[tuple[NeedId, Experience]]:
    for group in asked_groups(needs):
        match one(answers, group_field(group)):
            case InGroup.NONE:
                nothing = Experience(lived=Lived.NOT_AT_ALL)
                yield from ((need.id, nothing) for need in asked_needs(group))
            case InGroup.SOME:
                yield from _read_some(answers, group)
            case _:
                pass  # "rather not say", or nothing said: unknown


def _read_some(answers: Answers, group: NeedGroup) -> Iterator[tuple[NeedId, Experience]]:
    for need in asked_needs(group):
        if said := one(answers, lived_field(need)):
            lived = Lived(int(said))
            since = one(answers, since_field(need)) if lived else ""
            yield need.id, Experience(lived=lived, since=Since(since) if since else None)


def _written_group(profile: PeerProfile, group: NeedGroup) -> dict[str, tuple[str, ...]]:
    asked = asked_needs(group)
    told = [(need, profile.lived[need.id]) for need in asked if need.id in profile.lived]
    if not told:
        return {group_field(group): (InGroup.UNSAID.value,)}
    if len(told) == len(asked) and not any(experience.lived for _, experience in told):
        return {group_field(group): (InGroup.NONE.value,)}
    written: dict[str, tuple[str, ...]] = {group_field(group): (InGroup.SOME.value,)}
    for need, experience in told:
        written[lived_field(need)] = (str(int(experience.lived)),)
        if experience.since:
            written[since_field(need)] = (experience.since.value,)
    return written
