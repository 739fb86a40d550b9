"""What the doctor says about the directory of services."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from matcher.domain.services import Answer, Paper, Reach, Service, ServiceId, Told, Welcome
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
    regions=frozenset(),
    languages=(),
    ages=frozenset(),
    reach={Reach.PHONE: {"": "1"}},
    hours={"en": "always"},
    cost={"en": "free"},
    welcome=Welcome.TRAINED,
    asks={},
    may_tell=frozenset({Told.NOBODY}),
    is_text_only=False,
    access=frozenset(),
    source="asked there",
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

    found = told(CLINIC, old, never)

    assert [text.split("'")[1] for text in found] == ["old", "never"]


@pytest.mark.parametrize(("days", "is_told"), [(150, False), (151, True), (180, True)])
def test_what_will_soon_be_shown_no_more_is_told_a_month_before(
    days: int, *, is_told: bool
) -> None:
    (text,) = told(replace(CLINIC, checked=TODAY - timedelta(days=days)))

    assert ("is shown until" in text) is is_told


def test_what_nobody_has_found_out_yet_is_named() -> None:
    (text,) = told(
        replace(
            CLINIC,
            source="",
            welcome=Welcome.NOT_CHECKED,
            asks={Paper.ID: Answer.NO, Paper.INSURANCE: Answer.UNKNOWN},
            may_tell=frozenset({Told.UNKNOWN}),
        )
    )

    assert text == (
        "'clinic': nobody has found out `source`, `welcome`, `asks`, `may_tell` yet"
    )


def test_needs_where_help_comes_first_and_there_is_none_are_named() -> None:
    found = told(replace(CLINIC, groups=GROUPS - {"home"}))

    assert found == ["none is there for: home/tonight"]


def test_examples_help_nobody() -> None:
    (found,) = told(replace(CLINIC, is_example=True))

    assert "safety/danger-now" in found
