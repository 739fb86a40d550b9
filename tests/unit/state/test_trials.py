"""Trials of rules as they are kept: one at a time, never longer than what they stand beside."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.errors import SettingsError, StaleRulesError, TrialOnError
from matcher.domain.extent import Extent
from matcher.domain.trial import Why
from matcher.domain.versions import Publication
from matcher.settings.load import config_folder, load
from matcher.settings.model import Settings
from matcher.state.rules_history import RulesHistory
from matcher.state.trials import Trials

TEXT = (config_folder({}) / "rules.toml").read_text("utf-8")
AT = datetime(2026, 5, 4, 3, 2, 1, 999, tzinfo=UTC)
DAY = timedelta(days=1)
EXTENT = Extent(share=20, days=14, bound=5)
LESS = Publication(text=TEXT.replace("a_day = 3", "a_day = 2"), reason="to see", who="ana")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"SANAD_STATE_DIR": str(tmp_path / "state")})


@pytest.fixture
def history(settings: Settings) -> RulesHistory:
    return RulesHistory(settings)


@pytest.fixture
def trials(settings: Settings, history: RulesHistory) -> Trials:
    return Trials(settings, history)


def why(trials: Trials, now: datetime) -> list[Why | None]:
    return [one.ended.why if one.ended else None for one in trials.all(now=now)]


def test_what_is_tried_is_told_to_rounds_and_is_not_in_force(
    trials: Trials, history: RulesHistory
) -> None:
    made = trials.begin(LESS, EXTENT, after=1, at=AT)

    tried = trials.tried(now=AT)
    assert tried is not None
    assert (tried.number, tried.rules.offers.a_day, tried.extent) == (1, 2, EXTENT)
    assert tried.since == made.at == datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
    assert history.live().offers.a_day == 3


def test_a_trial_ends_with_its_last_day(trials: Trials) -> None:
    made = trials.begin(LESS, EXTENT, after=1, at=AT)

    assert trials.tried(now=made.until - timedelta(seconds=1)) is not None
    assert trials.tried(now=made.until) is None
    assert why(trials, made.until) == [Why.OVER]
    unsettled = trials.unsettled(now=made.until)
    assert unsettled is not None
    trials.end(1, Why.OVER, who="itself", at=made.until)
    assert trials.unsettled(now=made.until) is None


def test_an_end_stays_what_it_was(trials: Trials) -> None:
    trials.begin(LESS, EXTENT, after=1, at=AT)
    trials.end(1, Why.FEWER, who="itself", at=AT + DAY)
    trials.end(1, Why.DROPPED, who="ana", at=AT + 2 * DAY)

    assert why(trials, AT + 30 * DAY) == [Why.FEWER]


@pytest.mark.parametrize(("a_day", "ends"), [(2, Why.KEPT), (1, Why.REPLACED)])
def test_other_rules_in_force_end_it(
    trials: Trials, history: RulesHistory, a_day: int, ends: Why
) -> None:
    trials.begin(LESS, EXTENT, after=1, at=AT)
    text = TEXT.replace("a_day = 3", f"a_day = {a_day}")

    history.publish(replace(LESS, text=text), after=1, at=AT + DAY)

    assert trials.tried(now=AT + DAY) is None
    assert why(trials, AT + DAY) == [ends]
    trials.begin(LESS, EXTENT, after=2, at=AT + 2 * DAY)
    assert why(trials, AT + 2 * DAY) == [ends, None]


@pytest.mark.parametrize(
    "extent",
    [
        replace(EXTENT, share=4),
        replace(EXTENT, share=51),
        replace(EXTENT, days=6),
        replace(EXTENT, days=43),
        replace(EXTENT, bound=-1),
    ],
)
def test_what_lies_outside_the_limits_is_never_tried(trials: Trials, extent: Extent) -> None:
    with pytest.raises(SettingsError, match="has to be from"):
        trials.begin(LESS, extent, after=1, at=AT)

    assert trials.all(now=AT) == ()


def test_what_could_not_be_published_is_not_tried(trials: Trials) -> None:
    with pytest.raises(SettingsError):
        trials.begin(replace(LESS, reason=" "), EXTENT, after=1, at=AT)
    with pytest.raises(SettingsError):
        trials.begin(replace(LESS, text="a_day = 1"), EXTENT, after=1, at=AT)
    with pytest.raises(StaleRulesError):
        trials.begin(LESS, EXTENT, after=0, at=AT)


def test_of_many_who_begin_a_trial_at_once_one_does(trials: Trials) -> None:
    def begin(_: int) -> bool:
        try:
            trials.begin(LESS, EXTENT, after=1, at=AT)
        except TrialOnError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(begin, range(24)))

    assert won.count(True) == 1
    assert len(trials.all(now=AT)) == 1


def test_a_damaged_file_is_told_as_such(trials: Trials, settings: Settings) -> None:
    settings.folders.state.mkdir()
    (settings.folders.state / "trials-main.json").write_text("[{")

    with pytest.raises(SettingsError, match=r"trials-main\.json"):
        trials.all(now=AT)
