"""A peer who asks coordinators, for tests that need all there is."""

from matcher.bootstrap.desks import note_desk
from tests.world import World


def ask_coordinators(world: World) -> None:
    """Let a peer ask twice, and a coordinator answer once."""
    peer = world.peer(how=None)
    for words in ("one", "two"):
        world.services.notes.write(peer.visitor, words)
    desk = note_desk(world.settings)
    desk.answer(desk.waiting()[0].id, "an answer")
