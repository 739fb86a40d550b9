"""What people sent to the team, and what the team tells or hands out: nobody is named."""

from tests.looks.console.ground import Ground, Seen
from tests.looks.of_the_team import SAID as WRITTEN
from tests.looks.visitor import Visitor
from tests.telling import converse, tell
from tests.web.browsing import Given

PUT_UP, MAKE = "Put it up", "Make the cards"
CARDS: Given = {"purpose": "spring training", "count": "2", "trained": ["identity/outed"]}
MANY: Given = {"purpose": "for the young", "count": "2", "scope": ["youth"]}
SAID: Given = {"says-en": "We are few on Friday.", "says-ar": "يكون عددنا قليلًا يوم الجمعة."}


def reports(ground: Ground, one: Visitor) -> Seen:
    """Open reports, and suspend somebody."""
    yield "reports-empty", one.open("/en/reports")
    seeker = ground.world.seeker()
    room = converse(ground.world, seeker, ground.world.peer(), WRITTEN)
    tell(ground.world, seeker, room, places=range(len(WRITTEN)))
    yield "report-lines", one.open("/en/reports").press("Open it")
    one.press("Let it go")
    for _ in range(2):
        seeker = ground.world.seeker()
        tell(ground.world, seeker, ground.world.room(seeker, ground.world.peer()))
    yield "reports", one.open("/en/reports")
    yield "report", one.press("Open it")
    one.press("Suspend them")
    yield "reports-suspended", one.open("/en/reports")
    one.press("Ask to undo it")


def notes(ground: Ground, one: Visitor) -> Seen:
    """Open a note, and answer nothing."""
    yield "notes-empty", one.open("/en/notes")
    peer = ground.world.peer(how=None)
    ground.world.services.notes.write(peer.visitor, "How do I end a talk kindly?")
    yield "notes", one.open("/en/notes")
    yield "notes-open", one.press("Open the notes")
    yield "notes-open-wrong", one.press("Send the answer", {"text": ""})


def notices(_: Ground, one: Visitor) -> Seen:
    """Write a notice, wrongly and rightly."""
    yield "notices-empty", one.open("/en/notices")
    yield "notices-wrong", one.press(PUT_UP)
    one.open("/en/notices").press(PUT_UP, SAID)
    yield "notices", one


def cards(_: Ground, one: Visitor) -> Seen:
    """Make invitations."""
    yield "invitations-empty", one.open("/en/invitations")
    yield "invitations-wrong", one.press(MAKE, {"count": "many"})
    yield "cards", one.open("/en/invitations").press(MAKE, CARDS)
    one.open("/en/invitations").press(MAKE, MANY)
    yield "invitations", one.open("/en/invitations")
