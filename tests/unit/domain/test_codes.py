"""Codes can be read aloud, typed on any keyboard, and a slip of the hand is found."""

import pytest
from hypothesis import given, strategies as st

from matcher.domain.codes import ALPHABET, BITS, Code, from_bits, groups, parse
from matcher.domain.errors import MistypedCodeError

bits = st.integers(0, 2**BITS - 1)
codes = bits.map(from_bits)
places = st.integers(0, 27)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(codes)
def test_a_code_reads_back_as_it_is_shown(code: Code) -> None:
    assert parse(" ".join(groups(code))) == code


@given(codes)
def test_dashes_capitals_and_arabic_digits_make_no_difference(code: Code) -> None:
    assert parse("-".join(groups(code)).upper().translate(ARABIC)) == code


@given(codes)
def test_letters_that_look_alike_are_read_as_the_one_there_is(code: Code) -> None:
    assert parse(code.replace("0", "O").replace("1", "l").replace("v", "u")) == code


@given(codes)
def test_marks_that_a_copy_brings_along_are_ignored(code: Code) -> None:
    assert parse(f"\u200f{code}\u200e\ufeff ") == code


@given(code=codes, at=places, letter=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code: Code, at: int, letter: str) -> None:
    wrong = code[:at] + letter + code[at + 1 :]

    assert wrong == code or _is_refused(wrong)


@given(code=codes, at=st.integers(0, 26))
def test_two_swapped_characters_are_always_found(code: Code, at: int) -> None:
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]

    assert swapped == code or _is_refused(swapped)


@given(st.text(max_size=60))
def test_anything_else_is_mistyped_and_nothing_worse(typed: str) -> None:
    try:
        code = parse(typed)
    except MistypedCodeError:
        return

    assert parse(code) == code


@given(first=bits, second=bits)
def test_different_secrets_never_share_a_code(first: int, second: int) -> None:
    assert (from_bits(first) == from_bits(second)) == (first == second)


def test_a_mistyped_code_is_not_repeated_in_the_error() -> None:
    with pytest.raises(MistypedCodeError) as caught:
        parse("not a code")

    assert str(caught.value) == ""


def _is_refused(typed: str) -> bool:
    try:
        parse(typed)
    except MistypedCodeError:
        return True
    return False
