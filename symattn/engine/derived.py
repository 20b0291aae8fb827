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
from symattn.kernel.rules.definitions import FALSE, meaning, sandwich
from symattn.kernel.rules.induction import resized
from symattn.kernel.rules.logic import Use, left_over, must_be
from symattn.kernel.syntax.formulas import (
    Array,
    Equation,
    Exists,
    Formula,
    Iff,
    Implies,
    NonNegative,
    Not,
    RankAtMost,
    Semidefinite,
    Symbol,
    identity_array,
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
    multiply,
    negative,
    number,
    power,
    reciprocal,
    subtract,
    summation,
    symbols,
)
from symattn.kernel.theorem import Theorem

ONE, ZERO = number(1), number(0)


def derived(function: Callable[..., Theorem]) -> Callable[..., Theorem]:
    """Called as a rule is, with the premises as one argument, and refusing as a rule does."""
    name = function.__name__

    def applied(premises: Iterable[Theorem] = (), *data: Any) -> Theorem:
        try:
            return function(*premises, *data)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise KernelError(f"{name} cannot use these premises and data: {error}") from error

    applied.__name__, applied.__doc__ = name, function.__doc__
    return applied


@derived
def substitute(premise: Theorem, new: tuple[tuple[Symbol, Array], ...]) -> Theorem:
    """H |- A   =>   H |- A[letters := arrays], for letters that H does not mention."""
    return rules.specialise((rules.generalise((premise,), tuple(s for s, _ in new)),), new)


@derived
def both_ways(there: Theorem, back: Theorem) -> Theorem:
    """H |- A implies B,  H' |- B implies A   =>   H, H' |- A iff B."""
    said = must_be(there.conclusion, Implies)
    return rules.fold((rules.conjoin((there, back)),), Iff(said.hypothesis, said.conclusion))


@derived
def one_way(premise: Theorem, forward: bool) -> Theorem:
    """H |- A iff B   =>   H |- A implies B  (or B implies A)."""
    must_be(premise.conclusion, Iff)
    return rules.project((rules.unfold((premise,)),), 0 if forward else 1)


@derived
def contradict(premise: Theorem, hypothesis: Formula) -> Theorem:
    """H, A |- l = r, where l - r is a number other than 0   =>   H |- not A."""
    said = must_be(premise.conclusion, Equation)
    if said.indices:
        raise KernelError("an equation with indices may hold because its sizes are empty")
    value = rational_value(subtract(said.left, said.right))
    if not value:
        raise KernelError("the sides of the premise do not differ by a number other than 0")
    uses = ((0, (), (), number(-1 / value)),)
    false = _combined((premise,), FALSE, uses)
    return _denied(false, hypothesis)


@derived
def too_large(premise: Theorem, hypothesis: Formula) -> Theorem:
    """H, A |- rank 1_m <= rank 1_k, where m > k for all sizes   =>   H |- not A."""
    said = must_be(premise.conclusion, RankAtMost)
    return _denied(rules.too_large((premise,), surplus(said.lower.sizes[0], said.upper.sizes[0])), hypothesis)


def surplus(large: Size, small: Size) -> Size:
    """The size that is `large - small`; there need not be one."""
    left = dict(large.terms)
    for symbols_, coefficient in small.terms:
        left[symbols_] = left.get(symbols_, 0) - coefficient
    if any(c < 0 for c in left.values()):
        raise KernelError(f"{large} is not greater than {small} for all sizes")
    return Size(tuple(sorted((s, c) for s, c in left.items() if c)))


def _combined(premises: tuple[Theorem, ...], claim: Equation | NonNegative, uses: tuple[Use, ...]) -> Theorem:
    return rules.combine(premises, claim, ZERO, uses, find(left_over(premises, claim, ZERO, uses)))


def _denied(false: Theorem, hypothesis: Formula) -> Theorem:
    return rules.fold((rules.discharge((false,), hypothesis),), Not(hypothesis))


@derived
def semidefinite(mirror: Theorem, form: Theorem, claim: Semidefinite, direction: Letter) -> Theorem:
    """H |- A_ij = A_ji,  H' |- v A v^T >= 0 for a letter v that H' does not mention   =>   H, H' |- A semidefinite."""
    must_be(claim, Semidefinite)
    every = rules.generalise((form,), (direction,))
    return rules.fold((rules.conjoin((mirror, every)),), claim, direction.name)


@derived
def quadratic(premise: Theorem, direction: Letter) -> Theorem:
    """H |- A semidefinite   =>   H |- A_ij = A_ji  and  v A v^T >= 0 for all v."""
    must_be(premise.conclusion, Semidefinite)
    opened = rules.unfold((premise,), direction.name)
    if opened.conclusion.parts[1].symbols != (direction,):  # type: ignore[union-attr]
        raise KernelError("the direction must be a row of which nothing is known")
    return opened


