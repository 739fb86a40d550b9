"""A code in words is the same code, however its words are written."""

import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain import code_words, codes
from matcher.domain.code_words import WordList
from matcher.domain.codes import BITS, Code
from matcher.domain.errors import (
    LettersMissingError,
    MistypedCodeError,
    UnknownWordError,
    WordsMissingError,
    WordsMixedUpError,
)
from matcher.web.common.code_words import lists
from tests import vectors

ALL = tuple(lists().values())
VECTORS = vectors.read()
BETWEEN = (
    " ",
    ", ",
    "\n",
    "\r\n",
    "\t",
    " - ",
    " / ",
    "\n• ",
    "، ",
    "\u00a0",
    ".\u200f ",
    "||",
)
ARABIC_WAYS: tuple[dict[int, int], ...] = (
    {},
    str.maketrans("أإآؤئةى", "اااويهي"),
    str.maketrans("يكه", "یکە"),
)

every_code = st.integers(0, 2**BITS - 1).map(codes.from_bits)
every_list = st.sampled_from(ALL)
spots = st.integers(0, code_words.WORDS - 1)


@st.composite
def writings(draw: st.DrawFn) -> tuple[Code, str]:
    """Draw a code, and a way in which somebody may write its words."""
    code, words = draw(every_code), draw(every_list)
    is_numbered, between = draw(st.booleans()), draw(st.sampled_from(BETWEEN))
    written = []
    for number, word in enumerate(words.spelled(code), start=1):
        ways = (word, word.upper(), word.title(), unicodedata.normalize("NFD", word))
        way = draw(st.sampled_from(ways)).translate(draw(st.sampled_from(ARABIC_WAYS)))
        marked = "".join(
            letter + draw(st.sampled_from(("", "\u0640", "\u064e"))) for letter in way
        )
        written.append(f"{number}. {marked}" if is_numbered else marked)
    return code, between.join(written)


@given(every_code, every_list)
def test_every_code_reads_back_from_its_words(code: Code, words: WordList) -> None:
    assert code_words.parse(" ".join(words.spelled(code)), ALL) == code


@given(writings())
def test_every_writing_of_the_words_is_that_code(written: tuple[Code, str]) -> None:
    code, typed = written

    assert code_words.parse(typed, ALL) == code


@given(every_code, every_list)
def test_the_first_four_letters_are_enough(code: Code, words: WordList) -> None:
    typed = " ".join(code_words.key(word) for word in words.spelled(code))

    assert code_words.parse(typed, ALL) == code


@given(every_code)
def test_letters_and_digits_are_read_as_ever(code: Code) -> None:
    assert code_words.parse(" ".join(codes.groups(code)), ALL) == code


@settings(deadline=None, max_examples=10)  # each tries a whole list
@given(every_code, every_list, spots)
def test_no_other_word_in_the_place_of_one_passes_but_of_three_the_farthest(
    code: Code, words: WordList, spot: int
) -> None:
    said = words.spelled(code)
    farthest = {*words.words[:3], *words.words[-3:]}

    passed = {
        other for other in words.words if _passes([*said[:spot], other, *said[spot + 1 :]])
    }

    assert passed - {said[spot]} <= (farthest if said[spot] in farthest else set())


@given(every_code, every_list, spots, spots)
def test_no_two_words_that_changed_places_pass(
    code: Code, words: WordList, one: int, other: int
) -> None:
    said = list(words.spelled(code))
    said[one], said[other] = said[other], said[one]
    farthest = {*words.words[:3], *words.words[-3:]}

    is_the_same = said[one] == said[other] or {said[one], said[other]} <= farthest
    assert is_the_same or not _passes(said)


@given(every_code, every_list, spots)
def test_an_unknown_word_is_told_by_its_number(code: Code, words: WordList, spot: int) -> None:
    said = list(words.spelled(code))
    said[spot] = "xylem"

    with pytest.raises(UnknownWordError) as caught:
        code_words.parse(" ".join(said), ALL)

    assert caught.value.number == spot + 1
    assert str(caught.value) == ""


@given(st.text(max_size=80))
def test_anything_else_is_mistyped_and_nothing_worse(typed: str) -> None:
    with pytest.raises(MistypedCodeError):
        code_words.parse(typed, ALL)


@pytest.mark.parametrize("known", VECTORS["codes"], ids=lambda known: known["code"])
def test_codes_of_the_table_have_the_words_of_the_table(known: vectors.Known) -> None:
    spelled = {
        name: " ".join(one.spelled(Code(known["code"]))) for name, one in lists().items()
    }

    assert spelled == {"en": known["en"], "ar": known["ar"]}


@pytest.mark.parametrize("worded", VECTORS["worded"], ids=lambda worded: worded["code"])
def test_words_of_the_table_are_read(worded: vectors.Spelled) -> None:
    assert code_words.parse(worded["typed"], ALL) == worded["code"]


@pytest.mark.parametrize("wrong", VECTORS["misworded"], ids=lambda wrong: wrong["slip"])
def test_slips_of_the_table_are_told(wrong: vectors.Misworded) -> None:
    with pytest.raises(MistypedCodeError) as caught:
        code_words.parse(wrong["typed"], ALL)

    assert _told(caught.value) == (wrong["slip"], wrong["number"])


@pytest.mark.parametrize("typed", VECTORS["mistyped"])
def test_of_what_is_neither_words_nor_a_code_letters_are_counted(typed: str) -> None:
    count = len(codes.plain(typed))
    with pytest.raises(MistypedCodeError) as caught:
        code_words.parse(typed, ALL)

    if count in {0, 28}:
        assert type(caught.value) is MistypedCodeError
    else:
        assert isinstance(caught.value, LettersMissingError)
        assert caught.value.count == count


def _passes(said: list[str]) -> bool:
    try:
        code_words.parse(" ".join(said), ALL)
    except WordsMixedUpError:
        return False
    return True


def _told(error: MistypedCodeError) -> tuple[str, int]:
    match error:
        case UnknownWordError(number=number):
            return "unknown", number
        case WordsMissingError(count=count):
            return "count", count
        case WordsMixedUpError():
            return "mixed", 0
        case _:
            return "mistyped", 0
