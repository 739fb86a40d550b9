"""Sentences, in whatever language."""

from datetime import timedelta
from gettext import NullTranslations

import pytest

from matcher.domain.amounts import BANDS, BARRIERS, TERMS, length
from matcher.domain.barriers import Barrier
from matcher.domain.profile import AgeBand
from matcher.domain.rules import Term
from matcher.domain.sentences import counted, said


class Shouting(NullTranslations):
    """A language of capitals."""

    def gettext(self, message: str) -> str:
        return message.upper().replace("%(TIME)S", "%(time)s").replace("%(COUNT)S", "%(count)s")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def test_a_sentence_is_told_with_its_values() -> None:
    sentence = said("Rest for %(time)s.", time=length(timedelta(days=2)))

    assert sentence.told() == "Rest for 2 days."


def test_a_language_tells_the_values_too() -> None:
    sentence = said("Rest for %(time)s.", time=length(timedelta(days=2)))

    assert sentence.told(Shouting()) == "REST FOR 2 DAYS."


def test_a_number_of_things_chooses_its_words() -> None:
    one, two = (counted("%(count)s card", "%(count)s cards", n).told() for n in (1, 2))

    assert (one, two) == ("1 card", "2 cards")


def test_several_values_stand_in_a_row() -> None:
    assert said("%(all)s", all=(said("a"), said("b"))).told() == "a, b"


@pytest.mark.parametrize(
    ("time", "told"),
    [
        (timedelta(0), "0 days"),
        (timedelta(hours=24), "1 day"),
        (timedelta(hours=25), "25 hours"),
        (timedelta(minutes=90), "90 minutes"),
    ],
)
def test_a_time_is_told_in_its_largest_whole_unit(time: timedelta, told: str) -> None:
    assert length(time).told() == told


def test_every_barrier_band_and_term_has_its_words() -> None:
    assert set(BARRIERS) == set(Barrier)
    assert set(BANDS) == set(AgeBand)
    assert set(TERMS) == set(Term)
    assert all(sentence.told().endswith(".") for sentence in BARRIERS.values())
