"""Counts as coordinators may see them: noised, rounded, and small ones hidden.

Nothing here is decided by a true count: a cell is hidden by what is left of it after noise. A
cell that was hidden by its true count would tell, by coming and going, whether there are ten
people or eleven.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from matcher.domain.noise import KeyedChance, discrete_laplace

LEAST = 11
STEP = 5
CERTAIN = 3
"""Deviations of noise above which hardly any number is noise alone."""

Table = Mapping[str, int]
Shown = dict[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What hides one person in a release of tables.

    `epsilon`: by a factor of exp(epsilon) at the most, any answer is likelier with one person
    than without them. `sensitivity`: by how much one person can change all cells together.
    The same `question` under the same key gives the same noise.
    """

    key: bytes
    question: bytes
    epsilon: Fraction
    sensitivity: int

    @property
    def scale(self) -> Fraction:
        """How wide the noise of a cell is."""
        return Fraction(self.sensitivity) / self.epsilon

    def noise(self, cell: str) -> int:
        """Draw the noise of one cell; each cell has its own."""
        chance = KeyedChance(self.key, self.question + cell.encode())
        return discrete_laplace(self.scale, chance)


def shown(tables: Mapping[str, Table], cover: Cover) -> dict[str, Shown]:
    """Make tables fit to be seen; the total of each stands under "all".

    None stands for fewer than `LEAST`. Where a single cell of a table is hidden, the smallest
    one beside it is hidden too: the total less the others would tell it otherwise.
    """
    return {name: _shown(name, table, cover) for name, table in tables.items()}


def _shown(name: str, table: Table, cover: Cover) -> Shown:
    noised = {cell: count + cover.noise(f"{name}\0{cell}") for cell, count in table.items()}
    cells: dict[str, int | None] = {cell: tidy(count) for cell, count in noised.items()}
    hidden = [cell for cell, count in cells.items() if count is None]
    left = [cell for cell, count in cells.items() if count is not None]
    if len(hidden) == 1 and left:
        cells[min(left, key=lambda cell: (noised[cell], cell))] = None
    return {**cells, "all": tidy(sum(noised.values()))}


def tidy(noised: int) -> int | None:
    """Round a noised count to a multiple of `STEP`; None where that is under `LEAST`."""
    rounded = STEP * round(Fraction(noised, STEP))
    return None if rounded < LEAST else rounded
