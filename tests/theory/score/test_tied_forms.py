"""Chapter 2, the forms of tied heads: what is stated is proved, and a slip in a statement or a step is found."""

from __future__ import annotations

from dataclasses import replace
from math import isqrt
from typing import Any

import numpy as np
import pytest

from symattn.errors import KernelError, TheoremError
from symattn.kernel import replay as kernel_replay
from symattn.kernel.proofs import lines
from symattn.language import PSD, And, Equal, Exists, ForAll, Iff, Implies, Rank, identity, matrix, zeros
from symattn.proof import by_induction, decide, prove
from symattn.theory.score import tied_forms as ch
from tests.theory.chapter import chapter_tests

d, k, W, Q, G, F, b, r, s = ch.d, ch.k, ch.W, ch.Q, ch.G, ch.F, ch.b, ch.r, ch.s
wide = matrix("Q", d, k + 1)
tied, gram = Exists(Q, Equal(W, Q @ Q.T)), Exists(F, Equal(G, F @ F.T))

NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "psd_is_gram": (PSD(-G), gram),
    "psd_is_tied": (Iff(And(PSD(W), Rank(W) <= k), Exists(wide, Equal(W, wide @ wide.T))), ()),
}
FALSE: dict[str, tuple[Any, Any]] = {
    "the sign follows from a symmetric form of low rank": (PSD(W), (Equal(W, W.T), Rank(W) <= k)),
    "the symmetry follows from low rank": (Equal(W, W.T), Rank(W) <= k),
    "the rank follows from the sign": (Rank(W) <= k, PSD(W)),
    "a wider head has a lower rank": (Rank(W) <= k, Exists(wide, Equal(W, wide @ wide.T))),
}
"""Were one of these hypotheses not needed for a tied head, it would follow from the others."""
UNPROVED: dict[str, tuple[Any, Any]] = {
    "without the sign": (tied, (Equal(W, W.T), Rank(W) <= k)),
    "without the rank": (tied, PSD(W)),
    "at any size": (Exists(Q, Equal(identity(d), Q @ Q.T)), ()),
    "without the sign, full width": (Implies(Equal(G, G.T), gram), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


@pytest.mark.parametrize("name", FALSE)
def test_no_hypothesis_follows_from_the_others(name: str) -> None:
    assert decide(*FALSE[name]).status == "refuted"


@pytest.mark.parametrize("name", UNPROVED)
def test_no_hypothesis_can_be_left_out(name: str) -> None:
    assert decide(*UNPROVED[name], using=[ch.psd_is_tied, ch.psd_is_gram], timeout=2).status == "undecided"


def test_with_all_hypotheses_there_is_a_head() -> None:
    assert decide(tied, (PSD(W), Rank(W) <= k), using=[ch.psd_is_tied]).status == "proved"


@pytest.mark.parametrize("rule", ["induction", "root", "fold", "unfold", "eliminate", "vanish"])
def test_a_line_that_rests_on_less_is_refused(rule: str) -> None:
    line = next(at for at in lines(ch.psd_is_tied.prove().kernel) if at.rule == rule and at.premises)
    assert kernel_replay(line) == line
    with pytest.raises(KernelError):
        kernel_replay(replace(line, premises=line.premises[1:]))


def test_a_theorem_that_says_more_than_its_lines_is_refused() -> None:
    found = ch.psd_is_tied.prove().kernel
    without_rank = replace(found.conclusion, left=found.conclusion.left.parts[0])
    with pytest.raises(KernelError, match="a line claims"):
        kernel_replay(replace(found, conclusion=without_rank))


def test_the_induction_needs_the_sign() -> None:
    said = ForAll(G, gram)
    N, F2 = matrix("N", k + 1, k + 1), matrix("F'", k + 1, k + 1)
    base = prove(said.xreplace({k: 0}), hints=[zeros(0, 0)])
    step = ForAll(N, Implies(PSD(N), Exists(F2, Equal(N, F2 @ F2.T))))
    with pytest.raises(TheoremError, match="no induction over k"):
        by_induction(said, over=k, base=base, step=prove(step, step))


@pytest.mark.parametrize(
    ("column", "status"),
    [(b @ r @ s, "proved"), (-b @ r @ s, "refuted"), (2 * b @ r @ s, "refuted")],
    ids=["b r s", "-b r s", "2 b r s"],
)
def test_only_the_column_of_the_proof_makes_b_again(column: Any, status: str) -> None:
    assert decide(Equal(column @ s, b), (Equal(s @ s, ch.a), Equal(b @ r @ ch.a, b))).status == status


@pytest.mark.parametrize("zero_columns", [(), (0,), (1,), (2,), (0, 2), (0, 1, 2)])
def test_the_step_of_the_proof_makes_a_factor_also_of_singular_forms(zero_columns: tuple[int, ...]) -> None:
    made = np.array([[2, -1, 3], [0, 1, 5], [0, 0, 4]])
    made[:, zero_columns] = 0
    assert (factor(made @ made.T) == made).all()


def factor(form: Any) -> Any:
    """[F  b r s; 0  s], where F is a factor of A - b r bᵀ; the numbers are chosen so that all of them are whole."""
    if not len(form):
        return form
    A, b, a = form[:-1, :-1], form[:-1, -1:], int(form[-1, -1])
    s = isqrt(a)
    column = b // s if s else 0 * b
    assert s * s == a
    assert (column * s == b).all()
    above = np.hstack([factor(A - column @ column.T), column])
    return np.vstack([above, [*[0] * len(b), s]])
