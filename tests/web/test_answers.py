"""Answers become profiles, and profiles become the same answers again."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings, strategies as st
from werkzeug.datastructures import MultiDict

from matcher.domain.errors import DraftGoneError
from matcher.domain.profile import BLOCKS_A_DAY, PeerProfile, SeekerProfile
from matcher.settings.load import load
from matcher.web.common import i18n
from matcher.web.common.drafts import Answers, Draft
from matcher.web.common.forms import is_wrong
from matcher.web.public.answers.both import note_clock
from matcher.web.public.answers.peer import read_peer, write_peer
from matcher.web.public.answers.seeker import read_seeker, write_seeker
from matcher.web.public.answers.times import DayPart, blocks_ahead, utc_blocks
from matcher.web.public.join.pages import CHANGE as PEERS_WALK
from matcher.web.public.start.pages import CHANGE as SEEKERS_WALK
from matcher.web.public.summary import common_rows
from matcher.web.public.walk.steps import Turn, Walk, show, turn
from tests.builders import seeker
from tests.web.profiles import peers, seekers

SETTINGS = load({"HOME": os.environ.get("HOME", ".")})
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def page() -> Iterator[None]:
    """Let words be chosen as inside a page."""
    app = Flask("words")
    i18n.attach(app, SETTINGS.site.languages)
    with app.test_request_context("/en/"):
        yield


def sent(walk: Walk, answers: Answers, posted: dict[str, str | list[str]], at: str) -> Turn:
    """Send a page of a walk."""
    draft = Draft(walk=walk.name, page=at, seed=b"", answers=answers, is_near_end=True)
    given_back = MultiDict(
        (name, value)
        for name, values in posted.items()
        for value in ([values] if isinstance(values, str) else values)
    )
    return turn(walk, draft, given_back, now=NOON, settings=SETTINGS)


@settings(deadline=None)
@given(profile=seekers(SETTINGS))
def test_a_seekers_profile_survives_being_written_as_answers(profile: SeekerProfile) -> None:
    answers = write_seeker(profile, SETTINGS.needs)

    assert read_seeker(answers, SETTINGS.needs) == profile


@settings(deadline=None)
@given(profile=peers(SETTINGS))
def test_a_peers_profile_survives_being_written_as_answers(profile: PeerProfile) -> None:
    answers = write_peer(profile, SETTINGS.needs)

    assert read_peer(answers, SETTINGS.needs) == profile


@settings(deadline=None, max_examples=30)
@given(profile=peers(SETTINGS).filter(lambda p: p.help and not p.never & p.opted_in))
def test_the_pages_find_nothing_wrong_with_a_profile_they_wrote(profile: PeerProfile) -> None:
    answers = {**write_peer(profile, SETTINGS.needs), "opted_in": ()}

    end = sent(PEERS_WALK, answers, {"keep": "yes"}, at="check")

    assert end.is_done, [(f.name, f.errors) for f in end.form if f.errors]


@settings(deadline=None)
@given(profile=seekers(SETTINGS))
def test_the_pages_of_a_seeker_lead_to_the_end_or_to_the_page_with_the_error(
    profile: SeekerProfile,
) -> None:
    answers = write_seeker(profile, SETTINGS.needs)

    end = sent(SEEKERS_WALK, answers, {"matching": "yes"}, at="check")

    assert end.is_done or (end.page.name == "how" and is_wrong(end.form))
    assert {k: v for k, v in end.draft.answers.items() if k in answers and v} == {
        k: v for k, v in answers.items() if v and k not in {"unsaid", "statistics"}
    }


@given(
    ahead=st.integers(-11, 12),
    minutes=st.integers(0, 24 * 60 - 1),
    part=st.sampled_from(DayPart),
)
def test_a_part_of_the_day_is_kept_within_two_hours_of_where_it_lies(
    ahead: int, minutes: int, part: DayPart
) -> None:
    now = NOON.replace(hour=0) + timedelta(minutes=minutes)
    local = now + timedelta(hours=ahead)

    blocks = utc_blocks([part], blocks_ahead(local.hour, now))

    starts = {DayPart.NIGHT: 0, DayPart.MORNING: 6, DayPart.AFTERNOON: 12, DayPart.EVENING: 18}
    wanted = (starts[part] - ahead) % 24
    off = min(abs((block * 3 - wanted + 12) % 24 - 12) for block in blocks)
    assert len(blocks) == 2
    assert off <= 2.5


def test_all_four_parts_are_the_whole_day() -> None:
    assert utc_blocks(DayPart, 3) == frozenset(range(BLOCKS_A_DAY))


def test_the_clock_is_read_off_once() -> None:
    first = note_clock({}, {"clock": ("15",)}, NOON)

    later = note_clock(first, {**first, "clock": ("15",)}, NOON + timedelta(hours=2))
    corrected = note_clock(first, {**first, "clock": ("18",)}, NOON)

    assert first["ahead"] == later["ahead"] == ("1",)
    assert corrected["ahead"] == ("2",)


UNKNOWN = [
    ("about", {"age": "elf", "languages": ["en"]}),
    ("about", {"age": "18-plus", "languages": ["xx", "en"]}),
    ("about", {"age": "18-plus", "languages": ["en"], "band": "13-17"}),
    ("needs", {"needs": ["nobody/knows"]}),
    ("matters", {"main": "family/rejection"}),
    ("how", {"format": "shout"}),
    ("how", {"format": "either", "look_in": "daily", "relay": "maybe"}),
    ("how", {"format": "either", "look_in": "daily", "relay": "yes", "wish-gay": "never"}),
    ("how", {"format": "either", "look_in": "daily", "relay": "yes", "gender_not": ["elf"]}),
    ("how", {"format": "either", "look_in": "daily", "relay": "yes", "nearness": "moon"}),
    ("how", {"format": "either", "look_in": "daily", "relay": "yes", "times": "parts"}),
    ("how", {"format": "either", "look_in": "daily", "relay": "yes", "times": "keep"}),
    ("how", {"format": "either", "look_in": "daily", "relay": "yes", "same_age": "yes"}),
    ("check", {"matching": "perhaps"}),
    ("check", {}),
]


@pytest.mark.parametrize(("at", "posted"), UNKNOWN)
def test_an_answer_that_was_not_asked_for_is_an_error_in_words(
    at: str, posted: dict[str, str | list[str]]
) -> None:
    answers = {
        "age": ("18-plus",),
        "languages": ("en",),
        "needs": ("people/lonely", "life/grief"),
    }

    back = sent(SEEKERS_WALK, answers, posted, at=at)

    errors = [error for field in back.form for error in field.errors]
    assert back.page.name == at
    assert not back.is_done
    assert errors
    assert all(str(error).endswith((".", "it.")) for error in errors)


def test_a_posted_field_that_no_page_asks_for_is_not_kept() -> None:
    posted: dict[str, str | list[str]] = {
        "age": "18-plus",
        "languages": ["en"],
        "trained": ["safety/at-home"],
        "ahead": "7",
    }

    after = sent(PEERS_WALK, {}, posted, at="about")

    assert "trained" not in after.draft.answers
    assert "ahead" not in after.draft.answers


def test_a_page_that_does_not_exist_is_an_old_draft() -> None:
    draft = Draft(walk="x", page="nowhere", seed=b"", answers={})

    with pytest.raises(DraftGoneError):
        show(SEEKERS_WALK, draft, "nowhere", SETTINGS)


def test_nobody_reaches_the_last_page_past_an_unanswered_one() -> None:
    back = sent(
        SEEKERS_WALK, {}, {"age": "18-plus", "languages": "en", "go": "to-check"}, "about"
    )

    assert back.page.name == "needs"
    assert is_wrong(back.form)


@pytest.mark.parametrize("walk", [SEEKERS_WALK, PEERS_WALK])
@pytest.mark.parametrize("at", ["how", "check"])
def test_no_way_round_leads_somebody_under_18_to_the_end(walk: Walk, at: str) -> None:
    known = {
        "languages": ("en",),
        "needs": ("people/lonely",),
        "format": ("either",),
        "look_in": ("daily",),
        "relay": ("yes",),
        "help": ("listen",),
        "capacity": ("1",),
        "rest": ("0",),
    }
    posted: dict[str, str | list[str]] = {name: list(values) for name, values in known.items()}

    end = sent(
        walk, {**known, "age": ("13-17",)}, posted | {"matching": "yes", "keep": "yes"}, at
    )

    assert end.has_left
    assert not end.is_done


@pytest.mark.parametrize(
    ("blocks", "hours"),
    [
        ({2, 3}, "6\u201312 in world time"),
        ({0, 4, 5}, "0\u20133, 12\u201318 in world time"),
        ({7, 0}, "21\u20133 in world time"),
        (set(range(BLOCKS_A_DAY)), "0\u201324 in world time"),
        (set(), "Any time"),
    ],
)
def test_times_are_told_as_few_hours_as_they_can_be(blocks: set[int], hours: str) -> None:
    profile = replace(seeker(), day_blocks=frozenset(blocks))

    rows = {row.label: row.values for row in common_rows(profile, SETTINGS, region_on="how")}

    assert [told.partition(" (UTC)")[0] for told in rows["When"]] == [hours]
