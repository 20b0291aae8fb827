"""Softmax attention in pieces.

A block of keys is summed up by a state: a shift m, a mass ℓ = Σ_j exp(s_j - m) and a sum o = Σ_j exp(s_j - m) c_j, for
each query.  States of different blocks can be merged, in any order, and o / ℓ is the output of attention.  The shifts
may be any numbers at all; implementations take the largest score seen so far, which keeps the exponentials below 1.

    n, a, b, c   queries, and keys in three blocks
    A, B, C      n×a, n×b, n×c   scores of the blocks;  S_h n×b, those of block h out of H
    U, V, W      a×v, b×v, c×v   values of the blocks;  V_h b×v
    μ, ν, ξ      n×1     shifts of three states;  M, N, R those of their merges
    lse          n×1     log-sum-exp of each row

Main results
    online_softmax_monoid   merging is associative and commutative, and an empty block changes nothing
    online_softmax_merge    the merge of two blocks is the state of both together
    flash_exact             any three blocks, merged in any order, give softmax attention over all keys
    flash_exact_many        so do any number of blocks of one width
    sparse_mask_union       attention over a union is a mean of the attentions, weighted by softmax of their lse
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symattn.language import (
    And,
    Equal,
    column,
    concat_heads,
    diag,
    exp,
    family,
    hstack,
    identity,
    index,
    logsumexp,
    matrix,
    ones,
    reciprocal,
    rowsum,
    sizes,
    softmax,
    stack_heads,
    sum_heads,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem

n, a, b, c, H = sizes("n a b c H", min=1)
v = sizes("v", min=0)
A, B, C = matrix("A", n, a), matrix("B", n, b), matrix("C", n, c)
U, V, W = matrix("U", a, v), matrix("V", b, v), matrix("W", c, v)
mu, nu, xi, M, N, R = (column(name, n) for name in ("mu", "nu", "xi", "M", "N", "R"))


@dataclass(frozen=True)
class State:
    """What is known of some keys: their shift, mass and sum, one row for each query."""

    shift: Any
    mass: Any
    sum: Any


def block(scores: Any, values: Any, shift: Any) -> State:
    """The state of a block of keys."""
    weights = exp(scores - shift @ ones(1, scores.shape[1]))
    return State(shift, rowsum(weights), weights @ values)


def merge(one: State, other: State, shift: Any) -> State:
    """The state of both, at a new shift."""
    f, g = diag(exp(one.shift - shift)), diag(exp(other.shift - shift))
    return State(shift, f @ one.mass + g @ other.mass, f @ one.sum + g @ other.sum)


def scaled(state: State, shift: Any) -> State:
    """The same state, said at another shift."""
    f = diag(exp(state.shift - shift))
    return State(shift, f @ state.mass, f @ state.sum)


def output(state: State) -> Any:
    """The sum over the mass, row by row."""
    return diag(reciprocal(state.mass)) @ state.sum


def same(one: State, other: State) -> list[Any]:
    """The claims that two states of one shift are equal."""
    return [Equal(one.mass, other.mass), Equal(one.sum, other.sum)]


first, second, third = (
    State(shift, column(mass, n), matrix(total, n, v))
    for shift, mass, total in ((mu, "l_1", "o_1"), (nu, "l_2", "o_2"), (xi, "l_3", "o_3"))
)
empty = State(nu, zeros(n, 1), zeros(n, v))


def factors(**shifts: Any) -> dict[Any, Any]:
    """Letters for the factors by which masses and sums change when their shift does."""
    return {matrix(name, n, n): diag(exp(shift)) for name, shift in shifts.items()}


once = factors(D=M - R, D_1=mu - M, D_2=nu - M, D_3=xi - R)


@theorem(
    section="7.6",
    says=And(
        *same(merge(merge(first, second, M), third, R), merge(first, merge(second, third, N), R)),
        *same(merge(first, second, M), merge(second, first, M)),
        *same(merge(first, empty, mu), first),
    ),
    source="Milakov, Gimelshein: Online normalizer calculation for softmax, 2018",
    where={**once, **factors(E=N - R, E_1=mu - R, E_2=nu - N, E_3=xi - N, F_1=mu - mu, F_2=nu - mu)},
)
def online_softmax_monoid():
    """Merging states is associative and commutative, whatever the shifts, and a state of mass and sum 0 is neutral."""
    u, v, w = (scaled(state, R) for state in (first, second, third))
    all_three = State(R, u.mass + v.mass + w.mass, u.sum + v.sum + w.sum)
    either_way = merge(merge(first, second, M), third, R), merge(first, merge(second, third, N), R)
    early, late = (And(*same(one, all_three)) for one in either_way)
    turned = And(*same(merge(first, second, M), merge(second, first, M)))
    alone = And(*same(merge(first, empty, mu), first))
    with argument() as proof:
        early = proof.have("from μ to M and on to R is from μ to R: exp(μ - M) exp(M - R) = exp(μ - R)", early)
        late = proof.have("and so it is for ν and ξ, by way of N", late)
        turned = proof.have("a sum does not depend on the order of its terms", turned)
        kept = proof.have("exp(μ - μ) = 1, and 0 is added", alone)
        proof.show(online_softmax_monoid.says, by=(early, late, turned, kept))
    return proof


x, y, z = block(A, U, mu), block(B, V, nu), block(C, W, xi)


@theorem(
    section="7.6",
    says=And(*same(merge(x, y, M), block(hstack(A, B), vstack(U, V), M))),
    source="Milakov, Gimelshein: Online normalizer calculation for softmax, 2018, for the masses",
    where={first.mass: x.mass, first.sum: x.sum, second.mass: y.mass, second.sum: y.sum},
)
def online_softmax_merge():
    """The merge of the states of two blocks is the state of the two blocks side by side."""
    one, other, both = block(A, U, M), block(B, V, M), block(hstack(A, B), vstack(U, V), M)
    with argument() as proof:
        first = proof.have("exp(s_j - μ) exp(μ - M) = exp(s_j - M)", And(*same(scaled(x, M), one)))
        second = proof.have("and so for the other block", And(*same(scaled(y, M), other)))
        split = And(Equal(both.mass, one.mass + other.mass), Equal(both.sum, one.sum + other.sum))
        split = proof.have("a sum over all keys is one over the first block and one over the second", split)
        proof.show(online_softmax_merge.says, by=(first, second, split))
    return proof


@theorem(
    section="7.6",
    says=Equal(output(block(A, U, mu)), softmax(A) @ U),
    source="Milakov, Gimelshein: Online normalizer calculation for softmax, 2018",
)
def online_softmax_output():
    """Sum over mass is softmax attention over the block, whatever the shift."""
    weights = diag(exp(-mu)) @ exp(A)
    return (
        calc(output(block(A, U, mu)))
        .eq(diag(reciprocal(rowsum(weights))) @ weights @ U, by="exp(s_j - m) = exp(-m) exp(s_j)")
        .eq(softmax(A) @ U, by="exp(-m) cancels in each row")
    )


whole = softmax(hstack(A, B, C)) @ vstack(U, V, W)
states = {first: x, second: y, third: z}


@theorem(
    section="7.7",
    says=And(
        Equal(output(merge(merge(x, y, M), z, R)), whole),
        Equal(output(merge(x, merge(y, z, M), R)), whole),
        Equal(output(merge(merge(z, x, M), y, R)), whole),
    ),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022",
    where={
        **{state.mass: made.mass for state, made in states.items()},
        **{state.sum: made.sum for state, made in states.items()},
        **once,
        **factors(E_1=mu - R, E_2=nu - R, E_3=xi - M),
        matrix("Z", n, v): whole,
    },
)
def flash_exact():
    """Keys in three blocks of any sizes, merged in any order with any shifts, give softmax attention over all keys.

    By online_softmax_monoid all other orders give the same.  Floating point numbers round differently in each.
    """
    every = block(hstack(A, B, C), vstack(U, V, W), R)
    orders = {
        "the first two blocks, then the third, are merged to the state of all keys": merge(merge(x, y, M), z, R),
        "so are the last two, then the first": merge(x, merge(y, z, M), R),
        "and the third with the first, then the second": merge(merge(z, x, M), y, R),
    }
    with argument() as proof:
        merged = [proof.have(words, And(*same(state, every))) for words, state in orders.items()]
        read = proof.have("sum over mass of that state is attention over all keys", Equal(output(every), whole))
        proof.show(flash_exact.says, by=(*merged, read))
    return proof


h = index("h", H)
S, values, shifts = family("S", H, n, b), family("V", H, b, v), family("m", H, n, 1)
every = concat_heads(S[h], h)
weights = exp(S[h] - shifts[h] @ ones(1, b))
scale = diag(exp(shifts[h] - M))


@theorem(
    section="7.7",
    says=Equal(
        diag(reciprocal(sum_heads(scale @ rowsum(weights), h))) @ sum_heads(scale @ weights @ values[h], h),
        softmax(every) @ stack_heads(values[h], h),
    ),
    source="Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022",
)
def flash_exact_many():
    """Any number of blocks of one width, each with a shift of its own, merged at any shift, give softmax attention."""
    shifted = exp(every - M @ ones(1, H * b))
    return (
        calc(flash_exact_many.says.left)
        .eq(
            diag(reciprocal(rowsum(shifted))) @ shifted @ stack_heads(values[h], h),
            by="exp(m_h - M) exp(s_j - m_h) = exp(s_j - M), in every block",
        )
        .eq(flash_exact_many.says.right, by="exp(-M) cancels in each row")
    )


RECURSIVE = "FlashInfer documentation, Attention States and Recursive Attention"
pair = softmax(hstack(logsumexp(A), logsumexp(B)))
left, right = pair @ vstack(identity(1), zeros(1, 1)), pair @ vstack(zeros(1, 1), identity(1))


@theorem(
    section="7.17",
    says=Equal(softmax(hstack(A, B)) @ vstack(U, V), diag(left) @ softmax(A) @ U + diag(right) @ softmax(B) @ V),
    source=RECURSIVE,
    where={column("l_1", n): logsumexp(A), column("l_2", n): logsumexp(B), matrix("w", n, 2): pair},
)
def sparse_mask_union():
    """Attention over two disjoint sets of keys is a mean of both attentions, with weights softmax([lse₁ | lse₂])."""
    one, other = rowsum(exp(A)), rowsum(exp(B))
    share = diag(reciprocal(one + other))
    return (
        calc(sparse_mask_union.says.left)
        .eq(share @ (exp(A) @ U + exp(B) @ V), by="the exponentials of all keys, over their sum ℓ₁ + ℓ₂")
        .eq(share @ (diag(one) @ softmax(A) @ U + diag(other) @ softmax(B) @ V), by="exp(s_j) = ℓ p_j in each set")
        .eq(sparse_mask_union.says.right, by="ℓ_h / (ℓ₁ + ℓ₂) is a weight of softmax([lse₁ | lse₂])")
    )


@theorem(
    section="7.17",
    says=Equal(
        softmax(every) @ stack_heads(values[h], h),
        sum_heads(diag(exp(logsumexp(S[h]) - logsumexp(every))) @ softmax(S[h]) @ values[h], h),
    ),
    source=RECURSIVE,
)
def sparse_mask_union_many():
    """For any number of sets of one size the weight of set h is exp(lse_h - lse), with lse over all keys."""
    return (
        calc(sparse_mask_union_many.says.left)
        .eq(
            diag(exp(-logsumexp(every))) @ sum_heads(exp(S[h]) @ values[h], h),
            by="softmax is exp(s_j) / Σ_l exp(s_l) = exp(-lse) exp(s_j)",
        )
        .eq(sparse_mask_union_many.says.right, by="exp(s_j) = exp(lse_h) p_j in set h")
    )
