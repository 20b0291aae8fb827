"""Engine: rules that follow from those of the kernel, called as if they were some of them.

Nothing is believed here: each calls rules of the kernel, and what these refuse is not proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from symattn.engine.finder import find
from symattn.engine.normal import rational_value
from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.plain.checking import Evidence
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.definitions import FALSE
from symattn.kernel.rules.induction import resized
from symattn.kernel.rules.logic import Use, left_over, must_be, nowhere
from symattn.kernel.syntax.formulas import (
    Array,
    Equation,
    Exists,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    Semidefinite,
    Symbol,
)
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    Index,
    Size,
    SizeSymbol,
    constant_size,
    size_of,
    variable,
    variable_name,
)
from symattn.kernel.syntax.terms import (
    Letter,
    Term,
    cardinal,
    delta,
    entry,
    exponential,
    logarithm,
    multiply,
    negative,
    number,
    power,
    reciprocal,
    subtract,
    summation,
)

ONE, ZERO = number(1), number(0)
NOTHING: Evidence = ((), ())


def derived(function: Callable[..., Proof]) -> Callable[..., Proof]:
    """Called as a rule is, with the premises as one argument, and refusing as a rule does."""
    name = function.__name__

    def applied(premises: Iterable[Proof] = (), *data: Any) -> Proof:
        try:
            return function(*premises, *data)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise KernelError(f"{name} cannot use these premises and data: {error}") from error

    applied.__name__, applied.__doc__ = name, function.__doc__
    return applied


@derived
def substitute(premise: Proof, new: tuple[tuple[Symbol, Array], ...]) -> Proof:
    """H |- A   =>   H |- A[letters := arrays], for letters that H does not mention."""
    return rules.specialise((rules.generalise((premise,), tuple(s for s, _ in new)),), new)


@derived
def both_ways(there: Proof, back: Proof) -> Proof:
    """H |- A implies B,  H' |- B implies A   =>   H, H' |- A iff B."""
    said = must_be(there.conclusion, Implies)
    return rules.fold((rules.conjoin((there, back)),), Iff(said.hypothesis, said.conclusion))


@derived
def one_way(premise: Proof, forward: bool) -> Proof:
    """H |- A iff B   =>   H |- A implies B  (or B implies A)."""
    must_be(premise.conclusion, Iff)
    return rules.project((rules.unfold((premise,)),), 0 if forward else 1)


@derived
def contradict(premise: Proof, hypothesis: Formula) -> Proof:
    """H, A |- l = r, where l - r is a number other than 0   =>   H |- not A."""
    said = must_be(premise.conclusion, Equation)
    if said.indices:
        raise KernelError("an equation with indices may hold because its sizes are empty")
    value = rational_value(subtract(said.left, said.right))
    if not value:
        raise KernelError("the sides of the premise do not differ by a number other than 0")
    uses = ((0, (), (), number(-1 / value)),)
    false = combined((premise,), FALSE, uses)
    return denied(false, hypothesis)


def combined(premises: tuple[Proof, ...], claim: Equation | NonNegative, uses: tuple[Use, ...]) -> Proof:
    rest = left_over(premises, claim, ZERO, uses)
    return rules.combine(premises, claim, ZERO, uses, NOTHING if nowhere(claim) else find(rest))


def denied(false: Proof, hypothesis: Formula) -> Proof:
    return rules.fold((rules.discharge((false,), hypothesis),), Not(hypothesis))


@derived
def semidefinite(mirror: Proof, form: Proof, claim: Semidefinite, direction: Letter) -> Proof:
    """H |- A_ij = A_ji,  H' |- v A v^T >= 0 for a letter v that H' does not mention   =>   H, H' |- A semidefinite."""
    must_be(claim, Semidefinite)
    every = rules.generalise((form,), (direction,))
    return rules.fold((rules.conjoin((mirror, every)),), claim, direction.name)


@derived
def quadratic(premise: Proof, direction: Letter) -> Proof:
    """H |- A semidefinite   =>   H |- A_ij = A_ji  and  v A v^T >= 0 for all v."""
    must_be(premise.conclusion, Semidefinite)
    opened = rules.unfold((premise,), direction.name)
    if opened.conclusion.parts[1].symbols != (direction,):  # type: ignore[union-attr]
        raise KernelError("the direction must be a row of which nothing is known")
    return opened


