"""How near forms of low rank come: what is stated is proved, and a slip in a statement is found."""

from __future__ import annotations

from typing import Any

from symattn.language import And, Implies, diag, ones
from symattn.numeric import sample, witness
from symattn.theory.rank import approximations as ch
from symattn.theory.rank.decompositions import r
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "eckart_young_frobenius": (ch.eckart_young_frobenius.says, ()),
    "eckart_young_attained": (ch.eckart_young_attained.says, ()),
    "mirsky_attained": (ch.mirsky_attained.says, ()),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)


def test_the_larger_singular_values_must_be_those_that_are_kept() -> None:
    """With s = b and t = 2 b the rest is the better form of width k: it misses only s."""
    svd, larger = ch.svd, 2 * ch.b * ones(1, ch.k)
    columns = {key: value.xreplace({r: ch.k}) for key, value in svd.columns.items() if key != ch.d}
    width = svd.columns[ch.d].xreplace({r: ch.k})
    rest = columns[svd.U1] @ diag(larger), columns[svd.V1]
    values = {**columns, svd.s: ch.b * ones(1, ch.k), svd.t: larger, **dict(zip((ch.Q, ch.K), rest, strict=True))}
    claim = Implies(And(*ch.decomposition), ch.eckart_young_frobenius.says).xreplace({ch.d: width, r: ch.k})
    at = {key.xreplace({ch.d: width, r: ch.k}): value for key, value in values.items()}
    assert witness(claim, sample([claim, *at.values()]), substitution=at).holds is False
