"""Every public page can be read by somebody of twelve years, in English and in Arabic."""

from collections import defaultdict
from pathlib import PurePath

import pytest
from babel.messages.catalog import Message

from tests.reading import grade, is_running, sentences, syllables, words
from tests.words import forms, gathered, written

PUBLIC, COMMON = PurePath("matcher/web/public"), PurePath("matcher/web/common")

HIGHEST_GRADE = 6.0
"""Twelve is the age at the end of the sixth grade."""
MOST_WORDS = {"en": 25, "ar": 20}
"""In one sentence. In Arabic articles, "and" and "your" are letters of other words: a sentence
has four words where English has five. It stands in for a formula, of which none is good."""
LONG = 4
"""Syllables from which on a word counts as long."""
KNOWN = """
anybody anybody's community conversation conversations emergency everybody identity immigration
impossible invitation invitations minority privately professional
aromantic non-binary
coordinator coordinators authenticator
"""
"""Long words that people of twelve know; names people have; coordinators' own."""


def pages() -> dict[str, list[str]]:
    """Gather what each page says: the English of its templates and of its code."""
    found: dict[str, list[str]] = defaultdict(list)
    for message in gathered():
        for place in places(message):
            found[str(place)] += originals(message)
    return found


def places(message: Message) -> set[PurePath]:
    """Say on which public pages a message stands; a page is its folder."""
    files = [PurePath(file) for file, _line in message.locations if message.id]
    own = {PUBLIC / f.relative_to(PUBLIC).parts[0] for f in files if f.is_relative_to(PUBLIC)}
    return own | {file for file in files if file.is_relative_to(COMMON)}


def originals(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def said(language: str) -> list[str]:
    """List every text of the public pages in a language."""
    public = [message for message in gathered() if places(message)]
    if language == "en":
        return [text for message in public for text in originals(message)]
    catalogue = written(language)
    return [text for message in public for text in forms(catalogue[message.id])]


@pytest.mark.parametrize("language", MOST_WORDS)
def test_no_sentence_is_too_long_to_be_read_at_once(language: str) -> None:
    every = [one for text in said(language) for one in sentences(text)]

    long = {one for one in every if len(words(one)) > MOST_WORDS[language]}

    assert len(every) > 900
    assert long == set()


def test_every_page_is_read_with_ease_at_twelve() -> None:
    grades = {
        page: grade(texts) for page, texts in pages().items() if any(map(is_running, texts))
    }

    assert len(grades) > 20
    assert {page: found for page, found in grades.items() if found > HIGHEST_GRADE} == {}


def test_long_words_are_few_and_known() -> None:
    every = {
        word.lower() for text in said("en") for one in sentences(text) for word in words(one)
    }

    long = {word for word in every if syllables(word) >= LONG}
    known = set(KNOWN.split())

    assert long - known == set()
    assert known - long == set()


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("code", 1),
        ("table", 2),
        ("asked", 1),
        ("started", 2),
        ("somebody", 3),
        ("everything", 3),
    ],
)
def test_syllables_are_those_that_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_measure_tells_plain_words_from_those_of_an_office() -> None:
    plain = ["You can stop at any time. We keep nothing."]
    office = (
        "Participation necessitates the provision of information regarding the circumstances "
        "of your current situation, notwithstanding any previously submitted documentation."
    )

    assert grade(plain) < 2 < HIGHEST_GRADE < 15 < grade([office])
