"""The functions that a statement given as text may call, and what each takes.

The left column is the name in `symattn.language`, the right one its arguments: a kind, `name=kind` for an optional
argument that is given by name, `kind...` for one or more, `kind?` for one that may be left out.  Nothing outside this
table can be called; other names for these functions are in `language/spellings/table.py`.

    matrix      a matrix                      size      a declared size, a number, sums and products of these
    scalar      a number                      number    a whole number, 0 or more, written out
    expression  a matrix or a number          index     a head index `h` (declared h<H), or group(g, r)
    claim       something true or false       letter    a declared letter
    alignment   "lower-right" or "upper-left", in quotes
    axis        0 or 1, counted from the end as -2 or -1
    truth       True or False
    place       a number, or an index `i` (declared i<n) that sum_heads, concat_heads or stack_heads bind
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Expr, MatrixExpr

from symattn import language
from symattn.language.spellings.table import ALIASES

_TABLE = {
    "T": "matrix",
    "softmax": "matrix, mask=matrix, scale=scalar, dim=axis, axis=axis",
    "log_softmax": "matrix, mask=matrix, scale=scalar, dim=axis, axis=axis",
    "exp": "expression",
    "log": "expression",
    "cos": "expression",
    "sin": "expression",
    "rope": "matrix, expression, matrix, layout=layout",
    "reciprocal": "expression",
    "sqrt": "expression",
    "square": "expression",
    "sigmoid": "expression",
    "tanh": "expression",
    "silu": "expression",
    "softplus": "expression",
    "quotient": "expression, expression",
    "hadamard": "matrix, matrix...",
    "diag": "matrix",
    "ones": "size, size",
    "zeros": "size, size",
    "identity": "size",
    "unit": "size, place",
    "one_hot": "place, size",
    "order": "size, size, size?, size?",
    "causal": "size, size?, alignment?",
    "window": "size, size, size?",
    "positions": "size",
    "shift": "size, size?",
    "tril": "matrix",
    "triu": "matrix",
    "trace": "matrix",
    "determinant": "matrix",
    "logdet": "matrix",
    "matrix_power": "matrix, number",
    "rowsum": "matrix",
    "total": "matrix, dim=axis, axis=axis, keepdim=truth, keepdims=truth",
    "inner": "matrix, matrix",
    "normsquared": "matrix",
    "norm": "matrix",
    "dot": "matrix, matrix",
    "mean": "matrix, dim=axis, axis=axis, keepdim=truth, keepdims=truth",
    "var": "matrix, ddof=number",
    "entropy": "matrix",
    "kl": "matrix, matrix",
    "cross_entropy": "matrix, matrix?, target=matrix",
    "rmsnorm": "matrix, matrix?, eps=scalar",
    "layernorm": "matrix, matrix?, matrix?, eps=scalar",
    "logsumexp": "matrix",
    "entry": "matrix, number, number",
    "inverse": "matrix",
    "kron": "matrix, matrix",
    "vec": "matrix",
    "blockdiag": "matrix, matrix...",
    "hstack": "matrix, matrix...",
    "vstack": "matrix, matrix...",
    "sum_heads": "expression, index",
    "concat_heads": "matrix, index",
    "stack_heads": "matrix, index",
    "group": "index, index",
    "form": "matrix, matrix",
    "scores": "matrix, matrix, matrix, scale=scalar",
    "attention": "matrix, matrix, matrix, matrix, scale=scalar, mask=matrix",
    "scaled_dot_product_attention": "matrix, matrix, matrix, attn_mask=matrix, is_causal=truth, scale=scalar",
    "head": "matrix, matrix, matrix, matrix, matrix, scale=scalar, mask=matrix",
    "Gradient": "expression, letter",
    "Partial": "expression, letter",
    "Jacobian": "matrix, letter",
    "hessian": "expression, letter",
    "Rank": "matrix",
    "PSD": "matrix",
    "Equal": "expression, expression",
    "AtMost": "expression, expression",
    "Positive": "expression",
    "Not": "claim",
    "And": "claim, claim...",
    "Implies": "claim, claim",
    "Iff": "claim, claim",
    "ForAll": "letter..., claim",
    "Exists": "letter..., claim",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes: `kinds` in order, of which the one at `repeated` may stand several times and those from
    `needed` on may be left out, and `named`."""

    name: str
    text: str
    kinds: tuple[str, ...]
    needed: int
    repeated: int | None
    named: dict[str, str]

    def spread(self, count: int) -> tuple[str, ...] | None:
        """The kinds of `count` arguments, or None when the function does not take that many."""
        extra = count - len(self.kinds)
        if self.needed <= count <= len(self.kinds):
            return self.kinds[:count]
        if extra < 0 or self.repeated is None:
            return None
        at = self.repeated
        return self.kinds[:at] + (self.kinds[at],) * extra + self.kinds[at:]

    def __str__(self) -> str:
        return f"{self.name}({self.text})"


def _signature(name: str, text: str) -> Signature:
    parts = text.split(", ")
    places = [part for part in parts if "=" not in part]
    repeated = next((at for at, part in enumerate(places) if part.endswith("...")), None)
    named = dict(part.split("=") for part in parts if "=" in part)
    needed = sum(not part.endswith("?") for part in places)
    return Signature(name, text, tuple(part.rstrip(".?") for part in places), needed, repeated, named)


FUNCTIONS = {name: _signature(name, text) for name, text in _TABLE.items()}
NAMES = {**FUNCTIONS, **{other: FUNCTIONS[name] for other, name in ALIASES.items()}}
"""The functions by all their names."""


def is_matrix(value: Any) -> bool:
    return isinstance(value, MatrixExpr)


def is_claim(value: Any) -> bool:
    return isinstance(value, language.Claim)


def is_scalar(value: Any) -> bool:
    return isinstance(value, Expr) and not is_matrix(value)


KINDS: dict[str, Callable[[Any], bool]] = {
    "matrix": is_matrix,
    "scalar": is_scalar,
    "expression": lambda value: is_matrix(value) or is_scalar(value),
    "claim": is_claim,
    "layout": is_matrix,
    "index": lambda value: isinstance(value, language.HeadIndex | language.Pair),
}


def describe(value: Any) -> str:
    if isinstance(value, language.Family):
        return "a family of matrices"
    if KINDS["index"](value):
        return "a head index"
    kinds = {"matrix": "a matrix", "claim": "a claim", "scalar": "a number"}
    return next((text for kind, text in kinds.items() if KINDS[kind](value)), "something else")
