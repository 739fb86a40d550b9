"""What an operator is told of each service and partner."""

from dataclasses import replace
from datetime import timedelta

from matcher.domain.needs import GroupId
from matcher.domain.partner import Partner, PartnerId
from matcher.local.directory.listing import Line, lines
from matcher.store.taps import Tapped
from tests.unit.local.test_check_services import CLINIC, SETTINGS, TODAY

CARD = Partner(id=PartnerId("card"), code="k7d4m2", group=GroupId("health"), is_example=False)


def told(*, bad: dict[str, Tapped] | None = None, days: int | None = 0) -> Line:
    checked = None if days is None else TODAY - timedelta(days=days)
    settings = replace(SETTINGS, services=(replace(CLINIC, checked=checked),), partners=(CARD,))
    return next(lines(settings, TODAY, bad=bad or {}, cards={}))


def test_a_service_is_told_with_the_day_until_which_it_is_shown() -> None:
    assert told(days=10).state == "shown until 2026-08-18"
    assert told(days=181).state == "not shown: call, then set `checked`"
    assert told(days=None).state == "not shown: call, then set `checked`"


def test_counts_stand_beside_what_they_are_of() -> None:
    counted = Tapped(about=15, give_or_take=4)
    settings = replace(SETTINGS, services=(CLINIC,), partners=(CARD,))

    found = list(lines(settings, TODAY, bad={"clinic": counted}, cards={"card": counted}))

    assert [(one.kind, one.id, one.about, one.give_or_take) for one in found] == [
        ("service", "clinic", 15, 4),
        ("partner", "card", 15, 4),
    ]


def test_where_nothing_is_known_no_count_is_told() -> None:
    assert told().about is None
