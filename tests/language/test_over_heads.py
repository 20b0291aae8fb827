"""Sums over heads, heads side by side and one under the other: each binds its head, and written out is all of them."""

from __future__ import annotations

import pytest
from sympy import ImmutableMatrix, Integer

from symattn.errors import LanguageError
from symattn.language import concat_heads, family, group, index, matrix, sizes, stack_heads, sum_heads, total
from symattn.language.trees.base import explicit as written_out

H, d, k = sizes("H d k")
h, g = index("h", H), index("g", H)
Q, K = family("Q", H, d, k), family("K", H, d, k)
A = matrix("A", k, k)


def explicit(member: object) -> ImmutableMatrix:
    return member.as_explicit()  # type: ignore[attr-defined]


@pytest.mark.parametrize("bind", [sum_heads, concat_heads, stack_heads])
def test_a_bound_head_is_not_free(bind: object) -> None:
    assert bind(Q[h] @ A, h).free_symbols == {Q, A}  # type: ignore[operator]
    assert (Q[h] @ A).free_symbols == {Q, A, h}


def test_another_head_stays_free() -> None:
    assert sum_heads(Q[h].T @ Q[g], h).free_symbols == {Q, g}


@pytest.mark.parametrize("substitute", [lambda e, r: e.xreplace(r), lambda e, r: e.subs(r)], ids=["xreplace", "subs"])
def test_a_substitution_does_not_reach_a_bound_head(substitute: object) -> None:
    inner = sum_heads(Q[h], h)
    assert substitute(inner @ A, {h: Integer(0)}) == inner @ A  # type: ignore[operator]
    assert substitute(inner, {Q[h]: K[h]}) == inner  # type: ignore[operator]
    assert substitute(Q[h] + inner, {h: Integer(0)}) == Q[0] + inner  # type: ignore[operator]


@pytest.mark.parametrize("substitute", [lambda e, r: e.xreplace(r), lambda e, r: e.subs(r)], ids=["xreplace", "subs"])
def test_a_substitution_is_not_captured_by_a_bound_head(substitute: object) -> None:
    B = matrix("B", d, k)
    replaced = substitute(sum_heads(Q[h].T @ B, h), {B: K[h]})  # type: ignore[operator]
    assert replaced.free_symbols == {Q, K, h}
    assert replaced.at(2) == Q[2].T @ K[h]


def test_a_renamed_head_avoids_every_name_in_sight() -> None:
    B = matrix("B", d, k)
    taken = index("h_1", H)
    replaced = sum_heads(Q[h].T @ B @ Q[taken].T, h).xreplace({B: K[h]})
    assert replaced.head not in {h, taken}
    assert replaced.at(0) == Q[0].T @ K[h] @ Q[taken].T


def test_the_number_of_heads_can_be_replaced_everywhere_at_once() -> None:
    summed = sum_heads(Q[h], h).xreplace({H: Integer(2)})
    assert summed.head == index("h", 2)
    assert summed.expr == family("Q", 2, d, k)[index("h", 2)]
    assert sum_heads(Q[h], h).subs(H, 2) == summed
    assert (Q[h] @ A).subs(H, 2).args[0] == summed.expr


def test_a_sum_written_out_adds_the_members() -> None:
    F = family("F", 3, 2, 2)
    j = index("j", 3)
    assert sum_heads(F[j] @ F[j].T, j).as_explicit() == sum(
        (explicit(F[i]) * explicit(F[i]).T for i in range(3)), ImmutableMatrix.zeros(2, 2)
    )


def test_a_sum_of_scalars_is_a_scalar() -> None:
    F, j = family("F", 2, 1, 1), index("j", 2)
    summed = sum_heads(total(F[j]) ** 2, j)
    assert not summed.is_Matrix
    assert summed.is_commutative
    assert summed.as_explicit() == written_out(F[0][0, 0] ** 2 + F[1][0, 0] ** 2)
    assert summed.free_symbols == {F}


def test_concatenated_heads_stand_side_by_side_head_after_head() -> None:
    F, j = family("F", 2, 1, 3), index("j", 2)
    assert concat_heads(F[j], j).as_explicit() == explicit(F[0]).row_join(explicit(F[1]))
    assert concat_heads(Q[h], h).shape == (d, H * k)


def test_stacked_heads_stand_one_under_the_other_head_after_head() -> None:
    F, j = family("F", 2, 3, 1), index("j", 2)
    assert stack_heads(F[j], j).as_explicit() == explicit(F[0]).col_join(explicit(F[1]))
    assert stack_heads(Q[h], h).shape == (H * d, k)


def test_concatenation_times_stack_written_out_is_the_sum_of_products() -> None:
    F, j = family("F", 2, 2, 1), index("j", 2)
    product = concat_heads(F[j], j) @ stack_heads(F[j].T, j)
    assert product.as_explicit() == sum_heads(F[j] @ F[j].T, j).as_explicit()


def test_the_members_of_a_group_written_out_are_consecutive_heads() -> None:
    F, outer, r = family("F", 4, 1, 1), index("g", 2), index("r", 2)
    concatenated = concat_heads(sum_heads(F[group(outer, r)], r), outer)
    assert concatenated.as_explicit() == ImmutableMatrix([[F[0][0, 0] + F[1][0, 0], F[2][0, 0] + F[3][0, 0]]])


def test_only_a_head_can_be_bound() -> None:
    with pytest.raises(LanguageError, match="is not a head"):
        sum_heads(A, d)
