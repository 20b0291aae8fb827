"""The identities of attention that must be proved for all sizes, and the mistakes in them that must be refuted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import sympy

import symattn as sa
from symattn import Equal, Exists, ForAll, Gradient, Iff, Not, T

n, d, k, v = sa.sizes("n d k v", min=1)
a, b, c = sa.sizes("a b c", min=1)
wide = sa.sizes("d", min=2)

X, Y = sa.matrix("X", n, d), sa.matrix("Y", n, d)
Q, K = sa.matrix("Q", d, k), sa.matrix("K", d, k)
V, G, O = sa.matrix("V", d, v), sa.matrix("G", n, v), sa.matrix("O", v, d)
M, Skew, Square = sa.matrix("M", k, k, invertible=True), sa.matrix("A", d, d, skew=True), sa.matrix("A", d, d)
x, y, s = sa.row("x", d), sa.row("y", d), sa.row("s", n)
tau = sa.scalar("tau", positive=True)
scores = X @ Q @ K.T @ X.T


# ---- softmax and its gradients -------------------------------------------------------------------------------------

p = sa.softmax(s)
jacobian = sa.diag(p) - p.T @ p
S = sa.matrix("S", n, a)
column, line = sa.column("c", n), sa.row("r", a)
shifted = S + column @ sa.ones(1, a)
slanted = S + sa.ones(n, 1) @ line

weights = sa.softmax(tau * scores)
attended = weights @ X @ V
loss = sa.inner(G, attended)
dP = G @ V.T @ X.T
D = sa.rowsum(sa.hadamard(weights, dP))
dS = sa.hadamard(weights, dP - D @ sa.ones(1, n))

FORMULAS = {
    Q: tau * X.T @ dS @ X @ K,
    K: tau * X.T @ dS.T @ X @ Q,
    V: X.T @ weights.T @ G,
    X: weights.T @ G @ V.T + tau * dS @ X @ K @ Q.T + tau * dS.T @ X @ Q @ K.T,
    tau: sa.inner(dS, scores),
}
"""The textbook gradient of the loss in each letter."""

dS_without_D = sa.hadamard(weights, dP)
WRONG_FORMULAS = {
    "Q without D": (Q, tau * X.T @ dS_without_D @ X @ K),
    "Q with the scale squared": (Q, tau**2 * X.T @ dS @ X @ K),
    "Q with two letters swapped": (Q, tau * X.T @ dS @ X @ Q),
    "Q with a transpose dropped": (Q, tau * X.T @ dS.T @ X @ K),
    "Q with D over the wrong index": (
        Q,
        tau * X.T @ sa.hadamard(weights, dP - sa.ones(n, 1) @ sa.rowsum(sa.hadamard(weights, dP).T).T) @ X @ K,
    ),
    "K without D": (K, tau * X.T @ dS_without_D.T @ X @ Q),
    "K with a transpose dropped": (K, tau * X.T @ dS @ X @ Q),
    "V with a transpose dropped": (V, X.T @ weights @ G),
    "X without the values": (X, tau * dS @ X @ K @ Q.T + tau * dS.T @ X @ Q @ K.T),
    "X without D": (X, weights.T @ G @ V.T + tau * dS_without_D @ X @ K @ Q.T + tau * dS_without_D.T @ X @ Q @ K.T),
    "X with two letters swapped": (X, weights.T @ G @ V.T + tau * dS @ X @ Q @ K.T + tau * dS.T @ X @ K @ Q.T),
    "tau without D": (tau, sa.inner(dS_without_D, scores)),
    "tau with a factor too many": (tau, tau * sa.inner(dS, scores)),
}


def gradient_claim(letter: Any, formula: Any) -> Any:
    node = Gradient(loss, letter) if letter.is_Matrix else sa.Partial(loss, letter)
    return Equal(node, formula)


# ---- online softmax ------------------------------------------------------------------------------------------------

State = tuple[Any, Any, Any]
"""The shift, the norm and the sum of values of some block of keys, for n queries."""


def state(name: str) -> State:
    return sa.column(f"m{name}", n), sa.column(f"l{name}", n), sa.matrix(f"o{name}", n, v)


def of_block(S: Any, V: Any, shift: Any) -> State:
    weights = sa.exp(S - shift @ sa.ones(1, S.shape[1]))
    return shift, sa.rowsum(weights), weights @ V


def merge(first: State, second: State, shift: Any) -> State:
    scale = [sa.exp(part[0] - shift) for part in (first, second)]
    norm = sa.hadamard(scale[0], first[1]) + sa.hadamard(scale[1], second[1])
    return shift, norm, sa.diag(scale[0]) @ first[2] + sa.diag(scale[1]) @ second[2]


def finished(merged: State) -> Any:
    return sa.diag(sa.reciprocal(merged[1])) @ merged[2]


BLOCKS = [(sa.matrix(f"S{i}", n, w), sa.matrix(f"V{i}", w, v)) for i, w in enumerate((a, b, c))]
SHIFTS = [sa.column(f"t{i}", n) for i in range(5)]
folded = merge(
    merge(of_block(*BLOCKS[0], SHIFTS[0]), of_block(*BLOCKS[1], SHIFTS[1]), SHIFTS[3]),
    of_block(*BLOCKS[2], SHIFTS[2]),
    SHIFTS[4],
)
whole = sa.softmax(sa.hstack(*(S for S, _ in BLOCKS))) @ sa.vstack(*(V for _, V in BLOCKS))


def merge_claims(shift: Any) -> list[Any]:
    """Both ways to merge three states, with other shifts inside; the norm and the values agree."""
    one, two, three = state("1"), state("2"), state("3")
    left = merge(merge(one, two, SHIFTS[0]), three, shift)
    right = merge(one, merge(two, three, SHIFTS[1]), shift)
    return [Equal(left[1], right[1]), Equal(left[2], right[2])]


# ---- heads, permutations, two layers -------------------------------------------------------------------------------

H = sa.sizes("H", min=1)
h = sa.index("h", H)
Qs, Ks = sa.family("Q", H, d, k), sa.family("K", H, d, k)
Vs, Os = sa.family("V", H, d, v), sa.family("O", H, v, d)


def head(of: Any) -> Any:
    return sa.softmax(X @ Qs[of] @ Ks[of].T @ X.T) @ X @ Vs[of]


concatenated = sa.concat_heads(head(h), h) @ sa.stack_heads(Os[h], h)
Pi = sa.matrix("Pi", n, n, permutation=True)


def attention(tokens: Any) -> Any:
    return sa.softmax(tau * tokens @ Q @ K.T @ tokens.T) @ tokens @ V


Q1, K1, V1 = sa.matrix("Q1", d, k), sa.matrix("K1", d, k), sa.matrix("V1", d, d)
Q2, K2, V2 = sa.matrix("Q2", d, k), sa.matrix("K2", d, k), sa.matrix("V2", d, d)
U = sa.matrix("U", n, d)


def layer_weights(tokens: Any, Q: Any, K: Any) -> Any:
    return sa.softmax(tau * tokens @ Q @ K.T @ tokens.T)


def into_scores(P: Any, dP: Any) -> Any:
    return sa.hadamard(P, dP - sa.rowsum(sa.hadamard(P, dP)) @ sa.ones(1, n))


P1 = layer_weights(X, Q1, K1)
hidden = X + P1 @ X @ V1
P2 = layer_weights(hidden, Q2, K2)
two_layers = sa.inner(U, hidden + P2 @ hidden @ V2)
back2 = into_scores(P2, U @ V2.T @ hidden.T)
through = P2.T @ U @ V2.T + tau * (back2 @ hidden @ K2 @ Q2.T + back2.T @ hidden @ Q2 @ K2.T)


def first_query(dhidden: Any) -> Any:
    """The gradient in the first layer's Q, from that in what the layer puts out."""
    return tau * X.T @ into_scores(P1, dhidden @ V1.T @ X.T) @ X @ K1


