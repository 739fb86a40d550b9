"""Small matrices as tuples of rows: enough for a handful of numbers, and nothing to load."""

from collections.abc import Iterable

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]


def dot(one: Vector, other: Vector) -> float:
    """Multiply two vectors."""
    return sum(x * y for x, y in zip(one, other, strict=True))


def times(matrix: Matrix, vector: Vector) -> Vector:
    """Multiply a matrix by a vector."""
    return tuple(dot(row, vector) for row in matrix)


def product(one: Matrix, other: Matrix) -> Matrix:
    """Multiply two matrices."""
    columns = tuple(zip(*other, strict=True))
    return tuple(tuple(dot(row, column) for column in columns) for row in one)


def gram(weighed: Iterable[tuple[float, Vector]], ridge: Vector) -> Matrix:
    """Add up the weighed squares of rows, and a ridge on the diagonal."""
    rows = tuple(weighed)
    places = range(len(ridge))
    return tuple(
        tuple(
            sum(weight * row[i] * row[j] for weight, row in rows) + (ridge[i] if i == j else 0)
            for j in places
        )
        for i in places
    )


def inverse(matrix: Matrix) -> Matrix:
    """Invert a symmetric matrix whose every square is above nothing: its pivots are too."""
    size = len(matrix)
    rows = [
        [*row, *(float(i == j) for j in range(size))] for i, row in enumerate(map(list, matrix))
    ]
    for at in range(size):
        pivot = rows[at][at]
        rows[at] = [value / pivot for value in rows[at]]
        for other in range(size):
            if other != at:
                factor = rows[other][at]
                rows[other] = [
                    x - factor * y for x, y in zip(rows[other], rows[at], strict=True)
                ]
    return tuple(tuple(row[size:]) for row in rows)
