"""The console takes forms only from its own pages, and only from the session they are for."""

import pytest
from flask import Flask

from matcher.domain.coordinator import Rank
from tests.coordinating import Holder
from tests.web.browsing import Browser
from tests.web.console.conftest import Arrive

BOUND = (
    "/en/sign-out",
    "/en/acts/agree",
    "/en/acts/withdraw",
    "/en/coordinators/invite",
    "/en/coordinators/rank",
    "/en/coordinators/remove",
    "/en/invitations/make",
    "/en/invitations/revoke",
    "/en/reports/open",
    "/en/reports/decide",
    "/en/reports/release",
    "/en/notices/put-up",
    "/en/notices/take-down",
    "/en/services/save",
    "/en/services/check",
    "/en/services/take-away",
    "/en/services/cards/add",
    "/en/services/cards/take-away",
    "/en/notes/open",
    "/en/notes/answer",
    "/en/rules/pause",
    "/en/rules/close",
    "/en/rules/open",
    "/en/rules/draft/look",
    "/en/rules/draft/part",
    "/en/rules/draft/publish",
    "/en/rules/draft/try",
    "/en/rules/trial/drop",
    "/en/rules/trial/keep",
    "/en/rules/preview/ask",
    "/en/rules/preview/cancel",
    "/en/coordinators/recover",
    "/en/account/passphrase",
    "/en/account/digits",
    "/en/account/keep",
    "/en/account/add",
    "/en/account/remove",
)
OPEN = ("/en/sign-in", "/en/join")


def test_every_form_that_is_taken_is_listed_here(app: Flask) -> None:
    posts = {
        str(rule).replace("/<any(en, ar):lang>", "/en")
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
    }

    assert posts == {*BOUND, *OPEN}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(owner: Browser, site: str) -> None:
    headers = {"Sec-Fetch-Site": site}

    seen = {p: owner.client.post(p, headers=headers).status_code for p in (*BOUND, *OPEN)}

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


def test_a_bound_form_needs_the_token_of_this_session(owner: Browser, arrive: Arrive) -> None:
    theirs = arrive(Holder(name="Ben"), Rank.COORDINATOR)
    _, foreign = theirs.prepared("Sign out")
    owner.open("/en/join")
    _, opened = owner.prepared("Make my account")

    for token in (foreign["token"], opened["token"], ""):
        seen = {p: owner.client.post(p, data={"token": token}).status_code for p in BOUND}
        assert set(seen.values()) == {403}
    assert owner.open("/en/").response.status_code == 200
