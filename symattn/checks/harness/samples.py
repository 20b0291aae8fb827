"""Where a function is compared with its expression.

Sizes are pairwise different, and degenerate in turn; values are numbers that the dtype holds, so that the function and
the exact reference start from the same inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np
from sympy import Symbol, preorder_traversal

from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.probes import PROBES, probes_of, roles_of
from symattn.checks.harness.scalars import scalar_probes, scalar_values, scalars_of
from symattn.errors import LanguageError, UnknownName, layout
from symattn.language import Determinant, Family, Size, Softmax, letters_of, sizes_of, text
from symattn.language.walk import nodes_of
from symattn.numeric.bounds.formats import named
from symattn.numeric.samples.samples import Sample, degenerate, letter_shape, sample

__all__ = ["Case", "Wanted", "cases", "named_sizes"]

Array = Any
LARGEST_SIZE = 13
LONG = 130  # crosses the edges of blocks of 8, 16, 64 and 128, and leaves a tail in each
WHOLE = ("uniform", "retrieval", "signs", "onehot")  # probes at which letters with facts are whole numbers


@dataclass(frozen=True)
class Wanted:
    """What the caller fixed: some sizes, some inputs by name, the seed, how many random samples, one probe only.

    few_shapes    samples share shapes: for a framework that compiles a function anew for each
    """

    sizes: Mapping[Any, int]
    inputs: Mapping[Any, Array]
    seed: int
    trials: int
    probe: str | None
    few_shapes: bool = False


@dataclass(frozen=True)
class Case:
    """One sample: `probe`, sizes and seed draw it again."""

    probe: str
    at: Sample
    degenerate: bool = False

    @property
    def seed(self) -> int:
        return self.at.seed

    def named(self) -> dict[str, Array]:
        """The letters by name, as a function takes them."""
        return {letter.name: np.asarray(value, dtype=np.float64) for letter, value in self.at.values.items()}

    def scalars(self) -> str:
        """The scalar letters and their values, for a message."""
        numbers = {letter: value for letter, value in self.at.values.items() if isinstance(letter, Symbol)}
        return ", ".join(f"{text(letter)} = {float(value):.6g}" for letter, value in numbers.items())

    def told(self) -> str:
        return ", ".join(f"{text(size)}={number}" for size, number in self.at.sizes.items()) or "none"


def named_sizes(subject: Any, given: Mapping[Any, int] | None) -> dict[Any, int]:
    """The sizes of an expression by name or as they are.

    Raises    UnknownName for a size that it does not have; LanguageError for one that is no whole number
    """
    known = {size.name: size for part in _parts(subject) for size in sizes_of(part)}
    found = {}
    for key, number in (given or {}).items():
        name = key.name if isinstance(key, Size) else str(key)
        if name not in known:
            raise _unknown("size", name, known)
        if isinstance(number, bool) or not isinstance(number, int | np.integer):
            raise LanguageError(f"the size {name} is {number!r}, but must be a whole number")
        found[known[name]] = int(number)
    return found


def named_inputs(expr: Any, given: Mapping[Any, Any] | None, dtype: str) -> dict[Any, Array]:
    """Values of letters by name, rounded to the dtype.

    Raises    UnknownName for a letter that the expression does not have
              LanguageError for entries that are no finite numbers, or that the dtype cannot hold
    """
    known = {letter.name: letter for letter in letters_of(expr)}
    found = {}
    for key, value in (given or {}).items():
        name = getattr(key, "name", None) or str(key)
        if name not in known:
            raise _unknown("letter", name, known)
        found[known[name]] = finite(name, value, dtype)
    return found


def finite(name: str, value: Any, dtype: str) -> Array:
    """The value as float64, rounded to the dtype, when every entry is a number that the dtype holds."""
    try:
        numbers = np.array(getattr(value, "tolist", lambda: value)(), dtype=np.float64)
    except (TypeError, ValueError):
        raise LanguageError(f"{name} is not an array of real numbers, but {type(value).__name__}") from None
    if hasattr(value, "shape"):
        numbers = numbers.reshape(tuple(value.shape))
    for what, bad in (
        ("is not a finite number", ~np.isfinite(numbers)),
        (f"is too large for {dtype}", _over(numbers, dtype)),
    ):
        if bad.any():
            place = tuple(int(i) for i in np.argwhere(bad)[0])
            pairs = [("entry", str(place) if place else name), ("value", repr(float(numbers[place])))]
            raise LanguageError(layout(f"{name} has an entry that {what}", pairs, "inputs are finite numbers"))
    return rounded(numbers, dtype)


def _held(value: Array, dtype: str) -> bool:
    numbers = np.asarray(value).astype(np.float64)
    return bool((rounded(numbers, dtype) == numbers).all())


def _over(numbers: Array, dtype: str) -> Array:
    return np.abs(numbers) > named(dtype).largest


def _parts(subject: Any) -> list[Any]:
    return list(subject) if isinstance(subject, list | tuple) else [subject]


def _unknown(what: str, name: str, known: Mapping[str, Any]) -> UnknownName:
    near = get_close_matches(name, list(known), n=1)
    pairs = [("given", name), ("it has", ", ".join(known) or "none")]
    return UnknownName(
        layout(f"the expression has no {what} {name}", pairs, f"Did you mean {near[0]}?" if near else "")
    )


def cases(expr: Any, wanted: Wanted, dtype: str) -> Iterator[Case]:
    """Random samples first, then every probe at the same sizes, then a scalar of each kind; then random entries at
    degenerate sizes, and with one long side.

    Raises    UnknownName for a probe that there is not
              ShapeError for inputs that contradict each other; LanguageError for sizes below their minimum
    """
    if wanted.probe is not None and wanted.probe not in PROBES:
        raise UnknownName(layout(f"no probe is called {wanted.probe}", note=f"there are {', '.join(PROBES)}"))
    probes = probes_of(expr) if wanted.probe is None else ()
    settled = _settled(expr, wanted)
    drawn = not all(letter in wanted.inputs for letter in letters_of(expr))
    for number in range(wanted.trials if drawn else 1):
        same = settled or not number or (wanted.few_shapes and number > 1)
        at = wanted if same else replace(wanted, sizes=_other_sizes(expr, wanted, number))
        yield _case(expr, wanted.probe or "normal", at, wanted.seed + number, dtype)
    if drawn:
        for probe in probes:
            yield _case(expr, probe, wanted, wanted.seed, dtype)
    if drawn and wanted.probe is None:
        yield from _with_scalars(expr, wanted, dtype)
    if wanted.probe is None and not settled:
        yield from _degenerate(expr, wanted, dtype)
        yield from _long(expr, wanted, dtype)


def _with_scalars(expr: Any, wanted: Wanted, dtype: str) -> Iterator[Case]:
    letters = [letter for letter in scalars_of(expr) if letter not in wanted.inputs]
    first = -wanted.seed % max(len(letters), 1)
    for probe, place in scalar_probes(expr, letters, dtype):
        yield _case(expr, probe, wanted, wanted.seed + (first + place) % len(letters), dtype)


def _long(expr: Any, wanted: Wanted, dtype: str) -> Iterator[Case]:
    """One side after the other is long, the others are small, so that a kernel's blocks have edges inside; or all are,
    each of its own length and the keys the longest.
    """
    through = _through(wanted)
    free = [size for size in sizes_of(expr) if size not in through and size not in wanted.sizes]
    small = {size: max(size.minimum, 2 + place % 3) for place, size in enumerate(free)}
    short = _short(expr)
    sides = [size for size in free if size not in short]
    long = [{size: max(LONG, size.minimum)} for size in sides]
    if wanted.few_shapes and sides:
        sides.sort(key=_is_of_keys(expr))
        long = [{size: max(LONG + place, size.minimum) for place, size in enumerate(sides)}]
    for chosen in long:
        at = replace(wanted, sizes={**wanted.sizes, **small, **chosen})
        yield _case(expr, "rising", at, wanted.seed, dtype)


def _is_of_keys(expr: Any) -> Callable[[Any], bool]:
    """Whether a size is the length of a row of weights."""
    found = {size for node in nodes_of(expr, kinds=Softmax) for size in node.shape[1].free_symbols}
    return lambda size: size in found


def _short(expr: Any) -> set[Any]:
    """Sizes that stay small: the number of heads, and where an inverse or a determinant is computed exactly."""
    found: set[Any] = set()
    for letter in letters_of(expr):
        found |= {letter.heads} if isinstance(letter, Family) else set()
        found |= set(letter.shape) if getattr(letter, "facts", frozenset()) & {"invertible", "orthogonal"} else set()
    for node in preorder_traversal(expr):
        found |= set(node.arg.shape) if isinstance(node, Determinant) else set()
    return {size for each in found for size in each.free_symbols}


def _settled(expr: Any, wanted: Wanted) -> bool:
    """Whether the caller fixed every size."""
    through = _through(wanted)
    return all(size in wanted.sizes or size in through for size in sizes_of(expr))


def _other_sizes(expr: Any, wanted: Wanted, number: int) -> dict[Any, int]:
    """Pairwise different sizes that are drawn, where the caller fixed none; below 4 an orthogonal matrix is signs."""
    through = _through(wanted)
    free = [size for size in sizes_of(expr) if size not in wanted.sizes and size not in through]
    rng = np.random.default_rng([wanted.seed, number])
    drawn = rng.permutation(np.arange(2, LARGEST_SIZE + 1))
    wide = {
        size for letter in letters_of(expr) if "orthogonal" in getattr(letter, "facts", ()) for size in letter.shape
    }
    chosen = {size: int(n) + LARGEST_SIZE * (n < 4 and size in wide) for size, n in zip(free, drawn, strict=False)}
    return {**wanted.sizes, **{size: max(size.minimum, number) for size, number in chosen.items()}}


def _through(wanted: Wanted) -> set[Any]:
    """The sizes that given inputs decide."""
    return {size for letter in wanted.inputs for size in sizes_of(letter)}


def _degenerate(expr: Any, wanted: Wanted, dtype: str) -> Iterator[Case]:
    through = _through(wanted)
    seen: list[dict[Any, int]] = []
    for sizes in degenerate(expr):
        free = {size: number for size, number in sizes.items() if size not in through}
        chosen = {**free, **wanted.sizes}
        if chosen in seen or (wanted.few_shapes and len(set(free.values())) > 1):
            continue
        seen.append(chosen)
        at = Wanted(chosen, wanted.inputs, wanted.seed, 1, "normal")
        try:
            yield Case("normal", _case(expr, "normal", at, wanted.seed, dtype).at, degenerate=True)
        except LanguageError:
            continue  # no matrix of this size has the declared facts


def _case(expr: Any, probe: str, wanted: Wanted, seed: int, dtype: str) -> Case:
    """Letters with facts have them exactly, in numbers that the dtype holds; the probe gives values to the others."""
    kind = "integers" if probe in WHOLE else "dyadic"
    base = sample(expr, sizes=wanted.sizes, seed=seed, kind=kind, values=wanted.inputs)
    if not all(_held(value, dtype) for letter, value in base.values.items() if getattr(letter, "facts", None)):
        base = sample(expr, sizes=wanted.sizes, seed=seed, kind="dyadic", values=wanted.inputs)
    free = [a for a in base.values if a not in wanted.inputs and not getattr(a, "facts", None)]
    shapes = {a: letter_shape(a, base.sizes) for a in free if not isinstance(a, Symbol)}
    rng = np.random.default_rng([seed, *(base.sizes[size] for size in sorted(base.sizes, key=text))])
    drawn = PROBES[probe](shapes, roles_of(expr, dtype), rng)
    drawn |= scalar_values(expr, [a for a in free if isinstance(a, Symbol)], probe, seed, rng, dtype)
    values = dict(wanted.inputs) | {a: rounded(value, dtype) for a, value in drawn.items()}
    values |= {a: np.asarray(v).astype(np.float64) for a, v in base.values.items() if a not in values}
    return Case(probe, sample(expr, sizes=base.sizes, seed=seed, values=values))
