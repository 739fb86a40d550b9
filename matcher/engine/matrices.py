"""Matrices that come from outside: checked once, so that the numerics need not doubt them."""

from collections.abc import Sequence
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.domain.errors import InvalidMatrixError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

ROWS_BY_COLUMNS = 2
NUMBERS = "biuf"
"""Kinds of entries (numpy's letters): true or false, whole numbers, decimals."""


def answers(name: str, given: ArrayLike, *, columns: int | None = None) -> Floats:
    """Read a matrix of answers.

    Parameters
    ----------
    name : str
        What an error calls the matrix.
    given : array_like of shape (n_people, n_needs)
        Entries in [0, 1]; entries that a mask calls unknown must be finite as well. Either
        side may be empty.
    columns : int, optional
        The number of needs it has to have.

    Returns
    -------
    ndarray of shape (n_people, n_needs)
        The same entries as float64.

    Raises
    ------
    InvalidMatrixError
        If it is not a table of numbers, has another number of needs, or an entry is not
        finite, negative or above 1.

    Notes
    -----
    O(n_people * n_needs).
    """
    found = _numbers(name, given)
    if found.ndim != ROWS_BY_COLUMNS or columns not in (None, found.shape[1]):
        raise InvalidMatrixError(f"{name} has shape {found.shape}, not (n, {columns or 'm'})")
    if not np.isfinite(found).all() or (found < 0).any() or (found > 1).any():
        raise InvalidMatrixError(f"{name} has an entry outside [0, 1]")
    return found


def mask(name: str, given: ArrayLike, *, shape: tuple[int, ...]) -> Bools:
    """Read a mask of a given shape.

    Parameters
    ----------
    name : str
        What an error calls the mask.
    given : array_like of bool
        The mask; numbers are refused, so that scores never pass as answers.
    shape : tuple of int
        The shape it has to have.

    Returns
    -------
    ndarray of bool

    Raises
    ------
    InvalidMatrixError
        If the shape differs or an entry is neither true nor false.

    Notes
    -----
    O(entries). An empty mask may have any type.
    """
    found = _array(name, given)
    if found.shape != shape or (found.dtype != np.bool_ and found.size):
        raise InvalidMatrixError(f"{name} has to be true or false, of shape {shape}")
    return found.astype(np.bool_)


def column_weights(given: ArrayLike | None, *, columns: int) -> Floats:
    """Read one weight a column.

    Parameters
    ----------
    given : array_like of shape (columns,) or None
        Finite numbers of 0 or more; None means that all count the same.
    columns : int
        How many there have to be.

    Returns
    -------
    ndarray of shape (columns,)
        O(columns).

    Raises
    ------
    InvalidMatrixError
        If there are more or fewer than `columns`, or one is no number, negative or not
        finite.
    """
    if given is None:
        return np.ones(columns)
    found = _numbers("weights", given)
    if found.shape != (columns,) or not np.isfinite(found).all() or (found < 0).any():
        raise InvalidMatrixError(f"weights have to be {columns} finite numbers of 0 or more")
    return found


def column_mask(given: Sequence[int], *, columns: int) -> Bools:
    """Turn column numbers into a mask over all columns.

    Parameters
    ----------
    given : sequence of int
        Columns from 0, in any order; one may stand twice.
    columns : int
        How many columns there are.

    Returns
    -------
    ndarray of bool, shape (columns,)
        O(columns).

    Raises
    ------
    InvalidMatrixError
        If a number is no column.
    """
    found = np.zeros(columns, dtype=np.bool_)
    for column in given:
        if not is_whole(column) or not 0 <= column < columns:
            raise InvalidMatrixError(f"there is no column {column} among {columns}")
        found[column] = True
    return found


def is_number(given: object) -> bool:
    """Ask whether a caller really passed a number, whatever the annotation says.

    Parameters
    ----------
    given : object
        Anything.

    Returns
    -------
    bool

    Notes
    -----
    Takes O(1).
    """
    return isinstance(given, Real)


def is_whole(given: object) -> bool:
    """Ask whether a caller really passed a whole number.

    Parameters
    ----------
    given : object
        Anything.

    Returns
    -------
    bool

    Notes
    -----
    Takes O(1).
    """
    return isinstance(given, Integral)


def ratio(above: Floats, below: Floats) -> Floats:
    """Divide entry by entry; where there is nothing to divide by, the result is 0.

    Parameters
    ----------
    above, below : ndarray
        Of shapes that broadcast; `below` is 0 or more.

    Returns
    -------
    ndarray of the broadcast shape
        0 wherever `below` is 0. O(entries).
    """
    shape = np.broadcast_shapes(above.shape, below.shape)
    return np.divide(above, below, out=np.zeros(shape), where=below > 0)


def _numbers(name: str, given: ArrayLike) -> Floats:
    """Take numbers as they are; text that looks like numbers, dates and the like are none."""
    found = _array(name, given)
    if found.size and found.dtype.kind not in NUMBERS:
        raise InvalidMatrixError(f"{name} is no table of numbers")
    return found.astype(np.float64)


def _array(name: str, given: ArrayLike) -> NDArray[np.generic]:
    try:
        return np.asarray(given)
    except (TypeError, ValueError):
        raise InvalidMatrixError(f"{name} is no table: its rows differ") from None
