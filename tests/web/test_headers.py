"""Every answer carries the same headers, whatever its route and status."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from matcher.web.common.headers import HEADERS
from tests.web.browsing import Browser
from tests.web.people import come_in_as_seeker


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Name every route with every method it takes, and one it does not."""
    for rule in app.url_map.iter_rules():
        known = {"lang": "en", "alias": "abcd", "filename": "site.css"}
        given = {name: known[name] for name in rule.arguments}
        path = str(app.url_map.bind("localhost").build(rule.endpoint, given))
        for method in ("GET", "POST", "PUT"):
            yield method, path


def keeps_its_headers(response: TestResponse) -> bool:
    """Tell whether every header is there as it should be."""
    return all(response.headers.get(name) == value for name, value in HEADERS.items())


def test_every_route_carries_the_headers_for_strangers(app: Flask) -> None:
    client = app.test_client()

    seen = {(m, p): client.open(p, method=m, buffered=True) for m, p in addresses(app)}

    assert [at for at, response in seen.items() if not keeps_its_headers(response)] == []
    assert {response.status_code // 100 for response in seen.values()} == {2, 3, 4}
    assert len(seen) > 60


def test_every_page_carries_the_headers_for_people_who_are_signed_in(
    app: Flask, browser: Browser
) -> None:
    come_in_as_seeker(browser)

    paths = [path for method, path in addresses(app) if method == "GET" and "leave" not in path]
    seen = {path: browser.client.get(path, buffered=True) for path in paths}

    assert [at for at, response in seen.items() if not keeps_its_headers(response)] == []
    assert seen["/en/change"].status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/en/nothing", "/xx/", "/static/none.css", "//"])
def test_addresses_without_a_page_carry_the_headers(app: Flask, path: str) -> None:
    response = app.test_client().get(path)

    assert keeps_its_headers(response)
    assert response.status_code in {404, 308}


def test_an_unexpected_error_carries_the_headers_and_tells_nothing(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise ValueError("what somebody typed")

    app.add_url_rule("/en/fail", view_func=fail)

    response = app.test_client().get("/en/fail")

    assert response.status_code == 500
    assert keeps_its_headers(response)
    assert "what somebody typed" not in response.get_data(as_text=True) + caplog.text
    assert "ValueError" in caplog.text


def test_no_page_sets_any_cookie_but_the_session(browser: Browser) -> None:
    come_in_as_seeker(browser)

    names = {cookie.key for cookie in (browser.client._cookies or {}).values()}  # noqa: SLF001 - the client's jar

    assert names == {"stay"}
