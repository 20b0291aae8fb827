"""Theorems at other sizes, and induction: each rule as it is meant, and next to it what would prove something false."""

from __future__ import annotations

from typing import Any

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel import Proof, replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import And, Array, Equation, Exists, ForAll, Formula, Implies, NonNegative
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    Size,
    SizeSymbol,
    constant_index,
    constant_size,
    part_index,
    symbol_size,
    variable,
)
from symattn.kernel.syntax.terms import Letter, Parameter, cardinal, entry, multiply, number, summation
from tests.kernel.build import d, i, j, m, n, number_equation, z
from tests.kernel.rules.test_at_size import assumed, at, under

N, M, Z = SizeSymbol("n"), SizeSymbol("m"), SizeSymbol("z", 0)
zero, one = number(0), number(1)
x, h = Letter("x", (n,)), Letter("h", (d,))
x_is_0 = Equation((i,), entry(x, i), zero)
h_is_0 = Equation((), entry(h, constant_index(0, d)), zero)
FALSE = number_equation(zero, one)


def following(formula: Formula, symbol: SizeSymbol) -> Formula:
    return at(formula, symbol, symbol_size(symbol.name, symbol.minimum) + ONE_SIZE)


def square_exceeds(size: Size) -> NonNegative:
    """`n^2 - n >= 0`."""
    return NonNegative((), terms.subtract(multiply(cardinal(size), cardinal(size)), cardinal(size)))


def base(least: int = 1) -> Proof:
    return rules.bound([], square_exceeds(constant_size(least)), number(least * least - least))


def step(size: Size = n) -> Proof:
    """`n^2 - n >= 0 |- (n + 1)^2 - (n + 1) = n^2 - n + 2 n >= 0`."""
    more = multiply(number(2), cardinal(size))
    return rules.bound([assumed(square_exceeds(size))], square_exceeds(size + ONE_SIZE), more, ((0, (), (), one),))


def step_alone() -> Proof:
    """`(n + 1)^2 - (n + 1) = n^2 + n >= 0`."""
    return rules.bound([], square_exceeds(n + ONE_SIZE), terms.add(multiply(cardinal(n), cardinal(n)), cardinal(n)))


def test_induction_proves_a_claim_for_every_size() -> None:
    theorem = rules.induction([base(), step()], square_exceeds(n), N)
    assert (theorem.hypotheses, theorem.conclusion) == ((), square_exceeds(n))
    assert replay(theorem) == theorem
    assert rules.at_size([theorem], N, d * m).conclusion == square_exceeds(d * m)


def test_induction_begins_at_the_least_size() -> None:
    assert rules.induction([base(0), step(z)], square_exceeds(z), Z)
    with pytest.raises(KernelError, match="not the claim at 0"):
        rules.induction([base(), step(z)], square_exceeds(z), Z)
    with pytest.raises(KernelError, match="not the claim at 1"):
        rules.induction([base(2), step()], square_exceeds(n), N)
    from_two = symbol_size("n", 2)
    assert rules.induction([base(2), step(from_two)], square_exceeds(from_two), SizeSymbol("n", 2))


def test_the_step_is_to_the_next_size() -> None:
    for size in (n, m + ONE_SIZE, n + constant_size(2), n + n, ONE_SIZE, symbol_size("n", 2) + ONE_SIZE):
        with pytest.raises(KernelError, match="not the claim at 1 [+] n"):
            rules.induction([base(), assumed(square_exceeds(size))], square_exceeds(n), N)
    with pytest.raises(KernelError, match="first premise"):
        rules.induction([step(), base()], square_exceeds(n), N)
    for premises in ([base()], [step()], [], [base(), step(), step()]):
        with pytest.raises(KernelError):
            rules.induction(premises, square_exceeds(n), N)


def test_only_the_claim_itself_is_discharged() -> None:
    """A step from n + 1 to n + 1 is none, nor is one from another claim."""
    goal = square_exceeds(n)
    circular = assumed(square_exceeds(n + ONE_SIZE))
    for extra in ((), (goal,)):
        with pytest.raises(KernelError, match="is about n"):
            rules.induction([base(), under(circular, *extra)], goal, N)
    with pytest.raises(KernelError, match="is about n"):
        rules.induction([under(base(), goal), step()], goal, N)


