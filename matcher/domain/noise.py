"""Noise that hides one person: discrete Laplace, and the same again for the same question.

Only whole numbers are used: the rounding of floats has given away what noise should hide [1].
Drawn as in [2], section 5, algorithms 1 and 2.

[1] I. Mironov, "On Significance of the Least Significant Bits for Differential Privacy", 2012.
[2] C. Canonne, G. Kamath, T. Steinke, "The Discrete Gaussian for Differential Privacy", 2020.
"""

import hmac
import secrets
from fractions import Fraction
from typing import Protocol

BLOCK_BITS = 256


class Chance(Protocol):
    """Where whole numbers come from, all equally likely."""

    def below(self, bound: int) -> int:
        """Draw from 0 to below `bound`."""


class SystemChance:
    """Chance of the machine, that nobody can draw again."""

    def below(self, bound: int) -> int:
        """Draw from 0 to below `bound`."""
        return secrets.randbelow(bound)


class KeyedChance:
    """Chance that is the same for the same key and question, and not to be told from chance."""

    def __init__(self, key: bytes, question: bytes) -> None:
        self._key = hmac.digest(key, question, "sha256")
        self._bits = 0
        self._n_bits = 0
        self._blocks = 0

    def below(self, bound: int) -> int:
        """Draw from 0 to below `bound`: as many bits as it takes, again where that is more."""
        length = (bound - 1).bit_length()
        while (found := self._take(length)) >= bound:
            pass
        return found

    def _take(self, length: int) -> int:
        while self._n_bits < length:
            block = hmac.digest(self._key, self._blocks.to_bytes(8, "big"), "sha256")
            self._bits = self._bits << BLOCK_BITS | int.from_bytes(block, "big")
            self._n_bits += BLOCK_BITS
            self._blocks += 1
        self._n_bits -= length
        found = self._bits >> self._n_bits
        self._bits &= (1 << self._n_bits) - 1
        return found


def discrete_laplace(scale: Fraction, chance: Chance) -> int:
    """Draw a whole number x with probability in proportion to exp(-|x| / scale).

    Exactly so: tanh(1 / (2 * scale)) * exp(-|x| / scale). A count that one person changes by
    d at the most is hidden with epsilon = d / scale.
    """
    while True:
        size = _geometric(scale, chance)
        is_negative = bool(chance.below(2))
        if size or not is_negative:  # nought must not count twice
            return -size if is_negative else size


def _geometric(scale: Fraction, chance: Chance) -> int:
    """Draw x from 0 on with probability in proportion to exp(-x / scale)."""
    whole, parts = scale.numerator, scale.denominator
    while True:
        rest = chance.below(whole)
        if _happens(Fraction(rest, whole), chance):
            break
    rounds = 0
    while _happens(Fraction(1), chance):
        rounds += 1
    return (rest + whole * rounds) // parts


def _happens(exponent: Fraction, chance: Chance) -> bool:
    """Say yes with probability exp(-exponent), for an exponent from 0 to 1.

    Von Neumann's way: go on with probability exponent / k in step k; the first stop at an odd
    step is a yes.
    """
    step = 1
    while chance.below(exponent.denominator * step) < exponent.numerator:
        step += 1
    return step % 2 == 1