# ---- all of them ---------------------------------------------------------------------------------------------------

score = x @ Q @ K.T @ y.T
wide_Q, wide_K = sa.matrix("Q", wide, k), sa.matrix("K", wide, k)
thin_Q, thin_K = sa.matrix("Q", 1, k), sa.matrix("K", 1, k)
A, B, C = sa.matrix("A", a, b), sa.matrix("B", b, a), sa.matrix("C", b, a)
Sym1, Sym2 = sa.matrix("A", d, d, symmetric=True), sa.matrix("B", d, d, symmetric=True)
bilinear_symmetric = ForAll((x, y), Equal(score, y @ Q @ K.T @ x.T))

IDENTITIES = {
    "transposing the scores exchanges query and key": Equal(T(scores), X @ K @ Q.T @ X.T),
    "a 1×1 score equals its transpose": Equal(score, T(score)),
    "a change of basis of the head cancels": Equal(X @ Q @ M @ T(K @ sa.inverse(M).T) @ X.T, scores),
    "a skew form vanishes on the diagonal": Equal(x @ Skew @ x.T, sa.zeros(1, 1)),
    "the trace is cyclic": Equal(sa.trace(A @ B), sa.trace(B @ A)),
    "the trace of the squared form can be taken in the head": Equal(
        sa.trace(Q @ K.T @ Q @ K.T), sa.trace(K.T @ Q @ K.T @ Q)
    ),
    "the form has rank at most k": sa.Rank(Q @ K.T) <= k,
    "the scores have rank at most k": sa.Rank(scores) <= k,
    "the score is symmetric exactly when the form is": Iff(bilinear_symmetric, Equal(Q @ K.T, K @ Q.T)),
    "for d at least 2 some score is not symmetric": Exists(
        (wide_Q, wide_K), Not(Equal(wide_Q @ wide_K.T, T(wide_Q @ wide_K.T)))
    ),
    "for d = 1 every score is symmetric": ForAll((thin_Q, thin_K), Equal(thin_Q @ thin_K.T, T(thin_Q @ thin_K.T))),
    "the rows of softmax sum to 1": Equal(sa.rowsum(sa.softmax(S)), sa.ones(n, 1)),
    "softmax does not see a shift of its rows": Equal(sa.softmax(shifted), sa.softmax(S)),
    "the Jacobian of softmax": Equal(sa.Jacobian(p, s), jacobian),
    "the Jacobian of softmax kills constants": Equal(jacobian @ sa.ones(n, 1), sa.zeros(n, 1)),
    "the Jacobian of softmax is positive semidefinite": sa.PSD(jacobian),
    "the gradient of log-sum-exp is softmax": Equal(Gradient(sa.logsumexp(s), s), p),
    "D from the outputs": Equal(D, sa.rowsum(sa.hadamard(G, attended))),
    "merging is associative in the norm": merge_claims(SHIFTS[2])[0],
    "merging is associative in the values": merge_claims(SHIFTS[2])[1],
    "the fold over three blocks is attention": Equal(finished(folded), whole),
    "attention is equivariant under permutations": Equal(attention(Pi @ X), Pi @ attention(X)),
    "concatenated heads are a sum over heads": Equal(concatenated, sa.sum_heads(head(h) @ Os[h], h)),
    "backpropagation through two residual layers": Equal(Gradient(two_layers, Q1), first_query(U + through)),
    **{f"the gradient in {letter}": gradient_claim(letter, formula) for letter, formula in FORMULAS.items()},
}

