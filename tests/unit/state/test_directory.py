"""The directory of services on disk: one process changes it, all others see that at once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import SettingsError, StaleServiceError
from matcher.settings.load import load
from matcher.settings.model import Settings
from matcher.settings.services_shape import ServiceEntry
from matcher.state.directory import Directory, in_force, mark
from matcher.state.service_wishes import ServiceWish
from tests.coordinating import CLINIC

NOW = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
ANA = CoordinatorId("ana")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Yield settings with a state folder of their own."""
    return load({"HOME": "/nowhere", "SANAD_STATE_DIR": str(tmp_path / "state")})


def ids(directory: Directory) -> set[str]:
    return {one.id for one in directory.services()}


def put(
    settings: Settings, entry: ServiceEntry | None, *, seen: str = "", act: str = "a"
) -> None:
    wish = ServiceWish(id=CLINIC.id, entry=entry, seen=seen, who=ANA)
    Directory(settings).change(wish, act=ActId(act), at=NOW)


def test_what_another_process_has_changed_is_seen_at_the_next_look(settings: Settings) -> None:
    live = Directory(settings)
    before = ids(live)
    put(settings, CLINIC)
    added = ids(live)
    put(settings, None, seen=mark(CLINIC), act="b")

    assert added == {*before, "clinic"}
    assert ids(live) == before
    assert "clinic" in live.ever()
    assert in_force(settings).services == live.services()


def test_the_file_is_read_only_when_it_was_replaced(settings: Settings) -> None:
    live = Directory(settings)
    put(settings, CLINIC)

    assert live.services() is live.services()


def test_an_act_changes_something_once_and_only_what_its_author_has_seen(
    settings: Settings,
) -> None:
    put(settings, CLINIC)
    put(settings, CLINIC)  # the same act once more
    with pytest.raises(StaleServiceError):
        put(settings, CLINIC, act="b")

    (made,) = Directory(settings).revisions()
    assert (made.who, made.entry, made.at.second) == (ANA, CLINIC, 0)


def test_of_a_damaged_file_nothing_is_shown_and_never_the_first_version(
    settings: Settings,
) -> None:
    live = Directory(settings)
    put(settings, CLINIC)
    known = ids(live)
    (settings.folders.state / f"services-{settings.pool}.json").write_bytes(b"{]")

    assert ids(live) == known  # as this process knew it
    assert Directory(settings).services() == ()
    with pytest.raises(SettingsError):
        live.entries()


def test_an_entry_whose_need_is_gone_is_shown_to_nobody(settings: Settings) -> None:
    put(settings, CLINIC)
    few = [one for one in settings.needs.groups if one.id not in CLINIC.groups]
    fewer = replace(settings, needs=replace(settings.needs, groups=tuple(few)))

    assert "clinic" not in ids(Directory(fewer))
    assert "clinic" in ids(Directory(settings))
