"""Which services are shown, and in which order."""

from matcher.domain.needs import NeedGroup
from matcher.domain.profile import AgeBand
from matcher.domain.services import Service, services_for
from matcher.settings.model import Settings
from matcher.web.public.answers.peer import asked_groups


def shown_services(settings: Settings) -> tuple[Service, ...]:
    """List the services people may see: examples only where settings say so."""
    return tuple(
        service
        for service in settings.services
        if settings.site.shows_examples or not service.is_example
    )


def by_group(settings: Settings) -> list[tuple[NeedGroup, tuple[Service, ...]]]:
    """List services under each group of needs that has any."""
    listed = shown_services(settings)
    found = [
        (group, services_for([need.id for need in group.needs], listed))
        for group in asked_groups(settings.needs)
    ]
    return [(group, services) for group, services in found if services]


def for_young(settings: Settings) -> tuple[Service, ...]:
    """List the services that are there for people under 18."""
    return tuple(s for s in shown_services(settings) if AgeBand.YOUTH in s.ages)
