"""Changing partners' cards, killed at each line of it: they are whole, old or new."""

import os
from datetime import UTC, datetime
from pathlib import Path

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.settings.load import load
from matcher.settings.services_shape import PartnerEntry
from matcher.state.cards import Cards
from tests.faults.killing import at_every_line, check_one_change, told_by

AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)


def test_cards_survive_a_kill_at_any_line_of_a_change(tmp_path: Path) -> None:
    check_one_change(told_by(__name__, tmp_path), at_first=0)


def kill_everywhere() -> None:
    """Add a card in children, each killed a line later; print how many there were."""
    cards = Cards(load(os.environ))
    at_every_line(lambda: _added(cards), lambda before: _add(cards, before))


def _added(cards: Cards) -> int:
    """Read everything back: the codes that open something are those that were added."""
    added = [one.id for one in cards.partners()][1:]
    assert added == [f"card-{nth}" for nth in range(len(added))]
    return len(added)


def _add(cards: Cards, before: int) -> None:
    entry = PartnerEntry(id=f"card-{before}", code=f"{before:05}", group="health")
    cards.add(entry, act=ActId(str(before)), who=CoordinatorId("ana"), at=AT)
