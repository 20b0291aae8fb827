"""Which sizes, probes and layouts in memory a function is tried at, in the order of what they are likely to show.

First a few that tell most mistakes, so that slow functions meet them too; then every probe; then the edges of blocks
(15 16 17 63 64 65 127 128 130) and head widths 64, 128, 256, mixed so that each occurs cheaply.  A framework that
compiles a function for every shape gets the same edges, widths and probes in half as many shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symattn.checks.attention.spec.spec import AttentionSpec
from symattn.errors import LanguageError, layout

__all__ = ["HELD", "Shape", "fixed_sizes", "shapes"]

NAMES = ("batch", "n", "m", "k", "v")
HELD = ("contiguous", "transposed", "sliced")
PROBED = ("uniform", "ones", "retrieval", "negative", "ramps", "index")
EDGES = (
    (16, 17, 16),
    (17, 15, 16),
    (65, 63, 64),
    (3, 130, 64),
    (15, 65, 128),
    (130, 3, 64),
    (17, 64, 256),
    (64, 127, 64),
    (127, 128, 32),
    (128, 130, 64),
    (63, 130, 128),
    (130, 130, 64),
)
FEW = ((15, 63, 128), (128, 15, 64), (64, 127, 64), (63, 64, 256), (127, 128, 32))
TAILS = (17, 33, 130)
FAR = 512  # a window that is wider is not looked at from its far end


@dataclass(frozen=True)
class Shape:
    """The sizes of one sample, the probe that fills it, and how its tensors lie in memory."""

    batch: int
    n: int
    m: int
    k: int
    v: int
    probe: str = "normal"
    held: str = "contiguous"

    def __str__(self) -> str:
        sizes = ", ".join(f"{name}={getattr(self, name)}" for name in NAMES)
        return f"{sizes}, {self.probe}" + ("" if self.held == "contiguous" else f", {self.held}")


Fixed = Mapping[str, tuple[int, ...]]


def fixed_sizes(given: Mapping[str, Any] | None) -> Fixed:
    """The sizes that the caller allows: a number, or several to choose from.

    Raises    LanguageError for a size that there is not, or no whole number from 1 on
    """
    found = {}
    for name, value in (given or {}).items():
        numbers = (value,) if isinstance(value, int) else tuple(value) if isinstance(value, Sequence) else ()
        wrong = not numbers or any(isinstance(each, bool) or not isinstance(each, int) or each < 1 for each in numbers)
        if name not in NAMES or wrong:
            pairs = [("given", f"{name} = {value!r}"), ("sizes", ", ".join(NAMES))]
            raise LanguageError(layout("no such size", pairs, "accepted: a whole number from 1 on, or several"))
        found[name] = numbers
    return found


def shapes(spec: AttentionSpec, fixed: Fixed, *, few: bool = False) -> list[Shape]:
    """All that is worth trying, each once; with `few`, in few different sizes."""
    found: dict[Shape, None] = {}
    for place, shape in enumerate(_in_few_sizes(spec) if few else _wanted(spec)):
        fitted = _fitted(spec, replace(shape, held=HELD[place % len(HELD)]), fixed, place)
        if replace(fitted, held="contiguous") not in {replace(each, held="contiguous") for each in found}:
            found[fitted] = None
    return list(found)


def _wanted(spec: AttentionSpec) -> Iterator[Shape]:
    yield from (Shape(2, 5, 7, 8, 6), Shape(2, 7, 5, 8, 8), Shape(1, 5, 7, 8, 8, "large"))
    if (spec.mask or spec.float_mask or spec.lengths) and spec.hidden_rows != "never":
        yield Shape(2, 5, 7, 8, 8, "hidden")
    if spec.qk_norm:
        yield Shape(2, 5, 7, 8, 8, "faint")
    yield from _beyond_the_window(spec)
    yield from (Shape(1, 65, 65, 16, 16, "tail"), Shape(1, 17, 130, 16, 16, "rising"))
    yield from (Shape(2, 1, 9, 8, 8), Shape(2, 9, 1, 8, 8), Shape(2, 6, 6, 8, 8))
    yield from (Shape(1, 5, 7, 8, 8, probe) for probe in PROBED)
    for size in TAILS:
        yield Shape(1, size, size, 16, 16, "tail")
    for n, m, k in EDGES:
        yield Shape(1, n, m, k, k, "rising" if m > 64 else "normal")
    yield Shape(1, 130, 130, 64, 64, "sharp")


def _in_few_sizes(spec: AttentionSpec) -> Iterator[Shape]:
    """What `_wanted` has, where many samples share their sizes."""
    small = Shape(2, 5, 7, 8, 6)
    yield from (small, Shape(2, 16, 1, 8, 8), replace(small, probe="large"))
    if (spec.mask or spec.float_mask or spec.lengths) and spec.hidden_rows != "never":
        yield replace(small, probe="hidden")
    if spec.qk_norm:
        yield replace(small, probe="faint")
    yield from _beyond_the_window(spec)
    yield from (Shape(1, 65, 65, 16, 16, "tail"), Shape(1, 1, 130, 16, 16, "rising"), Shape(2, 17, 17, 16, 16))
    yield from (replace(small, probe=probe) for probe in PROBED)
    yield from (Shape(2, 17, 17, 16, 16, "tail"), Shape(1, 33, 33, 16, 16, "tail"))
    yield from (Shape(1, 130, 130, 64, 64, probe) for probe in ("tail", "rising", "sharp"))
    for n, m, k in FEW:
        yield Shape(1, n, m, k, k, "rising" if m > 64 else "normal")


def _beyond_the_window(spec: AttentionSpec) -> Iterator[Shape]:
    """Queries that have keys on both sides of their window."""
    left, right = (side or 0 for side in spec.window or (0, 0))
    reach = left + right
    if 2 < reach <= FAR:
        size = reach + 5
        yield Shape(1, size, size, 8, 8, "rising")
        if spec.aligned == "lower-right":
            yield Shape(1, right + 5, size, 8, 8)


def _fitted(spec: AttentionSpec, shape: Shape, fixed: Fixed, place: int) -> Shape:
    """With the sizes that the caller allows: the very one, or each in turn."""
    changes = {}
    for name, numbers in fixed.items():
        if getattr(shape, name) not in numbers:
            changes[name] = numbers[place % len(numbers)]
    if "b" not in spec.layout:
        changes["batch"] = 1
    fitted = replace(shape, **changes)  # type: ignore[arg-type]
    return replace(fitted, v=fitted.k) if spec.widths == "same" else fitted
