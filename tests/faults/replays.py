"""What somebody still holds of the time before, and every way back it once led to."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from secrets import token_bytes

from matcher.domain.codes import Code
from matcher.domain.errors import MatcherError
from matcher.domain.invitation import Scope
from matcher.domain.profile import Handle
from matcher.store.clock import OFFSET_KEY
from tests.world import PEER, SEEKER, Person, World

REPLAYS = 1_000
AT_ONCE = 8


def lose_the_store(world: World) -> None:
    """Lose everything in the store, but not what time it is."""
    for key in list(world.redis.scan_iter(count=1000)):
        if key != OFFSET_KEY.encode():
            world.redis.delete(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """What somebody still has of the time before: all of it once led to their place."""

    handle: Handle
    seed: bytes
    invitation: Code | None
    cookie: str
    code: Code
    ticket: str


def comes(world: World, *, is_peer: bool) -> tuple[Old, Person]:
    """Let somebody come in, and keep everything that leads to their place."""
    services, seed, invitation = world.services, token_bytes(32), None
    if is_peer:
        (invitation,) = services.invitations.create(
            count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
        )
        admission = services.intake.admit_peer(PEER, seed=seed, invitation=invitation)
    else:
        admission = services.intake.admit_seeker(SEEKER, seed=seed)
    visitor = services.places.visitor(admission.cookie)
    old = Old(
        handle=visitor.handle,
        seed=seed,
        invitation=invitation,
        cookie=admission.cookie,
        code=admission.code,
        ticket=services.places.ticket(visitor),
    )
    return old, Person(code=admission.code, cookie=admission.cookie, visitor=visitor)


def _ways_back(world: World, old: Old) -> Iterator[Callable[[], object]]:
    """Name every way that once led to somebody's place."""
    services = world.services
    yield lambda: services.places.come_back(old.ticket)
    yield lambda: services.places.visitor(old.cookie)
    yield lambda: services.places.sign_in(old.code, old_cookie=None)
    if old.invitation is None:
        yield lambda: services.intake.admit_seeker(SEEKER, seed=old.seed)
    else:
        invitation = old.invitation
        yield lambda: services.intake.admit_peer(PEER, seed=old.seed, invitation=invitation)


def replay(world: World, old: Old, *, times: int) -> int:
    """Try every way back again and again, many at once; returns how often one led anywhere."""
    ways = list(_ways_back(world, old)) * times

    def tried(way: Callable[[], object]) -> bool:
        try:
            way()
        except MatcherError:
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sum(threads.map(tried, ways))
