"""What people compute in place of softmax(S, mask) V."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symattn.checks.attention.spec.letters import B, M, m, n
from symattn.language import exp, hadamard, ones, order, reciprocal, rowsum, softmax, tanh, total, vstack, zeros

__all__ = ["ACROSS", "WRONG", "Parts", "behind"]


@dataclass(frozen=True)
class Parts:
    """What is there when scores become weights: the product of queries and keys, the scores and the mask with the
    column of the sink, the values with its row."""

    form: Any
    met: Any
    scores: Any
    mask: Any
    values: Any


def behind(form: Any, rows: Any, columns: Any) -> Any:
    """Keys or values with a row of zeros for the sink."""
    return vstack(rows, zeros(1, columns)) if form.sinks else rows


Wrong = Callable[[Parts], tuple[Any, Any]]


def _over_queries(parts: Parts) -> tuple[Any, Any]:
    weights = softmax(parts.scores.T, mask=None if parts.mask is None else parts.mask.T).T
    return weights, weights @ parts.values


def _with_weights(make: Callable[[Any, Any], Any]) -> Wrong:
    def build(parts: Parts) -> tuple[Any, Any]:
        weights = make(parts.scores, parts.mask)
        return weights, weights @ parts.values

    return build


def _seen(weights: Any, mask: Any) -> Any:
    return weights if mask is None else hadamard(mask, weights)


def _all_at_once(scores: Any, mask: Any) -> Any:
    weights = _seen(exp(scores), mask)
    return weights / total(weights)


def _bias_first(parts: Parts) -> tuple[Any, Any]:
    """The bias under the softcap."""
    form = parts.form
    scores = form.softcap * tanh((form.scale * parts.met + B) / form.softcap)
    weights = softmax(scores, mask=parts.mask)
    return weights, weights @ parts.values


def _mask_first(parts: Parts) -> tuple[Any, Any]:
    """A hidden score goes through the softcap, and is its least value: -c."""
    form = parts.form
    capped = form.softcap * tanh(form.scale * parts.met / form.softcap)
    capped = hadamard(M, capped) - form.softcap * (ones(n, m) - M) + (B if form.biased else zeros(n, m))
    weights = softmax(capped)
    return weights, weights @ parts.values


def _bias_scaled(parts: Parts) -> tuple[Any, Any]:
    weights = softmax(parts.form.scale * (parts.met + B), mask=parts.mask)
    return weights, weights @ parts.values


def _short_sum(parts: Parts) -> tuple[Any, Any]:
    """The last key counted in the mixture and not in the sum that divides it."""
    weights = softmax(parts.scores, mask=parts.mask)
    but_last = ones(n, 1) @ order(1, m, 2, m)
    weights = hadamard(weights, reciprocal(rowsum(hadamard(but_last, weights))) @ ones(1, m))
    return weights, weights @ parts.values


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
    "short sum": _short_sum,
}

ACROSS = ("queries", "everything")
"""Those of which a row depends on other rows."""
