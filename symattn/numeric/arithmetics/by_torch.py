"""Torch on the processor, with the bounds of `floats`."""

from __future__ import annotations

from typing import Any

import numpy as np

from symattn.numeric.arithmetic import Array
from symattn.numeric.arithmetics.engines import Engine, converted, format_of, need


def torch_engine(dtype: str = "float32") -> Engine:
    """The steps of torch.

    Raises    MissingExtra when torch is not installed; UnknownName for a dtype that it does not compute in
    """
    need("torch", "torch")
    import torch

    kind = getattr(torch, format_of("torch", dtype))

    def outside(value: Array) -> Any:
        return torch.from_numpy(np.array(value)).to(kind)

    def inside(value: Any) -> Array:
        return (value.float() if kind is torch.bfloat16 else value).numpy()

    steps: dict[str, Any] = {
        "cast": lambda value: value,
        "add": torch.add,
        "multiply": torch.multiply,
        "matmul": torch.matmul,
        "rowsum": lambda value: value.sum(dim=-1, keepdim=True),
        "divide": torch.divide,
        "exp": torch.exp,
        "log": torch.log,
        "cos": torch.cos,
        "sin": torch.sin,
        "power": torch.pow,
    }
    return converted("torch", dtype, outside, inside, steps)
