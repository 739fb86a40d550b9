"""Machine code from Python: one typed door to the compiler, so that the rest stays checked."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
from numba.core.caching import FunctionCache

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
        The same function, faster. Where nothing can be written beside the module or in the
        user's cache, or what was written is damaged, it is compiled anew in each process.
    """
    made: Any = numba.njit(nogil=True, error_model="numpy", fastmath=FAST)(function)
    with suppress(RuntimeError):  # nowhere to keep it
        made._cache = _Kept(function)  # noqa: SLF001 - the one way to choose how code is kept
    return _typed(made)


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
    return _typed(numba.njit(inline="always", error_model="numpy", fastmath=FAST)(function))


class _Kept(FunctionCache):
    """Compiled code on disk, for as long as no line of the engine changes.

    A function holds code and constants of others, in other files; numba would look at its own
    file alone. A disk that is full, or a file that is damaged, costs time and nothing else.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:  # noqa: ANN401 - numba's own
        """Find compiled code; None where there is none that can be read."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # noqa: BLE001 - a damaged file may lead to anything
            self._drop()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:  # noqa: ANN401 - numba's own
        """Keep compiled code, if that can be."""
        try:
            super().save_overload(sig, data)
        except Exception:  # noqa: BLE001 - a full disk, or a damaged list of what there is
            self._drop()

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:  # noqa: ANN401 - numba's own
        return (*super()._index_key(sig, codegen), _engine())

    def _drop(self) -> None:
        try:
            self.flush()
        except OSError:
            self.disable()


@cache
def _engine() -> str:
    """Say which engine this is: a digest of its sources."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _typed(made: Callable[P, R]) -> Callable[P, R]:
    return made
