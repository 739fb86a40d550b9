"""The lists of words: one for every two letters, and no two that could be mixed up."""

from itertools import combinations

import pytest

from matcher.domain import code_words
from matcher.settings.languages import ENGLISH
from matcher.web.common.code_words import lists
from tests import sounds

LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويى"}
LENGTHS = {"en": range(3, 8), "ar": range(3, 7)}

LANGUAGES = pytest.mark.parametrize("language", lists())


def are_near(one: str, other: str) -> bool:
    """Tell whether one slip leads from a word to another: a letter more, less or changed."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return long[same + 1 :] == short[same + (len(short) == len(long)) :]


def near(words: list[str]) -> list[tuple[str, str]]:
    return [pair for pair in combinations(words, 2) if are_near(*pair)]


@LANGUAGES
def test_a_list_has_a_word_for_every_two_letters_of_a_code(language: str) -> None:
    words = lists()[language].words

    assert len(words) == code_words.LIST == 1024
    assert sorted(words, key=code_words.plain) == list(words)


@LANGUAGES
def test_the_first_four_letters_of_a_word_tell_it_from_all_others(language: str) -> None:
    found = lists()[language]

    assert len(found.places) == len(found.words)
    assert [found.words[at] for at in found.places.values()] == list(found.words)


@LANGUAGES
def test_words_are_short_and_written_without_marks(language: str) -> None:
    words = lists()[language].words

    assert {word for word in words if not set(word) <= set(LETTERS[language])} == set()
    assert {word for word in words if len(word) not in LENGTHS[language]} == set()
    assert {word for word in words if len(code_words.plain(word)) < 3} == set()


@LANGUAGES
def test_no_slip_of_one_letter_makes_another_word(language: str) -> None:
    assert near([code_words.plain(word) for word in lists()[language].words]) == []


@LANGUAGES
def test_no_two_words_sound_alike(language: str) -> None:
    heard = [sounds.of(language, word) for word in lists()[language].words]

    assert len(set(heard)) == len(heard)


def test_no_two_arabic_words_differ_in_one_sound_alone() -> None:
    assert near([sounds.arabic(word) for word in lists()["ar"].words]) == []


def test_there_are_english_words_for_languages_without_a_list() -> None:
    assert ENGLISH in lists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pear", "pair"),
        ("knight", "night"),
        ("plum", "plumb"),
        ("leek", "leak"),
        ("flour", "flower"),
        ("sun", "son"),
        ("phase", "faze"),
    ],
)
def test_words_that_sound_alike_in_english_have_one_key(one: str, other: str) -> None:
    assert sounds.english(one) == sounds.english(other)


@pytest.mark.parametrize(("one", "other"), [("قلب", "كلب"), ("سيف", "صيف"), ("حرم", "هرم")])
def test_words_that_sound_alike_in_arabic_have_one_key(one: str, other: str) -> None:
    assert sounds.arabic(one) == sounds.arabic(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("cat", "cart"), ("cart", "cat"), ("cat", "cot"), ("cat", "at"), ("a", "a")],
)
def test_words_that_are_one_slip_apart_are_near(one: str, other: str) -> None:
    assert are_near(one, other)


@pytest.mark.parametrize(("one", "other"), [("cat", "dog"), ("cat", "carts"), ("cat", "act")])
def test_words_that_are_two_slips_apart_are_not(one: str, other: str) -> None:
    assert not are_near(one, other)
