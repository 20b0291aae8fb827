"""Numeric layer: the heads of trained weights, each as the matrices Q, K, V, O of the statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ..errors import WeightsError, layout
from .layouts import INTERLEAVED, Names, cut_fused, cut_pair, detect, split
from .weights import Weights, finite

Array = Any


@dataclass(frozen=True, eq=False)
class Head:
    """One head.

    Shapes    Q, K d×k; V d×v and O v×d, or None where the file does not give them
    """

    layer: str
    index: int
    Q: Array
    K: Array
    V: Array | None = None
    O: Array | None = None

    @property
    def name(self) -> str:
        return f"{self.layer}[{self.index}]"


def heads(
    weights: Weights | Mapping[str, Array],
    *,
    heads: int | None = None,
    query: str | None = None,
    key: str | None = None,
    value: str | None = None,
    output: str | None = None,
    fused: str | None = None,
    kv_heads: int | None = None,
    layout: str | None = None,
) -> list[Head]:
    """The heads of one layer, or of every layer whose names are recognised when no name is given.

    A matrix may be d×(H k) (x @ W, "right"), (H k)×d (torch's Linear, "linear") or H×d×k.  The shapes decide; where
    both ways fit, as for a square matrix, `layout` does, and without it a name that ends in .weight is "linear", any
    other "right".  With fewer key heads than heads, head h uses key head h // (heads // kv_heads).  `fused` names one
    matrix with query, key and value blocks in this order.

    Raises    WeightsError when a name is missing, or a width is not divisible by the heads
    """
    if query is None and fused is None:
        layers = detect(weights)
    elif fused is None and key is None:
        raise WeightsError(f"query={query} needs key=, the name of the keys")
    else:
        layers = [Names(query, key, value, output, fused)]
    return [head for names in layers for head in _layer(weights, names, heads, kv_heads, layout)]


def _tensor(weights: Weights | Mapping[str, Array], name: str, dimensions: tuple[int, ...]) -> Array:
    if not isinstance(weights, Weights):  # so that a name that is not there has the same error
        weights = Weights("the mapping", {key: partial(weights.__getitem__, key) for key in weights})
    tensor = finite(np.asarray(weights[name]), name)
    if tensor.ndim not in dimensions or tensor.dtype.kind not in "fiu":
        needed = " or ".join(map(str, dimensions))
        shape = "×".join(map(str, tensor.shape)) or "a single number"
        raise WeightsError(
            layout(
                f"{name} is not a weight matrix", [("given", f"{shape} of {tensor.dtype}")], f"needed: {needed} axes"
            )
        )
    return tensor


def _layer(
    weights: Weights | Mapping[str, Array], names: Names, count: int | None, kv_heads: int | None, way: str | None
) -> list[Head]:
    if names.fused is not None:
        Q, K, V, O = _fused_layer(weights, names, _count(count, names.layer), kv_heads, way)
    else:
        Q, K, V, O = _pair_layer(weights, names, count, kv_heads, way)
    share = len(Q) // len(K)
    return [
        Head(names.layer, h, Q[h], K[h // share], None if V is None else V[h // share], None if O is None else O[h])
        for h in range(len(Q))
    ]


def _count(count: int | None, name: str) -> int:
    if count is None or count < 1:
        raise WeightsError(f"{name} does not say how many heads it holds: pass heads=")
    return count


Matrices = tuple[Array, Array, Array | None, Array | None]


def _pair_layer(
    weights: Weights | Mapping[str, Array], names: Names, count: int | None, kv_heads: int | None, way: str | None
) -> Matrices:
    query, key = (_tensor(weights, str(name), (2, 3)) for name in (names.query, names.key))
    value, output = (None if name is None else _tensor(weights, name, (2, 3)) for name in (names.value, names.output))
    if query.ndim == 3 and key.ndim == 3:
        _fit_stacks(names, query, key, count)
        return query, key, value, output
    cut = cut_pair(names.layer, query, key, _count(count, names.layer), kv_heads, way)
    if value is not None and value.ndim == 2:
        value = _split_checked(str(names.value), value, cut.way, cut.kv_heads, cut.width)
    if output is not None and output.ndim == 2:
        turned = "linear" if cut.way == "right" else "right"  # the output matrix has the heads on its other side
        output = _split_checked(str(names.output), output, turned, cut.heads, cut.width).swapaxes(1, 2)
    return split(query, cut.way, cut.heads), split(key, cut.way, cut.kv_heads), value, output


def _fit_stacks(names: Names, query: Array, key: Array, count: int | None) -> None:
    pairs = [(str(name), "×".join(map(str, part.shape))) for name, part in ((names.query, query), (names.key, key))]
    if query.shape[1:] != key.shape[1:] or not len(key) or len(query) % len(key) or count not in (None, len(query)):
        asked = f" of {count} heads" if count else ""
        raise WeightsError(
            layout(f"these are no stacks{asked} of d×k matrices", pairs, "needed: H×d×k and G×d×k, G | H")
        )


def _split_checked(name: str, matrix: Array, way: str, count: int, width: int) -> Array:
    rows, columns = matrix.shape if way == "right" else matrix.shape[::-1]
    if rows != width or columns % count:
        pairs = [("given", f"{matrix.shape[0]}×{matrix.shape[1]}"), ("needed", f"d={width} and a multiple of {count}")]
        raise WeightsError(layout(f"cannot cut {name} into {count} heads", pairs))
    return split(matrix, way, count)


def _fused_layer(
    weights: Weights | Mapping[str, Array], names: Names, count: int, kv_heads: int | None, way: str | None
) -> Matrices:
    matrix = _tensor(weights, str(names.fused), (2,))
    cut = cut_fused(names.layer, matrix, count, kv_heads, way)
    parts = split(matrix, cut.way, cut.heads + 2 * cut.kv_heads)
    if INTERLEAVED in names.layer and cut.heads == cut.kv_heads:
        return parts[0::3], parts[1::3], parts[2::3], None
    after = cut.heads + cut.kv_heads
    return parts[: cut.heads], parts[cut.heads : after], parts[after:], None
