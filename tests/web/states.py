"""The states in which two people who were suggested to each other can be."""

from tests.web.people import Two, begin_to_talk


def waiting(two: Two) -> Two:
    """Leave the two as they are: suggested to each other, the seeker waiting."""
    return two


def asked(two: Two) -> Two:
    """Let the peer say yes, so that the seeker is asked."""
    two[1].open("/en/here").press("Yes, I can")
    return two


def agreed(two: Two) -> Two:
    """Let the seeker say yes as well, after `asked`."""
    two[0].open("/en/here").press("Yes, talk with them")
    return two


def talking(two: Two) -> Two:
    """Let both talk."""
    begin_to_talk(*two)
    return two


def ended(two: Two) -> Two:
    """Let their conversation be over."""
    begin_to_talk(*two)
    two[1].open(two[1].page.links["End and erase"]).press("Yes, end and erase")
    return two


def paused(two: Two) -> Two:
    """Let both pause."""
    for one in two:
        one.open("/en/here").press("Pause")
    return two


STATES = (waiting, asked, talking, ended, paused)
