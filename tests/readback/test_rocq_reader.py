"""Printed statements, read back by code that shares nothing with the printer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sympy import Basic, Tuple

from symattn import catalogue
from symattn.errors import StatementError, SymattnError
from symattn.language import Exists
from symattn.rocq.printing.claims import rocq
from symattn.verify import Plan, exact_witness
from tests.readback.rocq_reader import read
from tests.readback.rocq_same import settled
from tests.views.alike import alike

NAMES = list(catalogue())


def _same_setting(over: str) -> str:
    """A ring of MathComp is never the zero ring."""
    return over.replace("nontrivial ", "")


@pytest.mark.parametrize("name", NAMES)
def test_every_theorem_reads_back(name: str) -> None:
    theorem = catalogue()[name]
    found = read(rocq(theorem).text)
    assert found.name == name
    assert alike(settled(found.says)) == alike(settled(theorem.says))
    assert [alike(settled(g)) for g in found.given] == [alike(settled(g)) for g in theorem.given]
    assert found.over == _same_setting(theorem.over)


def _with_witnesses(expr: Any, original: Any) -> Any:
    """The witnesses of the original, which are no part of a statement; None where the two differ in shape."""
    if isinstance(expr, Exists):
        inner = _with_witnesses(expr.claim, original.claim)
        values = original.witness
        return Exists(expr.variables, inner) if values is None else Exists(expr.variables, inner, Tuple(*values))
    if type(expr) is not type(original) or not isinstance(expr, Basic) or len(expr.args) != len(original.args):
        return expr
    args = [_with_witnesses(a, b) for a, b in zip(expr.args, original.args, strict=True)]
    return expr if tuple(args) == expr.args else expr.func(*args)


def _in_numbers(name: str, text: str) -> bool | None:
    """What exact numbers say of a printed statement under its hypotheses, at the instances of the theorem."""
    theorem = catalogue()[name]
    found = read(text)
    says = _with_witnesses(found.says, theorem.says)
    given = tuple(_with_witnesses(*pair) for pair in zip(found.given, theorem.given, strict=True))
    return exact_witness(replace(theorem, says=says, given=given), plan=Plan()).holds


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_holds_in_numbers(name: str) -> None:
    """Where numbers decide the theorem they decide what was read; nothing else passes as undecided."""
    theorem = catalogue()[name]
    assert _in_numbers(name, rocq(theorem).text) or exact_witness(theorem, plan=Plan()).holds is None


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("gauge_uniqueness", "(L *m Q) = (identity RR k)", "(L *m Q) = (zeros RR k k)"),
        ("mixing_is_unique", ": M = N.", ": M = N^T."),
        ("stochastic_product", "= (ones RR n 1)", "= (zeros RR n 1)"),
        ("linear_attn_assoc", "*m F *m T)", "*m F *m (T + T))"),
        ("softmax_permuted", "(Pi *m S *m Pi^T)", "(Pi^T *m S *m Pi)"),
        ("running_sums_undone", "(shift_mx RR n n 1)", "(shift_mx RR n n 0)"),
        ("causal_determinant", "(order_mx RR m m 0 0)", "(order_mx RR m m 0 1)"),
        ("window_after_window", "0 (r + w)%N", "0 r"),
    ],
)
def test_numbers_do_not_pass_what_was_read_wrongly(name: str, old: str, new: str) -> None:
    text = rocq(catalogue()[name]).text
    start = text.rindex("\n") if old in text[text.rindex("\n") :] else 0
    assert old in text
    changed = text[:start] + text[start:].replace(old, new, 1)
    assert _in_numbers(name, changed) is not True


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("head_symmetric_iff", "x *m Q *m K^T", "x *m K *m Q^T"),
        ("head_symmetric_iff", "K^T *m y^T", "K *m y^T"),
        ("dot_product_symmetric", "(0 < d)", "(1 < d)"),
        ("rank_bound", "<= k", "<= d"),
        ("softmax_permuted", "Pi^T", "Pi"),
        ("detailed_balance", "is_symmetric", "is_skew"),
        ("form_gradient", "(lift_mx G)", "(lift_mx X)"),
        ("cached_attn_backward", "n (m + n)%N n (m + n)%N)", "n (m + n)%N 0 0)"),
        ("window_rows_sum_to_one", "n n 0 w", "n n w 0"),
        ("positions_count_up", "n n 1", "n n n"),
    ],
)
def test_a_changed_statement_reads_differently(name: str, old: str, new: str) -> None:
    text = rocq(catalogue()[name]).text
    assert old in text
    theorem = catalogue()[name]
    with suppress(SymattnError, ValueError):  # sizes that no longer fit are refused by the language
        found = read(text.replace(old, new, 1))
        assert (settled(found.says), found.given) != (settled(theorem.says), theorem.given)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lemma a : True.", "expected 'Theorem'"),
        ("Theorem a (RR : comRingType) : x = x.", "x is not bound"),
        ("Theorem a (RR : comRingType) : f x = 1.", "nothing is called f"),
        ("Theorem a (RR : comRingType) (t : RR) : lift t = t.", "outside a derivative"),
        ("Theorem a (RR : comRingType) (t : RR) (s : RR) : partial (fun t : dual RR => s * t) t = s.", "not lifted"),
        ("Theorem a (RR : comRingType) (t : RR) : t = ; t.", "not a word"),
        ("Theorem a (RR : comRingType) (n : nat) (m : nat) : shift_mx RR n m 1 = zeros RR n m.", "not square"),
        ("Theorem a (RR : comRingType) (h : total = 1) : 1 = 1.", "says nothing known"),
    ],
)
def test_what_is_no_printed_theorem_is_refused(text: str, said: str) -> None:
    with pytest.raises(StatementError, match=said):
        read(text)