def test_a_step_may_do_without_the_claim() -> None:
    assert rules.induction([base(), step_alone()], square_exceeds(n), N).hypotheses == ()


def test_other_hypotheses_are_kept() -> None:
    other = Equation((), entry(Letter("g", (m,)), constant_index(0, m)), zero)
    premises = [under(base(), h_is_0, other), under(step(), other, h_is_0)]
    assert rules.induction(premises, square_exceeds(n), N).hypotheses == (h_is_0, other)
    assert rules.induction([base(), under(step(), h_is_0)], square_exceeds(n), N).hypotheses == (h_is_0,)


ABOUT_N = {
    "a letter": Equation((), entry(x, constant_index(0, n)), zero),
    "a size as a number": number_equation(cardinal(n + d), zero),
    "an index": Equation((i,), zero, one),
    "a bound index": Equation((), summation([i], one), zero),
    "a product": number_equation(cardinal(d * n), zero),
    "a quantifier over what does not occur": ForAll((x,), h_is_0),
    "a constant index": number_equation(terms.delta(constant_index(0, n), constant_index(0, n)), zero),
    "a block": Equation((), entry(Letter("w", (n + d,)), part_index((n, d), 1, constant_index(0, d))), zero),
    "what is differentiated by": number_equation(terms.derivative(one, x, constant_index(0, n)), zero),
    "a determinant": number_equation(terms.determinant(i, j, one), zero),
}


@pytest.mark.parametrize("hypothesis", ABOUT_N.values(), ids=ABOUT_N)
def test_a_hypothesis_about_the_size_is_refused(hypothesis: Formula) -> None:
    """What is assumed of one n says nothing about the next: n = 1 |- n = 1 would be so for every n."""
    for premises in ([under(base(), hypothesis), step()], [base(), under(step(), hypothesis)]):
        with pytest.raises(KernelError, match="is about n"):
            rules.induction(premises, square_exceeds(n), N)


def test_a_hypothesis_about_a_symbol_of_that_name_is_about_another_one() -> None:
    other = square_exceeds(symbol_size("n", 2))
    assert rules.induction([base(), under(step(), other)], square_exceeds(n), N).hypotheses == (other,)


def test_a_letter_of_that_size_is_bound_or_the_claim_is_not_for_every_one() -> None:
    """Of x with one entry, x = 0 is assumed.  `n = 1 implies x = 0` then holds at 1, and at n + 1 for want of n = 0."""
    single = Letter("x", (ONE_SIZE,))
    n_is_1 = number_equation(cardinal(n), one)
    claim = Implies(n_is_1, x_is_0)
    p = variable("i", ONE_SIZE)
    first = rules.discharge([assumed(Equation((p,), entry(single, p), zero))], number_equation(cardinal(ONE_SIZE), one))
    then = for_want_of_size_0(claim)
    assert (len(first.hypotheses), then.hypotheses) == (1, ())
    with pytest.raises(KernelError, match="not bound, is about n"):
        rules.induction([first, then], claim, N)


def for_want_of_size_0(claim: Implies) -> Proof:
    """`n + 1 = 1 |- x = 0`: then n = 0, and 1/n n = 1 would be 0."""
    after = following(claim, N)
    assert isinstance(after, Implies)
    assert isinstance(after.conclusion, Equation)
    (p,), body = after.conclusion.indices, after.conclusion.left
    factor = multiply(body, terms.reciprocal(cardinal(n)))
    shown = rules.combine([assumed(after.hypothesis)], Equation((p,), body, zero), ((0, (), (), factor),))
    return rules.discharge([shown], after.hypothesis)


def test_a_letter_of_another_size_may_stay_free() -> None:
    claim = Implies(h_is_0, square_exceeds(n))
    premises = [rules.discharge([base()], h_is_0), rules.discharge([step_alone()], h_is_0)]
    assert rules.induction(premises, claim, N).conclusion == claim


def test_a_bound_letter_does_not_become_a_free_one() -> None:
    single = Letter("x", (ONE_SIZE,))
    claim = Exists((x,), Equation((), entry(x, constant_index(0, n)), entry(single, constant_index(0, ONE_SIZE))))
    with pytest.raises(KernelError, match="same letter"):
        rules.induction([assumed(h_is_0), assumed(following(claim, N))], claim, N)