@derived
def rank_by_factors(premise: Theorem, claim: RankAtMost, left: Array, right: Array) -> Theorem:
    """H |- A = L B R   =>   H |- rank A <= rank B."""
    must_be(claim, RankAtMost)
    taken = {symbol.name for symbol in symbols(claim.lower.body, claim.upper.body)}
    names = [_unused(name, taken) for name in ("left", "right")]
    there = rules.witness((premise,), meaning(claim, *names), (left, right))
    return rules.fold((there,), claim, *names)


@derived
def rank_factors(premise: Theorem, left: Letter, right: Letter) -> Theorem:
    """H |- rank A <= rank B   =>   H |- there are L, R with A = L B R  (over a field)."""
    must_be(premise.conclusion, RankAtMost)
    opened = rules.unfold((premise,), left.name, right.name)
    if must_be(opened.conclusion, Exists).symbols != (left, right):
        raise KernelError("the factors must be unknown and of the right shapes")
    return opened


@derived
def rank_chain(first: Theorem, second: Theorem) -> Theorem:
    """H |- rank A <= rank B,  H' |- rank B <= rank C   =>   H, H' |- rank A <= rank C.

    A = L B R and B = L' C R' give A = (L L') C (R' R).
    """
    one, two = must_be(first.conclusion, RankAtMost), must_be(second.conclusion, RankAtMost)
    if one.upper != two.lower:
        raise KernelError("the two bounds do not meet")
    arrays = one.lower, one.upper, two.upper
    letters = [Letter(name, array.sizes) for name, array in zip("ABC", arrays, strict=True)]
    A, B, C = (Array(a.indices, entry(x, *a.indices)) for x, a in zip(letters, arrays, strict=True))
    given = RankAtMost(A, B), RankAtMost(B, C)
    outer, inner = (rules.unfold((rules.assume((), f),), f"left {k}", f"right {k}") for k, f in enumerate(given))
    (L, R), (L2, R2) = (_factors(there) for there in (outer, inner))
    p, q, r, s = (variable(f"inner{n}", size) for n, size in enumerate((*B.sizes, *C.sizes)))
    i, j = A.indices
    left = Array((i, r), summation((p,), multiply(entry(L, i, p), entry(L2, p, r))))
    right = Array((s, j), summation((q,), multiply(entry(R2, s, q), entry(R, q, j))))
    uses = (
        (0, _same(A.indices), (), ONE),
        (1, tuple(zip(B.indices, (p, q), strict=True)), (p, q), multiply(entry(L, i, p), entry(R, q, j))),
    )
    steps = tuple(rules.assume((), must_be(there.conclusion, Exists).body) for there in (outer, inner))
    product = _combined(steps, Equation(A.indices, A.body, sandwich(A.indices, left, C, right)), uses)
    lemma = rank_by_factors((product,), RankAtMost(A, C), left, right)
    for there in (outer, inner):
        lemma = rules.eliminate((there, lemma))
    for formula in reversed(given):
        lemma = rules.discharge((lemma,), formula)
    return _at(lemma, tuple(zip(letters, arrays, strict=True)), first, second)


def _factors(opened: Theorem) -> list[Letter]:
    return [s for s in must_be(opened.conclusion, Exists).symbols if isinstance(s, Letter)]


@derived
def rank_of_transpose(claim: RankAtMost) -> Theorem:
    """|- rank A^T <= rank A."""
    turned = rules.rank_of_transpose((), must_be(claim, RankAtMost).upper)
    if turned.conclusion == claim:
        return turned
    flipped, ones = must_be(turned.conclusion, RankAtMost).lower, [identity_array(s) for s in claim.lower.sizes]
    same = Equation(claim.lower.indices, claim.lower.body, sandwich(claim.lower.indices, ones[0], flipped, ones[1]))
    first = rank_by_factors((_combined((), same, ()),), RankAtMost(claim.lower, flipped), *ones)
    return rank_chain((first, turned))


@derived
def regular(claim: Equation) -> Theorem:
    """|- x x (1/x) = x, also for x = 0  (over a field)."""
    must_be(claim, Equation)
    hole, x = _unknown(claim.indices)
    said = Equation(claim.indices, multiply(x, x, reciprocal(x)), x)
    lemma = rules.combine((), said, ZERO, (), ((("regular", (x,), (), ONE),), ()))
    return _as_claimed(_at(lemma, ((hole, Array(claim.indices, claim.right)),)), claim)


