"""The expressions of one batch and one head: output, log-sum-exp, gradients; and those of people who go wrong.

    S = c tanh(τ Q Kᵀ / c) + B,   P = softmax(S, mask=M),   O = P V
    dV = Pᵀ G,   dS = P ∘ (G Vᵀ - rowsum(G ∘ O)),   dQ = τ (dS ∘ (1 - t ∘ t)) K,   dK = τ (dS ∘ (1 - t ∘ t))ᵀ Q

with t the tanh: 1 - t² is how it is computed, and the tests prove each of them equal to the package's own gradient.
The letters are those of `letters`; Q and K are what `prepared` makes of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from symattn.checks.attention.spec.letters import ROOT, B, G, M, R, V, k, m, n, sink, v
from symattn.checks.attention.spec.prepared import KEYS, QUERIES, back, ready
from symattn.checks.attention.spec.wrong import WRONG, Parts, behind
from symattn.language import T, hadamard, hstack, identity, ones, rowsum, softmax, tanh, total, vstack, zeros

__all__ = ["Form", "Formula", "formula"]


@dataclass(frozen=True)
class Form:
    """Which of the expressions; `wrong` names one of WRONG or MISTAKES, `backward` one of BACKWARD."""

    scale: Any = ROOT
    softcap: Any = None
    biased: bool = False
    masked: bool = False
    sinks: bool = False
    mean: bool = False
    eps: Any = None
    turned: bool = False
    wrong: str = ""
    backward: str = ""

    def but(self, **changes: Any) -> Form:
        return replace(self, **changes)

    @property
    def prepared(self) -> bool:
        """Whether queries and keys are normed or turned before they meet."""
        return self.eps is not None or self.turned


@dataclass(frozen=True)
class Formula:
    """The expressions, and the steps of the gradients that an implementation stores on the way."""

    queries: Any
    keys: Any
    """as they meet"""
    scores: Any
    weights: Any
    output: Any
    met: Any = None
    """dP"""
    slope: Any = None
    """dS by way of rowsum(G ∘ O)"""
    same_slope: Any = None
    """dS by way of rowsum(P ∘ dP), which is the same number"""
    inner: Any = None
    """what dS is multiplied by on its way to τ Q Kᵀ; None for nothing"""
    met_gradients: dict[str, Any] = field(default_factory=dict)
    """in queries and keys as they meet"""
    gradients: dict[str, Any] = field(default_factory=dict)


@cache
def formula(form: Form, mask: Any = M, bias: Any = B) -> Formula:
    """The expressions of a form; with what is seen and what is added by expressions in place of their letters."""
    queries, keys = (ready(side, form.eps, form.turned, form.wrong) for side in (QUERIES, KEYS))
    raw = form.scale * (queries @ keys.T)
    bend = None if form.softcap is None else tanh(raw / form.softcap)
    scores = raw if bend is None else form.softcap * bend
    if form.biased:
        scores = scores + bias
    shown = mask if form.masked else None
    if form.mean:
        scores = hadamard(R, scores)
    if form.sinks:
        scores = hstack(scores, sink * ones(n, 1))
        shown = None if shown is None else hstack(shown, ones(n, 1))
    values = behind(form, V, v)
    if form.wrong in WRONG:
        weights, output = WRONG[form.wrong](Parts(form, queries @ keys.T, scores, shown, values))
    else:
        weights = softmax(scores, mask=shown)
        output = weights @ values
    return _with_gradients(form, bend, Formula(queries, keys, scores, weights, output))


def _with_gradients(form: Form, bend: Any, parts: Formula) -> Formula:
    width, weights = m + 1 if form.sinks else m, parts.weights
    met = G @ behind(form, V, v).T
    slope, same = (
        hadamard(weights, met - part @ ones(1, width))
        for part in (rowsum(hadamard(G, parts.output)), rowsum(hadamard(weights, met)))
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
    meeting = {
        "q": scale * (through @ behind(form, parts.keys, k)),
        # a transpose of its own: one that went into the factors would lose what is known of dS, such as its rounding
        "k": scale * (T(_of_keys(form, through)) @ parts.queries),
    }
    found = {
        **{name: back(side, form.eps, form.turned, meeting[name]) for name, side in (("q", QUERIES), ("k", KEYS))},
        "v": weights.T @ G,
        "bias": slope,
    }
    if form.sinks:
        found["sinks"] = total(slope @ vstack(zeros(m, 1), ones(1, 1)))
    return replace(parts, met=met, slope=slope, same_slope=same, inner=inner, met_gradients=meeting, gradients=found)


def _of_keys(form: Form, columns: Any) -> Any:
    """Without the column of the sink, where keys have a way back; elsewhere it is cut from the numbers."""
    return columns @ vstack(identity(m), zeros(1, m)) if form.sinks and form.prepared else columns


BACKWARD = ("D", "scale", "softcap")
"""What a gradient leaves out."""
