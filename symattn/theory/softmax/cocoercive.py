"""Softmax as a map: what moving the scores by v does to the weights.

The derivative is at most ½ at every place, and so is what adds up along the way from one row of scores to another.

    n      at least 1, number of scores
    s, v   1×n    scores, and what is added to them
    Δ      softmax(s + v) - softmax(s)
    J      n×n    the derivative of softmax at some scores

Main results
    jacobian_cocoercive  2 ‖v J‖² ≤ v J vᵀ
    softmax_cocoercive   2 ‖Δ‖² ≤ ⟨Δ, v⟩
    softmax_map_half     ‖Δ‖² ≤ ¼ ‖v‖²
"""

from symattn.language import AtMost, Equal, Partial, diag, inner, normsquared, row, scalar, softmax, total
from symattn.proof import argument, rising, theorem
from symattn.theory.softmax.derivatives import softmax_jacobian_psd
from symattn.theory.softmax.half_lipschitz import NAIR, A, J, n, s, softmax_half_lipschitz, v, x

u, t = row("u", n), scalar("t")
LATER = AtMost(0, t)


@theorem(section="4.18", says=AtMost(2 * normsquared(v @ J), total(v @ J @ v.T)), source="not found stated elsewhere")
def jacobian_cocoercive():
    """The derivative of softmax is at least twice its own square: 2 ‖v J‖² ≤ v J vᵀ."""
    moved, ahead, form = v @ J, v - 2 * v @ A, AtMost(total(v @ A @ v.T), normsquared(v) / 2)
    along = Equal(A, A.T), AtMost(0, total(ahead @ A @ ahead.T)), form.xreplace({v: v @ A})
    with argument() as proof:
        least = AtMost(2 * normsquared(v @ A), total(v @ A @ v.T))
        least = proof.have("a form between 0 and ½", least, by=along)
        same = proof.have("J is symmetric", Equal(J, J.T))
        above = proof.have("and positive semidefinite", AtMost(0, total(x @ J @ x.T)), by=softmax_jacobian_psd)
        above = proof.at("along v - 2 v J", above, {x: v - 2 * moved})
        below = proof.have("and at most ½", softmax_half_lipschitz)
        here = proof.at("along v J", below, {v: moved})
        proof.show(proof.at("so it is at least that", least, {A: J}, by=(same, above, here)))
    return proof


far = softmax(s + t * v)
change, whole = far - softmax(s), softmax(s + v) - softmax(s)
J_far = diag(far) - far.T @ far
tilted = inner(change, v - 4 * u) + 2 * t * normsquared(u)


@theorem(
    section="4.18",
    says=AtMost(2 * normsquared(whole), inner(whole, v)),
    source="Baillon and Haddad's theorem for log-sum-exp; textbook convexity",
)
def softmax_cocoercive():
    """Softmax is cocoercive: the weights move along with the scores, by ⟨Δ, v⟩ ≥ 2 ‖Δ‖².

    For any row u, ⟨Δ, v - 4 u⟩ + 2 ‖u‖² is not negative, as it grows along the way from s to s + v; then u is Δ.
    """
    with argument() as proof:
        twice = proof.at("2 ‖v J‖² ≤ v J vᵀ on the way", jacobian_cocoercive.prove(), {s: s + t * v})
        slope = Equal(Partial(tilted, t), total(v @ J_far @ (v - 4 * u).T) + 2 * normsquared(u))
        slope = proof.have("the slope of ⟨Δ_t, v - 4 u⟩ + 2 t ‖u‖²", slope)
        words = "is at least 2 ‖v J - u‖²"
        step = proof.have(
            words, AtMost(0, Partial(tilted, t)), by=(slope, twice), hints=[2 * normsquared(v @ J_far - u)]
        )
        risen = proof.have("so that never falls, and starts at 0", rising(tilted, t, step=step))
        there = proof.at("at t = 1", risen, {t: 1})
        there = proof.at("and u = Δ", there, {u: whole})
        proof.show(softmax_cocoercive.says, by=there)
    return proof


@theorem(section="4.15", says=AtMost(normsquared(whole), normsquared(v) / 4), source=NAIR)
def softmax_map_half():
    """Softmax is ½-Lipschitz: moving the scores by v moves the weights by at most half the length of v."""
    with argument() as proof:
        least = proof.have("2 ‖Δ‖² ≤ ⟨Δ, v⟩", softmax_cocoercive)
        square = AtMost(inner(u, v), normsquared(u) + normsquared(v) / 4)
        square = proof.have("‖u - v/2‖² is not negative", square, hints=[normsquared(u - v / 2)])
        known = AtMost(2 * normsquared(u), inner(u, v)), square
        half = proof.have("together", AtMost(normsquared(u), normsquared(v) / 4), by=known)
        proof.show(proof.at("for this", half, {u: whole}, by=least))
    return proof
