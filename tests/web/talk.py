"""Two people who talk, and the page on which the one tells the team about the other."""

from matcher.domain.lines import Line
from matcher.domain.place import Visitor
from matcher.domain.room import RoomId
from tests.telling import desk_of
from tests.web.browsing import Browser
from tests.web.people import Two, who
from tests.world import World


class Talk:
    """A seeker and a peer in their conversation."""

    def __init__(self, two: Two, world: World) -> None:
        self.seeker, self.peer = two
        self.world = world
        self._visitors = (self._visitor(self.peer), self._visitor(self.seeker))
        self.room: RoomId = world.services.rooms.of(self._visitors[0])[0]
        self.said = 0

    def say(self, *texts: str) -> None:
        """Let the two say these in turns, the peer first."""
        for text in texts:
            speaker, once = self._visitors[self.said % 2], str(self.said)
            self.world.services.rooms.say(speaker, self.room, text, once=once)
            self.said += 1

    def telling(self, language: str = "en") -> Browser:
        """Go to where the seeker tells the team."""
        alias = self.world.services.places.alias(self._visitors[1], self.room)
        return self.seeker.open(f"/{language}/talk/{alias}/team")

    def shown(self) -> tuple[Line, ...]:
        """Open the one report there is, and read its lines."""
        desk = desk_of(self.world)
        (waiting,) = desk.waiting()
        return desk.open(waiting.id).lines

    def is_told(self) -> bool:
        """Say whether any report waits."""
        return bool(desk_of(self.world).waiting())

    def _visitor(self, browser: Browser) -> Visitor:
        return who(browser, self.world).visitor
