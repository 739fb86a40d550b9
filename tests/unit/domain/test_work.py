"""The little work of a newcomer's browser."""

from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from matcher.domain import work


@given(challenge=st.text(max_size=60), bits=st.integers(1, 10))
def test_work_that_was_done_is_recognised(challenge: str, bits: int) -> None:
    challenge = challenge.encode("utf-8", "replace").decode()

    answer = work.do(challenge, bits=bits)

    digest = sha256(f"{challenge}:{answer}".encode()).digest()
    assert bin(int.from_bytes(digest, "big")).removeprefix("0b").zfill(256)[:bits] == "0" * bits
    assert work.is_done(challenge, answer, bits=bits)


def test_each_bit_makes_it_twice_as_long_on_average() -> None:
    tries = [int(work.do(f"challenge {nth}", bits=6)) + 1 for nth in range(300)]

    assert 45 < sum(tries) / len(tries) < 90


@pytest.mark.parametrize("answer", ["", " 1", "+1", "1_0", "٣", "1" * 17, "a"])
def test_what_is_no_number_is_no_work(answer: str) -> None:
    assert not work.is_done("challenge", answer, bits=1)
