"""After a conversation each side may say how it was, on a page that works once."""

from flask import Flask

from matcher.store.talked import Talked
from tests.web.browsing import Browser
from tests.web.people import begin_to_talk, meet
from tests.world import World

LINK = "How was your conversation? A few questions, if you like"


def both(app: Flask, world: World) -> tuple[Browser, Browser]:
    """Let two talk, and one of them end it."""
    seeker, peer = Browser(app.test_client()), Browser(app.test_client())
    meet(world, seeker, peer)
    begin_to_talk(seeker, peer)
    assert LINK not in seeker.open("/en/here").page.links
    peer.open("/en/here")
    room = next(link for link in peer.page.links.values() if "/talk/" in link)
    peer.open(room.partition("#")[0] + "/end").press("Yes, end and erase")
    return seeker, peer


def test_both_are_asked_on_their_own_page_and_then_no_more(app: Flask, world: World) -> None:
    for browser, has_services in zip(both(app, world), (True, False), strict=True):
        browser.open(browser.open("/en/here").page.links[LINK])
        assert ("reach a service" in browser.text) is has_services
        browser.press("Add my answers", {"safe": "yes"})

        assert browser.page.links.get(LINK) is None
        assert "/here" in browser.response.request.path


def test_an_old_page_sent_again_leads_home_and_counts_nothing(app: Flask, world: World) -> None:
    seeker, _ = both(app, world)
    seeker.open(seeker.open("/en/here").page.links[LINK])
    action, values = seeker.prepared("Add my answers", {"helped": "no"})
    first = seeker.client.post(action, data=values)
    found = world.redis.hgetall(next(iter(world.redis.scan_iter("*:told:*"))))

    again = seeker.client.post(action, data=values)

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == "/en/here#thanks"
    name = next(iter(world.redis.scan_iter("*:told:*")))
    assert world.redis.hgetall(name) == found


def test_an_answer_that_is_none_of_the_shown_is_refused_kindly(
    app: Flask, world: World
) -> None:
    seeker, _ = both(app, world)
    seeker.open(seeker.open("/en/here").page.links[LINK])
    action, values = seeker.prepared("Add my answers")

    answer = seeker.client.post(action, data={**values, "safe": "perhaps"})

    assert answer.status_code == 422
    assert not list(world.redis.scan_iter("*:told:*"))
    assert len(list(world.redis.scan_iter("*}:talked:*"))) == 2


def test_who_says_nothing_is_counted_nowhere(app: Flask, world: World) -> None:
    seeker, _ = both(app, world)

    seeker.open(seeker.open("/en/here").page.links[LINK])
    action, values = seeker.prepared("Add my answers")
    answer = seeker.client.post(action, data=values)

    assert answer.headers["Location"] == "/en/here"
    assert not list(world.redis.scan_iter("*:told:*"))
    assert Talked(world.backing).over(world.now(), 1).sums == {}
