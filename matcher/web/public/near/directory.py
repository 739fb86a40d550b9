"""Which services are shown, and in which order."""

from matcher.domain.needs import NeedGroup
from matcher.domain.profile import AgeBand
from matcher.domain.services import Service, services_for
from matcher.web.common.wiring import services, settings
from matcher.web.public.answers.peer import asked_groups


def shown_services() -> tuple[Service, ...]:
    """List the services people may see: checked lately, or examples where settings say so."""
    site, today = settings().site, services().clock.about().date()
    return tuple(
        one
        for one in settings().services
        if (
            site.shows_examples
            if one.is_example
            else one.is_current(today, within=site.checks_last)
        )
    )


def by_group() -> list[tuple[NeedGroup, tuple[Service, ...]]]:
    """List services under each group of needs that has any."""
    listed = shown_services()
    found = [
        (group, services_for([need.id for need in group.needs], listed))
        for group in asked_groups(settings().needs)
    ]
    return [(group, some) for group, some in found if some]


def for_helpers() -> tuple[Service, ...]:
    """List the services that are there for volunteers."""
    return tuple(one for one in shown_services() if one.for_helpers)


def for_young() -> tuple[Service, ...]:
    """List the services that are there for people under 18."""
    return tuple(one for one in shown_services() if AgeBand.YOUTH in one.ages)
