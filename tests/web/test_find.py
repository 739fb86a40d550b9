"""The words by which needs are found: the same for everybody, packed, in every language."""

import gzip
import json
from collections.abc import Callable

from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker
from tests.world import World

MOST_BYTES = 10 * 1024


def test_everybody_gets_the_same_words_in_every_language(
    browser: Browser, somebody: Callable[[], Browser]
) -> None:
    come_in_as_seeker(browser)

    own = browser.client.get("/ar/words")

    assert own.text == somebody().client.get("/en/words").text
    assert own.mimetype == "text/plain"
    assert "Set-Cookie" not in own.headers


def test_every_need_on_the_page_has_its_words(browser: Browser, world: World) -> None:
    found = json.loads(browser.client.get("/en/words").text)

    needs = {need.number: need for need in world.settings.needs.all}
    asked = {number for number, need in needs.items() if need.id != "other/just-talk"}
    assert {int(number) for number in found} == asked
    for number, words in found.items():
        need = needs[int(number)]
        assert [w for said in need.also.values() for w in said if w not in words] == []
        assert [label for label in need.label.values() if label not in words] == []


def test_the_words_are_light_on_the_wire(browser: Browser) -> None:
    packed = browser.client.get("/en/words", headers={"Accept-Encoding": "gzip"})

    assert packed.content_encoding == "gzip"
    assert len(packed.data) < MOST_BYTES
    assert json.loads(gzip.decompress(packed.data))
