"""Tensors of NumPy, torch and JAX as NumPy arrays, without importing any of the others.

16-bit numbers are widened to float32, which is exact.  What is stored as a code for a number, such as int8 or float8
with a scale beside it, is refused: the numbers of the code are not the weights.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from symattn.errors import WeightsError, layout

Array = Any

WIDENED = ("float16", "bfloat16")
CODES = ("int8", "uint8", "bool", "int4", "uint4", "int2", "uint2", "qint", "quint")
READ = "read: float64, float32, float16, bfloat16 and whole numbers of 16 bits or more"


def as_array(tensor: Any, name: str) -> Array:
    """The numbers of a tensor, each as it is.

    Raises    WeightsError for a quantised, masked, sparse or longer type, and for what is no tensor
    """
    if isinstance(tensor, np.ma.MaskedArray):
        raise WeightsError(f"{name} is a masked array: fill it first, its hidden entries are no weights")
    array = _from_torch(tensor, name) if _is_torch(tensor) else np.asarray(tensor)
    if array.dtype.name in WIDENED:
        return array.astype(np.float32)
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        raise WeightsError(layout(f"{name} is of {array.dtype.name}, which float64 does not hold", note=READ))
    return array


def refuse_code(kind: str, name: str) -> None:
    """Refuses a type that codes numbers instead of holding them."""
    plain = kind.lower().removeprefix("torch.")
    if plain.startswith(("float8_", "float4_", "float6_", "f8_", "f4", "f6_", *CODES)):
        note = f"its numbers are codes, which only mean a weight together with a scale: dequantise it first\n{READ}"
        raise WeightsError(layout(f"{name} is quantised: it is of {plain}", note=note))


def _is_torch(tensor: Any) -> bool:
    return any(base.__module__.partition(".")[0] == "torch" for base in type(tensor).__mro__)


def _from_torch(tensor: Any, name: str) -> Array:
    """A torch tensor, wherever it is and whether or not it has a gradient."""
    kind = str(tensor.dtype)
    refuse_code(kind, name)
    try:
        plain = tensor.detach().cpu()
        plain = plain.float() if kind == "torch.bfloat16" else plain
        return plain.resolve_conj().resolve_neg().numpy()
    except (RuntimeError, TypeError, NotImplementedError) as reason:
        told = str(reason).splitlines()[0]
        raise WeightsError(layout(f"cannot read {name}, a torch tensor of {kind}", note=told)) from None


def is_module(source: Any) -> bool:
    """Whether this is a module of torch, which is asked for its tensors by `state_dict`."""
    return callable(getattr(source, "state_dict", None))


def readers_of(source: Mapping[Any, Any]) -> dict[str, Callable[[], Array]]:
    """One reader for each tensor; the names of nested mappings are joined by dots."""
    return {name: partial(as_array, tensor, name) for name, tensor in _flat(source, "")}


def _flat(source: Mapping[Any, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in source.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif hasattr(value, "dtype") or isinstance(value, list | tuple):
            yield name, value
