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

from functools import cache
from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Iff,
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
from symattn.proof import Argument, Theorem, argument, each_vanishes, follows, theorem

d, k, r, p = sizes("d k r p", min=0)
U, V, Q, K = (matrix(name, d, k) for name in "UVQK")
s = row("s", k)
one, values = identity(k), diag(s) @ diag(s)
form = U @ values @ V.T
orthonormal = (Equal(U.T @ U, one), Equal(V.T @ V, one))
given = (*orthonormal, Equal(Q @ K.T, form))
norms, nuclear = normsquared(Q) + normsquared(K), 2 * normsquared(s)
across, beside_Q, beside_K = U.T @ Q - V.T @ K, Q - U @ U.T @ Q, K - V @ V.T @ K
squares = normsquared(across) + normsquared(beside_Q) + normsquared(beside_K)

# orthonormal columns, of which every d = k + r has some, and factors of the form that they make
turn, R1, R2 = matrix("O", k, k, orthogonal=True), *(matrix(x, k + r, k + r, orthogonal=True) for x in ("R", "R'"))
first = vstack(one, zeros(r, k))
columns = {d: k + r, U: R1 @ first, V: R2 @ first}
factors = {**columns, Q: R1 @ first @ diag(s) @ turn, K: R2 @ first @ diag(s) @ turn}


@cache
def _gap() -> Argument:
    """What the norms of the factors exceed the bound by, as three squares."""
    of_U, of_V, made = given
    with argument(*given) as a:
        length = a.have("U and V have orthonormal columns", Equal(nuclear, 2 * trace(U.T @ form @ V)), by=(of_U, of_V))
        of_factors = a.have("Q Kᵀ is the form", Equal(nuclear, 2 * trace(U.T @ Q @ K.T @ V)), by=(length, made))
        squared = a.have(
            "a square, where U and V have orthonormal columns",
            Equal(norms - 2 * trace(U.T @ Q @ K.T @ V), squares),
            by=(of_U, of_V),
        )
        a.show(Equal(norms - nuclear, squares), by=(of_factors, squared))
    return a


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
    with argument(*given) as a:
        gap = a.have("", _gap())
        a.show(nuclear_norm_bound.says, by=gap, hints=[squares], words="squares are not negative")
    return a


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


def _each_is_zero(a: Argument, sum_of_squares: Theorem, *parts: Any) -> list[Theorem]:
    """From ‖a‖² + ‖b‖² + ... = 0, that a = 0, b = 0, ..."""
    found = []
    for part in parts:
        rest = sum(normsquared(other) for other in parts if other is not part)
        small = follows(AtMost(normsquared(part), 0), sum_of_squares, hints=[rest])
        zero = each_vanishes(small, Equal(part, zeros(*part.shape)))
        found.append(a.have("squares that sum to 0 are 0", zero, by=sum_of_squares))
    return found


least, balanced = Equal(norms, nuclear), Equal(Q.T @ Q, K.T @ K)


def _balanced() -> Argument:
    """Least norms are balanced: the three squares are 0."""
    of_U, of_V, _ = given
    with argument(*given, least) as a:
        none = a.have("nothing exceeds the bound", Equal(squares, 0), by=(a.have("", _gap()), least))
        same, of_Q, of_K = _each_is_zero(a, none, across, beside_Q, beside_K)
        queries = a.have("U has orthonormal columns", Equal(Q.T @ Q, Q.T @ U @ U.T @ Q), by=(of_Q, of_U))
        keys = a.have("V has orthonormal columns", Equal(K.T @ K, K.T @ V @ V.T @ K), by=(of_K, of_V))
        a.show(balanced, by=(queries, keys, same), words="so least norms are balanced")
    return a


def _least() -> Argument:
    """Balanced norms are least: Q Qᵀ and U diag(s)² Uᵀ have one square, and both are Gram matrices, so they agree."""
    of_U, of_V, made = given
    gram, other = Q @ Q.T, U @ values @ U.T
    gap = gram - other
    parts = Q.T @ gap, diag(s) @ U.T @ gap
    with argument(*given, balanced) as a:
        form_squared = a.have("Q Kᵀ is the form", Equal(Q @ K.T @ K @ Q.T, form @ form.T), by=made)
        one_square = a.have(
            "balanced, and V has orthonormal columns",
            Equal(gram @ gram, other @ other),
            by=(form_squared, balanced, of_V, of_U),
        )
        both = normsquared(parts[0]) + normsquared(parts[1])
        as_traces = Equal(both, trace(gap @ (gram @ gram - other @ other)))
        split = a.have("both matrices are symmetric", as_traces, by=of_U)
        nothing = a.have("they have one square", Equal(both, 0), by=(split, one_square))
        zero = _each_is_zero(a, nothing, *parts)
        length = Equal(normsquared(gap), trace(Q @ parts[0]) - trace(U @ diag(s) @ parts[1]))
        alike = a.have("the difference is made of the two", Equal(normsquared(gap), 0), by=(a.have("", length), *zero))
        same = a.have("what has length 0 is 0", each_vanishes(alike, Equal(gram, other)), by=alike)
        queries = a.have("a trace is cyclic", Equal(normsquared(Q), normsquared(s)), by=(same, of_U))
        keys = a.have("the factors are balanced", Equal(normsquared(K), normsquared(Q)), by=balanced)
        a.show(least, by=(queries, keys), words="so balanced norms are least")
    return a


@theorem(
    section="3.12",
    says=Iff(least, balanced),
    given=given,
    instances=(factors,),
    source="Kobayashi, Akram, von Oswald: Weight decay induces low-rank attention layers, 2024",
)
def balanced_iff_least():
    """Factors of a form have the least norms exactly when they are balanced, Qᵀ Q = Kᵀ K."""
    with argument(*given) as a:
        forth = a.have("", _balanced())
        back = a.have("", _least())
        a.show(balanced_iff_least.says, by=(forth, back))
    return a
