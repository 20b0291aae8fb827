"""Chapter 2, the score as a form: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Exists, ForAll, Iff, Not, Rank, matrix_of, vstack
from symattn.theory.score import bilinear_form as ch
from tests.theory.chapter import chapter_tests, statements

STATEMENTS = statements(ch)
x, y, z, W, score = ch.x, ch.y, ch.z, ch.W, ch.score
by_transpose = (ch.e_0, ch.e_1, ch.e_0.T @ ch.f_0, ch.e_0.T @ ch.f_0)

NOT_DECIDED = {"asymmetry_witness"}
"""Not proved, but no counterexample is found either."""

NEAR_MISSES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "bilinear_representation": (Iff(ForAll((x, y), Equal(ch.s(x, y), score(y, x))), Equal(W, matrix_of(ch.s))), ()),
    "every_form_is_bilinear": (Equal(score(ch.a * x + z, z), ch.a * score(x, z) + score(z, x)), ()),
    "score_symmetric_iff": (Iff(Equal(score(x, y), score(y, x)), Equal(W, W.T)), ()),
    "head_symmetric_iff": (Equal(score(x, y, ch.Q @ ch.K.T), score(y, x, ch.Q @ ch.K.T)), ()),
    "dot_product_symmetric": (Equal(score(x, y), score(y, x)), ()),
    "asymmetry_witness": (Exists(ch.letters, Not(ch.alike), by_transpose), ()),
    "width_one_is_symmetric": (ch.both_ways(2, ch.k)[1], ()),
    "width_zero_is_symmetric": (ch.both_ways(ch.d, ch.k)[1], ()),
    "no_head_width_is_symmetric": (ch.both_ways(ch.d, 1)[1], ()),
    "pair_asymmetry_iff": (Iff(ch.every_form, Equal(x @ y.T, y @ x.T)), ()),
    "pair_dependent_iff": (Rank(vstack(ch.x_1, ch.y_1)) <= 1, ch.pair_dependent_iff.given),
    "pair_asymmetry_of_heads": (Iff(ch.every_head, Equal(x, y)), ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES, NOT_DECIDED)


def test_widths_of_asymmetric_heads_are_exactly_those_from_two_and_one_on() -> None:
    proved = ("width_one_is_symmetric", "width_zero_is_symmetric", "no_head_width_is_symmetric")
    assert all(STATEMENTS[name].prove().over == "any commutative ring" for name in proved)
    letters = STATEMENTS["asymmetry_witness"].prove().claim.sizes
    assert [(size.name, size.minimum) for size in letters] == [("d", 2), ("k", 1)]
