"""Telling the team by a code alone, with scripts: nothing but its keys is sent."""

from playwright.sync_api import BrowserContext, expect
from redis import Redis

from matcher.store.secrets import keys_of
from matcher.web.common.code_words import lists
from tests.journeys.listening import listen
from tests.machine import Up
from tests.world import World


def test_with_scripts_a_code_in_words_leads_to_what_the_team_can_be_told(
    up: Up, scripted: BrowserContext
) -> None:
    with Redis.from_url(up.settings.store_url) as redis:
        world = World(up.settings, redis)
        person = world.seeker()
        world.room(person, world.peer())
    heard, page = listen(scripted), scripted.new_page()
    page.goto("/en/back/team")

    page.get_by_label("Your return code").fill(" ".join(lists()["en"].spelled(person.code)))
    page.get_by_role("button", name="Go on", exact=True).click()

    expect(page.get_by_role("button", name="Tell the team")).to_be_visible()
    keys = keys_of(person.code)
    assert heard.posted(person.code, keys.lookup.hex()) == [keys.lookup.hex()]
