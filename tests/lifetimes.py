"""The check that ends every test on the store: each key has a lifetime, not too long a one."""

from datetime import timedelta

from redis import Redis

from matcher.settings.model import Settings
from matcher.store.clock import OFFSET_KEY
from matcher.store.keys import KINDS, Keys

GONE = -2  # it ended between the two looks
SLACK = timedelta(minutes=2)  # deadlines end on whole minutes


def check(redis: Redis, settings: Settings) -> None:
    """Fail where a key is unknown, has no lifetime, or lives longer than its kind may."""
    prefix = Keys(settings.pool).prefix
    for raw in redis.scan_iter(count=1000):
        key = raw.decode()
        if key == OFFSET_KEY:
            continue
        millis = redis.pttl(raw)
        if millis == GONE:
            continue
        left = timedelta(milliseconds=millis)
        name = key.removeprefix(prefix)
        kinds = [kind for kind in KINDS if name == kind.name or _is_under(name, kind.name)]
        assert kinds, f"no kind is declared for {key}"
        assert left > timedelta(0), f"{kinds[0].name} has no lifetime"
        longest = kinds[0].longest(settings) + SLACK
        assert left <= longest, f"{kinds[0].name} lives {left}, longer than {longest}"


def _is_under(name: str, kind: str) -> bool:
    return kind.endswith(":") and name.startswith(kind)
