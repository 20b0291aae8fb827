"""JAX on the processor, with the bounds of `floats`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.arithmetics.engines import Engine, converted, format_of, need


def jax_engine(dtype: str = "float32") -> Engine:
    """The steps of jax.numpy, in the highest precision of its products; float64 without changing JAX's own default.

    Raises    MissingExtra when JAX is not installed; UnknownName for a dtype that it does not compute in
    """
    need("jax", "jax")
    import jax
    import jax.numpy as jnp

    kind = np.dtype(getattr(jnp, format_of("jax", dtype)))
    place = jax.devices("cpu")[0]

    def wide(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*parts: Array) -> Any:
            with jax.enable_x64(dtype == "float64"), jax.default_device(place):
                return np.asarray(step(*(jnp.asarray(part, dtype=kind) for part in parts)))

        return run

    steps: dict[str, Callable[..., Any]] = {
        "cast": lambda value: value,
        "add": jnp.add,
        "multiply": jnp.multiply,
        "matmul": lambda left, right: jnp.matmul(left, right, precision="highest"),
        "rowsum": lambda value: value.sum(axis=-1, keepdims=True),
        "divide": jnp.divide,
        "exp": jnp.exp,
        "log": jnp.log,
        "cos": jnp.cos,
        "sin": jnp.sin,
        "power": jnp.power,
    }
    return converted("jax", dtype, lambda value: value, lambda value: value, {k: wide(s) for k, s in steps.items()})
