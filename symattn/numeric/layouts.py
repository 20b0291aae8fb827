"""Numeric layer: which way round a weight matrix is stored, and what the names in a file mean.

right     x @ W         d × (H k)     TransformerLens-like .npz files, GPT-2's Conv1D
linear    x @ W.T       (H k) × d     torch.nn.Linear: names that end in .weight
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import WeightsError, layout

Array = Any

LAYOUTS = ("right", "linear")

# query, key, value and output under one prefix
TRIPLES = (
    ("W_Q", "W_K", "W_V", "W_O"),
    ("w_q", "w_k", "w_v", "w_o"),
    ("wq", "wk", "wv", "wo"),
    ("q_proj", "k_proj", "v_proj", "o_proj"),
    ("q_proj", "k_proj", "v_proj", "out_proj"),
    ("query", "key", "value", "dense"),
    ("to_q", "to_k", "to_v", "to_out.0"),
    ("q_lin", "k_lin", "v_lin", "out_lin"),
    ("q", "k", "v", "o"),
)
FUSED = ("c_attn", "qkv", "qkv_proj", "Wqkv", "W_QKV", "in_proj_weight", "query_key_value")
INTERLEAVED = "query_key_value"  # GPT-NeoX stores query, key and value of one head together


@dataclass(frozen=True)
class Names:
    """The tensors of one layer."""

    query: str | None = None
    key: str | None = None
    value: str | None = None
    output: str | None = None
    fused: str | None = None

    @property
    def layer(self) -> str:
        return str(self.fused or self.query)


def _natural(name: str) -> list[Any]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def detect(names: Iterable[str]) -> list[Names]:
    """The attention layers among the names of a file, in order of their numbers."""
    known = set(names)
    found: dict[str, Names] = {}
    for name in sorted(known, key=_natural):
        base = name.removesuffix(".weight")
        ending = name[len(base) :]
        prefix, _, last = base.rpartition(".")
        prefix = f"{prefix}." if prefix else ""
        if last in FUSED:
            found[name] = Names(fused=name)
        for query, *others in TRIPLES:
            key, value, output = (f"{prefix}{other}{ending}" for other in others)
            if last == query and key in known and getattr(found.get(name), "output", None) is None:
                optional = [other if other in known else None for other in (value, output)]
                found[name] = Names(name, key, *optional)
    if not found:
        some = ", ".join(sorted(known, key=_natural)[:5])
        tried = ", ".join(triple[0] for triple in TRIPLES)
        note = f"there are {some}, …\nlooked for {tried}, each with its key, and {', '.join(FUSED)}"
        raise WeightsError(layout("found no query and key matrices", note=f"{note}\npass query= and key= by name"))
    return list(found.values())


@dataclass(frozen=True)
class Cut:
    """How the matrices of a layer are cut: which way round, and the widths that follow."""

    way: str
    width: int
    heads: int
    kv_heads: int
    head_width: int


def _usual(name: str) -> str:
    return "linear" if name.endswith((".weight", "in_proj_weight")) else "right"


def _choose(cuts: list[Cut], name: str, way: str | None, tried: list[tuple[str, str]]) -> Cut:
    """The only cut that fits; of two the one asked for, or else the usual one for the name."""
    if way is not None and way not in LAYOUTS:
        raise WeightsError(f"no layout is called {way}: right is x @ W (d×Hk), linear is x @ W.T (Hk×d)")
    fitting = [cut for cut in cuts if way in (None, cut.way)]
    if not fitting:
        asked = f" as layout={way}" if way else ""
        raise WeightsError(layout(f"cannot cut {name} into heads{asked}", tried))
    return next((cut for cut in fitting if cut.way == _usual(name)), fitting[0])


def _oriented(matrix: Array, way: str) -> tuple[int, int]:
    """(d, H k)."""
    return matrix.shape if way == "right" else matrix.shape[::-1]


def cut_pair(name: str, query: Array, key: Array, heads: int, kv_heads: int | None, way: str | None) -> Cut:
    """How a query and a key matrix are cut: both must have the same d, and heads of the same width."""
    cuts: list[Cut] = []
    tried: list[tuple[str, str]] = []
    for each in LAYOUTS:
        (width, queries), (key_width, keys) = _oriented(query, each), _oriented(key, each)
        head_width, rest = divmod(queries, heads)
        groups, odd = divmod(keys, head_width) if head_width else (0, 1)
        fits = width == key_width and not rest and not odd and groups and not heads % groups
        if fits and kv_heads in (None, groups):
            cuts.append(Cut(each, width, heads, groups, head_width))
        wanted = f"{kv_heads} key heads" if kv_heads else "a number of key heads that divides it"
        tried.append((each, f"query {width}×{queries}, key {key_width}×{keys}, for {heads} heads and {wanted}"))
    return _choose(cuts, name, way, tried)


def cut_fused(name: str, fused: Array, heads: int, kv_heads: int | None, way: str | None) -> Cut:
    """How one matrix that holds query, key and value is cut; d = H k decides where both ways fit."""
    groups = heads if kv_heads is None else kv_heads
    cuts: list[Cut] = []
    tried: list[tuple[str, str]] = []
    for each in LAYOUTS:
        width, columns = _oriented(fused, each)
        head_width, rest = divmod(columns, heads + 2 * groups)
        if not rest and head_width and not heads % groups:
            cuts.append(Cut(each, width, heads, groups, head_width))
        tried.append((each, f"{width}×{columns}, for {heads} query and {groups} key and value heads"))
    square = [cut for cut in cuts if cut.width == heads * cut.head_width]
    return _choose(square or cuts, name, way, tried)


def split(matrix: Array, way: str, count: int) -> Array:
    """(count, d, k) out of d×(count k), or out of its transpose."""
    upright = matrix if way == "right" else matrix.T
    return np.moveaxis(upright.reshape(upright.shape[0], count, -1), 1, 0)
