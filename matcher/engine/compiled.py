"""Machine code from Python: one typed door to the compiler, so that the rest stays checked."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")

FAST = {"reassoc", "contract"}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on its first call, and keep the code for the next process.

    Parameters
    ----------
    function : callable
        Numbers, arrays and named tuples of them only; errors of division are as in numpy,
        sums may be taken in any order, and the interpreter's lock is given up meanwhile.

    Returns
    -------
    callable
        The same function, faster. Where nothing may be written beside the module or in the
        user's cache, it is compiled anew in each process.
    """
    try:
        return _jit(function, cache=True)
    except RuntimeError:  # nowhere to keep it
        return _jit(function, cache=False)


def _jit(function: Callable[P, R], *, cache: bool) -> Callable[P, R]:
    compiles = numba.njit(cache=cache, nogil=True, error_model="numpy", fastmath=FAST)
    made: Callable[P, R] = compiles(function)
    return made


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Write a function into whichever compiled one calls it, instead of calling it.

    Parameters
    ----------
    function : callable
        As for `compiled`; to hand over many arrays would cost more than what it does.

    Returns
    -------
    callable
        The same function.
    """
    writes_in = numba.njit(inline="always", error_model="numpy", fastmath=FAST)
    made: Callable[P, R] = writes_in(function)
    return made