@derived
def regular(claim: Equation) -> Proof:
    """|- x x (1/x) = x, also for x = 0  (over a field)."""
    must_be(claim, Equation)
    hole, x = _unknown(claim.indices)
    said = Equation(claim.indices, multiply(x, x, reciprocal(x)), x)
    lemma = rules.combine((), said, ZERO, (), ((("regular", (x,), (), ONE),), ()))
    return _as_claimed(at_arrays(lemma, ((hole, Array(claim.indices, claim.right)),)), claim)


@derived
def cancelled(bound: Proof) -> Proof:
    """H |- x > 0   =>   H |- x (1/x) = 1."""
    said = must_be(bound.conclusion, NonNegative)
    hole, x = _positive(said.indices)
    one = Equation(said.indices, multiply(x, reciprocal(x)), ONE)
    return rules.for_positive((bound, combined((), one, ())), hole)


@derived
def undone(bound: Proof) -> Proof:
    """H |- x > 0   =>   H |- exp(log x) = x."""
    said = must_be(bound.conclusion, NonNegative)
    hole, x = _positive(said.indices)
    same = Equation(said.indices, exponential(logarithm(x)), x)
    return rules.for_positive((bound, combined((), same, ())), hole)


@derived
def overturned(bound: Proof) -> Proof:
    """H |- x > 0   =>   H |- 1/x = exp(-log x)."""
    said = must_be(bound.conclusion, NonNegative)
    hole, x = _positive(said.indices)
    same = Equation(said.indices, reciprocal(x), exponential(negative(logarithm(x))))
    return rules.for_positive((bound, combined((), same, ())), hole)


def _positive(indices: tuple[int, ...]) -> tuple[Letter, Term]:
    letter = Letter("x", tuple(map(size_of, indices)), frozenset({"positive"}))
    return letter, entry(letter, *indices)


@derived
def square_root(premise: Proof, claim: Equation) -> Proof:
    """H |- x^2 = 0   =>   H |- x = 0  (over a field): x = x x (1/x)."""
    must_be(claim, Equation)
    hole, x = _unknown(claim.indices)
    squared = Equation(claim.indices, power(x, 2), ZERO)
    use = 0, same(claim.indices), (), reciprocal(x)
    proof = (("regular", (x,), (), number(-1)),), ()
    zero = rules.combine((rules.assume((), squared),), Equation(claim.indices, x, ZERO), ZERO, (use,), proof)
    lemma = rules.discharge((zero,), squared)
    return _as_claimed(at_arrays(lemma, ((hole, Array(claim.indices, claim.left)),), premise), claim)


@derived
def product(first: Proof, second: Proof) -> Proof:
    """H |- a >= 0,  H' |- b >= 0   =>   H, H' |- a b >= 0, for all indices of the two: a = r^2 and b = s^2."""
    said = must_be(first.conclusion, NonNegative), must_be(second.conclusion, NonNegative)
    (X, x), (Y, y) = (
        _unknown(bound.indices, name) for bound, name in zip(said, ("one factor", "other factor"), strict=True)
    )
    (R, r), (S, s) = (
        _unknown(bound.indices, name) for bound, name in zip(said, ("one root", "other root"), strict=True)
    )
    given = [replace(bound, body=body) for bound, body in zip(said, (x, y), strict=True)]
    roots = [rules.root((rules.assume((), f),), letter) for f, letter in zip(given, (R, S), strict=True)]
    squares = tuple(rules.assume((), must_be(there.conclusion, Exists).body) for there in roots)
    claim = NonNegative(tuple(dict.fromkeys(said[0].indices + said[1].indices)), multiply(x, y))
    shown, uses = (
        multiply(power(r, 2), power(s, 2)),
        ((0, same(said[0].indices), (), negative(y)), (1, same(said[1].indices), (), negative(power(r, 2)))),
    )
    lemma = rules.combine(squares, claim, shown, uses, find(left_over(squares, claim, shown, uses)))
    for there in roots:
        lemma = rules.eliminate((there, lemma))
    for formula in reversed(given):
        lemma = rules.discharge((lemma,), formula)
    arrays = [Array(bound.indices, bound.body) for bound in said]
    return at_arrays(lemma, tuple(zip((X, Y), arrays, strict=True)), first, second)


