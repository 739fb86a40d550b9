"""No page of the console shows anybody who seeks or helps, whatever it is asked for."""

from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser
from tests.web.console.everywhere import go_every_way
from tests.web.routes import Watched, every_route
from tests.world import World

SEEKERS, PEERS = 7, 5

SECRETS_ANEW = {"/en/join", "/en/account/digits"}
"""Each look at these draws another secret for an authenticator."""


def seeded(world: World) -> list[str]:
    """Let some people in, two of them talking; return all that could name one of them."""
    people = [*(world.seeker() for _ in range(SEEKERS)), *(world.peer() for _ in range(PEERS))]
    named = [(one.visitor.handle, one.code, one.cookie) for one in people]
    return [str(world.room(people[0], people[-1])), *(name for one in named for name in one)]


def about(secret: str) -> dict[str, str]:
    """Put what names a person where the name of a thing is asked for."""
    return dict.fromkeys(("batch", "note", "report"), secret)


def test_nothing_that_names_a_person_is_on_any_page(
    app: Flask, console: ConsoleServices, world: World
) -> None:
    watched = Watched(app)
    secrets = seeded(world)
    browser = go_every_way(app, console, world)
    token = browser.page.form_with("Sign out").values["token"]
    for route in every_route(app):
        for secret in secrets:
            sent = {"token": token, "passphrase": PASSPHRASE, "whom": secret, "act": secret}
            if route.method == "GET":
                browser.client.get(route.path, query_string={"q": secret, "page": secret})
            elif route.endpoint != "entry.leave":
                browser.client.post(route.path, data={**sent, **about(secret)})

    said = [answer.body for answer in watched.answers]
    assert len(said) > 100
    assert [secret for secret in secrets if any(secret in body for body in said)] == []
    assert browser.open("/en/").response.status_code == 200


def test_pages_are_the_same_however_many_people_there_are(
    owner: Browser, world: World, app: Flask
) -> None:
    paths = [
        route.path
        for route in every_route(app)
        if route.method == "GET" and route.path.startswith("/en/")
        if route.path not in SECRETS_ANEW
    ]
    before = [owner.open(path).text for path in paths]
    seeded(world)

    assert [owner.open(path).text for path in paths] == before
    assert len(before) >= 6
