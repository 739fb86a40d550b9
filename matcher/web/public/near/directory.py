"""Which services are shown, and in which order."""

from collections.abc import Iterable

from matcher.domain.needs import GroupId, NeedGroup, NeedId
from matcher.domain.profile import AgeBand, Profile, Region, SeekerProfile
from matcher.domain.services import Service, nearest, services_for, spread
from matcher.web.common.wiring import services, settings
from matcher.web.public.answers.peer import asked_groups

FEW = 3
"""So many are shown beside something else; all of them have a page."""

MANY = 12
"""So many are shown at once on that page."""

IN_DANGER = NeedId("safety/danger-now")


def shown_services() -> tuple[Service, ...]:
    """List the services people may see: checked lately, or examples where settings say so."""
    site, today = settings().site, services().clock.about().date()
    return tuple(
        one
        for one in services().directory.services()
        if (
            site.shows_examples
            if one.is_example
            else one.is_current(today, within=site.checks_last)
        )
    )


def few_for(needs: Iterable[NeedId], region: Region | None = None) -> tuple[Service, ...]:
    """Choose a few services: each need in turn, where formal help comes first before all."""
    careful = settings().needs.formal_first
    in_order = sorted(needs, key=lambda need: need not in careful)
    return spread(in_order, nearest(shown_services(), region))[:FEW]


def few_of(profile: Profile) -> tuple[Service, ...]:
    """Choose the few nearest services for what a seeker ticked; volunteers have their own."""
    if isinstance(profile, SeekerProfile):
        return few_for(profile.needs, profile.region)
    return nearest(for_helpers(), profile.region)[:FEW]


def found(group: GroupId | None, region: Region | None) -> tuple[Service, ...]:
    """Choose the services for a group of needs and a region; either may be left open."""
    listed = nearest(shown_services(), region)
    if group is None:
        return tuple(one for one in listed if not one.for_helpers)
    return services_for([need.id for need in _group(group).needs], listed)


def by_group() -> list[tuple[NeedGroup, tuple[Service, ...]]]:
    """List services under each group of needs that has any; of a long directory, nothing."""
    listed = shown_services()
    if len(listed) > MANY:
        return []
    under = [
        (group, services_for([need.id for need in group.needs], listed))
        for group in asked_groups(settings().needs)
    ]
    return [(group, some) for group, some in under if some]


def for_danger(region: Region | None = None) -> tuple[Service, ...]:
    """Choose the few services that are there for people in danger."""
    return few_for([IN_DANGER], region)


def for_helpers() -> tuple[Service, ...]:
    """List the services that are there for volunteers."""
    return tuple(one for one in shown_services() if one.for_helpers)[:MANY]


def for_young() -> tuple[Service, ...]:
    """List the services that are there for people under 18."""
    return tuple(one for one in shown_services() if AgeBand.YOUTH in one.ages)[:MANY]


def _group(wanted: GroupId) -> NeedGroup:
    return next(group for group in settings().needs.groups if group.id == wanted)
