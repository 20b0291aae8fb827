"""Waves and rotations: positions as angles.

A position t has in each of p planes an angle ω t, and enters as its cosine and sine alone.  They are letters here:
numbers with c² + s² = 1, and the angle of a sum is what the laws of addition say.  So all that follows holds for any
frequencies and any positions, whole numbers or not.

    c, s       1×p    cosines and sines of a position i, plane by plane;  g, r those of another, j or a shift δ
    C, S       n×p    those of n tokens;  C', S' when all have moved by δ
    R(c, s)    2p×2p  the rotation of each plane by its angle, [[diag c, diag s], [-diag s, diag c]]
    q, κ       1×2p   a query and a key, [q₁ | q₂]: first the one coordinate of all planes, then the other
    A, B       n×2p   queries and keys of n tokens, cut in the same way

Main results
    sinusoid_shift      sinusoidal positions all move by δ under one rotation
    rope_relative       rotated queries and keys score by the difference of their positions
    rope_rank           the scores still have rank at most k
    rope_decay_false    for every distance there is a key that the query likes best at that distance
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Implies,
    Rank,
    T,
    diag,
    family,
    hadamard,
    hstack,
    identity,
    index,
    matrix,
    normsquared,
    ones,
    reciprocal,
    row,
    scalar,
    sizes,
    softmax,
    stack_heads,
    total,
    vstack,
)
from symattn.proof import argument, calc, prove, theorem

n = sizes("n", min=1)
p, d, k = sizes("p d k", min=0)
tau = scalar("tau", positive=True)
c, s, g, r = (row(name, p) for name in "csgr")
C, S, every = matrix("C", n, p), matrix("S", n, p), ones(n, 1)


def rotation(cosines: Any, sines: Any) -> Any:
    """The rotation of each plane by the angle with this cosine and sine."""
    return vstack(hstack(diag(cosines), diag(sines)), hstack(-diag(sines), diag(cosines)))


def on_circle(cosines: Any, sines: Any) -> Any:
    """c² + s² = 1, in every plane."""
    return Equal(hadamard(cosines, cosines) + hadamard(sines, sines), ones(*cosines.shape))


def later(cosines: Any, sines: Any, shift: tuple[Any, Any]) -> tuple[Any, Any]:
    """Cosine and sine of the sum of two angles."""
    c, s = shift
    return hadamard(cosines, c) - hadamard(sines, s), hadamard(sines, c) + hadamard(cosines, s)


def circle(u: Any) -> tuple[Any, Any]:
    """Points on the circle: (1 - u²)/(1 + u²) and 2u/(1 + u²)."""
    square, one = hadamard(u, u), ones(*u.shape)
    return hadamard(one - square, reciprocal(one + square)), hadamard(2 * u, reciprocal(one + square))


u = row("u", p)
shift = every @ g, every @ r
moved = matrix("C'", n, p), matrix("S'", n, p)
SHIFTED = (on_circle(g, r), *(Equal(one, other) for one, other in zip(moved, later(C, S, shift), strict=True)))
SHIFT = dict(zip((g, r), circle(u), strict=True))
ALL = {**SHIFT, **dict(zip(moved, (one.xreplace(SHIFT) for one in later(C, S, shift)), strict=True))}
VASWANI = (
    "Vaswani et al.: Attention Is All You Need, 2017, section 3.5, which says that there is such a linear function"
)


@theorem(
    section="6.1",
    says=And(
        Equal(hstack(*moved), hstack(C, S) @ rotation(g, r)), Equal(rotation(g, r) @ T(rotation(g, r)), identity(2 * p))
    ),
    given=SHIFTED,
    instances=(ALL,),
    source=VASWANI,
    sketch="The laws of addition for cosine and sine are the product with a rotation; its columns are orthonormal.",
)
def sinusoid_shift():
    """Sinusoidal positions move by δ under one rotation, whatever the position.

    The row of token i holds cos ω t_i and sin ω t_i for each frequency ω, and C' and S' are those of t_i + δ.
    """
    ...


@theorem(
    section="6.1",
    says=And(
        Equal(total(hstack(c, s) @ rotation(g, r) @ T(hstack(c, s))), total(g)),
        Equal(total(hstack(c, s) @ rotation(g, -r) @ T(hstack(c, s))), total(g)),
    ),
    given=on_circle(c, s),
    instances=(dict(zip((c, s), circle(u), strict=True)),),
    source="textbook calculus",
    sketch="In each plane cos(a + b) cos a + sin(a + b) sin a = cos b, and cos(-b) is cos b.",
)
def sinusoid_products_even():
    """The product of two positions is Σ cos ω δ, the same for δ and -δ: it tells the distance, not the direction."""
    ...


q_1, q_2, kappa_1, kappa_2 = (row(name, p) for name in ("q_1", "q_2", "kappa_1", "kappa_2"))
q, kappa = hstack(q_1, q_2), hstack(kappa_1, kappa_2)
difference = hadamard(c, g) + hadamard(s, r), hadamard(s, g) - hadamard(c, r)
ROFORMER = "Su et al.: RoFormer, arXiv:2104.09864"


@theorem(
    section="6.2",
    says=And(
        Equal(rotation(c, s) @ rotation(g, r), rotation(*later(c, s, (g, r)))),
        Equal(T(rotation(c, s)), rotation(c, -s)),
    ),
    where=dict(zip((row("c'", p), row("s'", p)), later(c, s, (g, r)), strict=True)),
    source="textbook linear algebra",
    sketch="Block by block these are the laws of addition for cosine and sine, and cos(-a) = cos a, sin(-a) = -sin a.",
)
def rotations_add():
    """One rotation after another is the rotation by the sum of the angles; transposed it turns back."""
    ...


@theorem(
    section="6.2",
    says=Equal((q @ rotation(c, s)) @ T(kappa @ rotation(g, r)), q @ rotation(*difference) @ kappa.T),
    source=ROFORMER,
)
def rope_relative():
    """A query rotated by its position i and a key rotated by j score as the query rotated by i - j and the key."""
    return (
        calc(rope_relative.says.left)
        .eq(q @ rotation(c, s) @ rotation(g, -r) @ kappa.T, by="a rotation transposed turns back")
        .eq(rope_relative.says.right, by="rotations add their angles")
    )


@theorem(
    section="6.2",
    says=Equal(normsquared(q @ rotation(c, s)), normsquared(q)),
    given=on_circle(c, s),
    instances=(dict(zip((c, s), circle(u), strict=True)),),
    source="textbook linear algebra",
)
def rope_lengths():
    """Rotated queries and keys are as long as they were."""
    R, z = matrix("R", 2 * p, 2 * p), row("z", 2 * p)
    with argument(rope_lengths.given[0]) as proof:
        rigid = proof.have("R Rᵀ = 1", Equal(rotation(c, s) @ T(rotation(c, s)), identity(2 * p)), by=proof.given)
        kept = Equal(normsquared(z @ R), normsquared(z))
        kept = proof.have("and then |z R|² = z R Rᵀ zᵀ is |z|²", kept, by=Equal(R @ R.T, identity(2 * p)))
        proof.show(proof.at("so here", kept, {z: q, R: rotation(c, s)}, by=rigid))
    return proof


A_1, A_2, B_1, B_2 = (matrix(name, n, p) for name in ("A_1", "A_2", "B_1", "B_2"))


def rotated(pair: tuple[Any, Any], angles: tuple[Any, Any]) -> Any:
    """Queries or keys, each rotated by the angles of its own position."""
    return hstack(*later(*pair, angles))


def weights(angles: tuple[Any, Any]) -> Any:
    """Attention weights of rotated queries and keys."""
    return softmax(tau * rotated((A_1, A_2), angles) @ T(rotated((B_1, B_2), angles)))


@theorem(section="6.2", says=Equal(weights(moved), weights((C, S))), given=SHIFTED, instances=(ALL,), source=ROFORMER)
def rope_translation():
    """When all positions move alike, from C and S to C' and S', rotated queries and keys attend as before."""
    M, N = matrix("M", n, n), matrix("N", n, n)
    products = [rotated((A_1, A_2), at) @ T(rotated((B_1, B_2), at)) for at in (moved, later(C, S, shift), (C, S))]
    with argument(*SHIFTED) as proof:
        sums = proof.have("by the laws of addition", Equal(*products[:2]), by=SHIFTED[1:])
        same = proof.have("turning each plane once more changes no product", Equal(*products[1:]), by=SHIFTED[0])
        alike = proof.have("and equal products weigh alike", Equal(softmax(tau * M), softmax(tau * N)), by=Equal(M, N))
        lines = calc(products[0], SHIFTED).eq(products[1], by=sums).eq(products[2], by=same)
        whole = proof.have("", lines)
        proof.show(proof.at("as these do", alike, {M: products[0], N: products[2]}, by=whole))
    return proof


i = index("i", n)
R, X, Q, K = family("R", n, k, k), family("x", n, 1, d), matrix("Q", d, k), matrix("K", d, k)
turned_queries, turned_keys = stack_heads(X[i] @ Q @ R[i], i), stack_heads(X[i] @ K @ R[i], i)


@theorem(
    section="6.3",
    says=Rank(turned_queries @ T(turned_keys)) <= k,
    source="textbook linear algebra",
    sketch="Whatever is done to each of them, the queries are n rows of width k, and so are the keys.",
)
def rope_rank():
    """Queries and keys turned by any matrices of their own place still have scores of rank at most k."""
    return prove(rope_rank.says, hints=[turned_queries, T(turned_keys)])


there = on_circle(g, r)
at, best = total(q @ rotation(c, s) @ kappa.T), total(q @ rotation(g, r) @ kappa.T)


@theorem(
    section="6.5",
    says=Exists(
        (kappa_1, kappa_2),
        And(Equal(normsquared(kappa), normsquared(q)), ForAll((c, s), Implies(on_circle(c, s), AtMost(at, best)))),
        witness=later(q_1, q_2, (g, r)),
    ),
    given=there,
    instances=(SHIFT,),
    source="the question is that of Barbero et al.: Round and Round We Go!, arXiv:2410.06205",
    sketch=(
        "The rotated query scores in each plane its squared length times the cosine of an angle, which is 1 at that "
        "distance: 1 - cos a is half of (1 - cos a)² + sin² a."
    ),
)
def rope_decay_false():
    """Rotated scores need not decay: for every distance some key scores there no less than at any other distance.

    The key is the query, rotated to that distance, and as long as the query.
    """
    ...
