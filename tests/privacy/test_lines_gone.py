"""Promise 2, of lines that somebody showed the team: gone means gone."""

from matcher.store.reports import LINES
from tests.privacy.test_gone import day_keys, opens
from tests.telling import converse, tell
from tests.world import World


def test_lines_shown_to_the_team_open_with_no_key_that_the_vault_still_gives(
    world: World,
) -> None:
    seeker = world.seeker()
    room = converse(world, seeker, world.peer(), ["Tell me your name."])
    name = world.backing.keys("report:", tell(world, seeker, room, places=[0]))
    sealed = world.backing.store.command("HGET", name, LINES)
    context = f"{LINES} {name}".encode()
    path = world.settings.folders.vault / "vault"
    assert [key for key in day_keys(path.read_bytes()) if opens(key, sealed, context)]

    world.advance(world.settings.lifetimes.report)

    assert not world.redis.exists(name)
    assert not [key for key in day_keys(path.read_bytes()) if opens(key, sealed, context)]
