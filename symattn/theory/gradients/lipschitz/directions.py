"""Whether some direction is both scored and read.

    W, M     d×d, d×v   forms of scores and of values
    y, u     1×d        a direction of the token that asks, and one of the token that is read

Main results
    scored_and_read_iff   (y W uᵀ) u M = 0 for all y and u exactly when W = 0 or M = 0
"""

from __future__ import annotations

from symattn.language import AtMost, Equal, ForAll, Iff, Implies, matrix, normsquared, row, scalar, total, zeros
from symattn.proof import Argument, argument, each_vanishes, instance, prove, specialised, theorem
from symattn.theory.gradients.lipschitz.far_tokens import M, W, d, u, v, y

a, b = row("a", d), row("b", d)
NOTHING = Equal(normsquared(W) * normsquared(M), 0)
c = total(y @ W @ u.T)
UNREAD = ForAll((y, u), Equal(c * u @ M, zeros(1, v)))
nothing = zeros(1, v)


def root() -> Argument:
    """c² m = 0 leaves c m = 0."""
    c, m = scalar("c"), row("m", v)
    with argument(Equal(c**2 * m, nothing)) as proof:
        square = proof.have("times m", Equal(normsquared(c * m), 0), by=proof.given)
        proof.show(each_vanishes(square, Equal(c * m, nothing)))
    return proof


def _one_is_nothing() -> Argument:
    """When (y W uᵀ) u M = 0 for all y and u, so is (y W aᵀ) b M for all y, a and b, and W = 0 or M = 0."""
    left, right = total(y @ W @ a.T), total(y @ W @ b.T)
    C, S = matrix("C", d, v), matrix("S", d, d)
    rows = ForAll(C, Implies(ForAll(b, Equal(b @ C, nothing)), Equal(C, zeros(d, v))))
    forms = ForAll(S, Implies(ForAll((y, a), Equal(total(y @ S @ a.T), 0)), Equal(S, zeros(d, d))))
    with argument(UNREAD) as proof:
        known = proof.suppose("nothing is scored and read", UNREAD)
        here = [proof.have("at a, b and a + b", specialised(known, {y: y, u: x}), by=known) for x in (a, b, a + b)]
        mixed = proof.have("less two of them", Equal(left * b @ M + right * a @ M, nothing), by=here)
        times = Equal(left**2 * b @ M + right * (left * a @ M), nothing)
        times = proof.have("times y W aᵀ", times, by=mixed)
        times = proof.have("where the second is 0", Equal(left**2 * (b @ M), nothing), by=(times, here[0]))
        none = proof.at("so", root().theorem(), {scalar("c"): left, row("m", v): b @ M}, by=times)
        none = proof.have("for all b", ForAll(b, Equal(b @ (left * M), nothing)), by=none, under=UNREAD)
        none = proof.have("row by row", instance(prove(rows), {C: left * M}, none), by=none, under=UNREAD)
        none = proof.have("times M", Equal(left * normsquared(M), 0), by=none, under=UNREAD)
        all_ = ForAll((y, a), Equal(total(y @ (normsquared(M) * W) @ a.T), 0))
        none = proof.have("for all y and a", all_, by=none, under=UNREAD)
        none = proof.have(
            "entry by entry", instance(prove(forms), {S: normsquared(M) * W}, none), by=none, under=UNREAD
        )
        proof.show(NOTHING, by=none, words="times W")
    return proof


def _nothing_is_read() -> Argument:
    """Where W = 0 or M = 0, (y W uᵀ) u M is 0: its square is at most (y W uᵀ)² |u|² |M|²."""
    length = AtMost(normsquared(u @ M), normsquared(u) * normsquared(M))
    with argument(NOTHING) as proof:
        gone = proof.have("|M|² W is as long as 0", Equal(normsquared(normsquared(M) * W), 0), by=NOTHING)
        gone = proof.have("so it is 0", each_vanishes(gone, Equal(normsquared(M) * W, zeros(d, d))))
        gone = proof.have("between y and u", Equal(normsquared(M) * c, 0), by=gone)
        length = proof.have("a product is no longer than its factors", length)
        square = AtMost(c**2 * normsquared(u @ M), c**2 * normsquared(u) * normsquared(M))
        square = proof.have("times c²", square, by=length)
        square = proof.have("which is 0", AtMost(normsquared(c * u @ M), 0), by=(square, gone))
        proof.show(each_vanishes(square, Equal(c * u @ M, nothing)))
    return proof


@theorem(
    section="5.10",
    says=Iff(UNREAD, NOTHING),
    instances=({W: zeros(d, d)}, {M: zeros(d, v)}),
    source="textbook linear algebra",
)
def scored_and_read_iff():
    """Unless W = 0 or M = 0 some direction u is both scored, y W uᵀ ≠ 0 for some y, and read, u M ≠ 0.

    Those that are not scored are a subspace, those that are not read are another, and two subspaces that are not all
    do not cover the space.
    """
    with argument() as proof:
        there = proof.have("", _one_is_nothing())
        there = proof.have("so", Implies(UNREAD, NOTHING), by=there, under=())
        back = proof.have("", _nothing_is_read())
        back = proof.have("so", UNREAD, by=back, under=NOTHING)
        back = proof.have("and the other way round", Implies(NOTHING, UNREAD), by=back, under=())
        proof.show(scored_and_read_iff.says, by=(there, back))
    return proof
