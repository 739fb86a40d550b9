"""A reminder as a calendar file (RFC 5545) that says nothing but its words and its time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

LONGEST_LINE = 75  # octets, without the line's end
LASTS = timedelta(days=90)
MOST_DAYS_APART = 3

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Some words at a time of the day, every so many days; nobody's zone is known here."""

    words: str
    at: time
    every: int

    def __post_init__(self) -> None:
        if not 1 <= self.every <= MOST_DAYS_APART:
            raise ValueError(self.every)


def calendar_file(reminder: Reminder, *, first: date, uid: str) -> str:
    """Write a reminder that begins on `first` and ends by itself after three months.

    The time is "floating": the same hour on whatever clock reads it. No address, no organiser
    and no program is named. DTSTAMP, which has to be there, tells the day alone; `uid` has to
    be random, and new for each file.
    """
    words = _escaped(reminder.words)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{first:%Y%m%d}T000000Z",
        f"DTSTART:{first:%Y%m%d}T{reminder.at:%H%M}00",
        "DURATION:PT10M",
        f"RRULE:FREQ=DAILY;INTERVAL={reminder.every};COUNT={LASTS.days // reminder.every}",
        f"SUMMARY:{words}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{words}",
        "TRIGGER:PT0M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return _LINE_END.sub(r"\\n", text)


def _folded(line: str) -> Iterator[str]:
    """Break a line that is too long in octets; what follows begins with a space."""
    part = ""
    for character in line:
        if len((part + character).encode()) > LONGEST_LINE:
            yield part
            part = " "
        part += character
    yield part
