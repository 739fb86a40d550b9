"""What should become of people, in plain Python: the model that the store is held against."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from matcher.domain.offer import Reply
from matcher.domain.rules import Rules
from matcher.store.clock import rounded_up

FOR_EVER = datetime.max.replace(tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
RATION = timedelta(minutes=10)


@dataclass(slots=True, kw_only=True)
class Seeker:
    """A seeker: "open", "paused", "talking" or "ended"."""

    name: int
    until: datetime
    stay: datetime
    last_end: datetime
    state: str = "open"
    offer: "Offer | None" = None
    room: "Room | None" = None
    barred: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    holds: dict[str, datetime] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Peer:
    """A peer: "open" or "paused", with what they carry."""

    name: int
    capacity: int
    until: datetime
    stay: datetime
    state: str = "open"
    here_until: datetime
    missed: int = 0
    asked_at: list[datetime] = field(default_factory=list)
    offers: list["Offer"] = field(default_factory=list)
    rooms: list["Room"] = field(default_factory=list)
    holds: dict[str, datetime] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True, eq=False)
class Offer:
    """An open offer."""

    seeker: Seeker
    peer: Peer
    deadline: datetime
    lasts: timedelta
    barred_before: tuple[datetime, int] | None = None
    peer_said: Reply = Reply.WAITING


@dataclass(slots=True, kw_only=True, eq=False)
class Room:
    """An open room; `silent` is when the peer has to have written by."""

    seeker: Seeker
    peer: Peer
    until: datetime
    silent: datetime | None


def is_held(who: Seeker | Peer, now: datetime) -> bool:
    """Tell whether the team holds somebody."""
    return any(until > now for until in who.holds.values())


class Model:
    """Everybody, and every transition, as the design describes them."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.seekers: dict[int, Seeker] = {}
        self.peers: dict[int, Peer] = {}

    def may_be_offered(self, seeker: Seeker, now: datetime) -> bool:
        """Tell whether a seeker waits without an open offer."""
        is_open = seeker.state == "open" and seeker.until > now and seeker.offer is None
        return is_open and not is_held(seeker, now)

    def may_be_asked(self, peer: Peer, now: datetime) -> bool:
        """Tell whether a peer is there and has room."""
        is_here = peer.state == "open" and peer.until > now and peer.here_until > now
        return is_here and not is_held(peer, now) and self._refusal_of_load(peer, now) is None

    def outcome(self, seeker: Seeker, peer: Peer, now: datetime) -> str:
        """Say what becomes of a proposal; the order is that of the step in the store."""
        if seeker.state != "open" or seeker.until <= now:
            return "seeker"
        if seeker.offer is not None:
            return "lease"
        if peer.state != "open" or peer.until <= now:
            return "peer"
        if is_held(seeker, now) or is_held(peer, now):
            return "held"
        if peer.here_until <= now:
            return "away"
        barred = self._refusal_of_pair(seeker, peer, now)
        return barred or self._refusal_of_load(peer, now) or "offered"

    def offer(self, seeker: Seeker, peer: Peer, deadline: datetime, lasts: timedelta) -> Offer:
        """Write an offer down."""
        asked_at, asked_until = deadline - lasts, deadline
        deadline = min(deadline, seeker.until, peer.until)
        made = Offer(seeker=seeker, peer=peer, deadline=deadline, lasts=lasts)
        seeker.offer = made
        peer.offers.append(made)
        peer.missed += 1
        peer.asked_at.append(asked_at)
        made.barred_before = seeker.barred.get(peer.name)
        times = made.barred_before[1] if made.barred_before else 0
        seeker.barred[peer.name] = (asked_until + self.rules.offers.repeat_after, times + 1)
        return made

    def peer_accepts(self, offer: Offer, now: datetime, stay: datetime) -> None:
        """Give the seeker as long as the peer had; the peer stays for a room."""
        if offer.peer_said is Reply.WAITING:
            offer.peer_said = Reply.ACCEPTED
            offer.deadline = min(rounded_up(now + offer.lasts, MINUTE), offer.seeker.until)
            self.forget_missed(offer.peer)
        offer.peer.stay = max(offer.peer.stay, stay)

    def seeker_accepts(self, offer: Offer, room: Room) -> None:
        """Open a room: both said yes."""
        self._drop(offer)
        seeker, peer = offer.seeker, offer.peer
        seeker.state, seeker.room = "talking", room
        seeker.barred[peer.name] = (FOR_EVER, 1)
        peer.rooms.append(room)

    def decline(self, offer: Offer, *, by_peer: bool) -> None:
        """Offer this pair never again."""
        offer.seeker.barred[offer.peer.name] = (FOR_EVER, 1)
        self._drop(offer)
        if by_peer:
            self.forget_missed(offer.peer)

    def hand_back(self, offer: Offer) -> None:
        """Let a peer out of an offer; the pair waits like one that let it pass."""
        self._drop(offer)
        self.forget_missed(offer.peer)

    def withdraw(self, offer: Offer, *, by_peer: bool = False) -> None:
        """Take an offer back; it is nobody's fault, but a peer's pair waits before another."""
        if offer.peer_said is Reply.WAITING:
            offer.peer.missed = max(0, offer.peer.missed - 1)
        if by_peer:
            pass  # the mark of the offer stays
        elif offer.barred_before is None:
            del offer.seeker.barred[offer.peer.name]
        else:
            offer.seeker.barred[offer.peer.name] = offer.barred_before
        self._drop(offer)

    def hold(self, who: Seeker | Peer, report: str, until: datetime) -> None:
        """Suggest nobody to somebody until then, and take back what is suggested."""
        self.withdraw_all(who)
        who.holds[report] = until

    def pause(self, who: Seeker | Peer) -> None:
        """Take back every open offer, and suggest nobody."""
        self.withdraw_all(who, by_peer=isinstance(who, Peer))
        who.state = "paused"

    def withdraw_all(self, who: Seeker | Peer, *, by_peer: bool = False) -> None:
        """Take back every open offer of one person."""
        offers = [who.offer] if isinstance(who, Seeker) else list(who.offers)
        for offer in offers:
            if offer is not None:
                self.withdraw(offer, by_peer=by_peer)

    def end_room(self, room: Room, gone: datetime) -> None:
        """End a room for both; the seeker's answers go a day later."""
        self.leave_room(room)
        room.seeker.state = "ended"
        room.seeker.until = room.seeker.stay = gone

    def return_to_waiting(self, room: Room, now: datetime) -> None:
        """Let a seeker wait again: the peer never wrote, or handed it back."""
        self.leave_room(room)
        seeker = room.seeker
        seeker.state = "open"
        later = max(seeker.until, min(seeker.stay, seeker.last_end), now + DAY)
        seeker.until = seeker.stay = min(later, seeker.stay)

    def leave_room(self, room: Room) -> None:
        """Take a room from both."""
        room.seeker.room = None
        room.peer.rooms = [other for other in room.peer.rooms if other is not room]

    def pass_time(self, now: datetime) -> None:
        """Let everything end that ends by itself."""
        for seeker in list(self.seekers.values()):
            if seeker.offer is not None and seeker.offer.deadline <= now:
                self._drop(seeker.offer)
            room = seeker.room
            if room is not None and room.silent is not None and room.silent <= now:
                self.return_to_waiting(room, now)
            elif room is not None and room.until <= now:
                self.leave_room(room)
                seeker.state = "ended"
            if seeker.stay <= now:
                self.forget_seeker(seeker)
        for peer in list(self.peers.values()):
            if peer.stay <= now:
                self.forget_peer(peer)

    def forget_seeker(self, seeker: Seeker) -> None:
        """Leave nothing of somebody."""
        self.withdraw_all(seeker)
        del self.seekers[seeker.name]

    def forget_peer(self, peer: Peer) -> None:
        """Leave nothing of somebody."""
        self.withdraw_all(peer)
        del self.peers[peer.name]

    def load(self, peer: Peer) -> int:
        """Count what a peer carries."""
        return len(peer.offers) + len(peer.rooms)

    def forget_missed(self, peer: Peer) -> None:
        """Forget what a peer let pass, but not what is still to be answered."""
        peer.missed = self._unanswered(peer)

    def _unanswered(self, peer: Peer) -> int:
        return sum(offer.peer_said is Reply.WAITING for offer in peer.offers)

    def _refusal_of_pair(self, seeker: Seeker, peer: Peer, now: datetime) -> str | None:
        until, times = seeker.barred.get(peer.name, (now, 0))
        return "again" if until > now or times > self.rules.offers.repeats else None

    def _refusal_of_load(self, peer: Peer, now: datetime) -> str | None:
        if self.load(peer) >= min(peer.capacity, self.rules.peers.capacity_ceiling):
            return "capacity"
        today = sum(rounded_up(asked + DAY, RATION) > now for asked in peer.asked_at)
        if today >= self.rules.offers.a_day:
            return "ration"
        if peer.missed - self._unanswered(peer) >= self.rules.peers.missed_before_pause:
            return "missed"
        return None

    def _drop(self, offer: Offer) -> None:
        offer.seeker.offer = None
        offer.peer.offers = [other for other in offer.peer.offers if other is not offer]
