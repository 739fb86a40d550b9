"""What the doctor says about the directory of services."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from matcher.domain.services import Service, ServiceId
from matcher.local import check_services
from matcher.settings.load import load
from matcher.settings.model import Settings

TODAY = date(2026, 3, 1)
SETTINGS = load({"HOME": str(Path("/nowhere"))})
GROUPS = frozenset(group.id for group in SETTINGS.needs.groups)
CLINIC = Service(
    id=ServiceId("clinic"),
    name={"en": "A clinic"},
    text={"en": "Tests"},
    needs=frozenset(),
    groups=GROUPS,
    languages=frozenset(),
    ages=frozenset(),
    reach={"en": "1"},
    hours={"en": "always"},
    cost={"en": "free"},
    is_example=False,
    checked=TODAY,
)


def told(*services: Service) -> list[str]:
    settings: Settings = replace(SETTINGS, services=services)
    return [finding.text for finding in check_services.examine(settings, TODAY)]


def test_all_is_well_where_every_service_was_checked_lately() -> None:
    assert told(CLINIC) == ["1 are there, all checked lately"]


def test_who_was_never_checked_or_long_ago_is_named() -> None:
    old = replace(CLINIC, id=ServiceId("old"), checked=TODAY - timedelta(days=181))
    never = replace(CLINIC, id=ServiceId("never"), checked=None)
    edge = replace(CLINIC, id=ServiceId("edge"), checked=TODAY - timedelta(days=180))

    found = told(CLINIC, old, never, edge)

    assert [text.split("'")[1] for text in found] == ["old", "never"]


def test_needs_where_help_comes_first_and_there_is_none_are_named() -> None:
    found = told(replace(CLINIC, groups=GROUPS - {"home"}))

    assert found == ["none is there for: home/tonight"]


def test_examples_help_nobody() -> None:
    (found,) = told(replace(CLINIC, is_example=True))

    assert "safety/danger-now" in found
