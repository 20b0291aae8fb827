"""Determinants in statements: what is proved of them for all sizes, and what is refuted."""

from __future__ import annotations

import pytest

from symattn.errors import LanguageError, ShapeError
from symattn.language import (
    Equal,
    Gradient,
    T,
    check,
    determinant,
    family,
    hstack,
    identity,
    index,
    matrix,
    row,
    scalar,
    sizes,
    sum_heads,
    vstack,
    zeros,
)
from symattn.proof import cancel_identity, decide, other_side, prove

n, k, p = sizes("n k p", min=0)
A, B, C = (matrix(name, n, n) for name in "ABC")
D, E = matrix("D", p, p), matrix("E", n, p)
a, b = scalar("a"), scalar("b")
det = determinant
TRUE = {
    "product": Equal(det(A @ B @ C), det(C) * det(A) * det(B)),
    "order": Equal(det(A @ B), det(B @ A)),
    "transpose": Equal(det(A.T @ B), det(T(A) @ B.T)),
    "identity": Equal(det(identity(n)), 1),
    "empty": Equal(det(zeros(0, 0)), 1),
    "number": Equal(det(a * identity(1)), a),
    "upper blocks": Equal(det(vstack(hstack(A, E), hstack(zeros(p, n), D))), det(D) * det(A)),
    "lower blocks": Equal(det(vstack(hstack(A, zeros(n, p)), hstack(E.T, D))), det(D) * det(A)),
    "multiple": Equal(det(a * A), a**n * det(A)),
    "two multiples": Equal((a * b) ** n, a**n * b**n),
    "sum of sizes": Equal(a ** (n + k + p), a ** (k + p) * a**n),
    "sign": Equal(det(-A), (-1) ** n * det(A)),
    "even size": Equal(det(-identity(2 * n)), 1),
    "odd size": Equal(det(-identity(2 * n + 1)), -1),
}
FALSE = {
    "sum": Equal(det(A + B), det(A) + det(B)),
    "multiple": Equal(det(a * A), a * det(A)),
    "of nothing": Equal(det(zeros(n, n)), 0),
    "not triangular": Equal(det(vstack(hstack(A, E), hstack(E.T, D))), det(A) * det(D)),
    "antitriangular": Equal(det(vstack(hstack(E, A), hstack(D, zeros(p, n)))), det(A) * det(D)),
    "power of a sum": Equal((a + b) ** n, a**n + b**n),
    "power": Equal(a**n, a),
    "sign": Equal(det(-A), -det(A)),
    "commutator": Equal(det(A @ B - B @ A), 0),
}


@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE)
def test_true_for_all_sizes(claim) -> None:
    verdict = decide(claim)
    assert verdict.status == "proved", verdict.reason
    assert verdict.over == "any commutative ring"


@pytest.mark.parametrize("claim", list(FALSE.values()), ids=FALSE)
def test_false(claim) -> None:
    assert decide(claim).status == "refuted"


def test_equal_matrices_have_equal_determinants() -> None:
    assert decide(Equal(det(A @ B), 1), Equal(A @ B, identity(n))).status == "proved"
    assert decide(Equal(det(A @ B), det(C)), Equal(A @ B, C)).status == "proved"
    assert decide(Equal(det(A), det(B)), Equal(A @ C, B @ C)).status == "refuted"


def test_only_a_square_matrix_has_one() -> None:
    with pytest.raises(ShapeError, match="square"):
        check(det(E))
    with pytest.raises(ShapeError, match="square"):
        decide(Equal(det(E), 1))


def test_it_is_not_differentiated() -> None:
    assert decide(Equal(Gradient(det(A), A), zeros(n, n))).status != "proved"


def test_a_power_is_a_number_or_a_size() -> None:
    for wrong in (a ** (n - 1), a**a, a ** (n / 2)):
        with pytest.raises(LanguageError, match="exponent"):
            check(wrong)


def test_the_determinant_of_one_of_several_matrices_is_not_known_here() -> None:
    h = index("h", k)
    each = family("W", k, n, n)[h]
    verdict = decide(Equal(sum_heads(det(each), h), sum_heads(det(each.T), h)))
    assert verdict.status == "undecided"
    assert "other index" in verdict.reason


def test_the_other_side_of_an_inverse_made_of_blocks() -> None:
    x, y = row("x", n), matrix("y", n, 1)
    upper = vstack(hstack(identity(n), y), hstack(zeros(1, n), identity(1)))
    undo = vstack(hstack(identity(n), -y), hstack(zeros(1, n), identity(1)))
    turned = other_side(prove(Equal(upper @ undo, identity(n + 1))))
    assert turned.claim == Equal(undo @ upper, identity(n + 1))
    with pytest.raises(Exception, match="not of the form"):
        other_side(prove(Equal(x @ y, x @ y)))


def test_an_identity_is_cancelled_from_an_upper_bound_too() -> None:
    from symattn.language import Rank

    L, V = matrix("L", k, k + p), matrix("V", k + p, k)
    rest = identity(k + p) - V @ L
    padded = vstack(hstack(identity(k), zeros(k, k + p)), hstack(zeros(k + p, k), rest))
    given = Equal(L @ V, identity(k))
    bound = prove(Rank(padded) <= k + p, given, hints=(vstack(L, rest), hstack(V, rest)))
    assert cancel_identity(bound, k, p).claim == (Rank(rest) <= p)
