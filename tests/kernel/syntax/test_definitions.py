"""A formula that is short for another stands for that one only, both ways."""

from __future__ import annotations

import pytest

from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.rules.definitions import FALSE, meaning, sandwich, whole
from symattn.kernel.rules.inequalities import quadratic_form
from symattn.kernel.syntax.formulas import (
    And,
    Array,
    Equation,
    Exists,
    ForAll,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
    identity_array,
)
from symattn.kernel.syntax.sizes import constant_size
from symattn.kernel.syntax.terms import Letter, entry, multiply, number
from tests.kernel.build import d, i, j, k, letter, n

A, C = letter("A", n, n), letter("C", n, d)
x = Letter("x", (n,))
P, Q = (Equation((i,), entry(x, i), number(value)) for value in (0, 1))
row, left, right = letter("v", constant_size(1), n), letter("L", n, k), letter("R", k, d)
low = RankAtMost(whole(C), identity_array(k))
product = sandwich(low.lower.indices, whole(left), low.upper, whole(right))
ROW = ("const", 0, constant_size(1))

MEANINGS: dict[str, tuple[Formula, tuple[str, ...], Formula]] = {
    "iff": (Iff(P, Q), (), And((Implies(P, Q), Implies(Q, P)))),
    "not": (Not(P), (), Implies(P, FALSE)),
    "semidefinite": (
        Semidefinite(whole(A)),
        ("v",),
        And(
            (
                Equation(whole(A).indices, whole(A).body, entry(A, *whole(A).indices[::-1])),
                ForAll((row,), NonNegative((), quadratic_form(whole(A), row))),
            )
        ),
    ),
    "rank": (low, ("L", "R"), Exists((left, right), Equation(low.lower.indices, low.lower.body, product))),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_a_formula_means_what_is_written_out(name: str) -> None:
    short, names, said = MEANINGS[name]
    assert meaning(short, *names) == said
    assert rules.unfold([rules.assume([], short)], *names).conclusion == said
    folded = rules.fold([rules.assume([], said)], short, *names)
    assert (folded.hypotheses, folded.conclusion) == ((said,), short)


@pytest.mark.parametrize("name", MEANINGS)
def test_it_means_nothing_else(name: str) -> None:
    short, names, said = MEANINGS[name]
    others = [said for other, (_, _, said) in MEANINGS.items() if other != name]
    for other in (*others, short, Not(said), P, And((said,)), Implies(Q, P), And((Implies(Q, P), Implies(P, Q)))):
        with pytest.raises(KernelError):
            rules.fold([rules.assume([], other)], short, *names)
    for wrong in ((*names, "w"), ("w",), (1,) * len(names) if names else (1,)):
        with pytest.raises(KernelError):
            rules.unfold([rules.assume([], short)], *wrong) if name != "semidefinite" or wrong != ("w",) else refuse()


def refuse() -> None:
    raise KernelError("any one name is right here")


def test_not_says_that_everything_follows_not_that_one_number_is_another() -> None:
    """`A implies 1 = 1` refutes nothing, and neither does `A implies x = 0`, which may be so."""
    for harmless in (Equation((), number(1), number(1)), P, Equation((i,), number(0), number(1))):
        with pytest.raises(KernelError, match="short for"):
            rules.fold([rules.assume([], Implies(P, harmless))], Not(P))


def test_a_matrix_that_is_not_symmetric_is_not_semidefinite() -> None:
    """The form of [[0, 1], [-1, 0]] is 0."""
    form = ForAll((row,), NonNegative((), quadratic_form(whole(A), row)))
    p, q = whole(A).indices
    for mirror in (Equation((p, q), entry(A, p, q), entry(A, p, q)), Equation((p, q), entry(A, q, p), entry(A, q, p))):
        with pytest.raises(KernelError, match="short for"):
            rules.fold([rules.assume([], And((mirror, form)))], Semidefinite(whole(A)), "v")


def test_the_direction_has_a_name_of_its_own() -> None:
    """For the outer product of v with itself the form along v is (v v^T)^2."""
    outer = Semidefinite(Array((i, j), multiply(entry(row, ROW, i), entry(row, ROW, j))))
    with pytest.raises(KernelError, match="names of its own"):
        rules.unfold([rules.assume([], outer)], "v")
    assert rules.unfold([rules.assume([], outer)], "w").conclusion != outer


def test_factors_have_names_of_their_own() -> None:
    """C = C B R holds for B = 1 of any size that fits, but says nothing of the rank."""
    for names in (("C", "R"), ("L", "C")):
        small = RankAtMost(whole(C), identity_array(d if names[0] == "C" else n))
        with pytest.raises(KernelError, match="names of its own"):
            rules.unfold([rules.assume([], small)], *names)
    square = RankAtMost(whole(A), identity_array(n))
    with pytest.raises(KernelError, match="names of its own"):
        rules.unfold([rules.assume([], square)], "L", "L")


def test_what_is_no_formula_of_the_kernel_is_short_for_nothing() -> None:
    class Two(Iff):
        """It could say something else at every look."""

    both = rules.conjoin([rules.assume([], part) for part in MEANINGS["iff"][2].parts])
    with pytest.raises(KernelError, match="only a formula"):
        rules.fold([both], Two(P, Q))


@pytest.mark.parametrize("formula", [P, NonNegative((), number(1)), Implies(P, Q), And((P, Q)), Exists((x,), P), "P"])
def test_what_is_short_for_nothing_is_not_unfolded(formula: Formula) -> None:
    with pytest.raises(KernelError, match="short for"):
        meaning(formula)
