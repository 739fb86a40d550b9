"""A reminder's calendar file: as RFC 5545 wants it, and nothing in it but words and time."""

import re
from datetime import date, time

import pytest
from hypothesis import given, strategies as st

from matcher.domain.reminder import LONGEST_LINE, Reminder, calendar_file

FIRST = date(2026, 11, 27)
UID = "5f0c8e0a-0000-4000-8000-000000000001"
LINE = re.compile(
    r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=[^:;]+)*):(?P<value>.*)", re.DOTALL
)
ONCE_IN_AN_EVENT = {"UID", "DTSTAMP", "DTSTART", "DURATION", "RRULE", "SUMMARY"}


def written(words: str = "Look in", every: int = 2, at: time = time(19, 30)) -> str:
    return calendar_file(Reminder(words=words, at=at, every=every), first=FIRST, uid=UID)


def unfolded(file: str) -> list[tuple[str, str]]:
    """Read names and values as section 3.1 says: folded lines are put together first."""
    assert file.endswith("\r\n")
    lines = file.replace("\r\n ", "").split("\r\n")[:-1]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), lines
    return [(one["name"], one["value"]) for one in found if one]


def test_the_file_has_the_parts_that_the_standard_wants_in_their_order() -> None:
    names = [f"{name}:{value}" for name, value in unfolded(written())]

    assert names[0] == "BEGIN:VCALENDAR"
    assert names[-1] == "END:VCALENDAR"
    assert [n for n in names if n.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert "VERSION:2.0" in names
    event = [n.partition(":")[0] for n in names[names.index("BEGIN:VEVENT") :]]
    assert all(event.count(name) == 1 for name in ONCE_IN_AN_EVENT)
    alarm = names[names.index("BEGIN:VALARM") : names.index("END:VALARM")]
    assert {n.partition(":")[0] for n in alarm} >= {"ACTION", "DESCRIPTION", "TRIGGER"}


@pytest.mark.parametrize(("every", "times"), [(1, 90), (2, 45), (3, 30)])
def test_it_comes_again_every_few_days_and_ends_by_itself(every: int, times: int) -> None:
    found = dict(unfolded(written(every=every)))

    assert found["RRULE"] == f"FREQ=DAILY;INTERVAL={every};COUNT={times}"


def test_its_time_is_that_of_whatever_clock_reads_it_and_its_stamp_tells_a_day_alone() -> None:
    found = dict(unfolded(written()))

    assert found["DTSTART"] == "20261127T193000"  # without a zone, and without a Z
    assert found["DTSTAMP"] == "20261127T000000Z"


def test_nothing_in_it_tells_where_it_comes_from() -> None:
    file = written()

    for telling in (
        "ORGANIZER",
        "URL",
        "ATTENDEE",
        "CONTACT",
        "LOCATION",
        "TZID",
        "X-",
        "@",
        "http",
    ):
        assert telling not in file
    assert not re.search("sanad|peer|help|flask|python", file, re.IGNORECASE)
    assert "PRODID:-//Calendar//EN" in file


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_any_words_are_read_back_as_they_were_and_no_line_is_too_long(words: str) -> None:
    file = written(words)

    said = dict(unfolded(file))["SUMMARY"]
    assert re.sub(r"\\([\\;,])", r"\1", said) == words
    assert all(len(line.encode()) <= LONGEST_LINE for line in file.split("\r\n"))


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_words_cannot_write_a_line_of_their_own(end: str) -> None:
    file = written(f"a{end}URL:https://x")

    assert dict(unfolded(file))["SUMMARY"] == r"a\nURL:https://x"
    assert not set("\r\n") & set(file.replace("\r\n", ""))


def test_what_has_a_meaning_of_its_own_is_marked() -> None:
    assert dict(unfolded(written(r"a\n;b,")))["SUMMARY"] == r"a\\n\;b\,"


@pytest.mark.parametrize("every", [0, 4, -1])
def test_other_distances_are_refused(every: int) -> None:
    with pytest.raises(ValueError, match=str(every)):
        written(every=every)
