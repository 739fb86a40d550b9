"""Showing the team some of what was written, without scripts: what is ticked, and no more."""

import re

import pytest
from flask import Flask

from matcher.domain.lines import MOST_LINES, Line
from matcher.domain.profile import Role
from matcher.domain.room import MAX_CHARACTERS
from matcher.web.public.talk.lines import BEGINNING, LISTED
from tests.web.browsing import Browser, Given
from tests.web.people import Two, who
from tests.web.talk import Talk
from tests.world import World

END, STAY = "Tell the team and end it", "Tell the team and stay"
FOLD = "Show the team some of what was written"
SAID = ("What is your name?", "I would rather not say.", "<b>Tell</b> me!\nNow & here", "No.")
OPENED = re.compile(r"<details[^>]* open>\s*<summary>" + FOLD)
CHOICE = re.compile(r'name="lines" value="([^"]*)"')
TICKED = re.compile(r'name="lines" value="([^"]*)" checked')


@pytest.fixture
def talk(talking: Two, world: World) -> Talk:
    found = Talk(talking, world)
    found.say(*SAID)
    return found


def html(browser: Browser) -> str:
    return browser.response.get_data(as_text=True)


def given(*places: object) -> Given:
    return {"what": "threat", "lines": [str(place) for place in places]}


@pytest.mark.parametrize(
    "place",
    ["-1", str(len(SAID)), "999", "1e0", "01", "+1", " 1", "1.0", "one", "", "٣", "1\0", "0,1"],
)
def test_what_is_no_place_of_the_conversation_is_refused_and_tells_nothing(
    talk: Talk, place: str
) -> None:
    answer = talk.telling().press(STAY, given("0", place))

    assert answer.response.status_code == 422
    assert "Please choose from the answers that are shown here." in answer.text
    assert not talk.is_told()
    assert TICKED.findall(html(answer)) == ["0"]


def test_six_are_refused_and_all_ticks_come_back(talk: Talk) -> None:
    talk.say("More.", "And more.")

    answer = talk.telling().press(END, given(*range(MOST_LINES + 1)))

    assert answer.response.status_code == 422
    assert "Please tick 5 messages at the most." in answer.text
    assert OPENED.search(html(answer))
    assert sorted(TICKED.findall(html(answer))) == ["0", "1", "2", "3", "4", "5"]
    assert answer.page.form_with(END).values["what"] == "threat"
    assert not talk.is_told()


def test_what_is_too_long_together_is_refused_and_any_one_alone_goes_along(talk: Talk) -> None:
    longest = "\U0001f33f" * MAX_CHARACTERS
    talk.say(longest)

    answer = talk.telling().press(STAY, given(0, len(SAID)))
    said = answer.text
    answer.press(STAY, given(len(SAID)))

    assert "Together these are too long." in said
    assert talk.shown() == (Line(author=Role.PEER, text=longest),)


def test_places_of_another_conversation_show_nothing_of_it(
    talk: Talk, app: Flask, world: World
) -> None:
    seeker = world.seeker()
    other, browser = world.room(seeker, world.peer()), Browser(app.test_client())
    browser.client.set_cookie("stay", seeker.cookie)
    theirs = world.services.places.alias(seeker.visitor, other)
    action, values = talk.telling().prepared(STAY, given(0))

    strange = talk.seeker.client.post(f"/en/talk/{theirs}/team", data=values)
    browser.open(f"/en/talk/{theirs}/team")
    token = browser.page.form_with(STAY).values["token"]
    forged = browser.client.post(
        f"/en/talk/{theirs}/team", data={"token": token, "what": "threat", "lines": "0"}
    )
    foreign = browser.client.post(action, data={**values.to_dict(), "token": token})

    assert (strange.status_code, forged.status_code, foreign.status_code) == (410, 422, 410)
    assert not talk.is_told()


def test_who_ticks_nothing_shows_nothing_and_nothing_is_ticked_beforehand(talk: Talk) -> None:
    page = talk.telling()
    before = html(page)

    page.press(STAY, {"what": "threat"})

    assert FOLD in before
    assert not OPENED.search(before)
    assert TICKED.findall(before) == []
    assert talk.shown() == ()


@pytest.mark.parametrize("button", [END, STAY])
def test_what_is_ticked_goes_along_word_for_word_whichever_button_is_pressed(
    talk: Talk, button: str
) -> None:
    talk.telling().press(button, given(2, 1))

    assert talk.seeker.response.status_code == 200
    assert talk.shown() == (
        Line(author=Role.SEEKER, text=SAID[1]),
        Line(author=Role.PEER, text=SAID[2]),
    )
    rooms = talk.world.services.rooms.of(who(talk.seeker, talk.world).visitor)
    assert bool(rooms) is (button == STAY)


