"""Layer verify: the main job, one theorem after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import unknown_name
from ..numeric.samples import SEED
from ..numeric.trained import Head
from ..proof import Statement, catalogue
from .findings import Row
from .witnesses import exact_witness, float_witness, kernel_witness, trained_witness


def select(names: Sequence[str] = ()) -> list[Statement]:
    """The statements with these names, or the whole catalogue.

    Raises: UnknownName, with the nearest names.
    """
    known = catalogue()
    for name in names:
        if name not in known:
            raise unknown_name(name, known)
    return [known[name] for name in names] if names else list(known.values())


def verify(
    names: Sequence[str] = (), *, heads: Sequence[Head] = (), seed: int = SEED, seconds: float | None = None
) -> Iterator[Row]:
    """Checks the statements one after the other; `seconds` limits each witness of each."""
    return (check(statement, heads=heads, seed=seed, seconds=seconds) for statement in select(names))


def check(statement: Statement, *, heads: Sequence[Head] = (), seed: int = SEED, seconds: float | None = None) -> Row:
    """One statement, held to every witness; on trained heads too when there are any."""
    kernel, over = kernel_witness(statement, seconds=seconds)
    exact = exact_witness(statement, seed=seed, seconds=seconds)
    float64 = float_witness(statement, seed=seed, seconds=seconds)
    trained = trained_witness(statement, heads, seed=seed, seconds=seconds)
    return Row(statement.name, statement.card, statement.title, over, kernel, exact, float64, trained)
