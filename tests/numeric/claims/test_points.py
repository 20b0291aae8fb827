"""Values side by side: the judgement, its words, its residual and its bound are those of one value after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Gradient,
    Iff,
    Implies,
    Not,
    Positive,
    RankAtMost,
    bilinear,
    exp,
    family,
    hadamard,
    hstack,
    identity,
    index,
    log,
    matrix,
    normsquared,
    ones,
    row,
    scalar,
    sizes,
    softmax,
    sum_heads,
    total,
    zeros,
)
from symattn.numeric import EXACT, FLOAT64, Intervals, Modular, sample, witness
from symattn.numeric.claims import points
from symattn.numeric.claims.points import at_points
from symattn.numeric.evaluation import room, stacks
from symattn.numeric.evaluation.walk import Walk

d, H = sizes("d H")
W, A = matrix("W", d, d), matrix("A", d, d)
P, M = matrix("P", d, d, permutation=True), matrix("M", d, d, mask=True)
x, y, z = row("x", d), row("y", d), row("z", d)
t, p = scalar("t"), scalar("p", positive=True)
F, h, s = family("F", H, d, d), index("h", H), bilinear("s", d)
skewed = hadamard(x, x) @ ones(d, 1)

CLAIMS = {
    "holds": ForAll((x, y), Equal(x @ W @ y.T, y @ W.T @ x.T)),
    "fails late": ForAll(x, Equal(x @ W @ x.T, hadamard(x, x) @ W @ ones(d, 1))),
    "fails at once": ForAll((x, y), Equal(x @ W @ y.T, 1 + y @ W @ x.T)),
    "a bound": ForAll((x, y), AtMost((x @ y.T) ** 2, normsquared(x) * normsquared(y))),
    "a bound that fails": ForAll((x, y), AtMost((x @ y.T) ** 2, normsquared(x))),
    "positive": ForAll(x, Positive(1 + x @ x.T)),
    "not always positive": ForAll(x, Positive(x @ x.T)),
    "softmax": ForAll((x, y), Equal(softmax(x) @ y.T, softmax(x + y @ ones(d, d)) @ y.T)),
    "softmax that differs": ForAll((x, y), Equal(softmax(x) @ W, softmax(y) @ W)),
    "vacuous sometimes": ForAll((x, y), Implies(Equal(x, y), Equal(x @ W, y @ W))),
    "a hypothesis that is undecided": ForAll(x, Implies(Equal(softmax(x), x), Equal(x, y))),
    "either way": ForAll((x, y), Iff(Equal(x, y), Equal(2 * x, 2 * y))),
    "not": ForAll(x, Not(Equal(x @ x.T + 1, zeros(1, 1)))),
    "not, and it fails": ForAll(x, Not(Equal(x, hadamard(x, x)))),
    "a witness": ForAll(x, Exists(y, Equal(x @ W, y @ W), witness=(x,))),
    "a witness that fails": ForAll(x, Exists(y, Equal(x @ W, y @ W), witness=(2 * x,))),
    "a linear system each": ForAll(x, Exists(y, Equal(y @ P, x))),
    "another quantifier": ForAll(x, Iff(ForAll(y, Equal(x @ y.T, zeros(1, 1))), Equal(x, zeros(1, d)))),
    "the same letter again": ForAll(x, And(Equal(x, x), ForAll(x, Equal(x @ W, x @ W)))),
    "facts": ForAll((P, M), Equal(P @ P.T + hadamard(M, M), identity(d) + M)),
    "a positive number": ForAll(p, Equal(log(exp(p)), p)),
    "a number": ForAll((t, x), Equal((t * x) @ W, x @ (t * W))),
    "a family": ForAll(F, Equal(sum_heads(F[h] @ W, h), sum_heads(F[h], h) @ W)),
    "a map": ForAll(s, Equal(s(x + y, z), s(x, z) + s(y, z))),
    "ranks": ForAll((x, y), RankAtMost(x.T @ y, 1)),
    "definite": ForAll(x, PSD(x.T @ x)),
    "a gradient": ForAll(x, Equal(Gradient(total(x @ A), A), x.T @ ones(1, d))),
    "no value later on": ForAll(x, Equal(exp(x / 2) @ ones(d, 1), d * ones(1, 1))),
    "blocks": ForAll((x, y), Equal(hstack(x, y) @ hstack(y, x).T, 2 * (x @ y.T))),
    "nothing moves": ForAll(x, And(Equal(W, W + zeros(d, d)), Equal(x, x))),
    "ranks of what does not move": ForAll(x, And(RankAtMost(W, d), Equal(x, x))),
}
ARITHMETICS = [EXACT, FLOAT64, Modular(), Modular(2), Intervals()]


def told(claim: Any, arithmetic: Any) -> tuple[Any, ...]:
    outcome = witness(claim, sample([claim], sizes={d: 2, H: 2}, seed=1), arithmetic)
    return outcome.holds, outcome.residual, outcome.bound, outcome.detail, outcome.certain


@pytest.mark.parametrize("arithmetic", ARITHMETICS, ids=lambda a: a.name)
@pytest.mark.parametrize("name", CLAIMS)
def test_side_by_side_is_as_one_after_the_other(name: str, arithmetic: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    together = told(CLAIMS[name], arithmetic)
    monkeypatch.setattr(points, "STACKABLE", ())
    alone = told(CLAIMS[name], arithmetic)
    assert (together[0], together[3], together[4]) == (alone[0], alone[3], alone[4])
    for one, other in zip(together[1:3], alone[1:3], strict=True):
        assert one == other or np.isclose(float(one), float(other), rtol=1e-12)


@pytest.mark.parametrize("entries", [1, 200, 5000])
@pytest.mark.parametrize("name", ["holds", "fails late", "a family", "no value later on"])
def test_little_room_changes_nothing(name: str, entries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = told(CLAIMS[name], EXACT)
    monkeypatch.setattr(room, "STACKED_ENTRIES", entries)
    assert told(CLAIMS[name], EXACT) == expected


def test_every_point_is_asked_once_and_in_order() -> None:
    claim = CLAIMS["a number"]
    tried = [(np.array(number), np.array([[number, -number]])) for number in range(1, 60)]
    walk, sizes_of_walks = Walk(sample([claim], sizes={d: 2}), EXACT), []

    def ask(inner: Walk) -> list[int]:
        sizes_of_walks.append(inner.count)
        found = inner.value(t * x)
        return [int(part[..., 0].item()) for part in points.each(found, inner.count)]

    assert list(at_points(claim, tried, walk, ask)) == [number**2 for number in range(1, 60)]
    assert sizes_of_walks == [1, 16, 42]


def test_a_function_of_somebody_else_sees_one_matrix_at_a_time() -> None:
    class Watched:
        """An arithmetic that is not known to take several matrices."""

        def __getattr__(self, name: str) -> Any:
            return getattr(FLOAT64, name)

        def softmax(self, scores: Any, mask: Any) -> Any:
            assert scores.value.ndim == 2
            return FLOAT64.softmax(scores, mask)

    watched: Any = Watched()
    assert not isinstance(watched, stacks.STACKABLE)
    assert witness(CLAIMS["softmax"], sample([CLAIMS["softmax"]], sizes={d: 2}), watched).holds