def test_words_that_a_form_brings_along_are_never_told(talk: Talk) -> None:
    action, values = talk.telling().prepared(STAY, given(1))
    for name in ("text", "lines-1", "said", "label"):
        values[name] = "I will find you."

    talk.seeker.client.post(action, data=values)

    assert talk.shown() == (Line(author=Role.SEEKER, text=SAID[1]),)


def test_one_that_is_ticked_twice_goes_along_once(talk: Talk) -> None:
    talk.telling().press(STAY, given(1, 1, 1, 1, 1, 1))

    assert talk.shown() == (Line(author=Role.SEEKER, text=SAID[1]),)


def test_a_button_pressed_twice_with_other_ticks_shows_what_came_first(talk: Talk) -> None:
    action, values = talk.telling().prepared(STAY, given(0))
    for places in (["0"], ["1", "2"]):
        values.setlist("lines", places)
        assert talk.seeker.client.post(action, data=values).status_code == 303

    assert talk.shown() == (Line(author=Role.PEER, text=SAID[0]),)


def test_a_conversation_that_has_ended_meanwhile_tells_nothing_by_half(talk: Talk) -> None:
    action, values = talk.telling().prepared(END, given(0))
    talk.world.services.rooms.end(who(talk.peer, talk.world).visitor, talk.room)

    answer = talk.seeker.client.post(action, data=values)

    assert answer.status_code == 410
    assert "This conversation is not open any more." in answer.get_data(as_text=True)
    assert not talk.is_told()
    assert "what" in talk.seeker.open("/en/here/team").page.form_with("Tell the team").names


@pytest.mark.parametrize(("there", "back"), [("العربية", "English")])
def test_ticks_stay_in_the_other_language_and_on_the_way_back(
    talk: Talk, there: str, back: str
) -> None:
    page = talk.telling().press(there, given(0, 3))
    arabic = html(page)
    page.press(back)

    assert sorted(TICKED.findall(arabic)) == ["0", "3"]
    assert sorted(TICKED.findall(html(page))) == ["0", "3"]
    assert OPENED.search(html(page))
    assert page.page.form_with(STAY).values["what"] == "threat"
    assert not talk.is_told()


def test_the_two_are_told_apart_newest_first_and_nothing_written_is_markup(talk: Talk) -> None:
    page = talk.telling()
    shown = page.text.partition(FOLD)[2]

    assert CHOICE.findall(html(page)) == ["3", "2", "1", "0"]
    assert "<b>" not in html(page)
    assert "The other person <b>Tell</b> me! Now & here You I would rather" in " ".join(
        shown.replace("person<b>", "person <b>").replace("YouI", "You I").split()
    )


def test_a_conversation_without_a_word_has_nothing_to_show(talking: Two, world: World) -> None:
    page = Talk(talking, world).telling()

    assert FOLD not in html(page)
    page.press(STAY, {"what": "threat"})
    assert "The team knows about this conversation" in page.text


def test_of_a_long_conversation_the_newest_are_listed_and_of_a_long_line_its_beginning(
    talk: Talk,
) -> None:
    text = "word " * 200
    talk.say(*(f"{nth} {text}" for nth in range(LISTED)))

    page = talk.telling()

    assert CHOICE.findall(html(page)) == [
        str(len(SAID) + LISTED - 1 - n) for n in range(LISTED)
    ]
    assert "Only the last 40 messages stand here." in page.text
    (beginning,) = re.findall(r">(17 word [^<]*)<", html(page))
    assert beginning == f"17 {text}"[:BEGINNING].rstrip() + "\u2026"
    page.press(STAY, given(len(SAID) + 17))
    assert talk.shown()[0].text == f"17 {text}"


def test_what_was_listed_can_still_be_ticked_when_more_was_written_meanwhile(
    talk: Talk,
) -> None:
    talk.say(*map(str, range(LISTED)))
    oldest = CHOICE.findall(html(talk.telling()))[-1]
    talk.say("One more.", "And one.")

    wrong = talk.seeker.press(STAY, {"lines": [oldest]})
    ticked = TICKED.findall(html(wrong))
    wrong.press(STAY, {"what": "threat"})

    assert ticked == [oldest] == [str(len(SAID))]
    assert [line.text for line in talk.shown()] == ["0"]
