"""What two people see of each other, from a suggestion to the end of their conversation."""

from collections.abc import Iterator
from dataclasses import replace

from tests.looks.of_peers import invited
from tests.looks.visitor import Ground, Visitor
from tests.web.people import come_in_as_peer, come_in_as_seeker, who
from tests.world import CARD

Seen = Iterator[tuple[str, Visitor]]

LONG = (
    "I know that feeling. It took me a year to tell anybody, and then it was my aunt, "
    "over the dishes.\nShe only said: pass me the next plate."
)
QUESTIONS = "How was your conversation? A few questions, if you like"


def two_people(ground: Ground) -> Seen:
    """Suggest two people to each other, and let them talk."""
    seeker, peer = ground.somebody(), ground.somebody()
    come_in_as_seeker(seeker)
    come_in_as_peer(peer, invited(ground))
    peer.press("I am around today")
    ground.world.propose(who(seeker, ground.world), who(peer, ground.world))
    yield from _suggested(seeker, peer)
    yield from _talking(seeker, peer)
    yield from _ended(seeker, peer)


def unseen(ground: Ground) -> Seen:
    """Suggest two people to each other of whom nothing is shown, as it would fit too few."""
    seeker, peer = ground.somebody(), ground.somebody()
    come_in_as_seeker(seeker)
    come_in_as_peer(peer, invited(ground))
    peer.press("I am around today")
    bare = replace(CARD, needs=(), languages=frozenset())
    ground.world.propose(who(seeker, ground.world), who(peer, ground.world), card=bare)
    yield "peer-asked-unseen", peer.open("/en/here")


def _suggested(seeker: Visitor, peer: Visitor) -> Seen:
    yield "peer-asked", peer.open("/en/here")
    yield "peer-said-yes", peer.press("Yes, I can")
    yield "seeker-asked", seeker.open("/en/here")
    yield "seeker-said-yes", seeker.press("Yes, talk with them")


def _talking(seeker: Visitor, peer: Visitor) -> Seen:
    yield "seeker-talking", seeker.open("/en/here")
    yield "peer-talking", peer.open("/en/here")
    peer.open(peer.page.links["Open the conversation"])
    yield "talk-peer-empty", peer
    peer.press("Send", {"text": "Hello. I am here, take your time."})
    seeker.open("/en/here").open(seeker.page.links["Open the conversation"])
    seeker.press("Send", {"text": "Hi. I do not know how to begin \u2026"})
    seeker.press("Ask for more time")
    peer.press("Send", {"text": LONG})
    yield "talk-seeker", seeker.open(seeker.response.request.path)
    yield "talk-peer", peer
    yield "talk-seeker-wrong", seeker.press("Send", {"text": " "})


def _ended(seeker: Visitor, peer: Visitor) -> Seen:
    yield "talk-end", peer.open(peer.page.links["End and erase"])
    peer.press("Yes, end and erase")
    for name, one in (("seeker", seeker), ("peer", peer)):
        yield f"{name}-ended", one.open("/en/here")
        yield f"{name}-after", one.open(one.page.links[QUESTIONS])
        action, values = one.prepared("Add my answers")
        sent = {**values.to_dict(), "helped": "no", "safe": "?", "tossed": "yes"}
        yield f"{name}-after-wrong", one.post(action, sent)
