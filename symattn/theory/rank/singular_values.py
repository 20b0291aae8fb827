"""What singular values say of factors: how small they can be.

A form is given by its singular value decomposition, U diag(s)² Vᵀ with orthonormal columns in U and V.  That every form
has one is not proved here.  `approximations` says how well forms of low rank approximate it.

    U, V     d×k    orthonormal columns: Uᵀ U = 1 = Vᵀ V
    s        1×k    numbers: roots of the singular values
    Q, K     d×k    factors

Main results
    nuclear_norm_bound     ‖Q‖² + ‖K‖² ≥ 2 Σ s², twice the sum of the singular values of Q Kᵀ
    nuclear_norm_attained  Q = U diag(s), K = V diag(s) attain it
    balanced_iff_least     factors attain it exactly when they are balanced, Qᵀ Q = Kᵀ K
"""

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Iff,
    T,
    diag,
    identity,
    matrix,
    normsquared,
    row,
    sizes,
    trace,
    vstack,
    zeros,
)
from symattn.proof import Chain, Theorem, calc, each_vanishes, prove, theorem

d, k, r, p = sizes("d k r p", min=0)
U, V, Q, K = (matrix(name, d, k) for name in "UVQK")
s = row("s", k)
one, values = identity(k), diag(s) @ diag(s)
form = U @ values @ V.T
orthonormal = (Equal(U.T @ U, one), Equal(V.T @ V, one))
given = (*orthonormal, Equal(Q @ K.T, form))
norms, nuclear = normsquared(Q) + normsquared(K), 2 * normsquared(s)
across, beside_Q, beside_K = U.T @ Q - V.T @ K, Q - U @ U.T @ Q, K - V @ V.T @ K

# orthonormal columns, of which every d = k + r has some, and factors of the form that they make
turn, R1, R2 = matrix("O", k, k, orthogonal=True), *(matrix(x, k + r, k + r, orthogonal=True) for x in ("R", "R'"))
first = vstack(one, zeros(r, k))
columns = {d: k + r, U: R1 @ first, V: R2 @ first}
factors = {**columns, Q: R1 @ first @ diag(s) @ turn, K: R2 @ first @ diag(s) @ turn}


def _gap() -> Chain:
    """What the norms of the factors exceed the bound by, as three squares."""
    return (
        calc(norms - nuclear, given)
        .eq(norms - 2 * trace(U.T @ form @ V), by="U and V have orthonormal columns")
        .eq(norms - 2 * trace(U.T @ Q @ K.T @ V), by="Q Kᵀ is the form")
        .eq(normsquared(across) + normsquared(beside_Q) + normsquared(beside_K), by="U and V have orthonormal columns")
    )


@theorem(
    section="3.12",
    says=AtMost(nuclear, norms),
    given=given,
    instances=(factors,),
    source="Kobayashi, Akram, von Oswald: Weight decay induces low-rank attention layers, 2024",
)
def nuclear_norm_bound():
    """Factors of a form have at least the norms ‖Q‖² + ‖K‖² ≥ 2 Σ s², where s² are the singular values of Q Kᵀ.

    So weight decay on queries and keys is decay of the nuclear norm of the form, the sum of its singular values.
    """
    gap = _gap()
    return prove(nuclear_norm_bound.says, given, using=[gap.theorem()], hints=[gap.lines[-1].expression])


small_Q, small_K = U @ diag(s), V @ diag(s)


@theorem(
    section="3.12",
    says=And(
        Equal(small_Q @ small_K.T, form),
        Equal(normsquared(small_Q) + normsquared(small_K), nuclear),
        Equal(small_Q.T @ small_Q, small_K.T @ small_K),
    ),
    given=orthonormal,
    instances=(columns,),
    source="Kobayashi, Akram, von Oswald: Weight decay induces low-rank attention layers, 2024",
    sketch=(
        "Uᵀ U = 1 = Vᵀ V, so both Gram matrices are diag(s)², whose trace is the sum of the squares of s; and the "
        "product is U diag(s)² Vᵀ."
    ),
)
def nuclear_norm_attained():
    """The factors U diag(s) and V diag(s) attain the bound, and are balanced."""
    ...


def _each_is_zero(sum_of_squares: Theorem, *parts: Any) -> list[Theorem]:
    """From ‖a‖² + ‖b‖² + ... = 0, that a = 0, b = 0, ..."""
    found = []
    for part in parts:
        rest = sum(normsquared(other) for other in parts if other is not part)
        small = prove(AtMost(normsquared(part), 0), sum_of_squares.claim, hints=[rest])
        zero = each_vanishes(small, Equal(part, zeros(*part.shape)))
        found.append(prove(zero.claim, sum_of_squares.given, using=[sum_of_squares, zero]))
    return found


least, balanced = Equal(norms, nuclear), Equal(Q.T @ Q, K.T @ K)


def _balanced() -> Theorem:
    """Least norms are balanced: the three squares are 0."""
    known, squares = (*given, least), _gap().lines[-1].expression
    none = prove(Equal(squares, 0), known, using=[_gap().theorem()])
    same, of_Q, of_K = _each_is_zero(none, across, beside_Q, beside_K)
    return (
        calc(Q.T @ Q, known)
        .eq(T(U @ U.T @ Q) @ (U @ U.T @ Q), by=of_Q)
        .eq(T(U.T @ Q) @ (U.T @ Q), by="U has orthonormal columns")
        .eq(T(V.T @ K) @ (V.T @ K), by=same)
        .eq(T(V @ V.T @ K) @ (V @ V.T @ K), by="V has orthonormal columns")
        .eq(K.T @ K, by=of_K)
        .theorem()
    )


def _least() -> Theorem:
    """Balanced norms are least: Q Qᵀ and U diag(s)² Uᵀ have one square, and both are Gram matrices, so they agree."""
    known, gram, other = (*given, balanced), Q @ Q.T, U @ values @ U.T
    gap = gram - other
    squares = (
        calc(gram @ gram, known)
        .eq(Q @ K.T @ K @ Q.T, by=balanced)
        .eq(form @ form.T, by=given[2])
        .eq(other @ other, by="V has orthonormal columns")
    )
    parts = Q.T @ gap, diag(s) @ U.T @ gap
    none = (
        calc(normsquared(parts[0]) + normsquared(parts[1]), known)
        .eq(trace(gap @ (gram @ gram - other @ other)), by="both matrices are symmetric")
        .eq(0, by=squares.theorem())
    )
    zero = _each_is_zero(none.theorem(), *parts)
    alike = (
        calc(normsquared(gap), known)
        .eq(trace(Q @ parts[0]) - trace(U @ diag(s) @ parts[1]), by="the gap is the difference of the two")
        .eq(0, by=zero)
    )
    same = each_vanishes(alike.theorem(), Equal(gram, other))
    return (
        calc(norms, known)
        .eq(2 * trace(Q.T @ Q), by=balanced)
        .eq(2 * trace(gram), by="a trace is cyclic")
        .eq(2 * trace(other), by=same)
        .eq(nuclear, by="U has orthonormal columns")
        .theorem()
    )


@theorem(
    section="3.12",
    says=Iff(least, balanced),
    given=given,
    instances=(factors,),
    source="Kobayashi, Akram, von Oswald: Weight decay induces low-rank attention layers, 2024",
)
def balanced_iff_least():
    """Factors of a form have the least norms exactly when they are balanced, Qᵀ Q = Kᵀ K."""
    return prove(balanced_iff_least.says, given, using=[_balanced(), _least()])
