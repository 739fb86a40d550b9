"""Tickets that were spent on one machine are void on every other, also after a loss."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.local.vault import bundle
from matcher.store.mirror import SpentMirror
from matcher.store.spent import SpentList, opens_since
from tests.faults.replays import REPLAYS, comes, lose_the_store, replay
from tests.world import World


@pytest.fixture
def elsewhere(world: World, tmp_path: Path) -> World:
    """Yield another machine: the same store, and the vault as it stood when it was carried."""
    folder = tmp_path / "elsewhere"
    world.seeker()  # so that there is a vault
    bundle.install(bundle.read(world.settings.folders.vault), folder, replaces=False)
    folders = replace(world.settings.folders, vault=folder)
    return World(replace(world.settings, folders=folders), world.redis)


def test_a_ticket_that_was_spent_here_is_void_elsewhere(world: World, elsewhere: World) -> None:
    old, who = comes(world, is_peer=False)
    world.services.places.erase(who.visitor)

    assert replay(elsewhere, old, times=REPLAYS // 8) == 0


@pytest.mark.parametrize("has_heard", [True, False])
def test_a_ticket_that_was_spent_here_is_void_elsewhere_after_a_loss_of_the_store(
    world: World, elsewhere: World, *, has_heard: bool
) -> None:
    old, who = comes(world, is_peer=False)
    kept, stays = comes(world, is_peer=False)
    world.services.places.erase(who.visitor)
    heard, tells = SpentMirror(elsewhere.backing), SpentMirror(world.backing)

    if has_heard:
        heard.act(world.now())
    lose_the_store(world)
    if not has_heard:
        tells.act(world.now())
    back = replay(elsewhere, old, times=REPLAYS // 8)

    assert back == 0
    assert elsewhere.services.places.come_back(kept.ticket)
    assert elsewhere.waiting() == [stays.visitor.handle]


def test_lists_of_two_machines_come_to_hold_the_same_and_then_rest(
    world: World, elsewhere: World
) -> None:
    mirrors = [SpentMirror(each.backing) for each in (world, elsewhere)]
    folders = [each.settings.folders.vault for each in (world, elsewhere)]
    for each in (world, elsewhere):
        each.services.places.erase(each.seeker().visitor)
        each.services.places.pause(each.seeker().visitor)

    for mirror in (*mirrors, *mirrors):
        mirror.act(world.now())
    marks = [SpentList(folder).marks() for folder in folders]
    files = [inodes(folder) for folder in folders]
    for mirror in mirrors:
        mirror.act(world.now())

    assert marks[0].keys() == marks[1].keys()
    assert len(marks[0]) == 6  # of each machine two of who left for good, and one of who paused
    assert [inodes(folder) for folder in folders] == files


def test_what_no_ticket_can_hold_any_more_goes_though_nobody_adds_to_the_list(
    world: World,
) -> None:
    world.services.places.erase(world.seeker().visitor)
    own = SpentList(world.settings.folders.vault)
    ended = opens_since(world.backing.vault) - timedelta(seconds=1)
    own.merge("".join(f"old-{n} {ended.timestamp():.0f}\n" for n in range(100)))

    SpentMirror(world.backing).act(world.now())

    assert len(own.marks()) == 2  # of who left for good


def inodes(folder: Path) -> dict[str, int]:
    """Name the files of a list; one that was written anew is another."""
    return {path.name: path.stat().st_ino for path in folder.glob("spent-*")}
