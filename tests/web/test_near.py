"""The page of services: chosen by need and region, without a word of it in any address."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from matcher.bootstrap import build
from matcher.domain.needs import GroupId, NeedId
from matcher.domain.profile import Region
from matcher.domain.services import Answer, Paper, Reach, Service, ServiceId, Told
from matcher.settings.model import Settings
from matcher.web.public.app import create_app
from matcher.web.public.near.directory import FEW, MANY
from tests.web.browsing import Browser
from tests.world import World

HEALTH, DANGER = GroupId("health"), NeedId("safety/danger-now")
EUROPE, NILE = Region("europe"), Region("nile")


def near(world: World, services: Iterable[Service]) -> Browser:
    settings: Settings = replace(world.settings, services=tuple(services))
    app = create_app(build(settings))
    return Browser(app.test_client()).open("/en/near")


def own(world: World, name: str, *regions: Region) -> Service:
    return replace(
        world.settings.services[0],
        id=ServiceId(name),
        name={"en": name},
        needs=frozenset(),
        groups=frozenset({HEALTH}),
        regions=frozenset(regions),
        is_example=False,
        checked=world.now().date(),
    )


@pytest.fixture
def three(world: World) -> Browser:
    """Open a page of three services for health: here, there, and everywhere."""
    where = {"Everywhere one": (), "There": (NILE,), "Here": (EUROPE,)}
    return near(world, [own(world, name, *regions) for name, regions in where.items()])


def test_all_services_are_there_without_any_choice(three: Browser) -> None:
    assert [name in three.text for name in ("Here", "There", "Everywhere one")] == [True] * 3


def test_a_region_shows_its_own_first_then_those_for_everywhere(three: Browser) -> None:
    text = three.press("Show", {"where": EUROPE}).text.partition("What we found")[2]

    assert 0 < text.index("Here") < text.index("Everywhere one")
    assert "There" not in text


def test_a_need_shows_what_is_there_for_it(three: Browser) -> None:
    for_health = three.press("Show", {"what": HEALTH}).text
    for_mind = three.press("Show", {"what": "mind"}).text

    assert "There" in for_health
    assert "Nobody has entered and checked a service for this yet." in for_mind
    assert "There" not in for_mind


def test_choices_stay_and_stand_in_no_address(three: Browser) -> None:
    three.press("Show", {"what": HEALTH, "where": NILE})

    values = three.page.form_with("Show").values
    assert (values["what"], values["where"]) == (HEALTH, NILE)
    assert three.response.request.query_string == b""
    assert not [link for link in three.page.links.values() if "health" in link]


def test_the_language_is_switched_with_all_choices(three: Browser) -> None:
    three.press("Show", {"what": HEALTH, "where": NILE}).press("العربية")

    assert three.response.status_code == 200
    assert three.page.form_with("عرض").values["where"] == NILE


@pytest.mark.parametrize("given", [{"what": "moon"}, {"where": "moon"}])
def test_what_was_never_offered_is_refused(given: dict[str, str], three: Browser) -> None:
    action, values = three.prepared("Show")
    response = three.client.post(action, data={**values.to_dict(), **given})

    assert response.status_code == 422
    assert "Please choose from the answers" in response.get_data(as_text=True)


def test_a_long_directory_is_shown_part_by_part(world: World) -> None:
    names = [f"Place {number:02}" for number in range(MANY + 1)]
    page = near(world, [own(world, name) for name in names])

    before = page.text
    first = page.press("Show", {"what": HEALTH}).text
    then = page.press("Show more").text

    assert "Place" not in before
    assert names[-1] not in first
    assert names[-1] in then
    assert names[0] not in then


@pytest.mark.parametrize("sent", ["", "-1", "99999", "1e3", "٣", "1" * 5_000])
def test_no_number_of_a_part_breaks_the_page(sent: str, three: Browser) -> None:
    action, values = three.prepared("Show")

    response = three.client.post(action, data={**values, "from": sent})

    assert response.status_code == 200
    assert "Everywhere one" in response.get_data(as_text=True)


def test_danger_is_always_on_the_page_and_never_long(world: World) -> None:
    danger = [
        replace(own(world, f"Danger {number}"), groups=frozenset(), needs=frozenset({DANGER}))
        for number in range(FEW + 1)
    ]
    page = near(world, [*danger, own(world, "Clinic")])

    text = page.press("Show", {"what": HEALTH}).text

    assert text.count("This was bad for me: Danger ") == FEW
    assert 'id="safety"' in page.response.get_data(as_text=True)


def test_a_card_says_first_what_could_harm(world: World) -> None:
    one = replace(
        own(world, "Clinic"),
        may_tell=frozenset({Told.POLICE, Told.PARENTS}),
        asks={Paper.ID: Answer.YES, Paper.INSURANCE: Answer.NO},
    )

    text = near(world, [one]).text

    assert "that somebody was there: the police, your parents" in text
    assert text.index("the police") < text.index("Before you go there")
    assert "They ask for an identity card or passport" in text
    assert "They do not ask for an insurance" in text


def test_whatever_is_pressed_is_written_out_and_tells_no_other_site(world: World) -> None:
    reach = {
        Reach.PHONE: {"": "+30 210 (000)"},
        Reach.WEB: {"": "https://example.org/a?b=c&d"},
        Reach.CHAT: {"en": "javascript:alert(1)"},
        Reach.VISIT: {"en": '<b>"Street" 1</b>'},
    }

    page = near(world, [replace(own(world, "Clinic"), reach=reach)])

    html = page.response.get_data(as_text=True)
    assert page.page.links["+30 210 (000)"] == "tel:+30210000"
    assert page.page.links["https://example.org/a?b=c&d"] == "https://example.org/a?b=c&d"
    assert html.count('rel="noreferrer noopener"') == 2
    assert 'href="javascript' not in html
    assert '<b>"Street"' not in html
    assert "A call stays in the phone's call list." in page.text
