"""Whatever is sent, wherever: a page in words, never an error of ours (promise 10).

SANAD_TEST_REQUESTS says how many requests are drawn: 2,000 in the suite, 50,000 in
`poe soak-malformed`.
"""

import os
from collections import Counter
from dataclasses import dataclass, field, replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
from redis import Redis
from werkzeug.test import Client, run_wsgi_app

from matcher.bootstrap import build
from matcher.bootstrap.console import build as build_console
from matcher.settings.model import Settings
from matcher.web.common.headers import HEADERS
from matcher.web.console.app import create_app as create_console
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.malformed import (
    CANARY,
    NAMES,
    Held,
    Sender,
    Sent,
    bare,
    requests,
    right_fields,
    texts,
)
from tests.web.people import begin_to_talk, meet
from tests.web.routes import KNOWN, every_route
from tests.world import World

REQUESTS = int(os.environ.get("SANAD_TEST_REQUESTS", "2000"))
AS_MUCH_AS_NEEDED = hypothesis_settings(
    deadline=None,
    database=None,
    derandomize=False,  # or each route would be sent the same few, wherever CI is set
    suppress_health_check=list(HealthCheck),  # people stay where they are between two requests
)
ENDS = {"front.leave", "errands.erase", "talk.end"}  # rightly sent, nothing comes after these
COUNTS = (b"}:lim:", b"}:used:", b"}:s:", b"}:rules", b"test:offset")


@dataclass
class Target:
    """An app with people in it, to which anything is sent."""

    app: Flask
    held: dict[Sender, Held]
    statuses: Counter[int] = field(default_factory=Counter)
    paths: Counter[str] = field(default_factory=Counter)

    def send(self, sent: Sent) -> None:
        """Send one request and look at the answer."""
        body, status, headers = run_wsgi_app(self.app, sent.environ(), buffered=True)
        text = b"".join(body).decode("utf-8", "replace")
        code = int(status.split(" ", 1)[0])
        self.statuses[code] += 1
        self.paths[sent.path] += 1
        assert code < 500, status
        assert "Traceback" not in text
        assert [k for k, v in HEADERS.items() if headers.get(k) != v] == []
        if "Host" not in sent.headers:  # whoever writes that leads themselves elsewhere
            location = headers.get("Location", "/")
            assert location.startswith(("/", "http://localhost/"))
            assert not location.startswith("//")


@pytest.fixture
def app(roomy: Settings, world: World) -> Flask:
    """Yield an app that slows nobody down; `world` has published the rules."""
    return create_app(build(replace(roomy, pool=world.settings.pool)))


@pytest.fixture
def target(app: Flask, world: World) -> Target:
    """Yield the app with a pair that talks, and a pair that is suggested to each other."""
    talking, asked = ([Browser(app.test_client()) for _ in range(2)] for _ in range(2))
    meet(world, *talking)
    begin_to_talk(*talking)
    meet(world, *asked)
    seeker, peer = _held(talking[0]), _held(asked[1])
    return Target(
        app=app,
        held={
            Sender.STRANGER: _held(Browser(app.test_client())),
            Sender.FORGER: replace(_held(asked[0]), bound=seeker.bound),
            Sender.SEEKER: seeker,
            Sender.PEER: peer,
        },
    )


def _held(browser: Browser) -> Held:
    cookie = browser.client.get_cookie("stay")
    own = browser.open("/en/here").page
    talks = [link.split("/")[3] for link in own.links.values() if "/talk/" in link]
    form = browser.open("/en/start").page.forms[0]
    return Held(
        cookie=cookie.value if cookie else "",
        bound=own.forms[0].values["token"] if cookie else "",
        opened=form.values["token"],
        draft=form.values["draft"],
        alias=talks[0].partition("#")[0] if talks else KNOWN["alias"],
    )


def state(redis: Redis) -> dict[bytes, object]:
    """Read every key but counts; a session lives on, and is seen, by being looked at."""
    kept = [key for key in redis.scan_iter() if not any(part in key for part in COUNTS)]
    return {key: _value(redis, key) for key in kept}


