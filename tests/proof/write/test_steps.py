"""A step rests on what it is given and on nothing else."""

from __future__ import annotations

import pytest

from symattn.errors import Refuted, TheoremError
from symattn.language import AtMost, Equal, ForAll, Implies, scalar
from symattn.proof import follows, instance, prove

a, b, c = scalar("a"), scalar("b"), scalar("c")
below, square = prove(AtMost(a, b), Equal(a, b - c**2), hints=[c**2]), prove(AtMost(0, a**2))


def test_it_holds_under_the_hypotheses_of_what_it_rests_on() -> None:
    found = follows(AtMost(a, b + a**2), below, square)
    assert (found.claim, found.given) == (AtMost(a, b + a**2), (Equal(a, b - c**2),))


def test_a_claim_is_a_hypothesis_itself() -> None:
    assert follows(AtMost(a, c), below, AtMost(b, c)).given == (Equal(a, b - c**2), AtMost(b, c))


def test_what_a_theorem_says_already_rests_on_no_other() -> None:
    other = prove(AtMost(c, a), AtMost(c, a))
    assert follows(below.claim, other, below).given == below.given


def test_the_hypotheses_behind_a_theorem_are_not_looked_at() -> None:
    """From a ≤ b alone it does not follow that they are as far apart as c²."""
    with pytest.raises(Refuted):
        follows(Equal(a + c**2, b), below)


def test_an_implication_gives_its_conclusion_at_values() -> None:
    lemma = prove(ForAll((a, b), Implies(AtMost(a, b), AtMost(a - b, 0))))
    found = instance(lemma, {a: c, b: c + 1}, prove(AtMost(c, c + 1)))
    assert (found.claim, found.given) == (AtMost(c - (c + 1), 0), ())


def test_what_implies_nothing_is_refused() -> None:
    with pytest.raises(TheoremError, match="implies another"):
        instance(prove(ForAll(a, AtMost(0, a**2))), {a: c})