MISTAKES = {
    "the scores are symmetric": Equal(scores, T(scores)),
    "scores, both letters on the wrong side": Equal(T(scores), X @ Q @ K.T @ X.T),
    "scores, a transpose dropped": Equal(scores, X @ K @ Q.T @ X.T),
    "a score, its tokens swapped": Equal(score, y @ Q @ K.T @ x.T),
    "three factors, two swapped": Equal(Square @ Q @ K.T, Q @ K.T @ Square),
    "change of basis, a transpose dropped": Equal(X @ Q @ M @ T(K @ sa.inverse(M)) @ X.T, scores),
    "change of basis, not inverted": Equal(X @ Q @ M @ T(K @ M) @ X.T, scores),
    "a form without symmetry vanishes on the diagonal": Equal(x @ Square @ x.T, sa.zeros(1, 1)),
    "the trace of a product, one factor transposed": Equal(sa.trace(Square @ Square), sa.trace(Square @ Square.T)),
    "the trace of a square is the square of the trace": Equal(sa.trace(Q @ K.T @ Q @ K.T), sa.trace(Q @ K.T) ** 2),
    "the trace, a letter swapped": Equal(sa.trace(A @ B), sa.trace(C @ A)),
    "the form has rank at least k": sa.Rank(Q @ K.T) >= k,
    "the form has rank k": Equal(sa.Rank(Q @ K.T), k),
    "the tokens have rank at most k": sa.Rank(X) <= k,
    "the residual form has rank at most k": sa.Rank(Square + Q @ K.T) <= k,
    "the score is symmetric exactly when Q = K": Iff(bilinear_symmetric, Equal(Q, K)),
    "a score that agrees with its transpose on the diagonal is symmetric": Iff(
        ForAll((x,), Equal(x @ Q @ K.T @ x.T, x @ K @ Q.T @ x.T)), Equal(Q @ K.T, K @ Q.T)
    ),
    "for d at least 1 some score is not symmetric": Exists((Q, K), Not(Equal(Q @ K.T, T(Q @ K.T)))),
    "for d = 1 some score is not symmetric": Exists(
        (thin_Q, thin_K), Not(Equal(thin_Q @ thin_K.T, T(thin_Q @ thin_K.T)))
    ),
    "the columns of softmax sum to 1": Equal(sa.rowsum(sa.softmax(S).T), sa.ones(a, 1)),
    "softmax does not see a shift of its columns": Equal(sa.softmax(slanted), sa.softmax(S)),
    "softmax does not see a scale": Equal(sa.softmax(2 * S), sa.softmax(S)),
    "the Jacobian of softmax without p pᵀ": Equal(sa.Jacobian(p, s), sa.diag(p)),
    "the Jacobian of softmax, a sign": Equal(sa.Jacobian(p, s), sa.diag(p) + p.T @ p),
    "the Jacobian of softmax, p squared": Equal(sa.Jacobian(p, s), sa.diag(p) - sa.hadamard(p.T @ p, p.T @ p)),
    "the Jacobian of softmax keeps constants": Equal(jacobian @ sa.ones(n, 1), p.T),
    "minus the Jacobian of softmax is positive semidefinite": sa.PSD(-jacobian),
    "p pᵀ exceeds diag p": sa.PSD(p.T @ p - sa.diag(p)),
    "a product is positive semidefinite": sa.PSD(Q @ K.T),
    "the gradient of log-sum-exp is exp": Equal(Gradient(sa.logsumexp(s), s), sa.exp(s)),
    "the gradient of log-sum-exp is 0": Equal(Gradient(sa.logsumexp(s), s), sa.zeros(1, n)),
    "D from the outputs, over the wrong index": Equal(
        sa.rowsum(sa.hadamard(weights, dP).T), sa.rowsum(sa.hadamard(G, attended))
    ),
    "D from the outputs, a letter swapped": Equal(D, sa.rowsum(sa.hadamard(G, X @ V))),
    "merging without rescaling": Equal(
        finished(folded),
        finished(
            (
                SHIFTS[4],
                folded[1],
                sum((of_block(*p, t)[2] for p, t in zip(BLOCKS, SHIFTS[:3], strict=True)), sa.zeros(n, v)),
            )
        ),
    ),
    "a fold that forgets a block": Equal(
        finished(merge(of_block(*BLOCKS[0], SHIFTS[0]), of_block(*BLOCKS[1], SHIFTS[1]), SHIFTS[3])), whole
    ),
    "a merge, one shift of the wrong sign": Equal(
        merge(state("1"), state("2"), SHIFTS[0])[1], merge(state("1"), state("2"), -SHIFTS[0])[1]
    ),
    "attention is invariant under permutations": Equal(attention(Pi @ X), attention(X)),
    "attention is equivariant the other way": Equal(attention(Pi @ X), Pi.T @ attention(X)),
    "concatenated heads are a product of sums": Equal(concatenated, sa.sum_heads(head(h), h) @ sa.sum_heads(Os[h], h)),
    "backpropagation without the residual path": Equal(Gradient(two_layers, Q1), first_query(through)),
    "backpropagation through the residual path alone": Equal(Gradient(two_layers, Q1), first_query(U)),
    "a product of symmetric matrices is symmetric": Equal(Sym1 @ Sym2, T(Sym1 @ Sym2)),
    **{f"the gradient in {name}": gradient_claim(letter, f) for name, (letter, f) in WRONG_FORMULAS.items()},
}


def bracketings(factors: tuple[Any, ...]) -> Iterator[Any]:
    """Every way to multiply the factors two at a time, kept as it is."""
    if len(factors) == 1:
        yield factors[0]
    for cut in range(1, len(factors)):
        for left, right in product(bracketings(factors[:cut]), bracketings(factors[cut:])):
            yield sympy.MatMul(left, right, evaluate=False)
