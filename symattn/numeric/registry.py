"""Numeric layer: the arithmetics by name, each loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ..errors import LanguageError, UnknownName, layout
from .arithmetic import Arithmetic


def _exact(given: str) -> Arithmetic:
    from .exact import EXACT

    return EXACT


def _modular(given: str) -> Arithmetic:
    from .modular import LARGEST_31_BIT_PRIME, Modular

    return Modular(int(given or LARGEST_31_BIT_PRIME))


def _numpy(given: str) -> Arithmetic:
    from .floats import Floats

    return Floats(given or "float64")


def _interval(given: str) -> Arithmetic:
    from .interval import Intervals

    return Intervals(int(given or 100))


MAKERS: dict[str, Callable[[str], Arithmetic]] = {
    "exact": _exact,
    "modular": _modular,
    "numpy": _numpy,
    "interval": _interval,
}
DTYPES = ("float64", "float32", "float16")


@lru_cache(maxsize=64)
def parse_arithmetic(name: str) -> Arithmetic:
    """The arithmetic called KIND or KIND:DETAIL, such as numpy:float32 or modular:7; float64 is numpy:float64."""
    kind, _, given = name.partition(":")
    if kind in DTYPES:
        kind, given = "numpy", kind
    if kind not in MAKERS:
        raise UnknownName(layout(f"no arithmetic is called {name}", note=f"There are {', '.join(MAKERS)}."))
    try:
        return MAKERS[kind](given)
    except (ValueError, TypeError) as error:
        raise LanguageError(layout(f"{given!r} says nothing to the arithmetic {kind}", note=str(error))) from error
