"""Services: whom they are there for, and in which order a few of them are shown."""

from dataclasses import replace

import pytest

from matcher.domain.needs import GroupId, NeedId
from matcher.domain.profile import Region
from matcher.domain.services import Service, ServiceId, nearest, spread
from tests.unit.local.test_check_services import CLINIC

LONELY, GRIEF = NeedId("people/lonely"), NeedId("life/grief")
EUROPE, NILE = Region("europe"), Region("nile")


def serving(name: str, *groups: str, regions: frozenset[Region] = frozenset()) -> Service:
    return replace(
        CLINIC,
        id=ServiceId(name),
        groups=frozenset(GroupId(group) for group in groups),
        regions=regions,
    )


def ids(services: tuple[Service, ...]) -> list[str]:
    return [one.id for one in services]


def test_each_need_has_its_first_service_before_any_has_its_second() -> None:
    listed = [serving("a", "people"), serving("b", "people"), serving("c", "life")]

    assert ids(spread([LONELY, GRIEF], listed)) == ["a", "c", "b"]
    assert ids(spread([GRIEF, LONELY], listed)) == ["c", "a", "b"]


def test_a_service_for_several_needs_is_there_once() -> None:
    assert ids(spread([LONELY, GRIEF], [serving("a", "people", "life")])) == ["a"]


def test_who_serves_none_of_the_needs_is_left_out() -> None:
    assert spread([LONELY], [serving("c", "life")]) == ()
    assert spread([], [serving("c", "life")]) == ()


@pytest.mark.parametrize(
    ("region", "found"),
    [(EUROPE, ["here", "wide"]), (NILE, ["there", "wide"]), (None, ["wide", "there", "here"])],
)
def test_the_nearest_come_first_and_those_of_other_places_not_at_all(
    region: Region | None, found: list[str]
) -> None:
    listed = [
        serving("wide"),
        serving("there", regions=frozenset({NILE})),
        serving("here", regions=frozenset({EUROPE})),
    ]

    assert ids(nearest(listed, region)) == found
