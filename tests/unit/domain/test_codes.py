"""Codes can be read aloud, typed on any keyboard, and a slip of the hand is found."""

import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.codes import ALPHABET, BITS, Code, from_bits, groups, parse
from matcher.domain.errors import MistypedCodeError

bits = st.integers(0, 2**BITS - 1)
codes = bits.map(from_bits)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９")  # noqa: RUF001 - that is the point
ALIKE = {"0": "oO", "1": "iIlL", "v": "uU"}
BETWEEN = ("", "", " ", "-", "–", "\u00a0", "\u200f", "_", ".", "\n", "\ufeff")  # noqa: RUF001 - as above


@st.composite
def spellings(draw: st.DrawFn) -> tuple[Code, str]:
    """Draw a code, and a way in which somebody may write it."""
    code = draw(codes)
    written = []
    for letter in code:
        ways = letter + letter.upper() + ALIKE.get(letter, "")
        if letter.isdigit():
            ways += "".join(digits[int(letter)] for digits in DIGITS)
        written += [draw(st.sampled_from(BETWEEN)), draw(st.sampled_from(ways))]
    return code, "".join(written)


@given(spellings())
def test_every_spelling_of_a_code_is_that_code(spelled: tuple[Code, str]) -> None:
    code, typed = spelled

    assert parse(typed) == code


@settings(deadline=None, max_examples=20)  # each tries some 900 spellings
@given(codes)
def test_no_slip_and_no_swap_anywhere_in_a_code_passes(code: Code) -> None:
    slips = {
        code[:at] + letter + code[at + 1 :] for at in range(len(code)) for letter in ALPHABET
    }
    swaps = {
        code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)
    }

    assert [wrong for wrong in (slips | swaps) - {code} if not _is_refused(wrong)] == []


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