def horses(size: Size) -> ForAll:
    """All entries are equal, whatever the list."""
    colour, p, r = Letter("x", (size,)), variable("i", size), variable("j", size)
    return ForAll((colour,), Equation((p, r), entry(colour, p), entry(colour, r)))


def test_not_all_horses_have_one_colour() -> None:
    """Leaving out the last of n + 1, or the first, are different parts: nobody has said that they overlap."""
    single = horses(ONE_SIZE)
    first = rules.generalise([rules.identity([], single.body)], single.symbols)
    assert first.conclusion == single
    (colour,) = horses(n + ONE_SIZE).symbols
    last, rest, parts = variable("l", ONE_SIZE), variable("s", n), ((n, ONE_SIZE), (ONE_SIZE, n))

    def without(which: int) -> Proof:
        """Those that are not the last, or not the first, have one colour by the claim for n."""
        some = Array((i,), entry(colour, part_index(parts[which], which, i)))
        return rules.specialise([assumed(horses(n))], ((x, some),))

    for which in (0, 1):
        assert without(which).conclusion.indices == (i, j)
        end, others = part_index(parts[which], 1 - which, last), part_index(parts[which], which, rest)
        goal = Equation((last, rest), entry(colour, end), entry(colour, others))
        for use in (
            (which, ((i, rest), (j, rest)), (), one),
            (1 - which, ((i, rest), (j, constant_index(0, n))), (), one),
        ):
            with pytest.raises(KernelError, match="do not differ"):
                rules.combine([without(0), without(1)], goal, (use,))
    for then in (assumed(horses(n + ONE_SIZE)), under(assumed(horses(n + ONE_SIZE)), horses(n))):
        with pytest.raises(KernelError, match="is about n"):
            rules.induction([first, then], horses(n), N)


def test_an_empty_size_does_not_make_the_next_one_empty() -> None:
    """0 = 1 for all indices of the size 0."""
    p = variable("p", z)
    claim = Equation((p,), zero, one)
    first = rules.identity([], at(claim, Z, constant_size(0)))
    goal = following(claim, Z)
    assert isinstance(goal, Equation)
    for value in (p, variable("other", z)):
        with pytest.raises(KernelError, match="bound nowhere"):
            rules.combine([assumed(claim)], goal, ((0, ((p, value),), (), one),))
    (at_any,), v, last = goal.indices, variable("v", z + ONE_SIZE), variable("l", ONE_SIZE)
    cut = rules.split([], goal.indices, terms.delta(at_any, v), v, (p, last))
    of_part = terms.delta(at_any, part_index((z, ONE_SIZE), 0, p))
    uses = ((0, ((at_any, at_any),), (), number(-1)), (1, ((p, p),), (p,), of_part))
    with pytest.raises(KernelError, match="do not differ"):
        rules.combine([cut, assumed(claim)], goal, uses)
    the_last = number_equation(zero, one)
    uses += ((2, (), (last,), terms.delta(at_any, part_index((z, ONE_SIZE), 1, last))),)
    assert rules.combine([cut, assumed(claim), assumed(the_last)], goal, uses).hypotheses == (claim, the_last)
    with pytest.raises(KernelError, match="not the claim at 1 [+] z"):
        rules.induction([first, assumed(claim)], claim, Z)


@pytest.mark.parametrize("symbol", ["n", n, None, Parameter("n"), 1])
def test_induction_is_over_a_size_symbol(symbol: Any) -> None:
    with pytest.raises(KernelError, match="a formula and a size symbol"):
        rules.induction([base(), step()], square_exceeds(n), symbol)


@pytest.mark.parametrize("claim", ["n", None, one, (FALSE,), n])
def test_induction_is_about_a_formula(claim: Any) -> None:
    with pytest.raises(KernelError, match="a formula and a size symbol"):
        rules.induction([base(), step()], claim, N)


def test_a_claim_that_is_equal_to_everything_is_none() -> None:
    """`And(())` is proved in one line; were it equal to `And((0 = 1,))`, that would be as well."""

    class Agreeable(tuple):
        __hash__ = tuple.__hash__

        def __eq__(self, other: object) -> bool:
            return True

    with pytest.raises(KernelError):
        rules.induction([rules.conjoin([])] * 2, And(Agreeable()), N)
