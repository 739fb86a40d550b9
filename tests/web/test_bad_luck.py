"""When something goes wrong, people read a plain sentence, and nothing is half-done."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from matcher.bootstrap import build
from matcher.domain import errors as domain_errors
from matcher.domain.errors import MatcherError, MistypedCodeError
from matcher.settings.model import Settings
from matcher.store.client import ANSWER_SECONDS
from matcher.web.common import errors
from matcher.web.common.app import MAX_BODY_BYTES
from matcher.web.common.csrf import ForeignFormError, FormGoneError
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.web.deaf import Deaf
from tests.web.people import ABOUT, come_in_as_seeker, to_the_check_page
from tests.world import World

TOO_MUCH = "x" * (MAX_BODY_BYTES + 1)


@pytest.fixture
def lonely_app(settings: Settings, tmp_path: Path) -> Flask:
    """Yield an app whose store does not answer."""
    return create_app(build(replace(settings, store_url=f"unix://{tmp_path}/nobody.sock")))


def kinds_of_errors() -> Iterator[type[MatcherError]]:
    """List the errors that a page can meet."""
    found = [kind for kind in vars(domain_errors).values() if isinstance(kind, type)]
    slips = {  # the pages for codes, and for messages to show the team, say which it is
        *MistypedCodeError.__subclasses__(),
        *domain_errors.LinesError.__subclasses__(),
    }
    unseen = {MatcherError, domain_errors.OvertakenError, *slips}
    for kind in found:
        is_engine = kind.__name__.startswith("Invalid")
        if issubclass(kind, MatcherError) and kind not in unseen and not is_engine:
            yield kind
    yield ForeignFormError
    yield FormGoneError


def test_every_kind_of_error_has_its_own_sentence(app: Flask) -> None:
    with app.test_request_context("/en/"):
        sentences = [errors.sentence(kind.__new__(kind)) for kind in kinds_of_errors()]

    assert len(set(sentences)) == len(sentences) > 10


@pytest.mark.parametrize("path", ["/en/", "/en/card", "/en/near", "/en/back", "/en/join"])
def test_pages_that_need_no_store_work_without_it(lonely_app: Flask, path: str) -> None:
    assert lonely_app.test_client().get(path).status_code == 200


def test_leaving_works_without_the_store(lonely_app: Flask) -> None:
    client = lonely_app.test_client()
    client.set_cookie("stay", "a" * 22)

    assert client.get("/en/leave").status_code == 303


@pytest.mark.parametrize("path", ["/en/start", "/en/here", "/en/change"])
def test_without_the_store_a_page_says_so_and_when_to_come_back(
    lonely_app: Flask, path: str
) -> None:
    client = lonely_app.test_client()
    client.set_cookie("stay", "a" * 22)

    answer = client.get(path)

    assert answer.status_code == 503
    assert "Nothing was changed." in answer.get_data(as_text=True)
    assert answer.headers["Retry-After"] == "30"


def test_a_code_is_not_called_wrong_when_the_store_is_away(lonely_app: Flask) -> None:
    browser = Browser(lonely_app.test_client()).open("/en/back")

    browser.press("Open", {"code": "0" * 28})

    assert browser.response.status_code == 503


def test_a_store_that_hangs_is_asked_once_and_for_less_than_two_seconds(
    settings: Settings, deaf: Deaf
) -> None:
    client = create_app(build(replace(settings, store_url=deaf.url))).test_client()
    client.set_cookie("stay", "a" * 22)

    answer = client.get("/en/here")

    assert answer.status_code == 503
    assert deaf.connections() == 1
    assert ANSWER_SECONDS < 2


@pytest.mark.parametrize("path", ["/en/start", "/en/back", "/en/here/pause", "/en/talk/abcd"])
def test_a_body_that_is_too_large_is_refused(app: Flask, path: str) -> None:
    client = app.test_client()
    client.set_cookie("stay", "a" * 22)

    answer = client.post(path, data={"token": TOO_MUCH})

    assert answer.status_code == 413
    assert "more than can be sent at once" in answer.get_data(as_text=True)


def test_a_body_just_below_the_limit_is_read(app: Flask) -> None:
    browser = Browser(app.test_client()).open("/en/back")

    browser.press("Open", {"code": "x" * (63 * 1024)})

    assert browser.response.status_code == 422


def test_a_missing_page_and_a_wrong_method_are_told_plainly(app: Flask) -> None:
    client = app.test_client()

    missing, wrong = client.get("/en/nothing"), client.get("/en/here/pause")

    assert missing.status_code == 404
    assert "There is no page here." in missing.get_data(as_text=True)
    assert wrong.status_code == 405
    assert set(wrong.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


@pytest.mark.parametrize("draft", ["", "abc", "é", "A" * 2000, "%00"])
def test_a_forged_draft_is_told_kindly_and_does_nothing(
    browser: Browser, world: World, draft: str
) -> None:
    browser.open("/en/start").press("Go on", {**ABOUT, "draft": draft})

    assert browser.response.status_code == 410
    assert "Nothing was stored by this" in browser.text
    assert world.key_names() == set()


def test_a_draft_of_other_pages_is_refused(somebody: Callable[[], Browser]) -> None:
    mine, other = somebody(), somebody()
    come_in_as_seeker(mine)
    mine.open("/en/change")
    _, values = mine.prepared("Save")
    other.open("/en/start")

    other.press("Go on", {"draft": values["draft"]})

    assert other.response.status_code == 410


def test_a_draft_ends(browser: Browser, world: World) -> None:
    to_the_check_page(browser)
    world.advance(world.settings.lifetimes.draft + timedelta(seconds=1))

    browser.press("Agree and send", {"matching": "yes"})

    assert browser.response.status_code == 410
    assert not [key for key in world.key_names() if ":h:" in key]


def test_two_tabs_do_not_disturb_each_other(somebody: Callable[[], Browser]) -> None:
    browser = somebody()
    come_in_as_seeker(browser)
    _, values = browser.prepared("Pause")
    browser.press("Pause")

    again = browser.client.post("/en/here/pause", data=values)

    assert again.status_code == 303


def test_a_session_that_ended_is_told_kindly(browser: Browser, world: World) -> None:
    come_in_as_seeker(browser)
    world.advance(world.settings.lifetimes.session * 2)

    browser.press("Pause")

    assert browser.response.status_code == 401
    assert "I have a code" in browser.page.links


def lost_answers(world: World) -> None:
    """Lose the answers of everybody."""
    world.redis.delete(*(key for key in world.key_names() if ":p:" in key))


def unreadable_answers(world: World) -> None:
    """Overwrite the answers of everybody: as if the key of their day were lost."""
    for key in world.key_names():
        if ":p:" in key:
            world.redis.setrange(key, 40, "spoilt")


@pytest.mark.parametrize("lose", [lost_answers, unreadable_answers])
def test_who_has_lost_their_answers_can_erase_the_rest_or_start_again(
    browser: Browser, world: World, lose: Callable[[World], None]
) -> None:
    come_in_as_seeker(browser)
    lose(world)

    links = browser.open("/en/here").page.links

    assert browser.response.status_code == 410
    assert links["To the start"] == "/en/"
    browser.open(links["Erase what may be left"]).press("Yes, erase everything")
    assert "Everything is erased" in browser.text
    assert not [key for key in world.key_names() if ":h:" in key]


def chunked(app: Flask, size: int, **fields: str) -> TestResponse:
    """Send a form of unknown length, `size` bytes of it, as the web server hands it on."""
    form = urlencode(fields).encode()
    body = form + b"&text=" + b"x" * (size - len(form) - len(b"&text="))
    environ = {"wsgi.input_terminated": True, "wsgi.input": BytesIO(body)}
    kind = "application/x-www-form-urlencoded"
    return app.test_client().post("/en/back", content_type=kind, environ_overrides=environ)


def test_a_form_of_unknown_length_is_not_cut_at_the_limit(app: Flask) -> None:
    browser = Browser(app.test_client()).open("/en/back")
    _, values = browser.prepared("Open", {"code": "abc"})

    below = chunked(app, MAX_BODY_BYTES - 1, **values.to_dict())
    above = chunked(app, MAX_BODY_BYTES + 1, **values.to_dict())

    assert below.status_code == 422
    assert above.status_code == 413
    assert "Nothing was done." in above.get_data(as_text=True)


def test_what_is_uploaded_never_reaches_a_disk(app: Flask) -> None:
    browser = Browser(app.test_client()).open("/en/back")
    _, values = browser.prepared("Open", {"code": "abc"})
    file = (BytesIO(b"x" * 1_000), "name.txt")

    with app.test_client() as client:
        answer = client.post("/en/back", data={**values.to_dict(), "file": file})
        kept = [type(sent.stream) for sent in request.files.values()]

    assert answer.status_code == 422
    assert kept == [BytesIO]
