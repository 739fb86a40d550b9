"""Formal help at hand: for what somebody ticked, where they are, and in no one else's way."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest

from matcher.bootstrap import build
from matcher.domain.needs import GroupId
from matcher.domain.profile import Region
from matcher.domain.services import Service, ServiceId
from matcher.settings.model import Settings
from matcher.web.public.app import create_app
from matcher.web.public.near.directory import FEW
from tests.web.browsing import Browser
from tests.web.people import (
    ABOUT,
    HOW,
    MATTERS,
    NEEDS,
    Two,
    begin_to_talk,
    come_in_as_seeker,
    meet,
    note_code,
)
from tests.world import World

Directory = Callable[..., Callable[[], Browser]]
TICKED, OTHER = GroupId("people"), GroupId("health")
EUROPE, NILE = Region("europe"), Region("nile")


def own(world: World, name: str, group: GroupId, *regions: Region) -> Service:
    return replace(
        world.settings.services[0],
        id=ServiceId(name),
        name={"en": name},
        groups=frozenset({group}),
        regions=frozenset(regions),
    )


@pytest.fixture
def with_services(world: World) -> Directory:
    """Yield what opens browsers on pages with these services."""

    def make(*services: Service) -> Callable[[], Browser]:
        settings: Settings = replace(world.settings, services=services)
        app = create_app(build(settings))
        return lambda: Browser(app.test_client())

    return make


def test_who_waits_sees_services_for_what_they_ticked_and_no_others(
    world: World, with_services: Directory
) -> None:
    browser = with_services(own(world, "Friends", TICKED), own(world, "Clinic", OTHER))()

    come_in_as_seeker(browser)

    assert "Friends" in browser.text
    assert "Clinic" not in browser.text


def test_who_waits_sees_the_few_nearest_ones(world: World, with_services: Directory) -> None:
    far = [own(world, f"Far {n}", TICKED, NILE) for n in range(FEW)]
    wide = [own(world, f"Wide {n}", TICKED) for n in range(FEW)]
    browser = with_services(*far, *wide, own(world, "Near", TICKED, EUROPE))()

    browser.open("/en/start")
    for answers in (ABOUT, NEEDS, MATTERS, {**HOW, "region": EUROPE}):
        browser.press("Go on", answers)
    note_code(browser.press("Agree and send", {"matching": "yes"}))

    assert "Far" not in browser.text
    assert 0 < browser.text.index("Near ") < browser.text.index("Wide 0")
    assert browser.text.count("This was bad for me: Wide") == FEW - 1
    assert browser.page.links["All services"] == "/en/near"


def test_no_need_is_crowded_out_least_of_all_one_where_help_comes_first(
    world: World, with_services: Directory
) -> None:
    many = [own(world, f"Friends {n}", TICKED) for n in range(2 * FEW)]
    careful = own(world, "Crisis line", GroupId("mind"))
    other = own(world, "Mourning", GroupId("life"))
    browser = with_services(*many, other, careful)().open("/en/start").press("Go on", ABOUT)

    browser.press("Go on", {"needs": ["people/lonely", "life/grief", "mind/suicidal"]})
    browser.press("Go on").press("Go on", HOW)
    note_code(browser.press("Agree and send", {"matching": "yes"}))

    shown = [name for name in ("Crisis line", "Friends 0", "Mourning") if name in browser.text]
    assert shown == ["Crisis line", "Friends 0", "Mourning"]
    assert browser.text.index("Crisis line") < browser.text.index("Friends 0")
    assert "Friends 1" not in browser.text


def test_each_of_two_finds_services_of_their_own_in_the_conversation(
    world: World, with_services: Directory
) -> None:
    helpers = replace(own(world, "Counsellor", OTHER), groups=frozenset(), for_helpers=True)
    somebody = with_services(
        own(world, "Friends", TICKED), own(world, "Clinic", OTHER), helpers
    )
    two = seeker, _ = somebody(), somebody()
    meet(world, *two)
    begin_to_talk(*two)

    seeker.open("/en/here").open(seeker.page.links["Open the conversation"])

    assert names(two) == [{"Friends"}, {"Counsellor"}]


def names(two: Two) -> list[set[str]]:
    known = {"Friends", "Clinic", "Counsellor"}
    return [{name for name in known if name in browser.text} for browser in two]


def test_careful_needs_show_a_few_services_and_the_way_goes_on(
    world: World, with_services: Directory
) -> None:
    many = [own(world, f"Line {n}", GroupId("safety")) for n in range(FEW + 1)]
    browser = with_services(*many)().open("/en/start").press("Go on", ABOUT)

    shown = browser.text.count("Line ")
    browser.press("Go on", {"needs": ["safety/danger-now"]})

    assert shown == FEW
    assert browser.text.count("Line ") == FEW
    assert browser.press("Go on").response.status_code == 200
    assert "What would help?" in browser.text


PACKED_MOST = 8_192
"""With style and picture, 3.1 KB, below the 14 KB of any page."""


def test_a_full_directory_does_not_make_the_page_of_needs_heavy(
    world: World, with_services: Directory
) -> None:
    known = [
        own(world, f"{digest(group.id, n)} place", group.id)
        for group in world.settings.needs.groups
        for n in range(3 * FEW)
    ]
    browser = with_services(*known)().open("/ar/start")
    action, values = browser.prepared("متابعة", ABOUT)

    page = browser.client.post(action, data=values, headers={"Accept-Encoding": "gzip"})

    assert page.status_code == 200
    assert len(page.data) <= PACKED_MOST


def digest(*words: object) -> str:
    """Write a name that packs as badly as names do that have nothing in common."""
    return sha256(repr(words).encode()).hexdigest()[:24]
