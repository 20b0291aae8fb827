"""Attention by features: weights φ(q)·φ(κ) in the place of exp(q·κ), and what such features can and cannot do.

With features a sequence is read with a state of fixed size, as by a recurrent network.  No finite number of features
makes the exponential itself; some make a polynomial of it.  `random_features` goes on with random ones.

    F, H      n×r, m×r   features of queries and of keys
    T, t      r×v, r×1   the state: Hᵀ C and Hᵀ 1, for values C
    f, y, q   1×r, 1×v, 1×r   features of one more key, its value, features of a query
    x, e      (r+1)×1, 1×d   numbers, and a unit vector: the points x e, each a query and a key
    a         row factors
    A, B      n×k        queries and keys, column by column a_i and b_i;  S = A Bᵀ

Main results
    linear_attn_rnn          one more key adds to the state, and the state is all that a query reads
    no_finite_feature_map    for every r there are r + 1 points at which no features of width r give exp(q·κ)
    taylor_kernel_rank       the exponential up to its second power has rank at most 1 + k + k²
    nearly_equal_kernels     a kernel off by a share ε of each entry makes weights off by ε in total variation
"""

from __future__ import annotations

from typing import Any

from sympy import FunctionMatrix, Lambda, symbols

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Not,
    Rank,
    T,
    column,
    concat_heads,
    diag,
    exp,
    family,
    hadamard,
    hstack,
    identity,
    index,
    matrix,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import Argument, argument, at_sizes, prove, theorem
from symattn.theory.rank.attention_rank import every_number_of_tokens, n as every

i, j = symbols("i j")
n, m, r = sizes("n m r", min=1)
k, v = sizes("k v", min=0)
H, C, f, y, q = matrix("H", m, r), matrix("C", m, v), row("f", r), row("y", v), row("q", r)
state, mass = matrix("T", r, v), column("t", r)
STATE = Equal(state, H.T @ C), Equal(mass, H.T @ ones(m, 1))
keys, values = vstack(H, f), vstack(C, y)


@theorem(
    section="7.2",
    says=And(
        Equal(keys.T @ values, state + f.T @ y),
        Equal(keys.T @ ones(m + 1, 1), mass + f.T),
        Equal(
            diag(reciprocal(rowsum(q @ keys.T))) @ q @ keys.T @ values,
            diag(reciprocal(q @ (mass + f.T))) @ q @ (state + f.T @ y),
        ),
    ),
    given=STATE,
    instances=({state: H.T @ C, mass: H.T @ ones(m, 1)},),
    source="Katharopoulos, Vyas, Pappas, Fleuret: Transformers are RNNs, 2020",
)
def linear_attn_rnn():
    """One more key adds φ(κ)ᵀ y and φ(κ)ᵀ to the state, and the state is all that a query reads of the keys.

    So attention with features runs through a sequence, or through what a causal mask lets each token see, as a
    recurrent network whose state has r (v + 1) numbers, however long the sequence is.
    """
    sums, masses, read = linear_attn_rnn.says.args
    with argument(*STATE) as proof:
        sums = proof.have("a sum over the keys, the new one last", sums, by=STATE)
        masses = proof.have("and so for their number", masses, by=STATE)
        whole = Equal(read.left, diag(reciprocal(q @ (keys.T @ ones(m + 1, 1)))) @ q @ (keys.T @ values))
        whole = proof.have("the query reads sums over all keys", whole)
        read = proof.have("which are these", read, by=(whole, sums, masses))
        proof.show(linear_attn_rnn.says, by=(sums, masses, read))
    return proof


N = r + 1
x, e, G = matrix("x", N, 1), row("e", sizes("d", min=1)), matrix("G", N, N)
factors, queries, others = row("a", N), matrix("F", N, r), matrix("H", N, r)
points, UNIT = x @ e, Equal(e @ e.T, identity(1))
MADE = Equal(exp(points @ points.T), diag(factors) @ queries @ others.T)


@theorem(
    section="7.3",
    says=Exists(x, ForAll((factors, queries, others), Not(MADE))),
    given=UNIT,
    instances=({e: unit(e.shape[1], 0), x: FunctionMatrix(N, 1, Lambda((i, j), i))},),
    source="not found stated elsewhere",
)
def no_finite_feature_map():
    """No features of finite width make exp(q·κ), with any factor for each query: r + 1 points refute those of width r.

    So linear attention is never softmax attention, whatever the features and however each row is normalised.  The
    points are multiples of a unit vector e, any at all, and the exponentials of their products can be inverted.
    """
    undone, says = Equal(exp(x @ x.T) @ G, identity(N)), no_finite_feature_map.says
    through = [diag(factors) @ queries, others.T @ G]
    with argument(UNIT) as proof:
        some = proof.have("numbers whose exponentials are invertible", at_sizes(every_number_of_tokens(), {every: N}))
        same = Equal(exp(points @ points.T), exp(x @ x.T))
        same = proof.have("on the line of e they have the same products", same, by=UNIT)
        words = "any features of width r would make an identity of size r + 1"
        none = proof.have(words, says.claim, by=(same, undone), hints=through)
        there = proof.have("so these are such points", says, by=none, hints=[x])
        proof.show(says, by=(some, there))
    return proof


