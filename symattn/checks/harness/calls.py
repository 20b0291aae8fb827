"""Calling the function of a user, and saying clearly what is wrong with what it does or returns."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.checks.harness.failures import failed
from symattn.checks.harness.frameworks import Framework
from symattn.errors import LanguageError, layout

__all__ = ["Tested", "name_of", "undisturbed"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any
Shape = tuple[int, ...]


def name_of(fn: Any) -> str:
    """What to call a function in a message."""
    return getattr(fn, "__name__", None) or type(fn).__name__


@contextmanager
def undisturbed() -> Iterator[None]:
    """No warning ends a call: overflows are judged by what they lead to, and what frameworks warn of is no failure.

    Where filters make errors of warnings, as those of pytest can, each is shown once; other filters stay as they are.
    """
    with np.errstate(all="ignore"):
        if not any(f[0] == "error" for f in warnings.filters):
            yield
            return
        with warnings.catch_warnings():
            warnings.filters = [("once" if f[0] == "error" else f[0], *f[1:]) for f in warnings.filters]
            yield


def _told(name: str, value: Array) -> str:
    """A letter with its shape, a scalar with its value."""
    return f"{name} {_times(np.shape(value))}" if np.ndim(value) else f"{name} = {float(value):.6g}"


def _times(shape: Shape) -> str:
    return "×".join(map(str, shape)) or "a number"


@dataclass(frozen=True)
class Tested:
    """A function with the framework and the dtype that it is tested in.  Scalars are given as Python floats."""

    fn: Callable[..., Any]
    framework: Framework
    dtype: str

    @property
    def name(self) -> str:
        return name_of(self.fn)

    def accepts(self, letters: Mapping[str, Any]) -> None:
        """Refuse a function that cannot be called with these letters.

        Raises    LanguageError with what it takes and what it is given
        """
        if not callable(self.fn):
            raise LanguageError(f"{self.fn!r} is not a function")
        try:
            signature = inspect.signature(self.fn)
        except (TypeError, ValueError):
            return  # written in C: calling it will tell
        try:
            signature.bind(**letters)
        except TypeError as reason:
            pairs = [("parameters", str(signature)), ("letters", ", ".join(letters))]
            note = f"{reason}; letters are passed by name"
            raise LanguageError(layout(f"{self.name} cannot be called with these letters", pairs, note)) from None

    def __call__(self, values: Mapping[str, Array], shape: Shape | None, *, at: str, twice: bool = False) -> Array:
        """What the function returns, as float64; `shape` is () for a number, None for any.

        Raises    CheckFailed when it raises, changes its inputs, or returns something of another kind
        """
        with self.framework.session(self.dtype):
            result = self._once(values, shape, at)
            again = self._once(values, shape, at) if twice else result
        if not np.array_equal(result, again, equal_nan=True):
            place = tuple(int(i) for i in np.argwhere(~((result == again) | (np.isnan(result) & np.isnan(again))))[0])
            pairs = [("first", repr(float(result[place]))), ("then", repr(float(again[place]))), ("sizes", at)]
            note = "nothing can be said of a function with dropout or another random part: switch it off"
            raise failed(f"{self.name} returns something else when it is called again", pairs, note)
        return result

    def _once(self, values: Mapping[str, Array], shape: Shape | None, at: str) -> Array:
        given = {name: self._array(value) for name, value in values.items()}
        kept = {name: np.array(self._read(array), copy=True) for name, array in given.items()}
        try:
            with undisturbed():
                result = self.fn(**given)
        except Exception as reason:
            shown = ", ".join(_told(name, value) for name, value in values.items())
            pairs = [(type(reason).__name__, str(reason).partition("\n")[0]), ("given", shown), ("sizes", at)]
            raise failed(f"{self.name} raises {type(reason).__name__}", pairs) from reason
        for name, array in given.items():
            if not np.array_equal(self._read(array), kept[name]):
                note = "a function under test may not change its arguments: what it changes would be lost on the caller"
                raise failed(f"{self.name} changes its input {name}", [("sizes", at)], note)
        return self._checked(result, shape, at)

    def _array(self, value: Array) -> Any:
        return float(value) if np.ndim(value) == 0 else self.framework.make(value, self.dtype)

    def _read(self, array: Any) -> Array:
        return np.asarray(array) if isinstance(array, float) else self.framework.read(array)

    def _checked(self, result: Any, shape: Shape | None, at: str) -> Array:
        if shape == () and isinstance(result, float) and not isinstance(result, np.generic):
            return np.full((1, 1), result)
        if not isinstance(result, self.framework.kind):
            wanted = f"an array of {self.framework.name}"
            pairs = [("returned", f"{type(result).__module__}.{type(result).__qualname__}"), ("needed", wanted)]
            raise failed(f"{self.name} does not return an array", [*pairs, ("sizes", at)])
        array: Any = result
        returned = tuple(map(int, array.shape))
        if shape is not None and returned != shape and not (shape == () and returned == (1, 1)):
            pairs = [("returned", _times(returned)), ("needed", _times(shape)), ("sizes", at)]
            raise failed(f"{self.name} returns an array of another shape", pairs)
        dtype = self.framework.dtype_of(result)
        if dtype != self.dtype:
            pairs = [("returned", dtype), ("needed", self.dtype), ("sizes", at)]
            note = f"pass dtype={dtype!r} if that is meant, or cast the result"
            raise failed(f"{self.name} returns another dtype than it is given", pairs, note)
        numbers = self.framework.read(result)
        return numbers if shape is None else numbers.reshape(shape or (1, 1))
