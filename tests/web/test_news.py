"""An open page asks whether anything is new; the answer looks the same in every state."""

from datetime import timedelta

import pytest
from flask import Flask, get_template_attribute

from matcher.domain.waits import UsualWait
from matcher.store.waits import Waits
from tests.web.browsing import Browser
from tests.web.people import Two, begin_to_talk, come_in_as_seeker
from tests.world import World


def test_the_mark_stays_until_something_happens(two: Two) -> None:
    seeker, peer = two
    before = _mark(seeker.open("/en/here"))
    assert _asked(seeker) == before

    peer.open("/en/here").press("Yes, I can")

    assert _asked(seeker) != before
    assert _asked(seeker) == _mark(seeker.open("/en/here"))


def test_a_message_is_news(two: Two) -> None:
    begin_to_talk(*two)
    seeker, peer = two
    before = _mark(seeker.open("/en/here"))

    peer.press("Send", {"text": "hello"})

    assert _asked(seeker) != before


def test_no_answer_differs_from_another_but_by_its_mark(two: Two, browser: Browser) -> None:
    seeker, peer = two
    answers = {"asked nobody": _look(seeker), "asked": _look(peer), "nobody": _look(browser)}
    peer.open("/en/here").press("Pause")
    answers["paused"] = _look(peer)

    assert len({known for known, _ in answers.values()}) == 1
    assert len({mark for _, mark in answers.values()}) == len(answers)


def test_who_is_signed_out_finds_something_new_every_time(browser: Browser) -> None:
    assert _asked(browser) != _asked(browser)


def test_the_usual_wait_is_said_once_enough_people_have_found_somebody(
    browser: Browser, world: World
) -> None:
    come_in_as_seeker(browser)
    assert "Most people who found someone" not in browser.text
    waits = Waits(world.backing)
    for _ in range(100):
        waits.add(timedelta(hours=20), now=world.now())

    world.advance(timedelta(days=1))

    come_in_as_seeker(browser)
    assert "waited between 12 hours and 24 hours." in browser.text


@pytest.mark.parametrize(
    ("usual", "words"),
    [
        (UsualWait(least=None, most=timedelta(hours=3)), "waited less than 3 hours."),
        (UsualWait(least=timedelta(days=7), most=None), "waited 7 days or longer."),
    ],
)
def test_a_range_without_an_end_has_words_of_its_own(
    app: Flask, usual: UsualWait, words: str
) -> None:
    with app.test_request_context("/en/here"):
        meanwhile = get_template_attribute("here/meanwhile.html", "usual_wait")

        assert words in meanwhile(usual)


def _mark(browser: Browser) -> str:
    return browser.response.text.partition('data-mark="')[2].partition('"')[0]


def _asked(browser: Browser) -> str:
    return browser.client.get("/en/here/news").text


def _look(browser: Browser) -> tuple[tuple[int, tuple[tuple[str, str], ...], int], str]:
    answer = browser.client.get("/en/here/news")
    headers = tuple(sorted(answer.headers.items()))
    return (answer.status_code, headers, len(answer.data)), answer.text
