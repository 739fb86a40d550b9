"""A little work that a newcomer's browser does when many come at once (as hashcash does).

The answer to a challenge is a number; SHA-256 of "challenge:number" begins with so many bits of
nought. One try in 2^bits fits, so that is how many it takes on average.
"""

from hashlib import sha256
from itertools import count

MOST_DIGITS = 16  # what JavaScript counts exactly


def is_done(challenge: str, answer: str, *, bits: int) -> bool:
    """Tell whether `answer` is the work that was asked for."""
    if not (answer.isascii() and answer.isdecimal() and len(answer) <= MOST_DIGITS):
        return False
    digest = sha256(f"{challenge}:{answer}".encode()).digest()
    return int.from_bytes(digest, "big") >> (8 * len(digest) - bits) == 0


def do(challenge: str, *, bits: int) -> str:
    """Find an answer, as a browser would."""
    tries = map(str, count())
    return next(answer for answer in tries if is_done(challenge, answer, bits=bits))
