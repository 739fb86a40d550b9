"""Forms are taken only from our own pages, and only from the session they were made for."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker
from tests.world import World

BOUND = (
    "/en/here/pause",
    "/en/here/resume",
    "/en/here/extend",
    "/en/here/erase",
    "/en/here/in",
    "/en/here/out",
    "/en/here/load",
    "/en/here/yes",
    "/en/here/no",
    "/en/here/too-much",
    "/en/here/again",
    "/en/here/rest",
    "/en/here/remind",
    "/en/here/ask",
    "/en/here/ask/gone",
    "/en/here/team",
    "/en/change",
    "/en/after/abcd",
    "/en/talk/abcd",
    "/en/talk/abcd/more",
    "/en/talk/abcd/end",
    "/en/talk/abcd/too-much",
    "/en/talk/abcd/team",
    "/en/talk/abcd/block",
)
OPEN = (
    "/en/start",
    "/en/join",
    "/en/join/open",
    "/en/back",
    "/en/back/team",
    "/en/back/team/send",
    "/en/keep",
    "/en/keep/words",
    "/en/keep/picture",
    "/en/keep/none",
    "/en/near",
    "/en/letter",
    "/en/card",
    "/en/near/bad",
)


def test_every_form_that_is_taken_is_listed_here(app: Flask) -> None:
    posts = {
        str(rule).replace("/<any(en, ar):lang>", "/en").replace("<alias>", "abcd")
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
    }

    assert posts == {*BOUND, *OPEN}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(app: Flask, site: str) -> None:
    client, headers = app.test_client(), {"Sec-Fetch-Site": site}

    seen = {path: client.post(path, headers=headers).status_code for path in (*BOUND, *OPEN)}

    assert set(seen.values()) == {403}


@pytest.mark.parametrize("token", ["", "0.a.b", "zz.a.b", "1.2", "é.é.é", "0.0.0"])
def test_an_open_form_needs_a_token_of_ours(app: Flask, token: str) -> None:
    client = app.test_client()

    seen = {path: client.post(path, data={"token": token}).status_code for path in OPEN}

    assert set(seen.values()) == {403}


def test_a_bound_form_needs_a_session(app: Flask) -> None:
    client = app.test_client()

    seen = {path: client.post(path).status_code for path in BOUND}

    assert set(seen.values()) == {401}


def test_a_bound_form_needs_the_token_of_this_session(browser: Browser) -> None:
    come_in_as_seeker(browser)
    browser.open("/en/back")
    _, open_values = browser.prepared("Open")

    post, given = browser.client.post, {"token": open_values["token"]}
    without = {path: post(path).status_code for path in BOUND}
    with_open_one = {path: post(path, data=given).status_code for path in BOUND}

    assert set(without.values()) | set(with_open_one.values()) == {403}


def test_a_token_of_another_session_is_refused(app: Flask) -> None:
    mine, theirs = Browser(app.test_client()), Browser(app.test_client())
    come_in_as_seeker(mine)
    come_in_as_seeker(theirs)
    _, values = theirs.prepared("Pause")

    response = mine.client.post("/en/here/pause", data=values)

    assert response.status_code == 403
    assert "You are waiting" in mine.open("/en/here").text


def test_an_open_token_ends(app: Flask, world: World) -> None:
    browser = Browser(app.test_client()).open("/en/back")
    action, values = browser.prepared("Open")
    world.advance(world.settings.lifetimes.draft + timedelta(seconds=1))
    world.services.clock.now()  # as anybody's request asks

    response = browser.client.post(action, data=values)

    assert response.status_code == 410
    assert "open for too long" in response.get_data(as_text=True)
