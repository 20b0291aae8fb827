"""The arithmetics by name.  One line each; what a line names is imported when it is asked for.

exact              rationals                        ball:200           balls of 200 bits, python-flint
modular:7          integers modulo a prime          interval:100       intervals of 100 bits, mpmath
numpy:float32      NumPy, with error bounds         mpmath:50          mpmath at 50 digits, with error bounds
torch:bfloat16     torch, with error bounds         jax:float32        JAX, with error bounds
double-double      pairs of float64, with bounds    contract:fused bfloat16   everybody who keeps the contract
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from symattn.errors import UnknownName, layout, unknown_name
from symattn.numeric.arithmetic import Arithmetic
from symattn.numeric.bounds.formats import FORMATS, named


@dataclass(frozen=True)
class Entry:
    """How an arithmetic is made: a function of a module, of what follows the colon, if it takes anything."""

    module: str
    factory: str
    argument: str = ""
    read: Callable[[str], Any] = str
    default: Any = None
    engine: bool = False


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return read


def _prime(text: str) -> int:
    from sympy import isprime

    if not isprime(number := int(text)):
        raise ValueError(text)
    return number


def _format(text: str) -> str:
    return named(text).name


def _promise(text: str) -> Any:
    from symattn.numeric.bounds.contracts import contract

    return contract(text)


REGISTRY = {
    "exact": Entry("exact", "Exact"),
    "modular": Entry("modular", "Modular", "a prime", _prime, 2**31 - 1),
    "numpy": Entry("floats", "Floats", ", ".join(FORMATS), _format, "float64"),
    "mpmath": Entry("by_mpmath", "mpmath_engine", "decimal digits, 2 to 300", _whole(2, 300), 50, engine=True),
    "ball": Entry("by_flint", "Balls", "bits, 2 to 100000", _whole(2, 100_000), 128),
    "double-double": Entry("double_double", "DoubleDouble"),
    "interval": Entry("interval", "Intervals", "bits, 2 to 100000", _whole(2, 100_000), 100),
    "torch": Entry("by_torch", "torch_engine", ", ".join(FORMATS), _format, "float32", engine=True),
    "jax": Entry("by_jax", "jax_engine", ", ".join(FORMATS), _format, "float32", engine=True),
    "contract": Entry("fused", "keeping", "a contract such as fused bfloat16", _promise, "float32"),
}


def parse_arithmetic(text: str) -> Arithmetic:
    """The arithmetic of a name such as "exact", "numpy:float32", "ball:200" or "torch:bfloat16"; "float32" is NumPy's.

    text    the name, and after a colon what it takes: a prime, a format, bits or digits, a contract

    >>> sa.numeric.parse_arithmetic("modular:7").name
    'integers modulo 7'
    >>> sa.numeric.parse_arithmetic("modular:8")
    Traceback (most recent call last):
        ...
    symattn.errors.UnknownName: no arithmetic is called modular:8
      accepted after the colon: a prime

    Raises    UnknownName for a name that there is not, or an argument that it does not take, with what is accepted
              MissingExtra when the package that it needs is not installed
    """
    name, colon, given = text.strip().partition(":")
    if name in FORMATS and not colon:
        name, colon, given = "numpy", ":", name
    if name not in REGISTRY:
        raise _unknown(name)
    entry = REGISTRY[name]
    argument = _argument(text, entry, given) if colon else entry.default
    factory = getattr(import_module(f".{entry.module}", __package__), entry.factory)
    made = factory() if argument is None else factory(argument)
    if entry.engine:
        from symattn.numeric.arithmetics.floats import Floats

        return Floats(made)
    return made


def _argument(text: str, entry: Entry, given: str) -> Any:
    try:
        if not entry.argument:
            raise ValueError(given)
        return entry.read(given)
    except (ValueError, UnknownName):
        note = f"accepted after the colon: {entry.argument or 'nothing'}"
        raise UnknownName(layout(f"no arithmetic is called {text}", note=note)) from None


def _unknown(name: str) -> UnknownName:
    near = unknown_name(name, REGISTRY, kind="arithmetic")
    return UnknownName(f"{near}\n  accepted: {', '.join(REGISTRY)}")