@derived
def square_root(premise: Theorem, claim: Equation) -> Theorem:
    """H |- x^2 = 0   =>   H |- x = 0  (over a field): x = x x (1/x)."""
    must_be(claim, Equation)
    hole, x = _unknown(claim.indices)
    squared = Equation(claim.indices, power(x, 2), ZERO)
    use = 0, _same(claim.indices), (), reciprocal(x)
    proof = (("regular", (x,), (), number(-1)),), ()
    zero = rules.combine((rules.assume((), squared),), Equation(claim.indices, x, ZERO), ZERO, (use,), proof)
    lemma = rules.discharge((zero,), squared)
    return _as_claimed(_at(lemma, ((hole, Array(claim.indices, claim.left)),), premise), claim)


@derived
def product(first: Theorem, second: Theorem) -> Theorem:
    """H |- a >= 0,  H' |- b >= 0   =>   H, H' |- a b >= 0, for all indices of the two: a = r^2 and b = s^2."""
    said = must_be(first.conclusion, NonNegative), must_be(second.conclusion, NonNegative)
    (X, x), (Y, y) = (_unknown(bound.indices, name) for bound, name in zip(said, "xy", strict=True))
    (R, r), (S, s) = (_unknown(bound.indices, name) for bound, name in zip(said, "rs", strict=True))
    given = [replace(bound, body=body) for bound, body in zip(said, (x, y), strict=True)]
    roots = [rules.root((rules.assume((), f),), letter) for f, letter in zip(given, (R, S), strict=True)]
    squares = tuple(rules.assume((), must_be(there.conclusion, Exists).body) for there in roots)
    claim = NonNegative(tuple(dict.fromkeys(said[0].indices + said[1].indices)), multiply(x, y))
    shown, uses = (
        multiply(power(r, 2), power(s, 2)),
        ((0, _same(said[0].indices), (), negative(y)), (1, _same(said[1].indices), (), negative(power(r, 2)))),
    )
    lemma = rules.combine(squares, claim, shown, uses, find(left_over(squares, claim, shown, uses)))
    for there in roots:
        lemma = rules.eliminate((there, lemma))
    for formula in reversed(given):
        lemma = rules.discharge((lemma,), formula)
    arrays = [Array(bound.indices, bound.body) for bound in said]
    return _at(lemma, tuple(zip((X, Y), arrays, strict=True)), first, second)


@derived
def at_least(symbol: SizeSymbol) -> Theorem:
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
def vanish(least: Theorem, most: Theorem, over: tuple[int, ...]) -> Theorem:
    """H |- b_ij >= 0  (all i, j),  H' |- - sum over j of b_ij >= 0  (all i)   =>   H, H' |- b_ij = 0  (all i, j).

    One summand is what is left of the sum without the others: these have the factors 1 - delta, which are squares.
    """
    said = must_be(least.conclusion, NonNegative)
    if not {*over} <= {*said.indices}:
        raise KernelError("a variable that is summed over is no index of the terms")
    hole, b = _unknown(said.indices)
    rest, taken = tuple(v for v in said.indices if v not in over), set(map(variable_name, said.indices))
    other = {v: variable(_unused(variable_name(v), taken), size_of(v)) for v in over}
    others = power(subtract(ONE, multiply(*(delta(v, w) for v, w in other.items()))), 2)
    uses = (
        (1, _same(rest), (), ONE),
        (0, tuple((v, other.get(v, v)) for v in said.indices), tuple(other.values()), others),
    )
    given = NonNegative(said.indices, b), NonNegative(rest, negative(summation(over, b)))
    assumed, claim = tuple(rules.assume((), f) for f in given), NonNegative(said.indices, negative(b))
    lemma = rules.vanish((assumed[0], _combined(assumed, claim, uses)))
    for formula in reversed(given):
        lemma = rules.discharge((lemma,), formula)
    return _at(lemma, ((hole, Array(said.indices, said.body)),), least, most)


def _unknown(indices: tuple[int, ...], name: str = "x") -> tuple[Letter, Term]:
    """A letter with these indices, and its entry there."""
    letter = Letter(name, tuple(map(size_of, indices)))
    return letter, entry(letter, *indices)


def _at(lemma: Theorem, new: tuple[tuple[Symbol, Array], ...], *facts: Theorem) -> Theorem:
    """What is proved of any arrays, of these, where the facts are what it takes for granted."""
    found = substitute((lemma,), new)
    for fact in facts:
        found = rules.apply((found, fact))
    return found


def _as_claimed(theorem: Theorem, claim: Formula) -> Theorem:
    if theorem.conclusion != claim:
        raise KernelError("the claim is not what follows")
    return theorem


def _same(indices: tuple[int, ...]) -> tuple[tuple[int, Index], ...]:
    return tuple((v, v) for v in indices)


def _unused(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    taken.add(name)
    return name