def _value(redis: Redis, key: bytes) -> object:
    match redis.type(key):
        case b"hash":
            return {name: v for name, v in redis.hgetall(key).items() if name != b"seen"}
        case b"zset":
            return redis.zrange(key, 0, -1, withscores=True)
        case b"list":
            return redis.lrange(key, 0, -1)
        case b"set":
            return redis.smembers(key)
        case b"stream":
            return redis.xrange(key)
        case _:
            return redis.get(key)


def draw_for_every_route(target: Target, who: Sender, many: int) -> None:
    """Send so many requests of one kind of sender, as many to each route."""
    held = target.held[who]
    everything = list(every_route(target.app))
    routes = [route for route in everything if route.endpoint not in ENDS]
    ends = {(route.method, route.path) for route in everything if route.endpoint in ENDS}
    for route in routes:
        view = target.app.view_functions[route.endpoint]
        fields = right_fields(held, who, is_open=bool(vars(view).get("takes_open_token")))
        own = replace(route, path=route.path.replace(KNOWN["alias"], held.alias))

        @hypothesis_settings(AS_MUCH_AS_NEEDED, max_examples=-(-many // len(routes)))
        @given(
            sent=requests(own, held, who, fields).filter(
                lambda sent: (
                    (sent.method, sent.path.replace(held.alias, KNOWN["alias"])) not in ends
                )
            )
        )
        def send(sent: Sent) -> None:
            target.send(sent)

        target.send(bare(own, held, who, fields))
        send()
        assert target.paths[own.path] > 1
    assert sum(target.statuses.values()) >= many


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("who", [Sender.STRANGER, Sender.FORGER])
def test_nothing_malformed_leads_to_an_error_changes_anything_or_is_written_down(
    target: Target,
    redis: Redis,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    who: Sender,
) -> None:
    before = state(redis)

    draw_for_every_route(target, who, REQUESTS * 3 // 8)

    assert state(redis) == before
    assert CANARY not in caplog.text + "".join(capfd.readouterr())
    assert {200, 403, 404, 405, 413} <= set(target.statuses)


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("who", [Sender.SEEKER, Sender.PEER])
def test_whatever_somebody_sends_who_is_signed_in_is_answered_in_words(
    target: Target,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    who: Sender,
) -> None:
    draw_for_every_route(target, who, REQUESTS // 8)

    assert CANARY not in caplog.text + "".join(capfd.readouterr())
    assert {200, 303, 404, 405, 413, 422} <= set(target.statuses)
    client = target.app.test_client()
    client.set_cookie("stay", target.held[who].cookie)
    assert client.get("/en/here").status_code == 200  # they were signed in to the end


@pytest.mark.timeout(1_800)
def test_the_console_answers_everything_too(
    settings: Settings, target: Target, caplog: pytest.LogCaptureFixture
) -> None:
    console = Target(app=create_console(build_console(settings)), held=target.held)

    draw_for_every_route(console, Sender.STRANGER, REQUESTS // 20)

    assert CANARY not in caplog.text


FIELDS = st.dictionaries(st.sampled_from(NAMES), st.lists(texts, max_size=4), max_size=12)


@hypothesis_settings(AS_MUCH_AS_NEEDED, max_examples=max(60, REQUESTS // 200))
@given(many=st.lists(FIELDS, min_size=1, max_size=8))
def test_a_walk_with_any_answers_ends_in_words(
    app: Flask, many: list[dict[str, list[str]]]
) -> None:
    browser = Browser(app.test_client()).open("/en/start")

    for sent in many:
        if not browser.page.forms or "draft" not in browser.page.forms[0].values:
            break
        _send_page(browser, browser.client, sent)

    assert browser.response.status_code < 500


def _send_page(browser: Browser, client: Client, sent: dict[str, list[str]]) -> None:
    form = browser.page.forms[0]
    own = {name: form.values.getlist(name) for name in ("draft", "token")}
    safe = {n: [v.encode("utf-8", "replace").decode() for v in vs] for n, vs in sent.items()}
    answer = client.post(form.action, data={**safe, **own})
    browser._arrive(answer)  # noqa: SLF001 - the same step as `press`
