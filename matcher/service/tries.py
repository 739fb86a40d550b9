"""How often a name may be tried at the console's door, by whomever, within a minute."""

from matcher.domain.coordinator import plain_name
from matcher.domain.errors import TooManyTriesError
from matcher.store.counts import Counts
from matcher.store.keys import MINUTE

TRIES_A_MINUTE = 5


def count_try(counts: Counts, name: str) -> None:
    """Count one try of a name, whether or not anybody has it.

    Raises
    ------
    TooManyTriesError
        If this name was tried too often within this minute.
    """
    if counts.count(f"coordinator {plain_name(name)}", MINUTE) > TRIES_A_MINUTE:
        raise TooManyTriesError
