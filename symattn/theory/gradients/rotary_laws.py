"""What else gradients keep where positions are rotated: nothing.

A loss of the scores has ⟨Q_p, dQ_p⟩ = ⟨K_p, dK_p⟩ in every plane, and ⟨dQ_p, Q_p J⟩ + ⟨dK_p, K_p J⟩ = 0.  No law of
that kind beside them holds of the score of every query and every key, at neighbouring positions already.

    c, s       1×p    cosines and sines of the angles by which planes turn from one position to the next;  R turns so
    q, κ       1×2p   a query and a key, [q₁ | q₂]: first the one coordinate of all planes, then the other
    G          2p×2p  a law: ⟨dq, q G⟩ = ⟨dκ, κ Gᵀ⟩, where dq and dκ are the gradients of a score
    M          2p×2p  symmetric, a law of lengths: what is kept is the trace of M (Qᵀ Q - Kᵀ K)
    D, e              the cosines differ, and no sine is 0, as in `positions.commutants`

Main results
    rope_laws_only       the laws are the stretches and turns of single planes, and their sums
    rope_balance_only    the trace of M (Qᵀ Q - Kᵀ K) is kept exactly when it sums a_p (‖Q_p‖² - ‖K_p‖²) over planes
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Gradient,
    Iff,
    T,
    diag,
    hadamard,
    hstack,
    matrix,
    ones,
    row,
    scalar,
    total,
    zeros,
)
from symattn.proof import Theorem, argument, calc, follows, prove, specialised, theorem
from symattn.theory.positions.commutants import (
    APART,
    CIRCLE,
    FORM,
    LETTERS,
    OF_PLANES,
    ONE_PLANE,
    STRETCHED,
    R,
    a,
    blocks,
    by_planes,
    c,
    diagonal,
    in_blocks,
    of_rows,
    p,
    s,
    u,
    v,
)

query, key = ((row(f"{name}_1", p), row(f"{name}_2", p)) for name in ("q", "kappa"))
rows = *query, *key
TURN = matrix("R", 2 * p, 2 * p)
TRAN = "the count of what is kept is that of Tran et al., arXiv:2606.17816"


def score(one: Any, other: Any) -> Any:
    """The score of a query and the key one position before, both in halves."""
    return hstack(*one) @ R @ T(hstack(*other))


def moved(pair: Any, four: Any) -> Any:
    """[q₁ | q₂] times a matrix in blocks."""
    return [pair[0] @ four[j] + pair[1] @ four[2 + j] for j in (0, 1)]


def law(four: Any) -> Any:
    """The score rises along q G as fast as along κ Gᵀ, whatever the query and the key."""
    back = four[0].T, four[2].T, four[1].T, four[3].T
    return ForAll(rows, Equal(score(moved(query, four), key), score(query, moved(key, back))))


turned_key = hadamard(key[0], c) + hadamard(key[1], s), hadamard(key[1], c) - hadamard(key[0], s)
turned_query = hadamard(query[0], c) - hadamard(query[1], s), hadamard(query[1], c) + hadamard(query[0], s)


@theorem(
    section="5.8",
    says=And(
        *(
            Equal(Gradient(total(score(query, key)), half), slope)
            for half, slope in zip(rows, (*turned_key, *turned_query), strict=True)
        )
    ),
    source="textbook calculus",
    sketch="The score is linear in either.",
    where={TURN: R, scalar("S"): total(score(query, key))},
)
def rope_score_slopes():
    """The slope of a score is the turned key for the query, and the turned query for the key.

    So along a row w it rises by the score of w, in the place of the query or of the key.
    """
    ...


LAW = law(blocks)


M_11, M_22 = (matrix(f"M_{i}{i}", p, p, symmetric=True) for i in (1, 2))
M_12 = matrix("M_12", p, p)
lengths = M_11, M_12, M_12.T, M_22
KEPT = law(lengths)
EACH = Exists(a, And(Equal(M_11, diag(a)), Equal(M_12, zeros(p, p)), Equal(M_22, diag(a))), witness=diagonal(M_11))


def _commutes(known: Any, four: Any) -> Theorem:
    """A law commutes with the turn, block by block."""
    every, nothing, found = prove(known, known, check=False), zeros(1, p), []
    claims = in_blocks(four, c, s)
    for claim, (i, j) in zip(claims, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True):
        at = {query[i]: u, query[1 - i]: nothing, key[j]: v, key[1 - j]: nothing}
        found.append(of_rows(claim, specialised(every, at)))
    return prove(And(*claims), known, using=found, check=False)


@theorem(
    section="5.8",
    says=Iff(LAW, OF_PLANES),
    given=(CIRCLE, *APART),
    instances=({**ONE_PLANE, **STRETCHED},),
    source=TRAN,
    where={TURN: R},
)
def rope_laws_only():
    """A law ⟨dq, q G⟩ = ⟨dκ, κ Gᵀ⟩ holds of all scores exactly when G stretches and turns each plane by itself."""
    with argument(CIRCLE, *APART) as proof:
        known = proof.suppose("the law holds", LAW)
        known = proof.have("rows say that G commutes with the turn", _commutes(LAW, blocks), by=known)
        there = by_planes(proof, {letter: letter for letter in LETTERS}, CIRCLE, APART, known)
        back = proof.have("back, stretched turns of the same planes commute", LAW, by=FORM)
        proof.show(rope_laws_only.says, by=(there, back))
    return proof


def _no_turn(form: Theorem) -> Theorem:
    """M₁₂ is diagonal, and M₁₂ᵀ the opposite: so it is 0."""
    second = diag(diagonal(M_12))
    known = follows(Equal(M_12, second), form), follows(Equal(M_12.T, -second), form)
    claims = [one.claim for one in known]
    line = calc(M_12, given=claims).eq(second, by=claims[0]).eq(T(second)).eq(-T(M_12.T), by=claims[1]).eq(-M_12)
    twice = prove(Equal(M_12, -M_12), form.given, using=[line.theorem(), *known], check=False)
    none = zeros(p, p)
    bounds = follows(AtMost(M_12, none), twice), follows(AtMost(none, M_12), twice)
    return follows(Equal(M_12, none), *bounds)


@theorem(
    section="5.8",
    says=Iff(KEPT, EACH),
    given=(CIRCLE, *APART),
    instances=({**ONE_PLANE, M_11: ones(1, 1), M_12: zeros(1, 1), M_22: ones(1, 1)},),
    source=TRAN,
    where={TURN: R},
)
def rope_balance_only():
    """The trace of M (Qᵀ Q - Kᵀ K), M symmetric, is kept exactly when it sums a_p (‖Q_p‖² - ‖K_p‖²) over planes.

    It is kept when ⟨dq, q M⟩ = ⟨dκ, κ M⟩ for every score.  So p numbers are, of p (2p + 1) without positions.
    """
    values = dict(zip(LETTERS, (*LETTERS[:4], *lengths), strict=True))
    with argument(CIRCLE, *APART) as proof:
        known = proof.suppose("that is kept", KEPT)
        known = proof.have("rows say that M commutes with the turn", _commutes(KEPT, lengths), by=known)
        form = by_planes(proof, values, CIRCLE, APART, known)
        none = proof.have("M is symmetric, so it does not turn", _no_turn(form), by=form)
        there = proof.have("and stretches each plane", EACH.claim.xreplace({a: diagonal(M_11)}), by=(form, none))
        back = proof.have("back, stretches of planes commute with turns", KEPT, by=EACH.claim.args)
        proof.show(rope_balance_only.says, by=(there, back))
    return proof
