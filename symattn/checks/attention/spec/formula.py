"""The expressions of one batch and one head: output, log-sum-exp, gradients; and those of people who go wrong.

    Q, K, V    n×k, m×k, m×v    queries, keys, values        G    n×v    the gradient of the output
    B          n×m              bias, ALiBi in it            s    number  the logit of the sink
    M          n×m              1 where a key is seen        R    n×m     1 in rows that see a key, for their mean

    S = c tanh(τ Q Kᵀ / c) + B,   P = softmax(S, mask=M),   O = P V
    dV = Pᵀ G,   dS = P ∘ (G Vᵀ - rowsum(G ∘ O)),   dQ = τ (dS ∘ (1 - t ∘ t)) K,   dK = τ (dS ∘ (1 - t ∘ t))ᵀ Q

with t the tanh: 1 - t² is how it is computed, and the tests prove each of them equal to the package's own gradient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sympy import sqrt

from symattn.language import (
    exp,
    hadamard,
    hstack,
    matrix,
    ones,
    rowsum,
    scalar,
    sizes,
    softmax,
    tanh,
    total,
    vstack,
    zeros,
)

__all__ = ["B", "Form", "Formula", "G", "K", "M", "Q", "R", "V", "formula", "k", "m", "n", "sink", "v"]

n, m, k, v = sizes("n m k v")
Q, K, V = matrix("Q", n, k), matrix("K", m, k), matrix("V", m, v)
B, M, R = matrix("B", n, m), matrix("M", n, m, mask=True), matrix("R", n, m, mask=True)
G, sink = matrix("G", n, v), scalar("s")

ROOT = 1 / sqrt(k)


@dataclass(frozen=True)
class Form:
    """Which of the expressions; `wrong` names one of WRONG, `backward` one of BACKWARD."""

    scale: Any = ROOT
    softcap: Any = None
    biased: bool = False
    masked: bool = False
    sinks: bool = False
    mean: bool = False
    wrong: str = ""
    backward: str = ""

    def but(self, **changes: Any) -> Form:
        return replace(self, **changes)


@dataclass(frozen=True)
class Formula:
    """The expressions.  `inner` are the steps of the gradients that an implementation stores on the way."""

    scores: Any
    weights: Any
    output: Any
    slope: Any
    """dS by way of rowsum(G ∘ O)"""
    same_slope: Any
    """dS by way of rowsum(P ∘ dP), which is the same number"""
    inner: Any
    """what dS is multiplied by on its way to τ Q Kᵀ; None for nothing"""
    gradients: dict[str, Any] = field(default_factory=dict)


@cache
def formula(form: Form) -> Formula:
    """The expressions of a form."""
    raw = form.scale * (Q @ K.T)
    bend = None if form.softcap is None else tanh(raw / form.softcap)
    scores = raw if bend is None else form.softcap * bend
    if form.biased:
        scores = scores + B
    mask = M if form.masked else None
    if form.mean:
        scores = hadamard(R, scores)
    if form.sinks:
        scores = hstack(scores, sink * ones(n, 1))
        mask = None if mask is None else hstack(mask, ones(n, 1))
    if form.wrong:
        weights, output = WRONG[form.wrong](form, scores, mask)
    else:
        weights = softmax(scores, mask=mask)
        output = weights @ _behind(form, V, v)
    return _with_gradients(form, bend, scores, weights, output)


def _behind(form: Form, rows: Any, columns: Any) -> Any:
    """Keys or values with a row of zeros for the sink."""
    return vstack(rows, zeros(1, columns)) if form.sinks else rows


def _with_gradients(form: Form, bend: Any, scores: Any, weights: Any, output: Any) -> Formula:
    width = m + 1 if form.sinks else m
    met = G @ _behind(form, V, v).T
    slope, same = (
        hadamard(weights, met - part @ ones(1, width))
        for part in (rowsum(hadamard(G, output)), rowsum(hadamard(weights, met)))
    )
    if form.backward == "D":
        slope = same = hadamard(weights, met)
    inner = None
    if bend is not None and form.backward != "softcap":
        inner = ones(n, m) - hadamard(bend, bend)
        inner = hstack(inner, ones(n, 1)) if form.sinks else inner
    if form.mean:
        shown = hstack(R, ones(n, 1)) if form.sinks else R
        inner = shown if inner is None else hadamard(shown, inner)
    through = slope if inner is None else hadamard(slope, inner)
    scale = 1 if form.backward == "scale" else form.scale
    found = {
        "q": scale * (through @ _behind(form, K, k)),
        "k": scale * (through.T @ Q),
        "v": weights.T @ G,
        "bias": slope,
    }
    return Formula(scores, weights, output, slope, same, inner, found)


Wrong = Callable[[Form, Any, Any], tuple[Any, Any]]


def _over_queries(form: Form, scores: Any, mask: Any) -> tuple[Any, Any]:
    weights = softmax(scores.T, mask=None if mask is None else mask.T).T
    return weights, weights @ _behind(form, V, v)


def _with_weights(make: Callable[[Any, Any], Any]) -> Wrong:
    def build(form: Form, scores: Any, mask: Any) -> tuple[Any, Any]:
        weights = make(scores, mask)
        return weights, weights @ _behind(form, V, v)

    return build


def _seen(weights: Any, mask: Any) -> Any:
    return weights if mask is None else hadamard(mask, weights)


def _all_at_once(scores: Any, mask: Any) -> Any:
    weights = _seen(exp(scores), mask)
    return weights / total(weights)


def _bias_first(form: Form, scores: Any, mask: Any) -> tuple[Any, Any]:
    """The bias under the softcap."""
    scores = form.softcap * tanh((form.scale * (Q @ K.T) + B) / form.softcap)
    weights = softmax(scores, mask=mask)
    return weights, weights @ V


def _mask_first(form: Form, scores: Any, mask: Any) -> tuple[Any, Any]:
    """A hidden score goes through the softcap, and is its least value: -c."""
    capped = form.softcap * tanh(form.scale * (Q @ K.T) / form.softcap)
    capped = hadamard(M, capped) - form.softcap * (ones(n, m) - M) + (B if form.biased else zeros(n, m))
    weights = softmax(capped)
    return weights, weights @ V


def _bias_scaled(form: Form, scores: Any, mask: Any) -> tuple[Any, Any]:
    weights = softmax(form.scale * (Q @ K.T + B), mask=mask)
    return weights, weights @ V


WRONG: dict[str, Wrong] = {
    "queries": _over_queries,
    "everything": _with_weights(_all_at_once),
    "undivided": _with_weights(lambda scores, mask: _seen(exp(scores), mask)),
    "no softmax": _with_weights(_seen),
    "mask after": _with_weights(lambda scores, mask: _seen(softmax(scores), mask)),
    "mask zeroes": _with_weights(lambda scores, mask: softmax(_seen(scores, mask))),
    "bias first": _bias_first,
    "mask first": _mask_first,
    "bias scaled": _bias_scaled,
}
"""What people compute in place of softmax(S, mask) V."""

BACKWARD = ("D", "scale", "softcap")
"""What a gradient leaves out."""
