"""What stands around the matrices of a layer and is not folded into them.

The form Q Kᵀ of a head is the whole of its score only without biases, norms and rotation.  Each of them that the names
or the configuration show gets a note; a bias that is 0 changes nothing and gets none.
"""

import re
from collections.abc import Iterator

import numpy as np

from symattn.errors import WeightsError, layout
from symattn.models.layouts import Cut
from symattn.models.names import Names, last_part, natural, parted
from symattn.models.notes import Note
from symattn.models.tensor_files import Weights

NORM = re.compile(r"norm|(^|[._])ln(_?[a-z0-9]+)*(?=[._]|$)", re.IGNORECASE)
BEFORE = re.compile(r"input_layernorm|ln_?1\b|norm_?1\b|att(ention|n)_norm|self_attn_layer_norm|layernorm_before", re.I)
INNER = re.compile(
    r"(^|[._])((q|k|query|key|qk)_?(layer_?|rms_?)?(norm|ln)|(norm|ln)_(q|k|qk)|logit_scale)([._]|$)", re.IGNORECASE
)
TURNED = re.compile(r"rotary|inv_freq|freqs_cis|(^|[._])rope([._]|$)", re.IGNORECASE)
SCALES = ("_scale", "_scale_inv", ".absmax", ".quant_map", ".quant_state", "_packed")
STORED = ("SCB", "qweight", "qzeros", "scales", "weight_packed")

BIASED = "biases of queries and keys are not folded in: the score has terms of one token, and a constant, besides Q Kᵀ"
GAINS = "norms of the block are not folded into queries and keys: the numbers are those of Q Kᵀ as stored"
BILINEAR = "queries and keys are normalised: the score is NOT bilinear, and Q Kᵀ is not its form"
ROTATED = "positions rotate queries and keys ({}): Q Kᵀ is the form of a token with itself, at offset 0 only"
UNTOLD = "no configuration is beside the weights, so nothing was checked that it says; a rotation would not be seen"
ADDED = "a bias by position is added to the scores, and is not part of Q Kᵀ"
CAPPED = "the scores are capped ({}): they are not bilinear"


def around(weights: Weights, names: Names, cut: Cut) -> list[Note]:
    """The notes on one layer.

    Raises    WeightsError when a tensor beside the matrices contradicts the head width, or says that they are quantised
    """
    prefix = parted(names.layer)[0]
    beside = [name for name in weights if name.startswith(prefix)]
    _refuse_quantised(names, beside)
    notes = [*_biases(weights, names), *_inner_norms(weights, beside, cut)]
    if gains := _gains(weights, prefix):
        notes.append(Note(GAINS, tuple(gains)))
    positions = [name for name in beside if "relative_attention_bias" in name or "relative_position_bias" in name]
    return [*notes, *([Note(ADDED, tuple(positions))] if positions else [])]


def of_the_model(weights: Weights) -> list[Note]:
    """The notes on the model as a whole: rotation, what a configuration leaves open."""
    config, turned = weights.config, [name for name in weights if TURNED.search(name)]
    notes = list(weights.notes)
    if turned or (config and config.rotary):
        by = turned[0] if turned else f"{config.rotary if config else ''} in {config.place if config else ''}"
        notes.append(Note(ROTATED.format(by)))
    elif config is None:
        notes.append(Note(UNTOLD, warns=False))
    notes += [Note(CAPPED.format(f"{key} in {config.place}")) for key in config.others] if config else []
    if config and config.parts:
        notes.append(
            Note(f"{config.place} has the parts {', '.join(config.parts)}: their head counts were not checked")
        )
    return notes


def _biases(weights: Weights, names: Names) -> Iterator[Note]:
    matrices = [name for name in (names.query, names.key, names.fused) if name]
    found = [bias for name in matrices for bias in _bias_names(name) if bias in weights]
    told = tuple(name for name in found if np.any(weights[name]))
    if told:
        yield Note(BIASED, told)


def _bias_names(name: str) -> list[str]:
    prefix, last, _ = parted(name)
    if name.endswith(".weight"):
        return [f"{prefix}{last}.bias"]
    letter = {"W_": "b_", "w_": "b_", "wq": "bq", "wk": "bk"}.get(last[:2], "")
    found = [f"{prefix}{last}_bias", f"{name}.bias", name.replace("_weight", "_bias")]
    return [bias for bias in (*found, f"{prefix}{letter}{last[2:]}" if letter else name) if bias != name]


def _inner_norms(weights: Weights, beside: list[str], cut: Cut) -> Iterator[Note]:
    found = [name for name in beside if INNER.search(name)]
    if not found:
        return
    widths = {cut.head_width, cut.head_width * cut.heads, cut.head_width * cut.kv_heads, 1, cut.heads}
    for name in found:
        shape = np.shape(weights[name])
        if len(shape) == 1 and shape[0] not in widths:
            pairs = [("asked for", f"{cut.heads} heads of width {cut.head_width}"), (name, f"{shape[0]} entries")]
            note = f"{cut.heads * cut.head_width // shape[0]} heads of width {shape[0]} would fit"
            raise WeightsError(layout("the number of heads contradicts the norm of the queries and keys", pairs, note))
    yield Note(BILINEAR, tuple(found))


def _gains(weights: Weights, prefix: str) -> list[str]:
    """The norms of the block that the layer is in: those before the attention where their names say it."""
    parts = prefix.split(".")[:-1]
    numbers = [place for place, part in enumerate(parts) if part.isdigit()]
    depth = numbers[-1] + 1 if numbers else max(len(parts) - 1, 0)
    stem = "".join(f"{part}." for part in parts[:depth])
    norms = [name for name in weights if name.startswith(stem) and NORM.search(name[len(stem) :])]
    norms = [name for name in norms if not INNER.search(name)]
    if not numbers:
        norms = [name for name in norms if not re.search(r"\d+\.", name[len(stem) :])]
    return sorted([name for name in norms if BEFORE.search(name)] or norms, key=natural)


def _refuse_quantised(names: Names, beside: list[str]) -> None:
    """Refuses matrices with scales beside them: their entries are codes."""
    known = set(beside)
    for name in filter(None, (names.query, names.key, names.fused)):
        prefix, last, _ = parted(name)
        scales = [*(f"{name}{scale}" for scale in SCALES), *(f"{prefix}{last}.{stored}" for stored in STORED)]
        if found := [scale for scale in scales if scale in known]:
            note = f"{found[0]} is beside it, which turns its codes into numbers: dequantise it first"
            raise WeightsError(layout(f"{name} is quantised", note=note))


def refuse_coded(weights: Weights, parts: frozenset[str]) -> None:
    """Refuses a file in which a layer is stored in codes only, and would not be found."""
    for name in weights:
        prefix, _, last = name.rpartition(".")
        if last in ("qweight", "weight_packed") and last_part(prefix) in parts:
            note = "it holds codes of several numbers each: dequantise the model first"
            raise WeightsError(layout(f"{name} is quantised", note=note))
