"""Attention with less: kernels, caches, shared and compressed heads.

Each of these is exact for some form of attention, and this chapter says for which.  `online_softmax` is about softmax
in pieces.

    n, d, k, v   tokens, width of a token, of queries and keys, of values
    X            n×d   tokens;  Q, K, V d×k, d×k, d×v  of one head
    F, H         n×r, m×r   features φ(q_i) of queries and φ(κ_j) of keys
    C            m×v   values
    G, R         groups of heads, heads in a group; head (g, r) has Q_gr and shares K_g, V_g
    D, U, U'     d×r, r×k, r×v   compression of a token, and keys and values from it

Main results
    linear_attn_assoc   kernel attention needs of the keys only φ(B)ᵀ C and φ(B)ᵀ 1
    decode_kv_cache     a new token attends from the cached keys and values
    mqa_gqa_tied        grouped-query attention is multi-head attention with equal keys and values in a group
    mla_absorb          with keys and values made from one compressed token, the compressed tokens are all it reads
"""

from typing import Any

from symattn.language import (
    Equal,
    Iff,
    Positive,
    T,
    attention,
    column,
    concat_heads,
    diag,
    family,
    group,
    head,
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
    vstack,
)
from symattn.proof import calc, theorem

n, m = sizes("n m", min=1)
d, k, v, r = sizes("d k v r", min=0)
X, tau = matrix("X", n, d), scalar("tau", positive=True)
Q, K, V = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v)

F, H, C = matrix("F", n, r), matrix("H", m, r), matrix("C", m, v)
state, mass = matrix("T", r, v), column("t", r)
STATE, MASS = Equal(state, H.T @ C), Equal(mass, H.T @ ones(m, 1))


@theorem(
    section="7.1",
    says=Equal(diag(reciprocal(rowsum(F @ H.T))) @ F @ H.T @ C, diag(reciprocal(F @ mass)) @ F @ state),
    given=(STATE, MASS),
    instances=({state: H.T @ C, mass: H.T @ ones(m, 1)},),
    source="Katharopoulos, Vyas, Pappas, Fleuret: Transformers are RNNs, 2020",
)
def linear_attn_assoc():
    """Attention with weights φ(q)·φ(κ) over their sum reads of the keys only T = φ(B)ᵀ C and t = φ(B)ᵀ 1."""
    return (
        calc(linear_attn_assoc.says.left, given=(STATE, MASS))
        .eq(diag(reciprocal(rowsum(F @ H.T))) @ F @ state, by=STATE)
        .eq(diag(reciprocal(F @ H.T @ ones(m, 1))) @ F @ state, by="a row sum is a product with 1")
        .eq(linear_attn_assoc.says.right, by=MASS)
    )


@theorem(
    section="7.1",
    says=Iff(Positive(n**2 * (r + v) - 2 * n * r * v), Positive(n * (r + v) - 2 * r * v)),
    source="not found stated elsewhere",
    sketch="The first number is n times the second, and n is at least 1.",
)
def linear_attn_cost():
    """n queries and keys take 2 n r v multiplications, not n² (r + v): fewer exactly when n (r + v) > 2 r v."""
    ...


past, x = matrix("X'", m, d), row("x", d)
keys, values = matrix("B", m, k), matrix("C", m, v)
CACHED = (Equal(keys, past @ K), Equal(values, past @ V))


@theorem(
    section="7.8",
    says=Equal(
        softmax(tau * x @ Q @ T(vstack(past, x) @ K)) @ vstack(past, x) @ V,
        softmax(tau * x @ Q @ T(vstack(keys, x @ K))) @ vstack(values, x @ V),
    ),
    given=CACHED,
    instances=({keys: past @ K, values: past @ V},),
    source="Shazeer: Fast Transformer Decoding, 2019, section 2.4",
)
def decode_kv_cache():
    """What a new token reads from all tokens so far needs only their cached keys and values and its own."""
    own = softmax(tau * x @ Q @ T(vstack(past @ K, x @ K))) @ vstack(past @ V, x @ V)
    return (
        calc(decode_kv_cache.says.left, given=CACHED)
        .eq(own, by="each row of a product comes from one token")
        .eq(decode_kv_cache.says.right, by=CACHED)
    )


g, member = index("g", sizes("G", min=1)), index("r", sizes("R", min=1))
heads, each = g.size * member.size, group(g, member)
Qs, Ks, Vs = family("Q", heads, d, k), family("K", g.size, d, k), family("V", g.size, d, v)
Os = family("O", heads, v, d)
all_K, all_V = family("K'", heads, d, k), family("V'", heads, d, v)
shared_K, shared_V = Ks[g], Vs[g]


def beside(expr: Any) -> Any:
    """The heads side by side, group by group."""
    return concat_heads(concat_heads(expr, member), g)


def under(expr: Any) -> Any:
    """The heads one under the other."""
    return stack_heads(stack_heads(expr, member), g)


TIED = (Equal(beside(all_K[each]), beside(shared_K)), Equal(beside(all_V[each]), beside(shared_V)))


@theorem(
    section="7.9",
    says=Equal(
        sum_heads(sum_heads(head(X, Qs[each], shared_K, shared_V, Os[each], tau), member), g),
        sum_heads(sum_heads(head(X, Qs[each], all_K[each], all_V[each], Os[each], tau), member), g),
    ),
    given=TIED,
    instances=({all_K: under(shared_K), all_V: under(shared_V)},),
    source="Ainslie et al.: GQA, 2023; for one group Shazeer: Fast Transformer Decoding, 2019",
    sketch=(
        "Of the keys and values, head (g, r) sees K_gr and V_gr only. In group g these are K_g and V_g, whatever r: "
        "put them in, head by head."
    ),
)
def mqa_gqa_tied():
    """Grouped-query attention is multi-head attention whose keys and values are equal within each group.

    With one group it is multi-query attention.  The cache holds G keys and values for each token instead of G R.
    """
    ...


@theorem(
    section="7.9",
    says=Equal(
        concat_heads(stack_heads(attention(X, Qs[each], shared_K, shared_V, tau), member), g),
        concat_heads(softmax(tau * stack_heads(X @ Qs[each], member) @ T(X @ shared_K)) @ X @ shared_V, g),
    ),
    source="not found stated elsewhere",
    sketch=(
        "Softmax and products with keys and values act on each row of queries by itself. So the rows of R heads may "
        "stand under each other, as they ask the same keys and values."
    ),
)
def grouped_queries():
    """The heads of a group are one head asked R times as many queries: they can be stacked before the softmax."""
    ...


D, up_K, up_V = matrix("D", d, r), matrix("U", r, k), matrix("U'", r, v)
latent = matrix("L", n, r)
LATENT = Equal(latent, X @ D)


@theorem(
    section="7.11",
    says=Equal(attention(X, Q, D @ up_K, D @ up_V, tau), softmax(tau * X @ (Q @ up_K.T) @ latent.T) @ latent @ up_V),
    given=LATENT,
    instances=({latent: X @ D},),
    source="DeepSeek-AI: DeepSeek-V2, 2024",
)
def mla_absorb():
    """With keys and values made from L = X D, a head reads L alone: U goes into the queries and U' into the output."""
    return (
        calc(mla_absorb.says.left, given=LATENT)
        .eq(softmax(tau * X @ (Q @ up_K.T) @ T(X @ D)) @ X @ D @ up_V, by="q (l U)ᵀ = (q Uᵀ) lᵀ")
        .eq(mla_absorb.says.right, by=LATENT)
    )
