"""What computes the values that `floats` bounds: NumPy, bfloat16 on NumPy, torch, JAX or mpmath.

An engine gives a few steps on NumPy arrays, each rounded as `Format` says.  The arrays have a type that holds every
number of the format: float32 for bfloat16, Python objects for mpmath.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib import util
from typing import Any

import numpy as np

from symattn.errors import MissingExtra, UnknownName, layout
from symattn.numeric.arithmetic import Array
from symattn.numeric.bounds.balls import magnitude
from symattn.numeric.bounds.formats import FORMATS, Format, named

Step = Callable[..., Array]


@dataclass(frozen=True, eq=False)
class Engine:
    """Steps that round.

    name        how the arithmetic is called
    carrier     the type of the arrays
    cast        float64 entries, rounded to the format, in such an array
    flushes     whether numbers below the least normal one may become 0
    sums        the unit roundoff inside sums and products of matrices, where it is not that of the format
    number      an exact number, rounded; None where NumPy's own conversion from float64 does it
    """

    name: str
    format: Format
    carrier: np.dtype
    cast: Step
    add: Step
    multiply: Step
    matmul: Step
    rowsum: Step
    divide: Step
    exp: Step
    log: Step
    cos: Step
    sin: Step
    power: Step
    flushes: bool = False
    sums: float | None = None
    number: Callable[[Fraction], Any] | None = None

    @property
    def underflow(self) -> float:
        """What one underflow can lose."""
        return self.format.flushed if self.flushes else self.format.least

    def finite(self, value: Array) -> Array:
        """Which entries are numbers."""
        return np.isfinite(value if value.dtype != object else magnitude(value))


def numpy_engine(dtype: str = "float64") -> Engine:
    """NumPy in a type of its own."""
    kind = np.dtype(dtype)

    def rowsum(value: Array) -> Array:
        return value.sum(axis=-1, keepdims=True, dtype=kind)

    def power(base: Array, exponent: Fraction) -> Array:
        return np.power(base, kind.type(float(exponent)))

    def cast(value: Array) -> Array:
        return np.asarray(value).astype(kind)

    steps = (np.add, np.multiply, np.matmul, rowsum, np.divide, np.exp, np.log, np.cos, np.sin)
    return Engine(kind.name, named(kind.name), kind, cast, *steps, power)


def wide_engine(dtype: str = "bfloat16") -> Engine:
    """A 16-bit format on NumPy: every step in float32, then rounded; sums and products of matrices at their end."""
    wide = numpy_engine("float32")
    rounded = nearest_bfloat16 if dtype == "bfloat16" else nearest_float16

    def near(step: Step) -> Step:
        return lambda *parts: rounded(step(*parts))

    names = ("cast", "add", "multiply", "matmul", "rowsum", "divide", "exp", "log", "cos", "sin", "power")
    steps: dict[str, Any] = {name: near(getattr(wide, name)) for name in names}
    return Engine(dtype, named(dtype), wide.carrier, sums=wide.format.unit, **steps)


def nearest_bfloat16(value: Array) -> Array:
    """float32 numbers rounded to their upper half, to even."""
    single = np.ascontiguousarray(value, dtype=np.float32)
    bits = single.view(np.uint32)
    kept = (bits + (((bits >> 16) & 1) + np.uint32(0x7FFF))) & np.uint32(0xFFFF0000)
    return np.where(np.isfinite(single), kept.view(np.float32), single).reshape(np.shape(value))


def nearest_float16(value: Array) -> Array:
    """float32 numbers rounded to float16, still in float32."""
    return np.asarray(value, dtype=np.float16).astype(np.float32)


def converted(
    name: str, dtype: str, outside: Callable[[Array], Any], inside: Callable[[Any], Array], steps: dict[str, Step]
) -> Engine:
    """An engine whose steps are those of another library, on arrays of its own."""
    carrier = np.dtype("float32" if dtype == "bfloat16" else dtype)

    def around(step: Step) -> Step:
        return lambda *parts: np.asarray(inside(step(*map(outside, parts)))).astype(carrier, copy=False)

    def power(base: Array, exponent: Fraction) -> Array:
        return around(steps["power"])(base, np.full((1, 1), float(exponent)))

    moved: dict[str, Any] = {key: around(step) for key, step in steps.items() if key != "power"}
    return Engine(f"{name} {dtype}", FORMATS[dtype], carrier, power=power, flushes=True, **moved)


def format_of(framework: str, dtype: str) -> str:
    """The dtype, when the framework computes in it.

    Raises    UnknownName, which lists those that it has
    """
    if dtype not in FORMATS:
        raise UnknownName(layout(f"{framework} has no {dtype!r} here", note=f"accepted: {', '.join(FORMATS)}"))
    return dtype


def need(module: str, extra: str) -> None:
    """Raises    MissingExtra when the module is not installed, with the extra that brings it"""
    if util.find_spec(module) is None:
        raise MissingExtra(layout(f"{module} is not installed", note=f"pip install 'symattn[{extra}]'"))
