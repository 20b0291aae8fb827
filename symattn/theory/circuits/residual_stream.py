"""The residual stream: what is written into it adds up, in slots of its own or across them.

Layers only ever add to the stream.  So a later layer reads the sum of all that was written, through the matrix product
of what one head writes by and the next reads by; features in orthogonal slots are read back exactly.

    x           (L+1)×d   the stream at one token: what goes in, and after each of L layers, one row each
    f           L×d       what the layers write there
    C, F        L×(L+1)   [0 1] and [1 0]: all rows but the first, and all but the last
    M, W        c×d, d×e  what an earlier head writes by, what a later one reads by
    E_1, E_2    d×m, d×n  two slots of the stream, and y, z what is written there

Main results
    residual_sum                      the stream is what went in plus all that was written
    composition_score                 |M W|² / (|M|² |W|²) lies between 0 and 1
    composition_score_attained        and is 1 when one direction is written and read
    composition_score_gauge           no gauge of a head changes it
    composition_within_operator_norm  |M W|² ≤ s |W|² for s above the largest squared singular value of M
    slots_fit_in_width                in width m + r there are slots for m features
    slots_need_width                  in less than width m there are not
    feature_slots                     what is written into a slot is read from it, and from no other
"""

from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    Not,
    T,
    column,
    hstack,
    identity,
    inverse,
    matrix,
    normsquared,
    ones,
    row,
    scalar,
    sizes,
    vstack,
    zeros,
)
from symattn.proof import argument, at_sizes, specialised, theorem
from symattn.theory.score import tied_forms

L, r, c, d, e, k, v = sizes("L r c d e k v", min=0)
m, n, N = sizes("m n N", min=1)
x, f = matrix("x", L + 1, d), matrix("f", L, d)
C, F = hstack(zeros(L, 1), identity(L)), hstack(identity(L), zeros(L, 1))
first, last = hstack(identity(1), zeros(1, L)), hstack(zeros(1, L), identity(1))
STEPS = Equal(C @ x, F @ x + f)


@theorem(
    section="8.1",
    says=Equal(last @ x, first @ x + ones(1, L) @ f),
    given=STEPS,
    instances=({f: C @ x - F @ x},),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
)
def residual_sum():
    """The stream after L layers is what went in plus all that the layers wrote.

    Given is that each layer adds what it writes, which may depend on everything before.  A smaller L says the same of
    what any layer reads.
    """
    every, one = ones(1, L + 1), ones(1, L)
    with argument(STEPS) as proof:
        front = proof.have("a sum of all rows, the first one apart", Equal(first @ x + one @ C @ x, every @ x))
        back = proof.have("and the last one apart", Equal(last @ x + one @ F @ x, every @ x))
        added = proof.have("add up all the steps", Equal(one @ C @ x, one @ F @ x + one @ f), by=STEPS)
        proof.show(residual_sum.says, by=(front, back, added), words="what both sums share cancels")
    return proof


M, W = matrix("M", c, d), matrix("W", d, e)
strength = normsquared(M @ W)
both = normsquared(M) * normsquared(W)
a, b, z = scalar("a"), scalar("b"), scalar("z")


@theorem(
    section="8.9",
    says=And(AtMost(0, strength / both), AtMost(strength / both, 1)),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
)
def composition_score():
    """The squared composition score |M W|² / (|M|² |W|²) of two heads lies between 0 and 1.

    Where M or W is 0 the score is 0, as 1/0 is 0 here.
    """
    with argument() as proof:
        below = proof.have("a product has at most the product of the norms", AtMost(strength, both))
        square = proof.have("a square is not negative", AtMost(0, strength), hints=[strength])
        whole = AtMost(0, a), AtMost(a, b)
        over = proof.have("one over b is b times its own square", Equal(b * (1 / b) ** 2, 1 / b))
        positive = proof.have("where b is not negative, neither is that", AtMost(0, b * (1 / b) ** 2), by=whole)
        positive = proof.have("nor is one over b", AtMost(0, 1 / b), by=(over, positive))
        share = proof.have("b/b is its own square, 1 or 0", Equal((b / b) ** 2, b / b))
        least = proof.have("so is at most 1", AtMost(z, 1), by=Equal(z**2, z))
        least = proof.at("at z = b/b", least, {z: b / b}, by=share)
        times = proof.have("a ≤ b, over b", AtMost(a / b, b / b), by=(whole[1], positive))
        low = proof.have("a quotient of both is not negative", AtMost(0, a / b), by=(whole[0], positive))
        high = proof.have("and at most 1", AtMost(a / b, 1), by=(times, least))
        parts = [
            proof.at("a is |M W|², b is |M|² |W|²", one, {a: strength, b: both}, by=(square, below))
            for one in (low, high)
        ]
        proof.show(composition_score.says, by=parts)
    return proof


u, w, t = column("u", c), column("w", d), row("t", e)