part = index("i", k)
a, b = family("a", k, n, 1), family("b", k, n, 1)
A, B = concat_heads(a[part], part), concat_heads(b[part], part)
S = matrix("S", n, n)
AA, BB = (concat_heads(hadamard(one[part] @ ones(1, k), both), part) for one, both in ((a, A), (b, B)))


@theorem(
    section="7.4",
    says=Rank(ones(n, n) + S + hadamard(S, S) / 2) <= 1 + k + k**2,
    given=Equal(S, A @ B.T),
    instances=({S: A @ B.T},),
    source="textbook linear algebra",
    sketch=(
        "1 + s + s²/2 at s = a·b is the product of the features 1, the a_i, and the a_i a_j / 2 with 1, the b_i and "
        "the b_i b_j."
    ),
)
def taylor_kernel_rank():
    """The exponential of scores of width k, up to its second power, has rank at most 1 + k + k², for any n."""
    return prove(
        taylor_kernel_rank.says,
        taylor_kernel_rank.given,
        hints=[hstack(ones(n, 1), A, AA / 2), T(hstack(ones(n, 1), B, BB))],
    )


scores = matrix("S", n, m)
rest = exp(scores) - ones(n, m) - scores


@theorem(
    section="7.4",
    says=And(AtMost(zeros(n, m), rest), AtMost(rest, hadamard(scores, exp(scores) - ones(n, m)))),
    source="textbook calculus",
    sketch="exp(s) ≥ 1 + s is the first bound; exp(-s) ≥ 1 - s, times exp(s), is the second, 1 ≥ (1 - s) exp(s).",
)
def taylor_error_of_degree_one():
    """The exponential up to its first power is below it by at most s (exp(s) - 1), for all scores s.

    With |s| ≤ b that is at most b (exp(b) - 1): for scores that are small, exp(S) is nearly the matrix 1 + S, whose
    rank is at most 1 + k.
    """
    ...


kernel, nearly = matrix("K", n, m, positive=True), matrix("L", n, m, positive=True)
epsilon, some = scalar("epsilon"), matrix("w", m, 1, mask=True)
ABOVE, BELOW = AtMost(nearly, (1 + epsilon) * kernel), AtMost((1 - epsilon) * kernel, nearly)
A_, B_, all_keys = matrix("A", n, m), matrix("B", n, m), ones(m, 1)
rows, near_rows = (diag(reciprocal(rowsum(one))) @ one for one in (kernel, nearly))


def near(one: Any, other: Any) -> tuple[Any, Any]:
    """Each is at most (1 + ε)/(1 - ε) times the other, entry by entry."""
    return AtMost((1 - epsilon) * one, (1 + epsilon) * other), AtMost((1 - epsilon) * other, (1 + epsilon) * one)


def _told_apart() -> Argument:
    """Weights A and B that are near each other, both ways, give no set of keys weights that differ by more than ε."""
    sums = Equal(A_ @ all_keys, ones(n, 1)), Equal(B_ @ all_keys, ones(n, 1))
    f, others = column("f", m), all_keys - some
    squares = AtMost((1 - epsilon) * B_ @ hadamard(f, f), (1 + epsilon) * A_ @ hadamard(f, f))
    with argument(*sums, *near(A_, B_)) as proof:
        inside = AtMost((1 - epsilon) * A_ @ some, (1 + epsilon) * B_ @ some)
        inside = proof.have("added up over the set", inside, by=near(A_, B_)[0])
        outside = proof.have("and with squares for factors", squares, by=near(A_, B_)[1])
        outside = proof.at("so over the other keys", outside, {f: others})
        flag = proof.have("as 1 - w is 0 or 1 where w is", Equal(hadamard(others, others), others))
        proof.show(AtMost((A_ - B_) @ some, epsilon * ones(n, 1)), by=(inside, outside, flag, *sums))
    return proof


@theorem(
    section="7.4",
    says=AtMost((near_rows - rows) @ some, epsilon * ones(n, 1)),
    given=(ABOVE, BELOW),
    instances=({epsilon: total(hadamard(nearly, reciprocal(kernel)) + hadamard(kernel, reciprocal(nearly)))},),
    source="not found stated elsewhere",
)
def nearly_equal_kernels():
    """A kernel that is off by at most a share ε of each entry makes attention weights at most ε off in total variation.

    That is, no set of keys, w with entries 0 and 1, gets weights that differ by more than ε.  A kernel of low rank that
    is near exp(S) in this sense makes attention of low rank that is near softmax(S).
    """
    both = near(near_rows, rows)
    with argument(ABOVE, BELOW) as proof:
        ahead = proof.have("above the division at most 1 + ε, below it at least 1 - ε", both[0], by=proof.given)
        behind = proof.have("and the other way round", both[1], by=proof.given)
        sums = [proof.have("the rows sum to 1", Equal(one @ all_keys, ones(n, 1))) for one in (near_rows, rows)]
        apart = proof.have("of weights that are near in this way", _told_apart())
        values = {A_: near_rows, B_: rows}
        proof.show(proof.at("such as these", apart, values, by=(ahead, behind, *sums)))
    return proof
