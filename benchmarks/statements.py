"""What is proved.  Every statement is made of new letters, which carry a tag, so that nothing can be remembered."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import sympy

import symattn as sa

Claim = Any
STATEMENTS: dict[str, Callable[[str], Claim]] = {}


def statement(make: Callable[[str], Claim]) -> Callable[[str], Claim]:
    STATEMENTS[make.__name__] = make
    return make


def head(t: str) -> SimpleNamespace:
    """One attention head, the loss Σ G ∘ Z of its output, and the textbook names of what its gradient is made of."""
    n, d, k, v = sa.sizes(f"n{t} d{t} k{t} v{t}")
    X, G = sa.matrix(f"X{t}", n, d), sa.matrix(f"G{t}", n, v)
    Q, K, V = sa.matrix(f"Q{t}", d, k), sa.matrix(f"K{t}", d, k), sa.matrix(f"V{t}", d, v)
    tau = sa.scalar(f"tau{t}", positive=True)
    P = sa.softmax(tau * X @ Q @ K.T @ X.T)
    Z, dP = P @ X @ V, G @ V.T @ X.T
    D = sa.rowsum(sa.hadamard(P, dP))
    dS = sa.hadamard(P, dP - D @ sa.ones(1, n))
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "t"})


def letters(t: str) -> SimpleNamespace:
    n, d, k = sa.sizes(f"n{t} d{t} k{t}")
    X, Q, K = sa.matrix(f"X{t}", n, d), sa.matrix(f"Q{t}", d, k), sa.matrix(f"K{t}", d, k)
    return SimpleNamespace(n=n, d=d, k=k, X=X, Q=Q, K=K, x=sa.row(f"x{t}", d), y=sa.row(f"y{t}", d))


@statement
def transposed_scores(t: str) -> Claim:
    a = letters(t)
    return sa.Equal(sa.T(a.X @ a.Q @ a.K.T @ a.X.T), a.X @ a.K @ a.Q.T @ a.X.T)


@statement
def score_is_its_transpose(t: str) -> Claim:
    a = letters(t)
    score = a.x @ a.Q @ a.K.T @ a.y.T
    return sa.Equal(score, sa.T(score))


@statement
def bracketing(t: str) -> Claim:
    m, n, p, q = sa.sizes(f"m{t} n{t} p{t} q{t}")
    A, B, C = sa.matrix(f"A{t}", m, n), sa.matrix(f"B{t}", n, p), sa.matrix(f"C{t}", p, q)
    left = sympy.MatMul(sympy.MatMul(A, B, evaluate=False), C, evaluate=False)
    return sa.Equal(left, sympy.MatMul(A, sympy.MatMul(B, C, evaluate=False), evaluate=False))


@statement
def gauge(t: str) -> Claim:
    a = letters(t)
    M = sa.matrix(f"M{t}", a.k, a.k, invertible=True)
    return sa.Equal(a.Q @ M @ sa.T(a.K @ sa.inverse(M).T), a.Q @ a.K.T)


@statement
def skew_form(t: str) -> Claim:
    a = letters(t)
    return sa.Equal(a.x @ sa.matrix(f"A{t}", a.d, a.d, skew=True) @ a.x.T, sa.zeros(1, 1))


@statement
def trace_of_a_product(t: str) -> Claim:
    m, n = sa.sizes(f"m{t} n{t}")
    A, B = sa.matrix(f"A{t}", m, n), sa.matrix(f"B{t}", n, m)
    return sa.Equal(sa.trace(A @ B), sa.trace(B @ A))


@statement
def trace_of_a_square(t: str) -> Claim:
    a = letters(t)
    return sa.Equal(sa.trace(a.Q @ a.K.T @ a.Q @ a.K.T), sa.trace(a.K.T @ a.Q @ a.K.T @ a.Q))


@statement
def rank_of_the_form(t: str) -> Claim:
    a = letters(t)
    return sa.Rank(a.Q @ a.K.T) <= a.k


@statement
def rank_of_the_scores(t: str) -> Claim:
    a = letters(t)
    return sa.Rank(a.X @ a.Q @ a.K.T @ a.X.T) <= a.k


@statement
def symmetric_iff(t: str) -> Claim:
    a = letters(t)
    every = sa.ForAll((a.x, a.y), sa.Equal(a.x @ a.Q @ a.K.T @ a.y.T, a.y @ a.Q @ a.K.T @ a.x.T))
    return sa.Iff(every, sa.Equal(a.Q @ a.K.T, a.K @ a.Q.T))


@statement
def some_score_is_asymmetric(t: str) -> Claim:
    d, k = sa.sizes(f"d{t}", min=2), sa.sizes(f"k{t}")
    Q, K = sa.matrix(f"Q{t}", d, k), sa.matrix(f"K{t}", d, k)
    return sa.Exists((Q, K), sa.Not(sa.Equal(Q @ K.T, sa.T(Q @ K.T))))


@statement
def none_for_one_dimension(t: str) -> Claim:
    k = sa.sizes(f"k{t}")
    Q, K = sa.matrix(f"Q{t}", 1, k), sa.matrix(f"K{t}", 1, k)
    return sa.Equal(Q @ K.T, sa.T(Q @ K.T))


@statement
def softmax_rows_sum_to_one(t: str) -> Claim:
    n, m = sa.sizes(f"n{t} m{t}")
    return sa.Equal(sa.softmax(sa.matrix(f"S{t}", n, m)) @ sa.ones(m, 1), sa.ones(n, 1))


@statement
def softmax_shift(t: str) -> Claim:
    n, m = sa.sizes(f"n{t} m{t}")
    S, c = sa.matrix(f"S{t}", n, m), sa.column(f"c{t}", n)
    return sa.Equal(sa.softmax(S + c @ sa.ones(1, m)), sa.softmax(S))


def _softmax_of_a_row(t: str) -> tuple[Any, Any, Any]:
    n = sa.sizes(f"n{t}")
    s = sa.row(f"s{t}", n)
    return n, s, sa.softmax(s)


@statement
def softmax_jacobian(t: str) -> Claim:
    _, s, p = _softmax_of_a_row(t)
    return sa.Equal(sa.Jacobian(p, s), sa.diag(p) - p.T @ p)


@statement
def jacobian_kills_ones(t: str) -> Claim:
    n, s, p = _softmax_of_a_row(t)
    return sa.Equal(sa.Jacobian(p, s) @ sa.ones(n, 1), sa.zeros(n, 1))


@statement
def jacobian_is_psd(t: str) -> Claim:
    _, _, p = _softmax_of_a_row(t)
    return sa.PSD(sa.diag(p) - p.T @ p)


@statement
def logsumexp_gradient(t: str) -> Claim:
    _, s, p = _softmax_of_a_row(t)
    return sa.Equal(sa.Gradient(sa.total(sa.logsumexp(s)), s), p)


@statement
def dQ(t: str) -> Claim:
    a = head(t)
    return sa.Equal(sa.Gradient(sa.inner(a.G, a.Z), a.Q), a.tau * a.X.T @ a.dS @ a.X @ a.K)


@statement
def dK(t: str) -> Claim:
    a = head(t)
    return sa.Equal(sa.Gradient(sa.inner(a.G, a.Z), a.K), a.tau * a.X.T @ a.dS.T @ a.X @ a.Q)


@statement
def dV(t: str) -> Claim:
    a = head(t)
    return sa.Equal(sa.Gradient(sa.inner(a.G, a.Z), a.V), a.X.T @ a.P.T @ a.G)


@statement
def dX(t: str) -> Claim:
    a = head(t)
    through_scores = a.dS @ a.X @ a.K @ a.Q.T + a.dS.T @ a.X @ a.Q @ a.K.T
    return sa.Equal(sa.Gradient(sa.inner(a.G, a.Z), a.X), a.P.T @ a.G @ a.V.T + a.tau * through_scores)


@statement
def dtau(t: str) -> Claim:
    a = head(t)
    return sa.Equal(sa.Partial(sa.inner(a.G, a.Z), a.tau), sa.inner(a.dS, a.X @ a.Q @ a.K.T @ a.X.T))


@statement
def D(t: str) -> Claim:
    a = head(t)
    return sa.Equal(a.D, sa.rowsum(sa.hadamard(a.G, a.Z)))


@statement
def merge_is_associative(t: str) -> Claim:
    """Three partial results of online softmax (shift m, normaliser l, output o), merged in two orders to any shifts."""
    n, v = sa.sizes(f"n{t} v{t}")
    m, l = ([sa.column(f"{name}{t}_{b}", n) for b in range(3)] for name in "ml")
    o = [sa.matrix(f"o{t}_{b}", n, v) for b in range(3)]
    early, late, last = (sa.column(f"{name}{t}", n) for name in ("early", "late", "last"))

    def merge(left: tuple, right: tuple, shift: Any) -> tuple:
        scale = [sa.exp(part[0] - shift) for part in (left, right)]
        both = [sa.hadamard(f, part[1]) for f, part in zip(scale, (left, right), strict=True)]
        outs = [sa.hadamard(f @ sa.ones(1, v), part[2]) for f, part in zip(scale, (left, right), strict=True)]
        return shift, both[0] + both[1], outs[0] + outs[1]

    a, b, c = zip(m, l, o, strict=True)
    one, other = merge(merge(a, b, early), c, last), merge(a, merge(b, c, late), last)
    return sa.And(sa.Equal(one[1], other[1]), sa.Equal(one[2], other[2]))


@statement
def fold_of_three_blocks(t: str) -> Claim:
    return online_softmax(t, 3)


@statement
def permutation_equivariance(t: str) -> Claim:
    a = head(t)
    moved = sa.matrix(f"Pi{t}", a.n, a.n, permutation=True)
    return sa.Equal(sa.attention(moved @ a.X, a.Q, a.K, a.V, a.tau), moved @ a.Z)


@statement
def heads_side_by_side(t: str) -> Claim:
    H, n, v, d = sa.sizes(f"H{t} n{t} v{t} d{t}")
    h = sa.index(f"h{t}", H)
    Z, O = sa.family(f"Z{t}", H, n, v), sa.family(f"O{t}", H, v, d)
    return sa.Equal(sa.concat_heads(Z[h], h) @ sa.stack_heads(O[h], h), sa.sum_heads(Z[h] @ O[h], h))


@statement
def two_layer_gradient(t: str) -> Claim:
    """dL/dQ₁ of two residual layers X + softmax(τ X Q Kᵀ Xᵀ) X M, as backpropagation computes it."""
    n, d, k = sa.sizes(f"n{t} d{t} k{t}")
    X, G, tau = sa.matrix(f"X{t}", n, d), sa.matrix(f"G{t}", n, d), sa.scalar(f"tau{t}", positive=True)
    Q, K = ([sa.matrix(f"{name}{t}_{layer}", d, k) for layer in range(2)] for name in "QK")
    M = [sa.matrix(f"M{t}_{layer}", d, d) for layer in range(2)]
    weights, inputs = [], [X]
    for layer in range(2):
        weights.append(sa.softmax(tau * inputs[-1] @ Q[layer] @ K[layer].T @ inputs[-1].T))
        inputs.append(inputs[-1] + weights[-1] @ inputs[-1] @ M[layer])

    def to_scores(layer: int, arrived: Any) -> Any:
        dP = arrived @ M[layer].T @ inputs[layer].T
        return sa.hadamard(weights[layer], dP - sa.rowsum(sa.hadamard(weights[layer], dP)) @ sa.ones(1, n))

    dS = to_scores(1, G)
    through_scores = dS @ inputs[1] @ K[1] @ Q[1].T + dS.T @ inputs[1] @ Q[1] @ K[1].T
    arrived = G + weights[1].T @ G @ M[1].T + tau * through_scores
    return sa.Equal(sa.Gradient(sa.inner(G, inputs[2]), Q[0]), tau * X.T @ to_scores(0, arrived) @ X @ K[0])


def chain(t: str, factors: int) -> Claim:
    """A product of that many matrices, bracketed from the left and from the right."""
    n = [sa.sizes(f"n{t}_{place}") for place in range(factors + 1)]
    A = [sa.matrix(f"A{t}_{place}", n[place], n[place + 1]) for place in range(factors)]
    left, right = A[0], A[-1]
    for place in range(1, factors):
        left = sympy.MatMul(left, A[place], evaluate=False)
        right = sympy.MatMul(A[-1 - place], right, evaluate=False)
    return sa.Equal(left, right)


def cycle(t: str, turns: int) -> Claim:
    """tr((Q Kᵀ)^m) = tr((Kᵀ Q)^m)."""
    a = letters(t)
    around = [sympy.MatMul(*pair * turns, evaluate=False) for pair in ([a.Q, a.K.T], [a.K.T, a.Q])]
    return sa.Equal(*map(sa.trace, around))


def online_softmax(t: str, blocks: int) -> Claim:
    """Attention over blocks of any widths, one after the other with a shift each, is softmax over all of them."""
    n, v = sa.sizes(f"n{t} v{t}")
    widths = [sa.sizes(f"w{t}_{b}") for b in range(blocks)]
    S = [sa.matrix(f"S{t}_{b}", n, width) for b, width in enumerate(widths)]
    V = [sa.matrix(f"V{t}_{b}", width, v) for b, width in enumerate(widths)]
    shift = [sa.column(f"m{t}_{b}", n) for b in range(blocks)]
    weights = [sa.exp(S[b] - shift[b] @ sa.ones(1, widths[b])) for b in range(blocks)]
    normaliser, output = sa.rowsum(weights[0]), weights[0] @ V[0]
    for b in range(1, blocks):
        scale = sa.exp(shift[b - 1] - shift[b])
        normaliser = sa.hadamard(scale, normaliser) + sa.rowsum(weights[b])
        output = sa.hadamard(scale @ sa.ones(1, v), output) + weights[b] @ V[b]
    folded = sa.hadamard(output, sa.reciprocal(normaliser) @ sa.ones(1, v))
    return sa.Equal(sa.softmax(sa.hstack(*S)) @ sa.vstack(*V), folded)


SCALING: dict[str, tuple[Callable[[str, int], Claim], tuple[int, ...]]] = {
    "product chain, factors": (chain, (4, 8, 16, 32, 64)),
    "trace of (Q Kᵀ)^m, turns": (cycle, (4, 8, 16, 32, 64)),
    "online softmax, blocks": (online_softmax, (2, 4, 8, 16)),
}
