"""Rank: factorisations in both directions, and what indices that are open or of the wrong name would break."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay
from symattn.kernel.rules.definitions import sandwich, whole
from symattn.kernel.rules.ranks import beside_identity, unit_equation
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, Exists, Not, RankAtMost, identity_array
from symattn.kernel.syntax.sizes import Size, constant_size, variable
from symattn.kernel.syntax.terms import Letter, entry, number
from tests.kernel.build import array, d, i, identity, inverse, j, k, letter, m, matrix, n, proved, z

A, B = letter("A", n, n), letter("B", n, n)
Q, K = letter("Q", n, k), letter("K", n, k)
one = constant_size(1)


def factored(claim: RankAtMost, left: Array, right: Array) -> Proof:
    product = sandwich(claim.lower.indices, left, claim.upper, right)
    return rules.identity([], Equation(claim.lower.indices, claim.lower.body, product))


def small_rank() -> tuple[RankAtMost, Array, Array]:
    claim = RankAtMost(array(matrix(Q) @ matrix(K).T), identity_array(k))
    return claim, whole(Q), array(matrix(K).T)


def test_a_product_has_at_most_the_rank_of_its_middle() -> None:
    claim, left, right = small_rank()
    assert rules.rank_by_factors([factored(claim, left, right)], claim, left, right).conclusion == claim
    with pytest.raises(KernelError, match="witness"):
        rules.rank_by_factors([proved(matrix(A), matrix(A))], claim, left, right)
    with pytest.raises(KernelError, match="witness"):
        rules.rank_by_factors(
            [factored(claim, left, right)], RankAtMost(array(matrix(A)), identity_array(k)), left, right
        )
    with pytest.raises(KernelError, match="has the sizes"):
        rules.rank_by_factors([factored(claim, left, right)], claim, right, left)


def test_a_factor_may_not_know_the_row() -> None:
    """A_ij = 1 1 A_ij is no factorisation of A through one dimension: the right factor depends on i."""
    claim = RankAtMost(Array((i, j), entry(A, i, j)), identity_array(one))
    p = variable("p", one)
    left = Array((i, p), number(1))
    right = Array((p, j), entry(A, i, j), (i,))
    with pytest.raises(KernelError, match="own indices only"):
        sandwich((i, j), left, claim.upper, right)
    with pytest.raises(KernelError, match="may not depend on indices"):
        rules.rank_by_factors([proved(matrix(A), matrix(A))], claim, left, right)


def test_an_index_with_the_name_of_an_inner_one_is_refused() -> None:
    """Every row of `sum over inner0, inner1 of L_inner0,inner0 B R` is the same, and so would be those of A."""
    inner = variable("inner0", n)
    same = Array((inner, j), entry(A, inner, j))
    flipped = Array((j, inner), entry(A, inner, j))
    twice = [rules.rank_of_transpose([], RankAtMost(a, b)) for a, b in ((same, flipped), (flipped, same))]
    with pytest.raises(KernelError, match="inner"):
        rules.rank_factors([rules.rank_chain(twice)], letter("L", n, n), letter("R", n, n))


def test_a_transpose_has_the_same_rank() -> None:
    claim = RankAtMost(array(matrix(Q).T), array(matrix(Q)))
    assert rules.rank_of_transpose([], claim).conclusion == claim
    for lower, upper in ((matrix(Q), matrix(Q)), (matrix(K).T, matrix(Q)), (matrix(A), matrix(B))):
        with pytest.raises(KernelError):
            rules.rank_of_transpose([], RankAtMost(array(lower), array(upper)))
    with pytest.raises(KernelError):
        rules.rank_of_transpose([proved(matrix(A), matrix(A))], claim)


def test_bounds_chain_where_they_meet() -> None:
    a, b, c = (array(matrix(letter(name, n, n))) for name in "abc")
    first, second = rules.assume([], RankAtMost(a, b)), rules.assume([], RankAtMost(b, c))
    assert rules.rank_chain([first, second]).conclusion == RankAtMost(a, c)
    assert rules.rank_chain([first, second]).hypotheses == (first.conclusion, second.conclusion)
    with pytest.raises(KernelError, match="do not meet"):
        rules.rank_chain([second, first])
    with pytest.raises(KernelError, match="RankAtMost"):
        rules.rank_chain([first, proved(matrix(A), matrix(A))])


def test_a_bound_gives_factors() -> None:
    premise = rules.assume([], RankAtMost(whole(A), identity_array(k)))
    left, right = letter("L", n, k), letter("R", k, n)
    found = rules.rank_factors([premise], left, right).conclusion
    assert isinstance(found, Exists)
    assert found.symbols == (left, right)
    assert found.body == Equation(
        (i, j), entry(A, i, j), sandwich((i, j), whole(left), identity_array(k), whole(right))
    )


def test_the_factors_are_new_unknowns_of_the_right_shape() -> None:
    premise = rules.assume([], RankAtMost(whole(A), whole(B)))
    for left, right in (
        (letter("L", n, k), letter("R", n, n)),
        (letter("L", n, n), letter("R", k, n)),
        (letter("L", n, n, "symmetric"), letter("R", n, n)),
        (letter("L", n, n), letter("R", n, n, "positive")),
        (letter("L", n, n), letter("L", n, n)),
        (A, letter("R", n, n)),
        (letter("L", n, n), B),
    ):
        with pytest.raises(KernelError):
            rules.rank_factors([premise], left, right)
    with pytest.raises(KernelError, match="RankAtMost"):
        rules.rank_factors([proved(matrix(A), matrix(A))], letter("L", n, n), letter("R", n, n))


def test_a_one_sided_inverse_of_a_square_matrix_is_the_other_one_too() -> None:
    M = letter("M", n, n, "invertible")
    left, right = whole(M), whole(inverse(M))
    premise = rules.identity([], unit_equation(left, right))
    assert rules.other_side([premise], left, right).conclusion == unit_equation(right, left)
    with pytest.raises(KernelError, match="does not say"):
        rules.other_side([premise], right, left)
    wide = rules.assume([], Equation((i, j), (matrix(Q) @ matrix(Q).T).at(i, j), terms.delta(i, j)))
    with pytest.raises(KernelError, match="square"):
        rules.other_side([wide], whole(Q), array(matrix(Q).T))


def test_a_matrix_of_the_other_side_may_not_know_a_place() -> None:
    p = variable("p", n)
    left = Array((i, p), entry(A, p, j), (j,))
    with pytest.raises(KernelError, match="own indices only"):
        rules.other_side([proved(identity(n), identity(n))], left, whole(A))


def test_an_identity_beside_both_is_cancelled() -> None:
    claim = RankAtMost(identity_array(m), whole(A))
    below = beside_identity(d, claim.lower)
    padded = RankAtMost(below, beside_identity(d, claim.upper))
    assert rules.rank_cancel([rules.assume([], padded)], claim, d).conclusion == claim
    for wrong, size in (
        (RankAtMost(identity_array(m), padded.upper), d),
        (RankAtMost(below, whole(A)), d),
        (RankAtMost(identity_array(d + m), padded.upper), d),
        (RankAtMost(beside_identity(m, claim.lower), padded.upper), d),
        (padded, m),
        (RankAtMost(below, beside_identity(d, whole(B))), d),
    ):
        with pytest.raises(KernelError):
            rules.rank_cancel([rules.assume([], wrong)], claim, size)


def test_a_number_is_not_the_rank_bound_of_a_smaller_one() -> None:
    hypothesis = RankAtMost(identity_array(n + one), identity_array(n))
    assert rules.too_large([rules.assume([], hypothesis)], hypothesis).conclusion == Not(hypothesis)
    for large, small in ((n, n), (n, d), (n * n, n), (n + z, n), (n, n + one)):
        claim = RankAtMost(identity_array(large), identity_array(small))
        with pytest.raises(KernelError, match="not greater"):
            rules.too_large([rules.assume([], claim)], claim)
    other = RankAtMost(whole(letter("C", n + one, n + one)), identity_array(n))
    with pytest.raises(KernelError, match="do not meet"):
        rules.too_large([rules.assume([], other)], other)


@pytest.mark.parametrize(
    ("large", "small", "answer"),
    [
        (n + one, n, True),
        (n + m, n, True),
        (n + one + z, n, True),
        (n + z, n, False),
        (n * m + one, n * m, True),
        (n * m, n, False),
        (constant_size(3), constant_size(2), True),
        (constant_size(3), constant_size(0), True),
        (n, n, False),
    ],
    ids=str,
)
def test_one_size_exceeds_another_for_all_sizes(large: Size, small: Size, answer: bool) -> None:
    claim = RankAtMost(identity_array(large), identity_array(small))
    premise = rules.assume([], claim)
    if answer:
        assert replay(rules.too_large([premise], claim)).hypotheses == ()
    else:
        with pytest.raises(KernelError, match="not greater"):
            rules.too_large([premise], claim)


def test_a_letter_as_an_array_has_its_entries() -> None:
    assert whole(Letter("Q", (n, k))).body is entry(Q, i, variable("j", k))
