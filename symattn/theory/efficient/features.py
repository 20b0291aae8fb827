"""Attention by features: weights φ(q)·φ(κ) in the place of exp(q·κ), and what such features can and cannot do.

With features a sequence is read with a state of fixed size, as by a recurrent network.  No finite number of features
makes the exponential itself; some make a polynomial of it: `taylor`.  `random_features` goes on with random ones.

    F, H      n×r, m×r   features of queries and of keys
    T, t      r×v, r×1   the state: Hᵀ C and Hᵀ 1, for values C
    f, y, q   1×r, 1×v, 1×r   features of one more key, its value, features of a query
    x, e      (r+1)×1, 1×d   numbers, and a unit vector: the points x e, each a query and a key
    a         row factors

Main results
    linear_attn_rnn          one more key adds to the state, and the state is all that a query reads
    no_finite_feature_map    for every r there are r + 1 points at which no features of width r give exp(q·κ)
"""

from __future__ import annotations

from sympy import FunctionMatrix, Lambda, symbols

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Not,
    column,
    diag,
    exp,
    identity,
    matrix,
    ones,
    reciprocal,
    row,
    rowsum,
    sizes,
    unit,
    vstack,
)
from symattn.proof import argument, at_sizes, theorem
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