@derived
def at_least(symbol: SizeSymbol) -> Proof:
    """|- n - least n >= 0, by induction over n."""
    whole = cardinal(Size((((symbol,), 1),)))
    claim = NonNegative((), subtract(whole, number(symbol.minimum)))
    least, more = (
        resized((claim,), symbol, s)[0] for s in (constant_size(symbol.minimum), Size((((symbol,), 1),)) + ONE_SIZE)
    )
    uses = ((0, (), (), ONE),)
    steps = [((), least, ZERO, ()), ((rules.assume((), claim),), more, ONE, uses)]
    base, step = (rules.combine(*data, find(left_over(*data))) for data in steps)
    return rules.induction((base, step), claim, symbol)


@derived
def vanish(least: Proof, most: Proof, over: tuple[int, ...]) -> Proof:
    """H |- b_ij >= 0  (all i, j),  H' |- - sum over j of b_ij >= 0  (all i)   =>   H, H' |- b_ij = 0  (all i, j).

    One summand is what is left of the sum without the others: these have the factors 1 - delta, which are squares.
    """
    said = must_be(least.conclusion, NonNegative)
    if not {*over} <= {*said.indices}:
        raise KernelError("a variable that is summed over is no index of the terms")
    hole, b = _unknown(said.indices)
    rest, taken = tuple(v for v in said.indices if v not in over), set(map(variable_name, said.indices))
    other = {v: variable(unused(variable_name(v), taken), size_of(v)) for v in over}
    others = power(subtract(ONE, multiply(*(delta(v, w) for v, w in other.items()))), 2)
    uses = (
        (1, same(rest), (), ONE),
        (0, tuple((v, other.get(v, v)) for v in said.indices), tuple(other.values()), others),
    )
    given = NonNegative(said.indices, b), NonNegative(rest, negative(summation(over, b)))
    assumed, claim = tuple(rules.assume((), f) for f in given), NonNegative(said.indices, negative(b))
    lemma = rules.vanish((assumed[0], combined(assumed, claim, uses)))
    for formula in reversed(given):
        lemma = rules.discharge((lemma,), formula)
    return at_arrays(lemma, ((hole, Array(said.indices, said.body)),), least, most)


@derived
def mirrored(premise: Proof) -> Proof:
    """H |- a = b   =>   H |- b = a, also where a has no normal form: it is so for all letters."""
    said = must_be(premise.conclusion, Equation)
    (X, x), (Y, y) = _unknown(said.indices), _unknown(said.indices, "y")
    given = rules.assume((), Equation(said.indices, x, y))
    back = combined((given,), Equation(said.indices, y, x), ((0, same(said.indices), (), number(-1)),))
    arrays = (X, Array(said.indices, said.left)), (Y, Array(said.indices, said.right))
    return at_arrays(rules.discharge((back,), given.conclusion), arrays, premise)


def _unknown(indices: tuple[int, ...], name: str = "x") -> tuple[Letter, Term]:
    """A letter with these indices, and its entry there."""
    letter = Letter(name, tuple(map(size_of, indices)))
    return letter, entry(letter, *indices)


def at_arrays(lemma: Proof, new: tuple[tuple[Symbol, Array], ...], *facts: Proof) -> Proof:
    """What is proved of any arrays, of these, where the facts are what it takes for granted."""
    found = substitute((lemma,), new)
    for fact in facts:
        found = rules.apply((found, fact))
    return found


def _as_claimed(theorem: Proof, claim: Formula) -> Proof:
    if theorem.conclusion != claim:
        raise KernelError("the claim is not what follows")
    return theorem


def same(indices: tuple[int, ...]) -> tuple[tuple[int, Index], ...]:
    return tuple((v, v) for v in indices)


def unused(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    taken.add(name)
    return name
