"""Theorems as statements of Rocq."""

from __future__ import annotations

from typing import Any

import pytest

from symattn import catalogue, language as lang
from symattn.errors import ExportError
from symattn.rocq.printing.claims import claim, rocq, statement

n, m = lang.sizes("n m")
A = lang.matrix("A", n, m)
B = lang.matrix("B", n, m)
FIELD = "any field"


@pytest.mark.parametrize("name", catalogue())
def test_every_theorem_has_a_form(name: str) -> None:
    assert rocq(catalogue()[name]).text.startswith(f"Theorem {name}\n")


def test_a_theorem_reads_as_one_would_write_it() -> None:
    assert rocq(catalogue()["dot_product_symmetric"]).text.splitlines() == [
        "Theorem dot_product_symmetric",
        "  (RR : comRingType)",
        "  (d : nat) (d_min : (0 < d)%N)",
        "  (x : 'M[RR]_(1, d))",
        "  (y : 'M[RR]_(1, d))",
        "  : (total (x *m (identity RR d) *m y^T)) = (total (y *m (identity RR d) *m x^T)).",
    ]


@pytest.mark.parametrize(
    ("over", "ring"),
    [
        ("any commutative ring", "(RR : comRingType)"),
        (FIELD, "(RR : fieldType)"),
        ("the real numbers", "(RR : realFieldType)"),
        ("any field of characteristic 0", "(RR : fieldType) (char_0 : [char RR] =i pred0)"),
        (
            "any commutative ring where 2 is invertible",
            r"(RR : comUnitRingType) (unit_2 : (2%:R : RR) \is a GRing.unit)",
        ),
    ],
)
def test_the_setting_becomes_a_ring(over: str, ring: str) -> None:
    assert statement("t", lang.Equal(A, A), (), over).binders[0] == ring


def test_inverses_ask_for_a_ring_with_units() -> None:
    C = lang.matrix("C", n, n, invertible=True)
    assert statement("t", lang.Equal(C, C), (), "any commutative ring").binders[0] == "(RR : comUnitRingType)"


P, Q = lang.matrix("P", n, n), lang.matrix("Q", n, m)
s, c = lang.scalar("s"), lang.scalar("c")


@pytest.mark.parametrize(
    ("says", "ring"),
    [
        (lang.Exists(Q, lang.Equal(P, Q @ Q.T)), "(RR : rcfType)"),
        (lang.Implies(lang.PSD(P), lang.Exists(s, lang.Equal(s**2, c))), "(RR : rcfType)"),
        (lang.Exists(Q, lang.Equal(P, Q @ A.T)), "(RR : realFieldType)"),
        (lang.Exists(P, lang.Equal(P @ P, P)), "(RR : realFieldType)"),
        (lang.Equal(P, Q @ Q.T), "(RR : realFieldType)"),
    ],
)
def test_a_claim_that_a_square_root_exists_asks_for_a_field_with_roots(says: Any, ring: str) -> None:
    assert statement("t", says, (), "the real numbers").binders[0] == ring


@pytest.mark.parametrize("fact", ["symmetric", "skew", "orthogonal", "permutation", "invertible"])
def test_facts_become_hypotheses(fact: str) -> None:
    P = lang.matrix("P", n, n, **{fact: True})
    binders = " ".join(statement("t", lang.Equal(P, P), (), FIELD).binders)
    assert f"(P_{fact} : " in binders


def test_exp_brings_its_laws_and_log_its_own() -> None:
    text = statement("t", lang.Equal(lang.log(lang.exp(A)), A), (), "the real numbers").text
    assert "(ex : RR -> RR) (ex_laws : is_exp ex)" in text
    assert "(lg : RR -> RR) (lg_laws : is_log ex lg)" in text


def test_cos_and_sin_bring_the_laws_of_both() -> None:
    text = statement("t", lang.Equal(lang.cos(-A), lang.cos(A)), (), "the real numbers").text
    assert "(co : RR -> RR) (si : RR -> RR) (co_laws : is_turn co si)" in text
    assert "is_exp" not in text


def test_ones_follow_the_way_their_neighbour_writes_a_size() -> None:
    blocks = lang.hstack(lang.matrix("C", n, m), lang.matrix("D", n, n))
    assert claim(lang.Equal(blocks, lang.ones(n, m + n))).endswith("= (ones RR n (m + n)%N)")


def test_two_ways_to_write_one_size_are_joined_by_resize() -> None:
    blocks = lang.hstack(lang.matrix("C", n, n), lang.matrix("D", n, n))
    assert "resize" in claim(lang.Equal(blocks, lang.matrix("E", n, 2 * n)))


def test_letters_that_stand_still_are_lifted_in_a_derivative() -> None:
    loss = lang.total(lang.hadamard(B, A))
    assert claim(lang.Equal(lang.Gradient(loss, A), B)) == (
        "(gradient (fun A : 'M[dual RR]_(n, m) => (total (hadamard (lift_mx B) A))) A) = B"
    )


def test_a_fraction_is_lifted_in_a_derivative() -> None:
    """Dual numbers have no inverses of their own."""
    assert claim(lang.Equal(lang.Gradient(lang.normsquared(A) / 2, A), A)) == (
        "(gradient (fun A : 'M[dual RR]_(n, m) => ((lift 2%:R^-1) * (total (hadamard A A)))) A) = A"
    )


M = lang.matrix("M", n, m, mask=True)


def test_a_mask_stands_still_in_a_derivative() -> None:
    loss = lang.inner(B, lang.softmax(A, mask=lang.hadamard(M, lang.causal(n, m, "upper-left"))))
    assert (
        "(dual_masked_softmax ex (hadamard M (order_mx RR n m 0 0)) A)"
        in statement("t", lang.Equal(lang.Gradient(loss, A), B), (), "the real numbers").text
    )


@pytest.mark.parametrize("mask", [B, 2 * M, M + M, lang.hadamard(M, B), A])
def test_a_mask_that_may_hold_more_than_0_and_1_has_no_derivative(mask: Any) -> None:
    """Where its row sums to 0 the weights jump, and dual numbers would say that they do not move."""
    loss = lang.inner(B, lang.softmax(A, mask=mask))
    with pytest.raises(ExportError, match="more than 0 and 1"):
        statement("t", lang.Equal(lang.Gradient(loss, A), B), (), "the real numbers")


t = lang.scalar("t")
SECOND = lang.Partial(lang.Partial(t**2, t), t)


@pytest.mark.parametrize(
    ("says", "named"),
    [
        (lang.Equal(SECOND, 2), "derivative inside a derivative"),
        (lang.Equal(t ** lang.scalar("s"), t), r"t\^\(s\)|t\^s"),
        (lang.Equal(lang.matrix("total", n, n), lang.zeros(n, n)), "a letter called total"),
        (lang.ForAll(lang.matrix("P", n, n, symmetric=True), lang.Equal(A, A)), "bound letter P"),
    ],
)
def test_what_has_no_form_is_named(says: Any, named: str) -> None:
    with pytest.raises(ExportError, match=named):
        statement("t", says, (), FIELD)


def test_exp_needs_the_real_numbers() -> None:
    with pytest.raises(ExportError, match="only over the real numbers"):
        statement("t", lang.Equal(lang.exp(A), A), (), FIELD)


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ExportError, match="any semiring"):
        statement("t", lang.Equal(A, A), (), "any semiring")
