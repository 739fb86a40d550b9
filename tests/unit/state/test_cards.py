"""Partners' cards on disk: one process changes them, all others see that at once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import DamagedError, StaleServiceError
from matcher.settings.load import load
from matcher.settings.model import Settings
from matcher.settings.services_shape import PartnerEntry
from matcher.state.cards import Cards
from matcher.state.directory import in_force

NOW = datetime(2026, 3, 1, 12, 34, tzinfo=UTC)
ANA = CoordinatorId("ana")
CARD = PartnerEntry(id="the-clinic", code="wx7-d4m", group="health")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Yield settings with a state folder of their own."""
    return load({"HOME": "/nowhere", "SANAD_STATE_DIR": str(tmp_path / "state")})


def ids(cards: Cards) -> set[str]:
    return {one.id for one in cards.partners()}


def add(settings: Settings, entry: PartnerEntry = CARD, act: str = "a") -> None:
    Cards(settings).add(entry, act=ActId(act), who=ANA, at=NOW)


def test_what_another_process_has_changed_is_seen_at_the_next_look(settings: Settings) -> None:
    live = Cards(settings)
    before = ids(live)
    add(settings)
    added = ids(live)
    live.take_away("the-clinic", act=ActId("b"), who=ANA, at=NOW)

    assert added == {*before, "the-clinic"}
    assert ids(live) == before == {one.id for one in in_force(settings).partners}
    assert "the-clinic" in live.ever()


def test_an_act_changes_something_once(settings: Settings) -> None:
    add(settings)
    add(settings)

    assert [one.id for one in Cards(settings).entries()].count("the-clinic") == 1


def test_of_two_with_one_code_the_first_has_it(settings: Settings) -> None:
    add(settings)
    rival = PartnerEntry(id="another", code="WX7D4M", group="work")

    with pytest.raises(StaleServiceError):
        add(settings, rival, act="b")
    with pytest.raises(StaleServiceError):
        Cards(settings).take_away("another", act=ActId("c"), who=ANA, at=NOW)
    assert "another" not in ids(Cards(settings))


def test_where_the_file_is_damaged_no_code_opens_anything(settings: Settings) -> None:
    add(settings)
    (settings.folders.state / "cards-main.json").write_text("{]")

    assert Cards(settings).partners() == ()
    assert Cards(settings).ever() == frozenset()
    with pytest.raises(DamagedError, match=r"cards-main\.json"):
        Cards(settings).entries()


def test_a_card_for_a_group_that_is_gone_opens_nothing(settings: Settings) -> None:
    add(settings)
    groups = tuple(group for group in settings.needs.groups if group.id != "health")
    fewer = replace(settings, needs=replace(settings.needs, groups=groups), partners=())

    assert "the-clinic" not in ids(Cards(fewer))
    assert "the-clinic" in ids(Cards(settings))
