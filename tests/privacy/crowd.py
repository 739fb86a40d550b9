"""A crowd in a real store: people who come, come back, meet and leave over simulated days."""

from dataclasses import dataclass, field, replace
from secrets import token_bytes

import numpy as np
from redis import Redis

from matcher.domain.codes import Code
from matcher.domain.errors import MatcherError
from matcher.domain.invitation import Scope
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, Visitor
from matcher.domain.profile import Handle, PeerProfile, Profile, Role
from matcher.engine.population import draw
from matcher.store.clock import OFFSET_KEY
from matcher.store.rulebook import Rulebook
from matcher.store.vault import day_of
from tests.world import World
from worker.rounds import Rounds
from worker.wiring import ground_of

PEERS_IN = 4  # every fourth is a peer
USUAL = 1_460  # for so many the figures below are meant; more come faster, in the same days
QUIET_S = 240.0  # people come so often, on average
BUSY_S = 5.0  # and so often in the last hour
BUSY = 600  # so many come then
TOGETHER = 3  # so many come at one moment
ROUND_EVERY = 250

# Every lifetime shortens at once: one step, for a crowd moves on a thousand times.
_SHIFT = """
local cursor = '0'
repeat
  local found = redis.call('SCAN', cursor, 'COUNT', 1000)
  cursor = found[1]
  for _, key in ipairs(found[2]) do
    local left = redis.call('PTTL', key)
    if key ~= KEYS[1] and left >= 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
  end
until cursor == '0'
return redis.call('INCRBYFLOAT', KEYS[1], ARGV[1] / 1000)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the crowd, and everything that only they know."""

    code: Code
    seed: bytes
    profile: Profile
    handle: Handle


@dataclass(slots=True, kw_only=True)
class Crowd:
    """The crowd as it gathers; `cookies` are the newest sessions."""

    world: World
    redis: Redis
    rng: np.random.Generator
    members: list[Member] = field(default_factory=list)
    cookies: dict[Handle, str] = field(default_factory=dict)
    second_thoughts: list[Profile] = field(default_factory=list)

    def gather(self, count: int, *, seed: int) -> None:
        """Let so many people come, while others come back, meet and leave."""
        n_peers = count // PEERS_IN
        profiles = self._drawn(count - n_peers, n_peers, seed)
        self.second_thoughts = self._drawn(count, count, seed + 1)
        invitations = self.world.services.invitations.create(
            count=n_peers, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
        )
        left, pace = list(invitations), count / USUAL
        for nth, at in enumerate(self.rng.permutation(count).tolist()):
            if nth % TOGETHER == 0:
                self._pass_time((BUSY_S if nth > count - BUSY * pace else QUIET_S) / pace)
            self._join(profiles[at], left)
            self._somebody_comes_back()
            if nth % ROUND_EVERY == ROUND_EVERY - 1:
                self._meet(nth)

    def _drawn(self, n_seekers: int, n_peers: int, seed: int) -> list[Profile]:
        population = draw(n_seekers, n_peers, seed, needs=self.world.settings.needs)
        return [one.profile for side in (population.seekers, population.peers) for one in side]

    def _pass_time(self, each_s: float) -> None:
        millis = int(1_000 * self.rng.exponential(each_s * TOGETHER))
        self.redis.eval(_SHIFT, 1, OFFSET_KEY, millis)
        self.world.backing.vault.move_on(day_of(self.world.now()))

    def _join(self, profile: Profile, invitations: list[Code]) -> None:
        intake, seed = self.world.services.intake, token_bytes(32)
        if isinstance(profile, PeerProfile):
            admission = intake.admit_peer(profile, seed=seed, invitation=invitations.pop())
        else:
            admission = intake.admit_seeker(profile, seed=seed)
        visitor = self.world.services.places.visitor(admission.cookie)
        if visitor.role is Role.PEER:
            self.world.services.places.check_in(visitor, CheckIn.TODAY)
        self.cookies[visitor.handle] = admission.cookie
        self.members.append(
            Member(
                code=admission.code,
                seed=seed,
                profile=self.world.services.places.answers(visitor),
                handle=visitor.handle,
            )
        )

    def _somebody_comes_back(self) -> None:
        """Let somebody sign in with their code and do one of the things people do."""
        who = self.members[int(self.rng.integers(len(self.members)))]
        places, what = self.world.services.places, self.rng.random()
        if what > 0.5:
            return
        cookie = places.sign_in(who.code, old_cookie=None)
        visitor = places.visitor(cookie)
        self.cookies[who.handle] = cookie
        if what < 0.05:
            places.pause(visitor)
        elif what < 0.1:
            places.extend(visitor)
        elif what < 0.13 and visitor.role is Role.SEEKER:
            places.erase(visitor)
            self.members.remove(who)
        elif what < 0.25:
            self._think_again(who, visitor)
        elif visitor.role is Role.PEER:
            places.check_in(visitor, CheckIn.TODAY)

    def _think_again(self, who: Member, visitor: Visitor) -> None:
        """Let somebody say something else; a peer's counts later, and is kept until then."""
        kind = type(who.profile)
        at = next(at for at, one in enumerate(self.second_thoughts) if isinstance(one, kind))
        places = self.world.services.places
        places.change(visitor, self.second_thoughts.pop(at))
        said = replace(who, profile=places.answers(visitor))
        self.members[self.members.index(who)] = said

    def _meet(self, seed: int) -> None:
        """Run a round, and let most of those who are asked answer and write."""
        Rulebook(self.world.backing).publish(self.world.rules)
        Rounds(ground_of(self.world.backing)).run(seed=seed)
        for role in (Role.PEER, Role.SEEKER):
            for who in list(self.members):
                own = self.world.backing.secrets.code(who.code).own
                visitor = Visitor(
                    handle=who.handle, role=role, session_key="", code_key=None, own=own
                )
                is_of_role = isinstance(who.profile, PeerProfile) is (role is Role.PEER)
                if is_of_role and self.rng.random() < 0.6:
                    self._answer(visitor)

    def _answer(self, visitor: Visitor) -> None:
        services = self.world.services
        for offer in services.offers.open_for(visitor):
            try:
                room = services.offers.answer(visitor, offer.id, Reply.ACCEPTED)
            except MatcherError:
                continue
            if room:
                services.rooms.say(visitor, room, "hello", once="1")
                if self.rng.random() < 0.5:  # their next visit lets their code live longer
                    services.rooms.ask_for_more(visitor, room)


def gathered(world: World, redis: Redis, count: int, *, seed: int) -> Crowd:
    """Gather a crowd of about so many (some have left again)."""
    crowd = Crowd(world=world, redis=redis, rng=np.random.default_rng(seed))
    crowd.gather(count, seed=seed)
    return crowd
