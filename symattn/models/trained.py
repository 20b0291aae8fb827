"""The heads of trained weights, each as the matrices Q, K, V, O of the statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from symattn.errors import WeightsError, layout
from symattn.models.checkpoints import as_weights
from symattn.models.layouts import Cut, cut_fused, cut_pair, packing_of, split, unpacked
from symattn.models.names import FUSED, TRIPLES, Names, crossed, detect
from symattn.models.notes import Note, warn_of
from symattn.models.tensor_files import Weights
from symattn.models.tensors import as_array, refuse_code
from symattn.models.unfolded import around, of_the_model, refuse_coded

Array = Any

PARTS = frozenset([*FUSED, *(triple[0] for triple in TRIPLES)])


@dataclass(frozen=True, eq=False)
class Head:
    """One head.

    layer         the name of its layer, or of its queries
    index         its number in the layer, from 0
    Q, K, V, O    its matrices, V and O None where the file does not give them
    notes         what was assumed in reading it, and what of the model is not part of these matrices

    Shapes    Q, K d×k; V d×v and O v×d

    >>> import numpy as np
    >>> sa.models.Head("layer 0", 1, np.eye(4, 2), np.eye(4, 2)).name
    'layer 0[1]'
    """

    layer: str
    index: int
    Q: Array = field(repr=False)
    K: Array = field(repr=False)
    V: Array | None = field(default=None, repr=False)
    O: Array | None = field(default=None, repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        return f"{self.layer}[{self.index}]"


@dataclass(frozen=True)
class Asked:
    """How the caller says that the matrices are stored; None where the file or its configuration has to say it."""

    heads: int | None = None
    kv_heads: int | None = None
    layout: str | None = None
    packing: str | None = None

    def __post_init__(self) -> None:
        for option in ("heads", "kv_heads"):
            count = getattr(self, option)
            if count is not None and (isinstance(count, bool) or not hasattr(count, "__index__") or count < 1):
                raise WeightsError(f"{option}={count!r} is not a whole number from 1 on")


def heads(
    weights: Weights | Mapping[str, Array] | str | Path | Any,
    *,
    heads: int | None = None,
    query: str | None = None,
    key: str | None = None,
    value: str | None = None,
    output: str | None = None,
    fused: str | None = None,
    kv_heads: int | None = None,
    layout: str | None = None,
    packing: str | None = None,
) -> list[Head]:
    """The heads of one layer, or of every layer whose names are recognised when no name is given.

    weights     what `read_weights` gives or reads, a mapping of names to arrays of NumPy, torch or JAX, or a module of
                torch; a matrix may be d×(H k) (x @ W, "right"), (H k)×d (torch's Linear, "linear") or H×d×k
    heads       how many heads a layer has, where neither the shapes nor a configuration say it
    query, key, value, output    the names of the matrices of one layer
    fused       the name of one matrix with query, key and value
    kv_heads    how many key heads there are, when fewer: head h uses key head h // (heads // kv_heads)
    layout      "right" or "linear", where both ways fit, as for a square matrix; without it a name that ends in .weight
                is "linear", any other "right", with a warning
    packing     of a fused matrix: "blocks", [Q | K | V], or "grouped", [q … q k v] for each key head

    >>> import numpy as np
    >>> found = heads({"wq": np.eye(6, 4), "wk": np.eye(6, 4)}, query="wq", key="wk", heads=2, layout="right")
    >>> [(head.name, head.Q.shape) for head in found]
    [('wq[0]', (6, 2)), ('wq[1]', (6, 2))]

    Warns     WeightsWarning of what was assumed, and of what is around the matrices and not folded into them
    Raises    WeightsError when a name is missing, a width is not divisible by the heads, a configuration says
              otherwise, a query has no key, or two readings differ and nothing decides between them
    """
    names = {"query": query, "key": key, "value": value, "output": output, "fused": fused}
    found = read_heads(as_weights(weights), Asked(heads, kv_heads, layout, packing), **names)
    warn_of((note for head in found for note in head.notes), 2)
    return found


def read_heads(weights: Weights, asked: Asked, **names: str | None) -> list[Head]:
    """The same without a warning: the notes are with the heads."""
    layers = _layers(weights, Names(**names))
    told = [*of_the_model(weights), *_left_out(weights, layers)]
    settled, more = _settled(weights, asked)
    found = [_layer(weights, names, settled, [*told, *more]) for names in layers]
    tied = _tied(found)
    return [replace(head, notes=(*head.notes, *tied)) for layer in found for head in layer]


def _tied(layers: list[list[Head]]) -> list[Note]:
    """Layers under different names that hold the same numbers, so that their heads are the same heads again."""
    names: dict[bytes, list[str]] = {}
    for layer in layers:
        numbers = sha256(b"".join(part.tobytes() for part in (layer[0].Q, layer[0].K))).digest()
        names.setdefault(numbers, []).append(layer[0].layer)
    says = "layers hold the same numbers under several names, and their heads are counted once for each name"
    return [Note(says, tuple(alike)) for alike in names.values() if len(alike) > 1]


def _layers(weights: Weights, names: Names) -> list[Names]:
    given = [part for part in ("query", "key", "value") if getattr(names, part) is not None]
    if names.fused is not None and given:
        raise WeightsError(f"fused={names.fused} holds query, key and value: {given[0]}= cannot be given beside it")
    if names.query is None and names.fused is None:
        if given or names.output is not None:
            raise WeightsError(f"{[*given, 'output'][0]}= needs query=, the name of the queries")
        refuse_coded(weights, PARTS)
        return detect(weights, weights.path)
    if names.fused is None and names.key is None:
        raise WeightsError(f"query={names.query} needs key=, the name of the keys")
    return [names]


def _left_out(weights: Weights, layers: list[Names]) -> list[Note]:
    named = {layer.fused for layer in layers}
    left = tuple(name for name in crossed(weights) if name not in named)
    return [Note("keys and values of another matrix of queries are left out", left)] if left else []


def _settled(weights: Weights, asked: Asked) -> tuple[Asked, list[Note]]:
    """What is asked for together with what the configuration says.

    Raises    WeightsError where the two contradict each other
    """
    config = weights.config
    if config is None or config.heads is None:
        says = f"the number of heads ({asked.heads}) is the caller's: nothing beside the weights says it"
        return asked, [Note(says, warns=False)] if asked.heads else []
    kv_heads = asked.kv_heads
    for option, given, said in (("heads", asked.heads, config.heads), ("kv_heads", kv_heads, config.kv_heads)):
        if said is not None and given not in (None, said[1]):
            pairs = [("asked for", f"{option}={given}"), (config.place, f"{said[0]}={said[1]}")]
            raise WeightsError(layout(f"the configuration of {weights.path} says otherwise", pairs))
    shared = config.kv_heads[1] if config.kv_heads else kv_heads
    return replace(asked, heads=config.heads[1], kv_heads=shared), []


def _tensor(weights: Weights, name: str, dimensions: tuple[int, ...]) -> Array:
    tensor = as_array(weights[name], name)
    refuse_code(tensor.dtype.name, name)
    if tensor.ndim not in dimensions or tensor.dtype.kind not in "fiu" or not tensor.size:
        needed = " or ".join(map(str, dimensions))
        shape = "×".join(map(str, tensor.shape)) or "a single number"
        given = [("given", f"{shape} of {tensor.dtype}")]
        raise WeightsError(layout(f"{name} is not a weight matrix", given, f"needed: {needed} axes, none of length 0"))
    return tensor


def _layer(weights: Weights, names: Names, asked: Asked, told: list[Note]) -> list[Head]:
    read = _pair_layer if names.fused is None else _fused_layer
    (Q, K, V, O), cut = read(weights, names, asked)
    if V is not None:
        _fit(names, "value", V, len(K), cut.width, 1)
    if O is not None:
        _fit(names, "output", O, len(Q), cut.width, 2)
    _check_width(weights, names, cut)
    notes = (*told, *cut.notes, *around(weights, names, cut))
    share = len(Q) // len(K)
    return [
        Head(
            names.layer,
            h,
            Q[h],
            K[h // share],
            None if V is None else V[h // share],
            None if O is None else O[h],
            notes,
        )
        for h in range(len(Q))
    ]


def _fit(names: Names, part: str, stack: Array, count: int, width: int, axis: int) -> None:
    """Refuses a stack of values or outputs with another number of heads, or another width of the stream."""
    if len(stack) != count or stack.shape[axis] != width:
        given, wanted = "×".join(map(str, stack.shape)), f"{count}×d×v" if axis == 1 else f"{count}×v×d"
        pairs = [("given", given), ("needed", f"{wanted} with d = {width}")]
        raise WeightsError(layout(f"{getattr(names, part)} does not fit the heads of {names.layer}", pairs))


def _check_width(weights: Weights, names: Names, cut: Cut) -> None:
    said = weights.config.head_width if weights.config else None
    if said is not None and said[1] != cut.head_width:
        place = weights.config.place if weights.config else ""
        pairs = [(names.layer, f"{cut.heads} heads of width {cut.head_width}"), (place, f"{said[0]}={said[1]}")]
        raise WeightsError(layout(f"the configuration of {weights.path} says otherwise", pairs))


def _count(count: int | None, name: str) -> int:
    if count is None or count < 1:
        raise WeightsError(f"{name} does not say how many heads it holds: pass heads=")
    return count


Matrices = tuple[Array, Array, Array | None, Array | None]


def _pair_layer(weights: Weights, names: Names, asked: Asked) -> tuple[Matrices, Cut]:
    query, key = (_tensor(weights, str(name), (2, 3)) for name in (names.query, names.key))
    value, output = (None if name is None else _tensor(weights, name, (2, 3)) for name in (names.value, names.output))
    if 3 in (query.ndim, key.ndim):
        cut = _stacked(names, query, key, asked)
    else:
        cut = cut_pair(names.layer, query, key, _count(asked.heads, names.layer), asked.kv_heads, asked.layout)
        query, key = split(query, cut.way, cut.heads), split(key, cut.way, cut.kv_heads)
    if value is not None and value.ndim == 2:
        value = _split_checked(str(names.value), value, cut.way, cut.kv_heads, cut.width)
    if output is not None and output.ndim == 2:
        turned = "linear" if cut.way == "right" else "right"  # the output matrix has the heads on its other side
        output = _split_checked(str(names.output), output, turned, cut.heads, cut.width).swapaxes(1, 2)
    return (query, key, value, output), cut


def _stacked(names: Names, query: Array, key: Array, asked: Asked) -> Cut:
    """Matrices that are H×d×k already."""
    pairs = [(str(name), "×".join(map(str, part.shape))) for name, part in ((names.query, query), (names.key, key))]
    fits = query.ndim == key.ndim and query.shape[1:] == key.shape[1:] and not len(query) % len(key)
    if not fits or asked.heads not in (None, len(query)) or asked.kv_heads not in (None, len(key)):
        wanted = f" of {asked.heads} heads" if asked.heads else ""
        wanted += f" and {asked.kv_heads} key heads" if asked.kv_heads else ""
        needed = "needed: H×d×k and G×d×k, G | H"
        raise WeightsError(layout(f"these are no stacks{wanted} of d×k matrices", pairs, needed))
    width, head_width = query.shape[1:]
    says = f"read as H×d×k with d = {width} < k = {head_width}; were it H×k×d, the axes would have to be swapped"
    notes = () if width >= head_width else (Note(says, (str(names.query),)),)
    return Cut("right", width, len(query), len(key), head_width, notes)


def _split_checked(name: str, matrix: Array, way: str, count: int, width: int) -> Array:
    rows, columns = matrix.shape if way == "right" else matrix.shape[::-1]
    if rows != width or columns % count:
        pairs = [("given", f"{matrix.shape[0]}×{matrix.shape[1]}"), ("needed", f"d={width} and a multiple of {count}")]
        raise WeightsError(layout(f"cannot cut {name} into {count} heads", pairs))
    return split(matrix, way, count)


def _fused_layer(weights: Weights, names: Names, asked: Asked) -> tuple[Matrices, Cut]:
    matrix = _tensor(weights, str(names.fused), (2,))
    cut = cut_fused(names.layer, matrix, _count(asked.heads, names.layer), asked.kv_heads, asked.layout)
    known = weights.config.packing if weights.config else ""
    packing, notes = packing_of(names.layer, cut, asked.packing, known)
    output = None if names.output is None else _tensor(weights, names.output, (2,))
    if output is not None:
        turned = "linear" if cut.way == "right" else "right"
        output = _split_checked(str(names.output), output, turned, cut.heads, cut.width).swapaxes(1, 2)
    return (*unpacked(matrix, cut, packing), output), replace(cut, notes=(*cut.notes, *notes))
