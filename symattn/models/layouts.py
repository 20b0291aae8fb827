"""Which way round a weight matrix is stored, and how it is cut into heads.

right     x @ W         d × (H k)     TransformerLens-like .npz files, GPT-2's Conv1D
linear    x @ W.T       (H k) × d     torch.nn.Linear: names that end in .weight

One matrix of query, key and value is packed in one of two ways, which are the same for one key head:

blocks    [Q | K | V]                 GPT-2, torch.nn.MultiheadAttention, Phi-3, ChatGLM
grouped   [q … q k v] per key head    GPT-NeoX and BLOOM (one q each), Falcon, InternLM2
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from symattn.errors import WeightsError, layout
from symattn.models.names import last_part
from symattn.models.notes import Note

Array = Any

LAYOUTS = {"right": "x @ W, d×Hk", "linear": "x @ W.T, Hk×d"}
PACKINGS = {"blocks": "[Q | K | V]", "grouped": "[q … q k v] for each key head"}
UNSURE = ("query_key_value", "wqkv")  # of some models blocks, of others grouped


@dataclass(frozen=True)
class Cut:
    """How the matrices of a layer are cut: which way round, the widths that follow, and what was assumed."""

    way: str
    width: int
    heads: int
    kv_heads: int
    head_width: int
    notes: tuple[Note, ...] = ()


def _usual(name: str) -> str:
    return "linear" if name.endswith((".weight", "in_proj_weight")) else "right"


def _choose(cuts: list[Cut], name: str, way: str | None, tried: list[tuple[str, str]]) -> Cut:
    """The only cut that fits; of two the one asked for, or else the usual one for the name, which a note says."""
    if way is not None and way not in LAYOUTS:
        raise WeightsError(f"no layout is called {way}: right is x @ W (d×Hk), linear is x @ W.T (Hk×d)")
    fitting = [cut for cut in cuts if way in (None, cut.way)]
    if not fitting:
        asked = f" as layout={way}" if way else ""
        raise WeightsError(layout(f"cannot cut {name} into heads{asked}", tried))
    chosen = next((cut for cut in fitting if cut.way == _usual(name)), fitting[0])
    if len({cut.way for cut in fitting}) == 1:
        return chosen
    (other,) = LAYOUTS.keys() - {chosen.way}
    why = "names that end in .weight are torch's" if chosen.way == "linear" else "the name does not end in .weight"
    readings = f"read as {chosen.way} ({LAYOUTS[chosen.way]}), since {why}; {other} ({LAYOUTS[other]}) is the other"
    return replace(
        chosen, notes=(Note(f"the shapes fit both layouts: {readings}; pass layout= to say which", (name,)),)
    )


def _oriented(matrix: Array, way: str) -> tuple[int, int]:
    """(d, H k)."""
    rows, cols = matrix.shape
    return (rows, cols) if way == "right" else (cols, rows)


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
    """How one matrix that holds query, key and value is cut; d = H k decides where several readings fit."""
    cuts: list[Cut] = []
    tried: list[tuple[str, str]] = []
    for each in LAYOUTS:
        width, columns = _oriented(fused, each)
        for groups in [count for count in range(1, min(heads, columns) + 1) if not heads % count]:
            head_width, rest = divmod(columns, heads + 2 * groups)
            if not rest and head_width:
                cuts.append(Cut(each, width, heads, groups, head_width))
        wanted = f"{kv_heads} key and value heads" if kv_heads else "a number of key and value heads that divides it"
        tried.append((each, f"{width}×{columns}, for {heads} query heads and {wanted}"))
    square = [cut for cut in cuts if cut.width == heads * cut.head_width and way in (None, cut.way)]
    given = [cut for cut in cuts if kv_heads in (None, cut.kv_heads)]
    fitting = [cut for cut in given if cut in square] or given
    chosen = _choose(fitting, name, way, tried)
    return replace(chosen, notes=(*chosen.notes, *_groups_doubt(name, chosen, fitting, square)))


def _groups_doubt(name: str, cut: Cut, fitting: list[Cut], square: list[Cut]) -> list[Note]:
    """What speaks against the number of key heads of the cut; refuses where nothing speaks for it."""
    counts = {one.kv_heads: one for one in fitting if one.way == cut.way}
    if len(counts) > 1:
        pairs = [(f"kv_heads={count}", f"heads of width {counts[count].head_width}") for count in sorted(counts)]
        note = f"none has d = H k ({cut.width} = {cut.heads} k); pass kv_heads= to say which"
        raise WeightsError(layout(f"{name} can be cut in {len(counts)} ways into {cut.heads} heads", pairs, note))
    other = next((one for one in square if one.kv_heads != cut.kv_heads), None)
    if other is not None and cut not in square:
        given, found = (f"kv_heads={one.kv_heads} (k={one.head_width})" for one in (cut, other))
        return [Note(f"{given} was asked for, but d = H k speaks for {found}", (name,))]
    return []


def packing_of(name: str, cut: Cut, asked: str | None, known: str) -> tuple[str, list[Note]]:
    """Whether a fused matrix is packed in blocks or grouped: as asked, as the model is `known` to, or by its name.

    Raises    WeightsError where the name says nothing and the two readings differ
    """
    if asked is not None and asked not in PACKINGS:
        raise WeightsError(f"no packing is called {asked}: {', '.join(f'{p} is {w}' for p, w in PACKINGS.items())}")
    if asked or known or cut.kv_heads == 1:
        return asked or known or "blocks", []
    last = last_part(name)
    alike = cut.heads == cut.kv_heads
    if last in UNSURE and not (alike and last == "query_key_value"):
        pairs = [(f"packing={packing}", what) for packing, what in PACKINGS.items()]
        note = f"{cut.heads} query and {cut.kv_heads} key heads fit both, and models differ; pass packing= to say which"
        raise WeightsError(layout(f"{name} can be read in two ways", pairs, note))
    chosen, other = ("grouped", "blocks") if last in UNSURE else ("blocks", "grouped")
    says = f"read as packing={chosen}, {PACKINGS[chosen]}, as the name is used; the other reading is packing={other}"
    return chosen, [Note(f"{says}, {PACKINGS[other]}", (name,), warns=last in UNSURE or not alike)]


def unpacked(matrix: Array, cut: Cut, packing: str) -> tuple[Array, Array, Array]:
    """The queries, keys and values of a fused matrix, (count, d, k) each."""
    parts = split(matrix, cut.way, cut.heads + 2 * cut.kv_heads)
    if packing == "blocks":
        after = cut.heads + cut.kv_heads
        return parts[: cut.heads], parts[cut.heads : after], parts[after:]
    share = cut.heads // cut.kv_heads
    groups = parts.reshape(cut.kv_heads, share + 2, *parts.shape[1:])
    return groups[:, :share].reshape(cut.heads, *parts.shape[1:]), groups[:, share], groups[:, share + 1]


def split(matrix: Array, way: str, count: int) -> Array:
    """(count, d, k) out of d×(count k), or out of its transpose."""
    upright = matrix if way == "right" else matrix.T
    return np.moveaxis(upright.reshape(upright.shape[0], count, -1), 1, 0)
