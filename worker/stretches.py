"""Begins the sums of every stretch with their noise, whether or not anybody is counted in it.

Sums that began with the first who was counted would tell by being there that somebody was, and
what is read of them would be noised by how many stretches had anybody. Not so of suggestions'
days and of trials: of those, days without anything are told as such.
"""

from datetime import datetime

from matcher.state.cards import Cards
from matcher.state.directory import Directory
from matcher.store.backing import Backing
from matcher.store.talked import Talked
from matcher.store.tallies import Tallies
from matcher.store.taps import Taps
from matcher.store.waits import Waits


class Stretches:
    """The sums of one pool that begin by themselves."""

    def __init__(self, backing: Backing) -> None:
        services, partners = Directory(backing.settings).ever, Cards(backing.settings).ever
        self._all = (
            Tallies(backing),
            Talked(backing),
            Waits(backing),
            Taps(backing, services, partners),
        )

    def begin(self, now: datetime) -> None:
        """Let sums of now be there; safe to do again and again."""
        for one in self._all:
            one.begin(now=now)
