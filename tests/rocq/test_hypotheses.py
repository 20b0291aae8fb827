"""No hypothesis of a theorem is empty: a sample meets all of them at once, exactly, and every declared fact."""

from __future__ import annotations

import pytest

from symattn import catalogue, language as lang
from symattn.errors import LanguageError
from symattn.language.claims.claims import under
from symattn.language.walk import letters_of
from symattn.numeric import sample
from symattn.numeric.claims.instances import outcomes
from symattn.numeric.samples.draws import HOLDS

THEOREMS = catalogue()
LETTERS = {name: letters_of(under(theorem.given, theorem.says)) for name, theorem in THEOREMS.items()}
GIVEN = [name for name, theorem in THEOREMS.items() if theorem.given]
DECLARED = [name for name, letters in LETTERS.items() if any(getattr(letter, "facts", ()) for letter in letters)]
FORMAL = "exp read as 2**x"
"""What exact numbers do with exp: an exponential like any other for Rocq, where it is any function with its laws."""


@pytest.mark.parametrize("name", GIVEN)
def test_a_sample_meets_the_hypotheses(name: str) -> None:
    theorem = THEOREMS[name]
    met = [found for found in outcomes(lang.And(*theorem.given), theorem.instances) if found.holds]
    assert any(found.certain or FORMAL in found.detail for found in met)


@pytest.mark.parametrize("name", DECLARED)
def test_a_sample_has_the_declared_facts(name: str) -> None:
    theorem = THEOREMS[name]
    at = sample([theorem.says, *theorem.given], seed=1)
    facts = [(letter, fact) for letter in LETTERS[name] for fact in sorted(getattr(letter, "facts", ()))]
    assert [(letter, fact) for letter, fact in facts if not HOLDS[fact](at.values[letter])] == []


n = lang.sizes("n", min=1)
A = lang.matrix("A", n, n)
S = lang.matrix("S", n, n, skew=True)
x = lang.row("x", n)


@pytest.mark.parametrize(
    "empty",
    [
        lang.Equal(A, A + lang.identity(n)),
        lang.And(lang.Equal(A, lang.identity(n)), lang.Equal(A, lang.zeros(n, n))),
        lang.Positive(-lang.total(lang.hadamard(A, A))),
        lang.Not(lang.ForAll(x, lang.Equal(x @ S @ x.T, lang.zeros(1, 1)))),
    ],
)
def test_an_empty_hypothesis_is_met_by_no_sample(empty: lang.Claim) -> None:
    assert not any(found.holds for found in outcomes(empty, ({A: lang.identity(n)}, {})))


def test_facts_that_exclude_each_other_have_no_sample() -> None:
    both = lang.matrix("B", 3, 3, skew=True, invertible=True)
    with pytest.raises(LanguageError):
        sample(lang.Equal(both, both), seed=1)
    assert list(outcomes(lang.Equal(both, both))) == []
