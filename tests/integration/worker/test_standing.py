"""Who waits and who is there: counted after noon, covered, the same until the next count."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from matcher.domain.profile import Consent, Experience, Lived
from matcher.settings.load import load
from matcher.store.standing import EVERY, Standing as Store
from matcher.store.tallies import cells_of
from tests.lifetimes import check_store
from tests.world import GRIEF, LONELY, PEER, SEEKER, World
from worker.standing import HOUR, Standing

DAY = timedelta(days=1)
COUNTED = replace(SEEKER, consent=Consent(matching=True, statistics=True))


@pytest.fixture
def clear(environ: dict[str, str], world: World) -> World:
    """Yield a world at noon with so little noise that none is seen."""
    settings = load(environ)
    statistics = msgspec.structs.replace(settings.statistics, epsilon=1000.0)
    found = World(replace(settings, statistics=statistics), world.redis)
    found.begin(EVERY * DAY)
    found.advance(timedelta(hours=HOUR))
    return found


def test_counts_are_covered_and_stay_until_the_next_ones(clear: World) -> None:
    for _ in range(40):
        clear.seeker(COUNTED)
    for _ in range(30):
        clear.peer()
    standing = Standing(clear.backing)

    assert standing.take(clear.rules, now=clear.now())
    assert not standing.take(clear.rules, now=clear.now() + DAY)

    ((_, tables),) = Store(clear.backing).lately(clear.now(), 1)
    assert all(
        count is None or (count >= 15 and count % 5 == 0)
        for table in tables.values()
        for count in table.values()
    )
    assert set(tables["asking"]) == {*(n.id for n in clear.settings.needs.all), "all"}
    assert tables["asking"][LONELY] == 40
    assert tables["giving"][LONELY] == 30
    assert tables["giving"][GRIEF] is None
    check_store(clear.redis, clear.settings)
    clear.advance(EVERY * DAY)
    assert standing.take(clear.rules, now=clear.now())


def test_no_secret_of_ours_draws_the_same_noise_again(world: World) -> None:
    world.begin(EVERY * DAY)
    world.advance(timedelta(hours=HOUR))
    for _ in range(40):
        world.seeker(COUNTED)
    now, standing = world.now(), Standing(world.backing)
    found = []
    for _ in range(8):
        assert standing.take(world.rules, now=now)
        found.append(Store(world.backing).lately(now, 1))
        world.redis.delete(*world.redis.scan_iter("*stats:standing:*"))

    assert any(one != found[0] for one in found)


def test_nothing_is_counted_in_the_night(clear: World) -> None:
    clear.advance(timedelta(hours=24 - HOUR))

    assert not Standing(clear.backing).take(clear.rules, now=clear.now())


def test_true_counts_are_of_seekers_who_agreed_and_of_peers_who_may_be_asked(
    clear: World,
) -> None:
    trained = next(need.id for need in clear.settings.needs.all if need.formal_first)
    lived = {need: Experience(lived=Lived.VERY) for need in (LONELY, GRIEF, trained)}
    clear.seeker(COUNTED)
    clear.seeker()
    clear.peer(replace(PEER, lived=lived, never=frozenset({GRIEF})))
    clear.peer(replace(PEER, lived={LONELY: Experience(lived=Lived.NOT_AT_ALL)}))

    counts = Standing(clear.backing).counts(clear.rules, now=clear.now())

    assert {need: n for need, n in counts.seekers["asking"].items() if n} == {
        LONELY: 1,
        GRIEF: 1,
    }
    assert counts.seekers["asking-language"]["en"] == 1
    assert counts.seekers["waiting"]["hours"] == 1
    assert {need: n for need, n in counts.peers["giving"].items() if n} == {LONELY: 1}
    assert counts.peers["peers"] == {"free": 2, "busy": 0}
    languages = cells_of(clear.settings).languages
    assert set(counts.peers["giving-language"]) == {*languages, "several"}
