"""How many numbers an evaluation holds at once, known before anything is drawn."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import prod
from typing import Any

from symattn.errors import LanguageError, Undecided, layout
from symattn.language import Size, text
from symattn.language.walk import nodes_of
from symattn.numeric.samples.samples import dimensions
from symattn.numeric.shapes import whole_size

EXACT_ENTRIES = 2**22  # an exact number is an object of Python
FLOAT_ENTRIES = 2**24  # 128 MB of float64, of which a step needs several
STACKED_ENTRIES = 2**18  # of all that is evaluated for values side by side


def refuse_large(parts: Iterable[Any], sizes: Mapping[Size, int], most: int) -> None:
    """Refuses sizes at which some expression has more than so many entries.

    Raises    Undecided, which names the largest expression and the sizes
    """
    found = ((_of_shape(shape, sizes), node) for part in parts for shape, (node, _) in _shapes(part).items() if shape)
    entries, largest = max(found, key=_first, default=(0, None))
    if entries > most:
        told = ", ".join(f"{text(size)}={number}" for size, number in sizes.items() if size in _sizes(largest))
        pairs = [(text(largest), f"{entries} entries at {told}"), ("evaluated", f"up to {most} entries")]
        raise Undecided(layout("these sizes are too large to be evaluated", pairs))


def values_at_once(claim: Any, sizes: Mapping[Size, int]) -> int:
    """How many values of its letters a claim is judged at side by side: at least one."""
    held = sum(times * max(1, _of_shape(shape, sizes)) for shape, (_, times) in _shapes(claim).items())
    return max(1, STACKED_ENTRIES // max(1, held))


@lru_cache(maxsize=256)  # a claim is asked about at many samples
def _shapes(claim: Any) -> dict[tuple[Any, ...], tuple[Any, int]]:
    """The shapes of its parts, for each the first that has it, and how many do."""
    shapes: dict[tuple[Any, ...], tuple[Any, int]] = {}
    for node in nodes_of(claim):
        first, times = shapes.get(shape := dimensions(node), (node, 0))
        shapes[shape] = first, times + 1
    return shapes


def _first(pair: tuple[int, Any]) -> int:
    return pair[0]


def _sizes(node: Any) -> set[Any]:
    return {size for length in node.shape for size in getattr(length, "free_symbols", ())}


def _of_shape(shape: tuple[Any, ...], sizes: Mapping[Size, int]) -> int:
    try:
        return prod(whole_size(length, sizes) for length in shape)
    except LanguageError:
        return 0  # a shape that only its surroundings give a number