@theorem(
    section="8.9",
    says=Equal(normsquared(u @ w.T @ w @ t), normsquared(u @ w.T) * normsquared(w @ t)),
    source="textbook linear algebra",
    sketch="Both sides are |u|² |w|⁴ |t|².",
)
def composition_score_attained():
    """When all that is written is one direction w, and the later head reads just that, the composition score is 1."""
    ...


B, D = matrix("B", k, k, invertible=True), matrix("D", v, v, invertible=True)
Q, K, V, O = matrix("Q", d, k), matrix("K", e, k), matrix("V", c, v), matrix("O", v, d)
moved_writes, moved_reads = V @ D @ inverse(D) @ O, Q @ B @ T(K @ T(inverse(B)))


@theorem(
    section="8.9",
    says=And(
        Equal(normsquared(moved_writes @ moved_reads), normsquared(V @ O @ Q @ K.T)),
        Equal(normsquared(moved_writes), normsquared(V @ O)),
        Equal(normsquared(moved_reads), normsquared(Q @ K.T)),
    ),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
    sketch="In each norm a matrix of the gauge meets its inverse, and they cancel.",
)
def composition_score_gauge():
    """A gauge of either head changes none of the three norms of which the composition score is made."""
    ...


s, root = scalar("s"), matrix("F", d, d)
slack = s * identity(d) - M.T @ M
WITHIN = PSD(slack)


@theorem(
    section="8.9",
    says=AtMost(strength, s * normsquared(W)),
    given=WITHIN,
    instances=({s: normsquared(M)},),
    source="textbook linear algebra",
)
def composition_within_operator_norm():
    """|M W|² ≤ s |W|² when s is at least every squared singular value of M: when s 1 - Mᵀ M is semidefinite."""
    gram = Equal(slack, root @ root.T)
    with argument(WITHIN) as proof:
        every = at_sizes(tied_forms.every_form(), {tied_forms.k: d})
        known = specialised(every, {tied_forms.G.xreplace({tied_forms.k: d}): slack})
        some = proof.have("s 1 - Mᵀ M is F Fᵀ for some F, by psd_is_gram", Exists(root, gram), by=(known, WITHIN))
        factor = proof.suppose("F is that factor", gram)
        gap = Equal(s * normsquared(W) - strength, normsquared(root.T @ W))
        gap = proof.have("what is missing is |Fᵀ W|²", gap, by=factor)
        found = proof.have("a square", composition_within_operator_norm.says, by=gap, hints=[normsquared(root.T @ W)])
        proof.show(composition_within_operator_norm.says, by=(some, found))
    return proof


wide, thin = matrix("E", m + r, m), matrix("E", m, m + 1 + r)


@theorem(
    section="8.15",
    says=Exists(wide, Equal(wide.T @ wide, identity(m)), vstack(identity(m), zeros(r, m))),
    source="textbook linear algebra",
    sketch="The first m coordinates are such slots.",
)
def slots_fit_in_width():
    """A stream of width m + r has orthonormal slots for m features, however these are grouped."""
    ...


@theorem(
    section="8.15",
    says=Not(Equal(thin.T @ thin, identity(m + 1 + r))),
    source="textbook linear algebra",
    sketch="Eᵀ E passes through width m, so its rank is at most m, and that of the identity is m + 1 + r.",
)
def slots_need_width():
    """A stream of width m has no orthonormal slots for more than m features: it must be as wide as all slots."""
    ...


E_1, E_2 = matrix("E_1", d, m), matrix("E_2", d, n)
y_1, y_2, stream = row("y", m), row("z", n), row("x", d)
ORTHONORMAL = (Equal(E_1.T @ E_1, identity(m)), Equal(E_2.T @ E_2, identity(n)), Equal(E_1.T @ E_2, zeros(m, n)))
written = y_1 @ E_1.T + y_2 @ E_2.T
overwritten = stream @ (identity(d) - E_1 @ E_1.T) + y_1 @ E_1.T
turn = matrix("R", m + n, m + n, orthogonal=True)


@theorem(
    section="8.15",
    says=And(
        Equal(written @ E_1, y_1),
        Equal(written @ E_2, y_2),
        Equal(overwritten @ E_1, y_1),
        Equal(overwritten @ E_2, stream @ E_2),
    ),
    given=ORTHONORMAL,
    instances=({d: m + n, E_1: turn @ vstack(identity(m), zeros(n, m)), E_2: turn @ vstack(zeros(m, n), identity(n))},),
    source="textbook linear algebra",
    sketch="In each product a slot meets itself, which gives 1, or the other one, which gives 0.",
)
def feature_slots():
    """What is written into one of two orthonormal slots is read back exactly, and does not show in the other.

    The other one may be any number of slots side by side.  Overwriting takes the old content of a slot away,
    x (1 - E_1 E_1ᵀ), and writes the new one.
    """
    ...
