"""What a token reads from its context.

Attention mixes in the other words, as a weighted sum.  This says when attention makes a token depend on its context,
and what it still cannot see.

    x        1×d   the token that is looked at;  y, z other tokens
    X        n×d   tokens, one a row;  X[j] is row j of them
    Y        m×d   its context, the other tokens;  Z  r×d  more of them
    W        d×d   the form of a score, Q Kᵀ
    Q, K     d×k   queries and keys;  V  d×v  values
    tau            the scale of the scores

Main results
    attention_is_weighted_sum       attention averages the values, with positive weights that sum to 1
    context_dependence_iff          a token notices its context exactly when V is not 0
    contexts_differ_almost_always   and then in almost all pairs of contexts
    context_order_is_invisible      but not the order of its context
    other_context_same_output       so that two contexts may give it the same
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    Positive,
    T,
    column,
    exp,
    family,
    identity,
    index,
    matrix,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    stack_heads,
    sum_heads,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, instance, prove, specialised, theorem

d, k, v, r = sizes("d k v r")
n, m, d_some = sizes("n", min=1), sizes("m", min=1), sizes("d", min=1)

x, y, z = row("x", d), row("y", d), row("z", d)
Y, Z = matrix("Y", m, d), matrix("Z", r, d)
Q, K, V, W = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("W", d, d)
tau = scalar("tau", positive=True)


def read(x: Any, context: Any, W: Any = W, V: Any = V) -> Any:
    """What the token x reads from itself and its context: softmax(x W [x; Y]ᵀ) [x; Y] V."""
    tokens = vstack(x, context)
    return softmax(x @ W @ T(tokens)) @ tokens @ V


token = index("j", n)
tokens = family("X", n, 1, d)


def score_of(j: Any) -> Any:
    return total(tau * x @ Q @ K.T @ tokens[j].T)


stacked = stack_heads(tokens[token], token)
weights = softmax(tau * x @ Q @ K.T @ T(stacked))
other = index("l", n)
weight = exp(score_of(token)) * reciprocal(sum_heads(exp(score_of(other)), other))


@theorem(
    says=And(
        Equal(weights @ stacked @ V, sum_heads(weight * tokens[token] @ V, token)),
        Positive(weights),
        Equal(rowsum(weights), ones(1, 1)),
    ),
    section="1.3",
    source="Vaswani et al., Attention Is All You Need, arXiv:1706.03762, section 3.2",
    sketch=(
        "Each weight is an exponential over the sum of all of them, so it is positive, and together they "
        "are 1.  The row of weights times the stacked values is the sum of weight times value."
    ),
    where={row("p", n): weights},
)
def attention_is_weighted_sum():
    """What a token reads is the sum of the values X[j] V, with positive weights that sum to 1.

    The weight of token j is exp(s_j) / Σ_l exp(s_l), where s_j = τ x Q Kᵀ X[j]ᵀ.
    """
    ...


copies = ones(m, 1) @ x
shifted, another = copies + ones(m, 1) @ y, matrix("Y2", m, d)
constant = ForAll(Y, Equal(read(x, Y), read(x, copies)))


weight = softmax(x @ W @ T(vstack(x, shifted))) @ vstack(zeros(1, 1), ones(m, 1))
"""The weight of all copies of x + y together, which is what x reads of y V beside x V."""


def _nothing_moves(proof: Argument, equal: Theorem) -> Theorem:
    """That y V is 0, when x reads the same among copies of x + y as among copies of itself."""
    moved = Equal(read(x, shifted), x @ V + weight @ y @ V)
    moved = proof.have("among copies of x + y it reads y V besides, times their weight", moved)
    alone = proof.have("among copies of itself x reads x V", Equal(read(x, copies), x @ V))
    A, B, C, D = (row(name, v) for name in "ABCD")
    left, right = (C + D, C) if equal.claim.left == moved.claim.left else (C, C + D)
    same = And(Equal(A, B), Equal(A, left), Equal(B, right))
    same = prove(ForAll((A, B, C, D), Implies(same, Equal(D, zeros(1, v)))))
    values = {A: equal.claim.left, B: equal.claim.right, C: x @ V, D: weight @ y @ V}
    none = instance(same, values, equal, moved, alone)
    none = proof.have("so the rest is 0", none, by=(equal, moved, alone))
    positive = proof.have("but weights are positive", Positive(weight))
    return proof.have("so y V is 0", Equal(y @ V, zeros(1, v)), by=(none, positive))


@theorem(says=Iff(constant, Equal(V, zeros(d, v))), section="1.4", source="not found stated elsewhere")
def context_dependence_iff():
    """What a token reads is the same in every context, as among copies of itself, exactly when V is 0.

    Among copies of x + y instead, it moves by y V times a positive weight.
    """
    with argument() as a:
        same = a.suppose("the context does not matter", constant)
        equal = a.have("take copies of x + y for the context", specialised(same, {Y: shifted}), by=same)
        still = _nothing_moves(a, equal)
        moves = a.have("whatever y is", ForAll(y, still.claim), by=still, under=constant)
        none = a.have("take all one-hot y", Equal(V, zeros(d, v)), by=moves)
        a.show(context_dependence_iff.says, by=none, words="back, with V = 0 every value is 0")
    return a


probe, first_in, first_out = column("w", v), unit(d, 0), unit(v, 0)
free = (identity(d) - first_in.T @ first_in) @ matrix("R", d, v)


@theorem(
    says=Exists((Y, another), Not(Equal(read(x, Y), read(x, another))), (copies, shifted)),
    given=Equal(total(y @ V @ probe), 1),
    instances=({y: first_in, probe: first_out.T, V: first_in.T @ first_out + free},),
    section="1.4",
    source="not found stated elsewhere",
)
def contexts_differ_almost_always():
    """When V is not 0, what a token reads differs between some two contexts, and so between almost all.

    That V is not 0 is said by y V w = 1.  What a token reads is an analytic function of its context, so two contexts in
    which it reads the same lie on a proper analytic subset of all pairs, which has no volume.
    """
    says, given = contexts_differ_almost_always.says, contexts_differ_almost_always.given
    with argument(*given) as a:
        equal = Equal(read(x, copies), read(x, shifted))
        equal = a.suppose("x reads the same among copies of x as among copies of x + y", equal)
        still = _nothing_moves(a, equal)
        none = a.have("then y V w is 0, and not 1", Equal(total(y @ V @ probe), 0), by=still)
        a.show(says, by=(*given, none), words="so these two contexts differ")
    return a


@theorem(
    says=Equal(softmax(x @ W @ x.T) @ x @ V, x @ V),
    section="1.4",
    source="not found stated elsewhere",
    sketch="The softmax of a single score is 1, whatever the score is.",
)
def alone_reads_itself():
    """A token without context reads its own value, whatever the scores are."""
    ...


shuffle = matrix("Pi", m, m, permutation=True)


@theorem(
    says=Equal(read(x, shuffle @ Y), read(x, Y)),
    section="1.4",
    source=(
        "a case of permutation equivariance: Xu et al., Permutation Equivariance of Transformers and Its "
        "Applications, arXiv:2304.07735"
    ),
    sketch=(
        "Permuting the context permutes scores and values alike, and a sum of weights times values does not"
        " depend on the order of its terms."
    ),
)
def context_order_is_invisible():
    """What a token reads does not depend on the order of its context."""
    ...


@theorem(
    says=Equal(read(x, vstack(Z, x, Z)), read(x, Z)),
    section="1.4",
    source="not found stated elsewhere",
    sketch=(
        "Every term occurs twice in the sum of exp(score) times value, and in the sum of the exponentials "
        "that divides it; the 2 cancels."
    ),
)
def repetition_is_invisible():
    """What a token reads does not change when the whole sequence is repeated."""
    ...


x_s, y_s, z_s = row("x", d_some), row("y", d_some), row("z", d_some)
W_s, V_s, Z_s = matrix("W", d_some, d_some), matrix("V", d_some, v), matrix("Z", r, d_some)


@theorem(
    says=Exists(
        (y_s, z_s),
        And(
            Not(Equal(vstack(y_s, z_s, Z_s), vstack(z_s, y_s, Z_s))),
            Equal(read(x_s, vstack(y_s, z_s, Z_s), W_s, V_s), read(x_s, vstack(z_s, y_s, Z_s), W_s, V_s)),
        ),
        (unit(d_some, 0), zeros(1, d_some)),
    ),
    section="1.4",
    source="not found stated elsewhere",
    sketch=("Exchange e_0 and 0 in the context: this is another sequence, but the order of the context is not seen."),
)
def other_context_same_output():
    """A token in two different sequences may still read the same: its output need not tell the sequences apart.

    This holds for all scores and values, as soon as there are two more tokens.
    """
    ...
