"""Whatever is sent, wherever: a page in words, and never an error of ours."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

from matcher.domain.invitation import Scope
from tests.web.browsing import Browser
from tests.web.people import come_in_as_peer, come_in_as_seeker
from tests.world import World

PAGES = ["start", "join", "join/open", "back", "keep", "keep/none", "change"]
ERRANDS = ["pause", "resume", "extend", "in", "out", "load", "yes", "no", "too-much", "again"]
TALKS = ["talk/abcd", "talk/abcd/more", "talk/abcd/end", "talk/abcd/too-much"]
PATHS = [f"/en/{p}" for p in [*PAGES, *(f"here/{e}" for e in ERRANDS), *TALKS]]

NAMES = st.sampled_from(
    [
        "go",
        "age",
        "band",
        "languages",
        "needs",
        "just",
        "main",
        "hide",
        "times",
        "parts",
        "clock",
        "relay",
        "look_in",
        "format",
        "matching",
        "keep",
        "which",
        "how",
        "capacity",
        "text",
        "once",
        "code",
        "group",
        "agreed",
        "group-people",
        "lived-12",
        "since-12",
        "ticket",
        "wish-gay",
        "gender_not",
        "nearness",
        "region",
        "rest",
        "draft",
        "token",
        "manner",
    ]
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "yes",
            "no",
            "",
            "13-17",
            "18-plus",
            "en",
            "parts",
            "keep",
            "any",
            "25",
            "-1",
            "to-check",
            "to-how",
            "to-rules",
            "back",
            "next",
            "people/lonely",
            "some",
            "3",
            "daily",
            "either",
            "live",
            "only",
            "gay",
            "\x00",
            "�",
            "٣",
            "0x1",
            "1e9",
            "a" * 5000,
        ]
    ),
)
SENT = st.dictionaries(NAMES, st.lists(VALUES, max_size=4), max_size=12)


class Sender:
    """A browser that is signed in and sends anything with a token of its own."""

    def __init__(self, browser: Browser) -> None:
        browser.open("/en/here")
        self.client = browser.client
        self.bound = browser.page.forms[0].values["token"]
        browser.open("/en/start")
        self.open = browser.page.forms[0].values["token"]
        self.draft = browser.page.forms[0].values["draft"]

    def send(self, path: str, given: dict[str, list[str]]) -> int:
        """Send a form; the tokens are right, the rest is as it comes."""
        is_open = path[4:] in PAGES and not path.endswith("change")
        safe = {
            name: [value.encode("utf-8", "replace").decode() for value in values]
            for name, values in given.items()
        }
        data = {"draft": [self.draft], **safe, "token": [self.open if is_open else self.bound]}
        return self.client.post(path, data=data).status_code


@pytest.fixture
def senders(app: Flask, world: World) -> list[Sender]:
    """Give a seeker and a peer."""
    seeker, peer = Browser(app.test_client()), Browser(app.test_client())
    come_in_as_seeker(seeker)
    invitation = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    come_in_as_peer(peer, invitation)
    return [Sender(seeker), Sender(peer)]


@settings(
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # people stay signed in
)
@given(path=st.sampled_from(PATHS), sent=SENT, who=st.integers(0, 1))
def test_no_form_leads_to_an_error_of_ours(
    senders: list[Sender], path: str, sent: dict[str, list[str]], who: int
) -> None:
    status = senders[who].send(path, sent)

    assert status < 500


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # nothing is kept between
)
@given(many=st.lists(SENT, min_size=1, max_size=8))
def test_a_walk_with_any_answers_ends_in_words(
    app: Flask, many: list[dict[str, list[str]]]
) -> None:
    browser = Browser(app.test_client()).open("/en/start")

    for sent in many:
        if not browser.page.forms or "draft" not in browser.page.forms[0].values:
            break
        form = browser.page.forms[0]
        own = {name: form.values.getlist(name) for name in ("draft", "token")}
        safe = {
            n: [v.encode("utf-8", "replace").decode() for v in vs] for n, vs in sent.items()
        }
        answer = browser.client.post(form.action, data={**safe, **own})
        browser._arrive(answer)  # noqa: SLF001 - the same step as `press`

    assert browser.response.status_code < 500
