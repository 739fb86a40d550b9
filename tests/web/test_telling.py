"""Telling the team, without scripts: in the conversation, from one's own page, by a code."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from matcher.domain.place import CheckIn
from matcher.domain.report import Category, Decision
from matcher.domain.room import RoomId, RoomKind
from matcher.web.common.code_words import lists
from tests.telling import decide, desk_of, tell
from tests.web.browsing import Browser, Given
from tests.web.people import Two, begin_to_talk, meet, who
from tests.world import World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
END, STAY, ONLY_END = "Tell the team and end it", "Tell the team and stay", "End it for good"
FIRST = "Something was not right? Tell the team first"
SERIOUS: Given = {"what": "threat"}


def categories(world: World) -> list[Category]:
    """Open all that was told."""
    desk = desk_of(world)
    return [desk.open(one.id).category for one in desk.waiting()]


def telling(browser: Browser) -> Browser:
    """Go from one's conversation to the page on which the team is told."""
    return browser.open(browser.page.links["Tell the team"])


def test_the_team_is_told_in_the_conversation_which_ends(talking: Two, world: World) -> None:
    seeker, peer = talking

    telling(seeker).press(END, SERIOUS)

    assert "It has arrived." in seeker.text
    assert categories(world) == [Category.THREAT]
    assert "Your conversation has ended" in seeker.open("/en/here").text
    assert "Nobody is suggested to you just now" in peer.open("/en/here").text


def test_who_wants_to_stay_stays_and_is_told_that_the_team_knows(
    talking: Two, world: World
) -> None:
    seeker, peer = talking

    telling(peer).press(STAY, {"what": "unkind"})

    assert "The team knows about this conversation" in peer.text
    assert categories(world) == [Category.UNKIND]
    peer.open(peer.page.links["Back to the conversation"]).press("Send", {"text": "Hello"})
    assert "Hello" in seeker.open(seeker.response.request.path).text
    assert "The team knows" in telling(peer).text


def test_a_conversation_can_be_ended_for_good_without_telling_anybody(
    talking: Two, world: World
) -> None:
    seeker, _ = talking
    one, other = (who(browser, world) for browser in talking)

    telling(seeker).press(ONLY_END)

    assert "Your conversation has ended" in seeker.text
    assert desk_of(world).waiting() == ()
    seeker.press("Look for someone again")
    world.advance(30 * HOUR)
    world.services.places.check_in(other.visitor, CheckIn.TODAY)
    assert world.propose(one, other)[1] == "again"


@pytest.mark.parametrize("given", [{}, {"what": ["fishing"]}, {"what": ["threat", "money"]}])
def test_without_an_answer_or_with_another_nothing_is_told(
    talking: Two, world: World, given: dict[str, list[str]]
) -> None:
    action, values = telling(talking[0]).prepared(END)
    values.setlist("what", given.get("what", []))

    answer = talking[0].client.post(action, data=values)

    is_known = given.get("what", [""])[0] == "threat"
    assert answer.status_code == (303 if is_known else 422)
    assert len(desk_of(world).waiting()) == is_known


def test_a_button_pressed_twice_tells_once(talking: Two, world: World) -> None:
    seeker, _ = talking
    action, values = telling(seeker).prepared(STAY, SERIOUS)

    answers = [seeker.client.post(action, data=values).status_code for _ in range(3)]

    assert answers == [303, 303, 303]
    assert categories(world) == [Category.THREAT]


def test_what_was_chosen_is_kept_in_the_other_language(talking: Two) -> None:
    seeker = telling(talking[0]).press("العربية", SERIOUS)

    form = seeker.page.form_with("إبلاغ الفريق وإنهاء المحادثة")
    assert form.values.getlist("what") == ["threat"]


def test_telling_comes_before_ending(talking: Two) -> None:
    seeker, _ = talking
    links = list(seeker.page.links)

    assert links.index("End and erase") - links.index("Tell the team") == 1
    assert [words for words in links if "Tell the team" in words] == ["Tell the team"]
    assert FIRST in seeker.open(seeker.page.links["End and erase"]).page.links
    assert "Tell the team" in seeker.open("/en/here/erase").page.links


def test_after_the_end_it_is_told_from_one_s_own_page(talking: Two, world: World) -> None:
    seeker, peer = talking
    peer.open(peer.page.links["End and erase"]).press("Yes, end and erase")

    seeker.open("/en/here").open(seeker.page.links["Tell the team"])
    seeker.press("Tell the team", {"what": "contact"})

    assert "It has arrived." in seeker.text
    assert categories(world) == [Category.CONTACT]
    assert "The team has looked at it." in seeker.open("/en/here/team").text


def test_who_does_not_look_at_a_conversation_that_lives_on_can_tell_for_as_long(
    app: Flask, world: World
) -> None:
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer, kind=RoomKind.LIVE)
    browser = Browser(app.test_client())
    alias = world.services.places.alias(seeker.visitor, room)
    for day in range(9):
        world.advance(22 * HOUR)
        world.services.rooms.say(world.again(peer), room, "Hello", once=str(day))
        cookie = world.services.places.sign_in(seeker.code, old_cookie=None)
        browser.client.set_cookie("stay", cookie)
        assert "Hello" in browser.open(f"/en/talk/{alias}").text

    (theirs,) = world.services.reports.of(seeker.visitor.own)
    assert theirs.until > world.now() + 7 * DAY
    (other,) = world.services.reports.of(peer.visitor.own)  # who has not looked at it
    assert abs(other.until - theirs.until) < HOUR


