"""What the names in a file mean: the matrices of each attention layer, and the tensors around them.

Names are only compared.  A layer with a query and no key, or the reverse, is refused: a layer must not be lost because
its partner lies in another file or is called otherwise.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from symattn.errors import WeightsError, layout

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
EVERYDAY = ("query", "key", "q", "k")  # words that other tensors have too
FUSED = ("c_attn", "qkv", "qkv_proj", "Wqkv", "W_QKV", "in_proj_weight", "query_key_value", "wqkv")
OUTPUTS = ("c_proj", "dense", "o_proj", "out_proj", "proj", "W_O", "wo")  # beside a fused matrix
BERT_OUTPUT = "output.dense"  # beside attention.self
CROSSED = "q_attn"  # beside it GPT-2's c_attn holds keys and values only


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


def natural(name: str) -> list[Any]:
    """What orders names by their numbers."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def parted(name: str) -> tuple[str, str, str]:
    """The prefix with its dot, the last part, and .weight."""
    base = name.removesuffix(".weight")
    prefix, dot, last = base.rpartition(".")
    return f"{prefix}{dot}", last, name[len(base) :]


def last_part(name: str) -> str:
    return parted(name)[1]


def detect(names: Iterable[str], place: str = "the mapping") -> list[Names]:
    """The attention layers among the names of a file, in order of their numbers.

    Raises    WeightsError when there is none, or when a query or a key has no partner
    """
    known = set(names)
    found: dict[str, Names] = {}
    for name in sorted(known, key=natural):
        prefix, last, ending = parted(name)
        if last in FUSED and f"{prefix}{CROSSED}{ending}" not in known:
            outputs = (f"{prefix}{output}{ending}" for output in OUTPUTS)
            found[name] = Names(fused=name, output=next((output for output in outputs if output in known), None))
        for query, *others in TRIPLES:
            key, value, output = (f"{prefix}{other}{ending}" for other in others)
            if last == query and key in known and getattr(found.get(name), "output", None) is None:
                places = (output, f"{prefix.removesuffix('self.')}{BERT_OUTPUT}{ending}")
                written = next((one for one in places if one in known), None)
                found[name] = Names(name, key, value if value in known else None, written)
    _refuse_halves(known, found, place)
    if not found:
        some = ", ".join(sorted(known, key=natural)[:5]) or "no tensors"
        tried = ", ".join(triple[0] for triple in TRIPLES)
        note = f"there are {some}, …\nlooked for {tried}, each with its key, and {', '.join(FUSED)}"
        raise WeightsError(layout("found no query and key matrices", note=f"{note}\npass query= and key= by name"))
    return list(found.values())


def _refuse_halves(known: set[str], found: dict[str, Names], place: str) -> None:
    paired = {name for names in found.values() for name in (names.query, names.key)}
    used = {last_part(str(name)) for name in paired if name}
    for name in sorted(known - paired, key=natural):
        half = next(_halves(name, known, used), None)
        if half is None:
            continue
        part, partner = half
        other = "key" if part == "query" else "query"
        pairs = [("found", name), ("looked for", f"{partner} in {place}")]
        near = [one for one in sorted(known) if one.startswith(parted(name)[0]) and one != name][:3]
        beside = f"beside it: {', '.join(near)}\n" if near else ""
        note = f"{beside}pass all shards (the folder, or its .index.json), or query= and key= by name"
        raise WeightsError(layout(f"a layer has a {part} and no {other}", pairs, note))


def _halves(name: str, known: set[str], used: set[str]) -> Iterator[tuple[str, str]]:
    """What a name without a partner is, and the partner: an everyday word only where the file uses it for attention."""
    prefix, last, ending = parted(name)
    for triple in TRIPLES:
        if last not in triple[:2]:
            continue
        part, partner = ("query", triple[1]) if last == triple[0] else ("key", triple[0])
        siblings = {f"{prefix}{other}{ending}" for other in triple[2:]}
        if last not in EVERYDAY or last in used or (part == "query" and siblings & known):
            yield part, f"{prefix}{partner}{ending}"


def crossed(names: Iterable[str]) -> list[str]:
    """The fused matrices that are left out, since they hold keys and values of queries elsewhere."""
    known = set(names)
    return [
        name
        for name in sorted(known, key=natural)
        if last_part(name) in FUSED and f"{parted(name)[0]}{CROSSED}{parted(name)[2]}" in known
    ]
