"""What the console's own user of the store can reach: nothing that is kept of a person."""

from dataclasses import replace

import pytest
from redis import Redis
from redis.exceptions import NoPermissionError, ResponseError

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.extent import Arm
from matcher.domain.outcomes import Question
from matcher.domain.profile import Consent
from matcher.domain.trial import End
from matcher.local.acl import SUMS_SHOWN, Role
from matcher.store.keys import KINDS, kind_of
from matcher.store.statistics import EVERY
from matcher.store.trials import TrialSums
from tests.coordinating import Holder, join
from tests.counting import end_a_week
from tests.servers import Running
from tests.world import SEEKER, World

SUMS = {f"stats:{kind}:" for kind in SUMS_SHOWN}
COUNTED = replace(SEEKER, consent=Consent(matching=True, statistics=True))
SEALED = {"note:", "notes", "report:", "reports", "decided", "suspended"}
OF_PREVIEWS = {"stats:wanted:", "stats:answer:"}
OF_COORDINATORS = {"desk:", "desk-of:", "lim:", "used:", "i:", "notice:", "stats:rules"}
REACHES = OF_COORDINATORS | OF_PREVIEWS | SEALED | SUMS
"""What the console may read and change; nothing of a person is ever among it."""

OTHERS = sorted({kind.name for kind in KINDS} - REACHES)
READING = ("GET", "HGETALL", "HGET", "HMGET", "EXISTS", "PTTL", "DEL")
OF_A_FIELD = {"HGET", "HMGET"}
GO_THROUGH = "return redis.call('EXISTS', KEYS[1] .. ARGV[1])"


def allowed(client: Redis, *words: str) -> bool:
    """Say whether a command was let through, whatever it then found."""
    try:
        client.execute_command(*words)
    except NoPermissionError:
        return False
    except ResponseError as error:
        return "permission" not in str(error).lower()
    return True


def test_no_key_of_a_person_can_be_read_by_the_console(
    console: ConsoleServices, world: World, store: Running
) -> None:
    end_a_week(world)
    world.room(world.seeker(COUNTED), world.peer())
    world.seeker()
    join(console, Holder(name="Ana"))
    held = {key: kind_of(key) for key in map(bytes.decode, world.redis.scan_iter())}

    with Redis.from_url(store.url(Role.CONSOLE)) as client:
        reached = {
            kind.name
            for key, kind in held.items()
            for word in READING
            if kind and allowed(client, word, key, *(["x"] if word in OF_A_FIELD else []))
        }
    store.forgive()

    seen = {kind.name for kind in held.values() if kind}
    assert {"h:", "p:", "r:", "w", "stats:open:"} <= seen
    assert reached == {"desk:", "desk-of:", "i:", "stats:rules"} | (SUMS & seen)
    assert SUMS - seen == {"stats:standing:"}


def test_what_grows_is_never_where_the_console_reads(world: World) -> None:
    """Else a console that is taken over would see by how much each who comes raises what."""
    end_a_week(world)
    before = shown(world)

    world.bucket = 5
    told = world.seeker(COUNTED)
    world.services.rooms.end(told.visitor, world.room(told, world.peer()))
    (talk,) = world.services.outcomes.untold(told.visitor)
    world.services.outcomes.tell(told.visitor, talk, {Question.HELPED: "yes"})
    world.services.taps.call_bad(world.settings.services[0].id, once="a form's token")
    TrialSums(world.backing, 1).add(Arm.LIVE, End.LEFT, COUNTED, now=world.now())

    assert shown(world) == before
    growing = {key for key in world.key_names() if ":stats:open:" in key}
    assert len(growing) == len(EVERY)


def shown(world: World) -> dict[str, object]:
    """Read all sums that may be shown."""
    names = [key for key in world.key_names() if any(f"}}:{kind}" in key for kind in SUMS)]
    return {name: world.redis.hgetall(name) for name in names}


@pytest.mark.parametrize("kind", OTHERS)
def test_not_even_a_step_reaches_a_person_for_the_console(kind: str, store: Running) -> None:
    with Redis.from_url(store.url(Role.CONSOLE)) as client:
        sha = client.execute_command("SCRIPT LOAD", GO_THROUGH)
        own = allowed(client, "EVALSHA", sha, "1", "{main}:", "desk:x")
        other = allowed(client, "EVALSHA", sha, "1", "{main}:", f"{kind}x")
    store.forgive()

    assert (own, other) == (True, False)
