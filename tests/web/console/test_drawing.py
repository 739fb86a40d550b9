"""Who is drawn for a preview: of whom more or fewer, and mistakes beside their fields."""

import pytest
from flask import Flask
from redis import Redis

from matcher.domain.preview import Crowd
from matcher.store.previews import Previews as Store
from matcher.web.console.drafts.crowd import names
from tests.servers import Running
from tests.web.browsing import Browser, Given
from tests.web.console.test_previews import ask
from tests.world import World

MIX: Given = {
    "seekers": "60",
    "peers": "20",
    "minors": "25",
    "young": "2",
    "burdened": "1,5",
    "language.ku": "0",
    "group.home": "3",
}


def test_a_crowd_is_drawn_as_somebody_asked_for_it(owner: Browser, world: World) -> None:
    wanted = Store(world.backing).wanted(ask(owner, MIX))

    assert wanted is not None
    assert wanted.crowd == Crowd(
        seekers=60,
        peers=20,
        mix={"home": 3.0},
        languages={"ku": 0.0},
        young=2.0,
        burdened=1.5,
        minors=0.25,
    )


def test_who_types_nothing_draws_people_as_usual(owner: Browser, world: World) -> None:
    wanted = Store(world.backing).wanted(ask(owner, {}))

    assert wanted is not None
    assert wanted.crowd == Crowd()


@pytest.mark.parametrize(
    ("given", "most"),
    [
        ({"seekers": "0"}, "10,000"),
        ({"seekers": "10001"}, "10,000"),
        ({"peers": "3001"}, "3,000"),
        ({"peers": "many"}, "3,000"),
        ({"seekers": ""}, "10,000"),
        ({"seekers": "9" * 5000}, "10,000"),
        ({"minors": "51"}, "50"),
        ({"young": "11"}, "10"),
        ({"burdened": "-1"}, "10"),
        ({"language.ar": "nan"}, "10"),
        ({"group.home": ""}, "10"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_drawn_is_told_by_its_field_and_nothing_is_lost(
    owner: Browser, queue: Running, given: Given, most: str
) -> None:
    owner.open("/en/rules/draft?preset=more-people").press("Preview", {**MIX, **given})

    name = next(iter(given))
    form, html = owner.page.form_with("Preview"), owner.response.get_data(as_text=True)
    beside = html.partition(f'id="{name}-error1">')[2].partition("</p>")[0]
    assert owner.response.status_code == 422
    assert beside.endswith(f" to {most}.")
    assert f'href="#{name}"' in html
    assert '<details class="group" open>' in html
    assert {one: form.values[one] for one in {**MIX, **given}} == {**MIX, **given}
    assert "Look at what it would change" in html
    with Redis.from_url(queue.everything()) as line:
        assert not line.llen("rq:queue:previews")


def test_the_mix_is_folded_away_and_filled_in_as_usual(owner: Browser) -> None:
    owner.open("/en/rules/draft?preset=more-people")

    html, form = owner.response.get_data(as_text=True), owner.page.form_with("Preview")
    assert '<details class="group">' in html
    assert {form.values[name] for name in set(form.names) & {"young", "burdened"}} == {"1"}
    assert form.values["minors"] == "0"
    assert len([name for name in form.names if name.startswith("group.")]) == 16


def test_whoever_previews_the_live_pool_is_not_asked_whom_to_draw(
    owner: Browser, world: World
) -> None:
    wanted = Store(world.backing).wanted(ask(owner, {**MIX, "on": "live", "young": "x"}))

    assert wanted is not None
    assert wanted.crowd is None


def test_every_field_is_on_the_page(app: Flask, owner: Browser) -> None:
    form = owner.open("/en/rules/draft?preset=more-people").page.form_with("Preview")

    with app.test_request_context("/en/rules"):
        assert set(names()) <= form.names
