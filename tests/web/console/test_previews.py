"""Rules tried before they are published, on pages without JavaScript."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from redis import Redis

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.amounts import BARRIERS
from matcher.domain.barriers import Barrier
from matcher.domain.preview import Compared
from matcher.engine.counting import WAITS
from matcher.store.previews import Previews as Store
from matcher.web.console.previews import words
from tests.integration.worker import processes
from tests.servers import Running
from tests.waiting import until
from tests.web.browsing import Browser, Given
from tests.world import World

FEW: Given = {"seekers": "60", "peers": "20"}


def ask(browser: Browser, given: Given) -> str:
    """Ask for a preview of a preset; returns which it is."""
    browser.open("/en/rules/draft?preset=more-people").press("Preview", given)
    return parse_qs(urlsplit(browser.response.request.url).query)["which"][0]


def covered() -> dict[str, dict[str, int | None]]:
    """Make counts as a worker tells them."""
    of_side: dict[str, dict[str, int | None]] = {
        "matched": {"people": 120, "home": None, "all": 120},
        "waiting": {"people": 40, "home": 25, "all": 65},
        "waits": {"up to a day": 65, "longer": None, "all": 65},
    }
    return {f"{side}.{name}": t for side in ("before", "after") for name, t in of_side.items()}


def test_it_says_that_it_waits_and_looks_again_by_itself(owner: Browser) -> None:
    which = ask(owner, FEW)

    assert "It waits for its turn" in owner.text
    assert owner.response.headers["Refresh"] == "3"
    assert which in owner.page.links["Look again"]


def test_it_says_how_far_it_is(owner: Browser, queue: Running) -> None:
    which = ask(owner, FEW)
    with Redis.from_url(queue.everything()) as line:
        line.hset(f"rq:job:preview-{which}", "meta", '{"done": 1, "of": 3}')
    owner.open(owner.page.links["Look again"])

    assert "It is being worked out" in owner.text
    assert '<progress max="3" value="1"' in owner.response.get_data(as_text=True)


def test_a_cancelled_preview_is_gone_and_asks_for_no_more_looks(owner: Browser) -> None:
    ask(owner, FEW)
    owner.press("Cancel")

    assert owner.response.status_code == 410
    assert "it was cancelled" in owner.text
    assert "Refresh" not in owner.response.headers


def test_a_worker_tries_both_rules_on_drawn_people(
    owner: Browser, console: ConsoleServices, environ: dict[str, str]
) -> None:
    with processes.running(environ, "-m", "worker.main", "--queue", "previews"):
        which = ask(owner, {**FEW, "young": "2.5", "minors": "5", "language.ar": "0"})
        until(lambda: console.previews().result(which), "it was run")
    owner.open(f"/en/rules/preview?which={which}")

    assert "60 seekers and 20 peers" in owner.text
    html = owner.response.get_data(as_text=True)
    told = re.findall(r"<li>([^<]+): <bdi dir=.ltr.>([^<]+)</bdi>", html)
    assert told == [
        ("Under 18, of 100 on both sides", "5"),
        ("From 18 to 25", "× 2.5"),  # noqa: RUF001 - so many times
        ("العربية · Arabic", "× 0"),  # noqa: RUF001 - as above
    ]
    for title in ("In one round", "Peers", "Pairs that one thing alone keeps apart"):
        assert title in owner.text
    assert "Refresh" not in owner.response.headers
    arabic = owner.open(f"/ar/rules/preview?which={which}").text
    assert "In one round" not in arabic


def test_live_counts_say_how_far_off_they_are_and_hide_the_small(
    owner: Browser, world: World
) -> None:
    which = ask(owner, {"on": "live", "seekers": "", "peers": ""})
    Store(world.backing).answer(which, Compared(live=covered(), off_by=11.3))
    owner.open(f"/en/rules/preview?which={which}")

    assert "off by about 11" in owner.text
    assert "fewer than 11" in owner.text
    assert {"75\u00a0%", "hidden"} <= cells(owner)
    assert "120" in owner.text
    assert not {"0\u00a0%", "100\u00a0%"} & cells(owner)
    assert "مخفية" in cells(owner.open(f"/ar/rules/preview?which={which}"))


def cells(browser: Browser) -> set[str]:
    """Read what stands in the tables of a page."""
    page = browser.response.get_data(as_text=True)
    return {words.strip() for words in re.findall(r"<td><bdi>([^<]*)</bdi>", page)}


def test_where_a_day_has_told_all_it_says_so(owner: Browser, world: World) -> None:
    which = ask(owner, {"on": "live"})
    Store(world.backing).answer(which, Compared(live={}))
    owner.open(f"/en/rules/preview?which={which}")

    assert "Today has told all" in owner.text


def test_a_text_with_mistakes_is_not_tried(owner: Browser, queue: Running) -> None:
    owner.open("/en/rules/draft?preset=more-people")
    action, sent = owner.prepared("Preview", FEW)
    sent["text"] = "a_day = "
    response = owner.client.post(action, data=sent)

    assert response.status_code == 422
    with Redis.from_url(queue.everything()) as line:
        assert not line.llen("rq:queue:previews")


@pytest.mark.parametrize("which", ["", "x", "0" * 32, "1-" + "0" * 30, "*"])
def test_nothing_but_a_preview_is_shown(owner: Browser, world: World, which: str) -> None:
    kept = "1-" + "0" * 30
    Store(world.backing).answer(kept, Compared(live=covered()))

    assert owner.open(f"/en/rules/preview?which={which}").response.status_code == 410


def test_all_that_a_worker_names_has_words() -> None:
    assert {*WAITS, "all"} == set(words.WAITS)
    assert set(BARRIERS) == set(Barrier)