def test_one_s_own_page_says_so_where_there_is_nothing_to_tell(two: Two) -> None:
    for browser in two:
        assert "There is no conversation just now" in browser.open("/en/here/team").text


def test_a_seeker_who_is_looked_into_is_never_told_that_they_wait(talking: Two) -> None:
    seeker, peer = talking
    telling(peer).press(END, SERIOUS)

    seeker.open("/en/here").press("Look for someone again")

    assert "Nobody is suggested to you just now" in seeker.text
    assert "You are waiting" not in seeker.text
    assert "Check for news" in seeker.page.links
    assert "ticket" not in {name for form in seeker.page.forms for name in form.names}


def test_what_the_team_did_is_read_by_who_told_it_alone(talking: Two, world: World) -> None:
    seeker, peer = talking
    report = tell(world, who(seeker, world), _room(seeker, world))

    decide(world, report, Decision.WARN)

    assert "The team has acted on it." in seeker.open("/en/here/team").text
    assert "The team has acted" not in peer.open("/en/here/team").text
    assert "The team asks you for more care" in peer.open("/en/here").text
    assert "The team asks you" not in seeker.open("/en/here").text


def _room(browser: Browser, world: World) -> RoomId:
    return world.services.rooms.of(who(browser, world).visitor)[0]


def by_code(browser: Browser, code: str) -> Browser:
    """Go from the page for codes to the one on which the team is told."""
    ended = "Tell the team about a conversation that has ended"
    browser.open("/en/back").open(browser.page.links[ended])
    return browser.press("Go on", {"code": code})


def test_a_code_alone_is_enough_for_seven_days_after_the_end(
    somebody: Callable[[], Browser], world: World
) -> None:
    seeker, peer, later = somebody(), somebody(), somebody()
    code = meet(world, seeker, peer)
    begin_to_talk(seeker, peer)
    peer.open(peer.page.links["End and erase"]).press("Yes, end and erase")
    world.advance(5 * DAY)

    by_code(later, code).press("Tell the team", {"what": "sex"})

    assert "It has arrived." in later.text
    assert later.client.get_cookie("stay") is None
    assert categories(world) == [Category.SEX]
    assert "The team has looked at it." in by_code(later, code).text


@pytest.mark.parametrize("language", sorted(lists()))
def test_the_code_may_be_typed_in_words(
    somebody: Callable[[], Browser], world: World, language: str
) -> None:
    seeker, later = somebody(), somebody()
    code = meet(world, seeker, peer := somebody())
    begin_to_talk(seeker, peer)
    words = lists()[language].spelled(code)

    by_code(later, "\n".join(words[:-1]))
    assert "A code has 14 words, and these are 13." in later.text
    by_code(later, "\n".join(words)).press("Tell the team", SERIOUS)

    assert "It has arrived." in later.text


@pytest.mark.parametrize("path", ["/en/here/team", "/en/back/team"])
def test_a_button_pressed_twice_after_the_end_tells_once(
    path: str, somebody: Callable[[], Browser], world: World
) -> None:
    seeker, peer = somebody(), somebody()
    code = meet(world, seeker, peer)
    begin_to_talk(seeker, peer)
    seeker.open(path)
    if "back" in path:
        seeker.press("Go on", {"code": code})
    action, values = seeker.prepared("Tell the team", SERIOUS)

    answers = [seeker.client.post(action, data=values, follow_redirects=True) for _ in range(2)]

    assert ["It has arrived." in one.text for one in answers] == [True, True]
    assert categories(world) == [Category.THREAT]


def test_of_several_conversations_one_is_chosen(
    somebody: Callable[[], Browser], world: World
) -> None:
    seeker, first, later = (somebody() for _ in range(3))
    code = meet(world, seeker, first)
    begin_to_talk(seeker, first)
    first.open(first.page.links["End and erase"]).press("Yes, end and erase")
    world.advance(2 * DAY / 3)
    seeker.open("/en/back").press("Open", {"code": code}).press("Look for someone again")
    person = who(seeker, world)
    world.room(person, world.peer())

    by_code(later, code)
    assert later.press("Tell the team", SERIOUS).response.status_code == 422
    which = [one.id for one in world.services.reports.of(person.visitor.own)]
    later.press("Tell the team", {**SERIOUS, "which": which[0]})

    assert "It has arrived." in later.text
    assert len(which) == 2
    states = [one.state for one in world.services.reports.of(person.visitor.own)]
    assert [state is None for state in states] == [False, True]


def test_a_code_that_leads_to_nothing_looks_like_one_that_never_was(
    somebody: Callable[[], Browser], world: World
) -> None:
    person, browser = world.seeker(), somebody()
    tried = person.code, "0" * 28
    seen = [by_code(browser, code).text.replace(code, "") for code in tried]

    assert seen[0] == seen[1]
    assert "there is no conversation that the team can still be told about" in seen[0]
    assert browser.response.status_code == 422


def test_what_the_page_carries_opens_no_other_page_and_no_other_page_s_opens_this(
    somebody: Callable[[], Browser], app: Flask, world: World
) -> None:
    draft = somebody().open("/en/start").prepared("Go on")[1]["draft"]
    action, values = somebody().open("/en/back").prepared("Open")
    values["pass"], values["what"] = draft, "threat"

    answer = app.test_client().post("/en/back/team/send", data=values)

    assert action == "/en/back"
    assert answer.status_code == 410
    assert desk_of(world).waiting() == ()
