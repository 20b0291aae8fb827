"""What a problem comes to, exactly, and how far whoever keeps a contract may be from it.

Two walks over the same expressions: one in float64 with its own error, and one in the arithmetic whose balls hold
everybody who keeps the contract.  Between the steps of a gradient an implementation stores the output, dP and dS, and
it forms rowsum(P ∘ dP) or rowsum(G ∘ O); the balls hold all of these.  Queries and keys that are normed or turned are
tensors of their own, each step of which may be stored under a fused contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np

from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.formula import Formula, formula
from symattn.checks.attention.spec.layouts import broadcast, collected
from symattn.checks.attention.spec.wrong import ACROSS
from symattn.checks.attention.trials.problem import Problem
from symattn.checks.harness.reference import beyond
from symattn.language import hadamard
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.arithmetics.fused import keeping
from symattn.numeric.arithmetics.tolerance import Tolerance
from symattn.numeric.bounds.any_softmax import logsumexp
from symattn.numeric.bounds.balls import Ball
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import SMALLEST, outward, quiet
from symattn.numeric.bounds.shifts import left_over
from symattn.numeric.evaluation.walk import Walk

__all__ = ["GRADIENTS", "Expected", "computed", "expected", "plain_value"]

Array = Any
ROWS = 64  # of queries that are worked out together, or of keys
BACK = 24  # where there are gradients, which are made of more
GRADIENTS = ("q", "k", "v", "bias", "sinks")
WHOLE = ("k", "v", "sinks")  # to which every query contributes


@dataclass(frozen=True, eq=False)
class Expected:
    """The exact value of a result, to within `blur`; `bound` is how far a result may be from it.

    Where `exact` is NaN or infinite the result must be so too, and where `bound` is infinite anything may be.
    """

    exact: Array
    blur: Array
    bound: Array

    @quiet
    def misses(self, got: Array) -> Array:
        """Where a result is certainly not one that the contract allows."""
        special = ~np.isfinite(self.exact)
        alike = np.where(np.isnan(self.exact), np.isnan(got), got == self.exact)
        return np.where(special, ~alike, beyond(got, self.exact, self.bound))

    def holds(self, got: Array) -> bool:
        """Whether every entry is allowed, and each is bounded."""
        known = np.isfinite(self.bound) | ~np.isfinite(self.exact)
        return bool(known.all()) and not self.misses(got).any()

    @quiet
    def told_from(self, value: Array) -> tuple[bool, bool]:
        """Whether another exact value certainly lies outside the bound, and whether it certainly is another."""
        finite = np.isfinite(self.exact) & np.isfinite(value)
        special = np.where(finite, False, ~((np.isnan(self.exact) & np.isnan(value)) | (self.exact == value)))
        away = np.where(finite, np.abs(value - self.exact) * (1 - 2.0**-40) - self.blur, 0.0)
        allowed = np.where(np.isfinite(self.bound), self.bound, np.inf) + self.blur
        out = bool(((away > allowed) | (special & np.isfinite(allowed))).any())
        return out, bool((away > self.blur).any() or special.any())


def expected(problem: Problem, kept: Contract, wanted: Sequence[str]) -> dict[str, Expected]:
    """What each result is, and its bound: "out", "lse", and the gradients of GRADIENTS."""
    allowed = computed(problem, Tolerance(kept), wanted)
    exact = computed(problem, FLOAT64, wanted)
    return {name: _settled(name, problem, exact[name], allowed[name]) for name in wanted}


@quiet
def _settled(name: str, problem: Problem, exact: Ball, allowed: Ball) -> Expected:
    drift = np.abs(exact.value - allowed.value)
    bound = outward(allowed.radius + exact.radius + drift, 6) + SMALLEST
    value = np.asarray(exact.value, dtype=np.float64)
    if name in ("out", "lse"):
        hidden = problem.hidden if name == "lse" else problem.hidden[..., None]
        if name == "lse":
            value = np.where(hidden, -np.inf, value)
        elif problem.hidden_rows == "nan" and problem.sinks is None:
            value = np.where(hidden, np.nan, value)
    return Expected(value, outward(exact.radius, 2) + SMALLEST, bound)


def plain_value(problem: Problem, wanted: Sequence[str]) -> dict[str, Array]:
    """The values alone, as float64."""
    found = computed(problem, FLOAT64, wanted)
    return {name: _settled(name, problem, ball, ball).exact for name, ball in found.items()}


@quiet
def computed(problem: Problem, arithmetic: Any, wanted: Sequence[str]) -> dict[str, Ball]:
    """Every result in an arithmetic, stacked over batches and heads as [batch, head, rows, columns].

    Rows do not know of each other until keys have a gradient, so some are worked out at a time, which spares memory;
    what the gradients of keys and values need of all of them is kept.
    """
    found: dict[str, list[Ball]] = {name: [] for name in wanted}
    for batch, head in problem.places():
        for name, ball in _of_head(problem, batch, head, arithmetic, wanted).items():
            found[name].append(ball)
    shape = problem.shape[:2]
    stacked = {name: _stacked(balls, shape) for name, balls in found.items()}
    groups = problem.k.shape[1]
    for name in {"k", "v"} & set(stacked):
        stacked[name] = _added(stacked[name], problem.reads, groups, arithmetic)
    if "bias" in stacked:
        stacked["bias"] = _collected(stacked["bias"], problem.bias_axes, arithmetic)
    if "sinks" in stacked:
        stacked["sinks"] = _over_batches(stacked["sinks"], arithmetic)
    return stacked


def _of_head(problem: Problem, batch: int, head: int, arithmetic: Any, wanted: Sequence[str]) -> dict[str, Ball]:
    count, across = problem.shape[2], problem.form.wrong in ACROSS
    if across or count <= ROWS:
        return _Head(problem, batch, head, arithmetic, slice(0, count)).results(wanted)
    whole, apart = ([name for name in wanted if (name in WHOLE) == both] for both in (True, False))
    held, parts, step = dict[Any, Ball](), list[dict[str, Ball]](), BACK if {*GRADIENTS} & {*wanted} else ROWS
    for first in range(0, count, step):
        block = slice(first, min(first + step, count))
        one = _Head(problem, batch, head, arithmetic, block)
        parts.append(one.results(apart))
        for expr, ball in one.held(whole).items():
            _place(held.setdefault(expr, _empty(count, ball)), block, ball)
    found = {name: _joined([part[name] for part in parts]) for name in apart}
    return found | _of_keys(problem, batch, head, arithmetic, whole, held)


def _of_keys(
    problem: Problem, batch: int, head: int, arithmetic: Any, wanted: Sequence[str], held: Mapping[Any, Ball]
) -> dict[str, Ball]:
    """What every query contributes to, some keys at a time; behind their columns stands that of the sink."""
    if not wanted:
        return {}
    count, parts = problem.shape[3], list[dict[str, Ball]]()
    for first in range(0, count, ROWS):
        keys = slice(first, min(first + ROWS, count))
        columns = np.r_[keys, count : count + (problem.sinks is not None)]
        some = {expr: _at(ball, slice(None), columns) for expr, ball in held.items()}
        one = _Head(problem.of_keys(keys), batch, head, arithmetic, slice(0, problem.shape[2]), some)
        parts.append(one.results(wanted))
    return {name: parts[-1][name] if name == "sinks" else _joined([part[name] for part in parts]) for name in wanted}


def _empty(rows: int, like: Ball) -> Ball:
    shape = (rows, like.value.shape[-1])
    return Ball(np.empty(shape), np.empty(shape))


def _place(whole: Ball, rows: slice, part: Ball) -> None:
    whole.value[rows], whole.radius[rows] = part.value, part.radius


def _joined(parts: Sequence[Ball]) -> Ball:
    return Ball(np.concatenate([part.value for part in parts]), np.concatenate([part.radius for part in parts]))


class _Head:
    """One batch and one head, and some of its queries; `held` is what is known of all of them."""

    def __init__(
        self,
        problem: Problem,
        batch: int,
        head: int,
        arithmetic: Any,
        rows: slice,
        held: Mapping[Any, Ball] | None = None,
    ) -> None:
        self.problem, self.arithmetic = problem, arithmetic
        self.formula: Formula = formula(problem.form)
        self.keys = problem.shape[3]
        self.seen = problem.seen[batch, head, rows]
        self.sample = problem.sample(batch, head, rows)
        self.walk = Walk(self.sample, arithmetic)
        self.ready = held is not None
        for expr, ball in (held or {}).items():
            self.walk.assume(expr, ball)
        self.outer: Any = keeping(arithmetic.contract) if problem.form.prepared and _stores(arithmetic) else None
        self.around = None if self.outer is None else self._around()

    def results(self, names: Sequence[str]) -> dict[str, Ball]:
        """What each is; what it was made of is let go."""
        balls = {name: self.result(name) for name in names}
        return {name: Ball(ball.value, ball.radius) for name, ball in balls.items()}

    def held(self, names: Sequence[str]) -> dict[Any, Ball]:
        """What some gradients need of every row: P for that of values, dS on its way to the scores for that of keys."""
        if not names:
            return {}
        if not self.ready:
            self._store()
        parts = self.formula
        needed = {"k": self._through(), "v": parts.weights, "sinks": parts.slope}
        return {expr: self.walk.value(expr) for expr in dict.fromkeys(needed[name] for name in names)}

    def _through(self) -> Any:
        parts = self.formula
        return parts.slope if parts.inner is None else hadamard(parts.slope, parts.inner)

    def result(self, name: str) -> Ball:
        if name == "out":
            return self._returned(self.walk.value(self.formula.output))
        if name == "lse":
            return self._lse()
        if name == "scores":
            return Ball(*_cut("bias", self.walk.value(self.formula.scores), self.keys))
        if not self.ready:
            self._store()
        if self.around is not None and name in self.formula.met_gradients:
            return self._back(name, self.around)
        ball = self.walk.value(self.formula.gradients[name])
        cut = Ball(*_cut(name, ball, self.keys)) if self.problem.sinks is not None else ball
        return self._returned(cut)

    def _around(self) -> Walk:
        """The steps before queries and keys meet: the kernel of attention gets what these ended with."""
        around = Walk(self.sample, self.outer)
        for met in (self.formula.queries, self.formula.keys):
            self.walk.assume(met, self.outer.returned(around.value(met)))
        return around

    def _back(self, name: str, around: Walk) -> Ball:
        """A gradient from where queries and keys meet to what the function is given."""
        met = self.formula.met_gradients[name]
        around.assume(met, self._returned(self.walk.value(met)))
        found: Ball = self.outer.returned(around.value(self.formula.gradients[name]))
        return found

    def _returned(self, ball: Ball) -> Ball:
        """Rounded once to the dtype, where the contract computes in a finer format."""
        return self.arithmetic.returned(ball) if hasattr(self.arithmetic, "returned") else ball

    def _store(self) -> None:
        """What a backward pass takes from the forward pass, dP, and dS by either way, rounded where it is stored."""
        walk, parts = self.walk, self.formula
        walk.assume(parts.met, self._kept(walk.value(parts.met)))
        same = walk.value(parts.same_slope)
        walk.assume(parts.output, self._returned(walk.value(parts.output)))
        slope = self._through_shifts(_either(walk.value(parts.slope), same))
        walk.assume(parts.slope, slope if parts.inner is not None else self._kept(slope))
        if parts.inner is not None:
            walk.assume(self._through(), self._kept(walk.value(self._through())))
        self.ready = True

    def _through_shifts(self, slope: Ball) -> Ball:
        """What autograd adds to dS when it goes through the largest scores."""
        contract = getattr(self.arithmetic, "contract", None)
        if contract is None or self.problem.form.wrong:
            return slope
        G, V, sink = self.sample.values[letters.G], self.sample.values[letters.V], self.problem.sinks is not None
        output = self.walk.value(self.formula.output)
        size = np.pad(outward(np.abs(G) @ np.abs(V).T, V.shape[1]), ((0, 0), (0, int(sink))))
        mean = outward(np.abs((G * output.value).sum(-1)) + (np.abs(G) * output.radius).sum(-1), 2 * V.shape[1] + 2)
        scores, weights, met = map(self.walk.value, (self.formula.scores, self.formula.weights, self.formula.met))
        left = left_over(scores, weights, met, size, mean[:, None], V.shape[1], contract, sink=sink)
        return replace(slope, bound=outward(slope.radius + left, 1), story=None)

    def _kept(self, ball: Ball) -> Ball:
        contract = getattr(self.arithmetic, "contract", None)
        return ball if contract is None or contract.manner == "upcast" else self._returned(ball)

    def _lse(self) -> Ball:
        scores = self.walk.value(self.formula.scores)
        contract = getattr(self.arithmetic, "contract", None) or Contract("float64")
        some = self.seen.any(axis=-1, keepdims=True)
        value, radius = logsumexp(scores, contract, np.where(some, self.seen, True))
        return Ball(value[..., 0], np.where(some[..., 0], radius[..., 0], 0.0))


def _stores(arithmetic: Any) -> bool:
    """Whether tensors between one kernel and the next round to the dtype."""
    contract = getattr(arithmetic, "contract", None)
    return contract is not None and contract.manner == "fused"


def _cut(name: str, ball: Ball, keys: int) -> tuple[Array, Array]:
    """Without the row or the column of the sink."""
    if name in ("k", "v"):
        return ball.value[:keys], ball.radius[:keys]
    return (ball.value[:, :keys], ball.radius[:, :keys]) if name == "bias" else (ball.value, ball.radius)


def _either(one: Ball, other: Ball) -> Ball:
    """A ball that holds both."""
    away = np.abs(one.value - other.value)
    return replace(one, bound=outward(np.maximum(one.radius, other.radius + away), 3), story=None)


def _stacked(balls: Sequence[Ball], shape: tuple[int, int]) -> Ball:
    value = np.stack([np.asarray(ball.value, dtype=np.float64) for ball in balls])
    radius = np.stack([np.broadcast_to(ball.radius, np.shape(ball.value)) for ball in balls])
    return Ball(value.reshape(shape + value.shape[1:]), radius.reshape(shape + radius.shape[1:]))


def _added(ball: Ball, reads: Sequence[int], groups: int, arithmetic: Any) -> Ball:
    """Gradients of keys and values: those of all query heads that read one key head, added up."""
    sums = []
    for group in range(groups):
        parts = [_at(ball, slice(None), head) for head, key in enumerate(reads) if key == group]
        sums.append(_total(parts, arithmetic) if parts else _nothing(_at(ball, slice(None), 0)))
    return Ball(np.stack([each.value for each in sums], axis=1), np.stack([each.radius for each in sums], axis=1))


def _collected(ball: Ball, axes: str, arithmetic: Any) -> Ball:
    """The gradient of a bias: added up along the axes where it is repeated."""
    kept = collected(np.empty(ball.value.shape), axes)
    long = broadcast(kept, axes).shape
    for axis, length in enumerate(long):
        if length != ball.value.shape[axis]:
            parts = [_at(ball, *([slice(None)] * axis), slice(i, i + 1)) for i in range(ball.value.shape[axis])]
            ball = _total(parts, arithmetic)
    return Ball(ball.value.reshape(kept.shape), ball.radius.reshape(kept.shape))


def _over_batches(ball: Ball, arithmetic: Any) -> Ball:
    """The gradient of a logit for each head: [head]."""
    whole = _total([_at(ball, batch) for batch in range(len(ball.value))], arithmetic)
    return Ball(whole.value[:, 0, 0], whole.radius[:, 0, 0])


def _total(parts: Sequence[Ball], arithmetic: Any) -> Ball:
    """The sum, in any order, rounded once more."""
    if len(parts) == 1:
        return parts[0]
    whole = reduce(arithmetic.add, parts)
    return arithmetic.returned(whole) if hasattr(arithmetic, "returned") else whole


def _at(ball: Ball, *place: Any) -> Ball:
    return Ball(ball.value[place], ball.radius[place])


def _nothing(like: Ball) -> Ball:
    return Ball(np.zeros_like(like.value), np.zeros_like(like.radius))
