"""How somebody tells the team, what becomes of it, and what the other person reads of it."""

from collections.abc import Iterator
from dataclasses import replace

from matcher.domain.codes import Code
from matcher.domain.lines import MOST_LINES
from matcher.domain.report import Decision
from matcher.web.public.talk.lines import LISTED
from tests.looks.visitor import Ground, Visitor
from tests.telling import carry_out, desk_of
from tests.web.browsing import Given
from tests.web.people import begin_to_talk, come_in_as_seeker, meet, who
from tests.world import PEER

Seen = Iterator[tuple[str, Visitor]]

TELL, STAY, END = "Tell the team", "Tell the team and stay", "Tell the team and end it"
SAID = (
    "You can tell me. What is your name, and which school is it?",
    "وأنا أيضًا، ما اسم المدينة؟",
    "W" * 300,
    "Please do not ask me that. " * 20,
)
"""What is written before somebody tells the team: short, in Arabic, unbroken and long."""

UNKIND: Given = {"what": "unkind"}
THREAT: Given = {"what": "threat"}


def telling(ground: Ground) -> Seen:
    """Let people tell the team while they talk and afterwards, and the team act."""
    code, seeker, peer = _two(ground)
    yield from _while_they_talk(seeker, peer)
    yield from _showing(ground)
    yield from _by_code(ground.somebody(), code)
    yield from _of_several(ground)
    yield from _acted(ground, seeker, peer)
    yield from _held(ground)


def _two(ground: Ground) -> tuple[Code, Visitor, Visitor]:
    seeker, peer = ground.somebody(), ground.somebody()
    code = meet(ground.world, seeker, peer)
    begin_to_talk(seeker, peer)
    return code, seeker, peer


def _while_they_talk(seeker: Visitor, peer: Visitor) -> Seen:
    yield "talk-team", peer.open(peer.page.links[TELL])
    yield "talk-team-wrong", peer.press(STAY)
    yield "talk-team-told", peer.press(STAY, UNKIND)
    yield "here-team", seeker.open("/en/here/team")
    yield "here-team-wrong", seeker.press(TELL)


def _showing(ground: Ground) -> Seen:
    """Let somebody show the team messages, too many of them, in a room that is long."""
    _, seeker, peer = _two(ground)
    for words in SAID:
        seeker.press("Send", {"text": words})
    yield "talk-team-lines", seeker.open(seeker.page.links[TELL])
    for nth in range(LISTED):
        person = who(peer, ground.world)
        (room,) = ground.world.services.rooms.of(person.visitor)
        words = f"{nth + 1}. {SAID[nth % len(SAID)]}"
        ground.world.services.rooms.say(person.visitor, room, words, once=str(nth))
    yield "talk-team-lines-many", seeker.open(seeker.response.request.path)
    many = [str(LISTED - nth) for nth in range(MOST_LINES + 1)]
    yield "talk-team-lines-wrong", seeker.press(STAY, {"lines": many})


def _by_code(one: Visitor, code: Code) -> Seen:
    yield "back-team", one.open("/en/back/team")
    yield "back-team-wrong", one.press("Go on", {"code": "0" * 28})
    yield "back-team-known", one.press("Go on", {"code": code})
    yield "back-team-known-wrong", one.press(TELL)
    yield "back-team-told", one.press(TELL, UNKIND)


def _of_several(ground: Ground) -> Seen:
    peer, one = ground.world.peer(replace(PEER, capacity=2)), ground.somebody()
    for _ in range(2):
        ground.world.room(ground.world.seeker(), peer)
    yield "back-team-several", one.open("/en/back/team").press("Go on", {"code": peer.code})
    yield "back-team-several-wrong", one.press(TELL)


def _acted(ground: Ground, seeker: Visitor, peer: Visitor) -> Seen:
    desk = desk_of(ground.world)
    for waiting in desk.waiting():
        desk.decide(waiting.id, Decision.WARN)
    carry_out(ground.world)
    yield "here-team-acted", seeker.open("/en/here/team")
    yield "peer-warned", peer.open("/en/here")
    seeker.open("/en/here").open(seeker.page.links["Open the conversation"])
    seeker.open(seeker.page.links["End and erase"]).press("Yes, end and erase")
    yield "seeker-warned", seeker.press("Look for someone again")


def _held(ground: Ground) -> Seen:
    _, seeker, peer = _two(ground)
    peer.open(peer.page.links[TELL]).press(STAY, THREAT)
    yield "here-team-told", seeker.open(seeker.page.links[TELL]).press(END, THREAT)
    yield "peer-held", peer.open("/en/here")
    yield "seeker-held", seeker.open("/en/here").press("Look for someone again")
    alone = ground.somebody()
    come_in_as_seeker(alone)
    yield "here-team-nothing", alone.open("/en/here/team")
