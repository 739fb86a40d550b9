"""Whatever a coordinator's browser sends is answered in words."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
from werkzeug.test import Client

from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser
from tests.web.routes import every_route

FIELDS = (
    *("name", "passphrase", "digits", "code", "again", "secret", "challenge", "passkey"),
    *("act", "whom", "rank", "purpose", "count", "days", "scope", "trained", "batch"),
    *("note", "text", "mark", "page", "after", "reason", "report", "decision"),
    *("service", "seen", "source", "check", "id", "name-en", "reach-phone", "ages"),
    *("on", "seekers", "peers", "which", "audience", "says-en", "says-ar"),
)
ODD = (
    "",
    "0",
    "-1",
    "٣",
    "²",
    "1e9",
    "18-plus",
    "owner",
    "{}",
    "[]",
    "null",
    "é",
    "\0",
    "\ud800",
)
TRIES = 12

typed = st.one_of(st.sampled_from(ODD), st.text(max_size=40))
forms = st.dictionaries(st.sampled_from(FIELDS), typed, max_size=len(FIELDS))


def send_anything(client: Client, path: str, token: str) -> list[int]:
    """Send odd forms with a right token to one address; return the statuses of the answers."""
    statuses: list[int] = []

    @hypothesis_settings(
        deadline=None,
        database=None,
        max_examples=TRIES,
        suppress_health_check=list(HealthCheck),
    )
    @given(form=forms)
    def send(form: dict[str, str]) -> None:
        sent = {name: value.encode("utf-8", "replace") for name, value in form.items()}
        response = client.post(path, data={**sent, "token": token})
        statuses.append(response.status_code)
        assert response.status_code < 500, (path, form)

    send()
    return statuses


def test_no_form_leads_to_an_error_of_ours(
    app: Flask, owner: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    bound = owner.page.form_with("Sign out").values["token"]
    opened = owner.open("/en/join").page.form_with("Make my account").values["token"]
    sure = {"token": bound, "passphrase": PASSPHRASE, "mark": "none"}
    assert owner.client.post("/en/account/remove", data=sure).status_code == 303

    statuses: set[int] = set()
    for route in every_route(app):
        if route.method == "POST" and route.endpoint != "entry.leave":
            is_open = vars(app.view_functions[route.endpoint]).get("takes_open_token")
            token = opened if is_open else bound
            statuses |= {*send_anything(owner.client, route.path, token)}

    assert {200, 303, 410, 422} <= statuses
    assert "unexpected" not in caplog.text
    assert owner.client.get("/en/").status_code == 200
