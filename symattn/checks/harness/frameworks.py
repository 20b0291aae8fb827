"""Arrays of NumPy, torch and JAX.  One adapter each; the package is imported when it is asked for.

An adapter makes an array of a dtype from float64 numbers that the dtype holds, and reads one back without rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from symattn.errors import LanguageError, MissingExtra, UnknownName, layout

__all__ = ["DTYPES", "FRAMEWORKS", "RETRACED", "Framework", "framework_called"]

Array = Any

DTYPES = ("float64", "float32", "float16", "bfloat16")
RETRACED = ("jax",)  # compile a function anew for each shape


@dataclass(frozen=True)
class Framework:
    """How arrays of one package are made and read.  `session` is what has to surround calls."""

    name: str
    kind: type
    make: Callable[[Array, str], Any]
    read: Callable[[Any], Array]
    dtype_of: Callable[[Any], str]
    session: Callable[[str], AbstractContextManager[Any]] = lambda dtype: nullcontext()


def _numpy() -> Framework:
    import numpy as np

    return Framework(
        "numpy",
        np.ndarray | np.generic,  # type: ignore[arg-type]
        lambda values, dtype: np.array(values, dtype=dtype),
        lambda array: np.asarray(array, dtype=np.float64),
        lambda array: str(array.dtype),
    )


def _torch() -> Framework:
    torch = import_module("torch")

    def read(array: Any) -> Array:
        return array.detach().cpu().to(torch.float64).numpy().copy()

    return Framework(
        "torch",
        torch.Tensor,
        lambda values, dtype: torch.tensor(values, dtype=getattr(torch, dtype)),
        read,
        lambda array: str(array.dtype).removeprefix("torch."),
    )


def _jax() -> Framework:
    import numpy as np

    jax = import_module("jax")

    def session(dtype: str) -> AbstractContextManager[Any]:
        """float64 exists in JAX only where it is switched on; elsewhere the user's own setting stands."""
        if dtype != "float64" or jax.config.jax_enable_x64:
            return nullcontext()
        home = jax if hasattr(jax, "enable_x64") else import_module("jax.experimental")
        return home.enable_x64(True)  # type: ignore[no-any-return]

    return Framework(
        "jax",
        jax.Array,
        lambda values, dtype: jax.numpy.asarray(np.asarray(values), dtype=dtype),
        lambda array: np.asarray(array).astype(np.float64),
        lambda array: str(array.dtype),
        session,
    )


FRAMEWORKS = {"numpy": (_numpy, ("float64", "float32", "float16")), "torch": (_torch, DTYPES), "jax": (_jax, DTYPES)}


def framework_called(name: str, dtype: str) -> Framework:
    """The adapter of a framework that has the dtype.

    Raises    UnknownName for another framework or dtype
              LanguageError when the framework has no such dtype
              MissingExtra when it is not installed
    """
    for value, known, what in ((name, tuple(FRAMEWORKS), "framework"), (dtype, DTYPES, "dtype")):
        if value not in known:
            near = get_close_matches(str(value), known, n=1)
            pairs = [("given", repr(value)), ("accepted", ", ".join(known))]
            raise UnknownName(layout(f"no {what} is called {value}", pairs, f"Did you mean {near[0]}?" if near else ""))
    make, dtypes = FRAMEWORKS[name]
    if dtype not in dtypes:
        others = ", ".join(other for other, (_, theirs) in FRAMEWORKS.items() if dtype in theirs)
        pairs = [(name, ", ".join(dtypes)), (f"with {dtype}", others)]
        raise LanguageError(layout(f"{name} has no {dtype}", pairs, f"pass framework= one that has {dtype}"))
    if find_spec(name) is None:
        raise MissingExtra(layout(f"{name} is not installed", note=f"pip install 'symattn[{name}]'"))
    return make()
