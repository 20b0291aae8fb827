"""Derivatives of what is differentiable where a theorem says so."""

from __future__ import annotations

from symattn.kernel.plain.laws import function
from symattn.kernel.plain.slopes import slope
from symattn.kernel.proofs import Proof, Sequent, gather, rule
from symattn.kernel.rules.logic import Proofs, mentioned_in, must_be
from symattn.kernel.rules.ranks import unit_equation
from symattn.kernel.syntax.formulas import Array, Equation, NonNegative, Symbol, terms_of
from symattn.kernel.syntax.sizes import Index, need, variables_of
from symattn.kernel.syntax.substitution import at, instantiate, replace_symbols
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    derivative,
    determinant,
    multiply,
    negative,
    number,
    parameter,
    reciprocal,
    summation,
    symbols,
)


@rule()
def chain(
    premises: Proofs,
    indices: tuple[int, ...],
    body: Term,
    outer: tuple[tuple[Letter, str | Array, Array], ...],
    target: Letter | Parameter,
    places: tuple[Index, ...],
) -> Sequent:
    """H_p |- x_p > 0, or A_p B_p = 1  (p = 1, ...)   =>   H_1, ... |- d L(y) = (d L)(y) + sum of (d L/d y_p)(y) d y_p.

    The body L has letters y_p: for f(x_p) with f = log or 1/., where d y is f'(x) d x, one number for each index of the
    premise, or for det A_p, where d y is det A tr(B d A).  What they are of may have the letters before them.
    """
    letters, used = {y for y, _, _ in outer}, {*body.free, *(v for place in places for v in variables_of(place))}
    need(len(letters) == len(outer) and target not in letters, "each letter is another one")
    new, steps = dict[Symbol, Array](), dict[Letter, Term]()

    def along(term: Term) -> Term:
        each = [summation(new[y].indices, multiply(slope(term, y, new[y].indices), step)) for y, step in steps.items()]
        return replace_symbols(add(slope(term, target, places), *each), new)

    for premise, (y, f, inner) in zip(premises, outer, strict=True):
        need(used.isdisjoint(inner.indices), "an index of a premise is used outside of it")
        x, moved = Array(inner.indices, replace_symbols(inner.body, new)), along(inner.body)
        need(symbols(*terms_of(premise.conclusion)).isdisjoint(letters), "a letter occurs in what it stands for")
        if isinstance(f, Array):
            need(premise.conclusion == unit_equation(x, f), "the premise does not say that the matrix has this inverse")
            i, j = x.indices
            new[y] = Array((), determinant(i, j, x.body))
            step = multiply(new[y].body, summation((i, j), multiply(at(f, j, i), moved)))
        else:
            need(f in ("log", "reciprocal"), "the other functions have derivatives everywhere, or none")
            need(premise.conclusion == NonNegative(x.indices, x.body, True), "the premise does not say that it is > 0")
            new[y], once = Array(x.indices, function(f, x.body)), reciprocal(x.body)
            step = multiply(once if f == "log" else negative(multiply(once, once)), moved)
        need(y == Letter(y.name, new[y].sizes), "a letter stands for any numbers")
        used, steps[y] = used | {*new[y].indices}, step
    return gather(*premises), Equation(indices, derivative(replace_symbols(body, new), target, *places), along(body))


@rule(1)
def differentiate(premise: Proof, indices: tuple[int, ...], target: Symbol, places: tuple[Index, ...]) -> Sequent:
    """H |- l = r   =>   H |- d l/d x = d r/d x, when H does not mention x.

    Then l = r for all x near by too.  For an index that the conclusion has not, the premise might say nothing.
    """
    said, free = must_be(premise.conclusion, Equation), target not in mentioned_in(premise.hypotheses)
    need(free and {*said.indices} <= {*indices}, "a hypothesis is about what is varied, or an index is lost")
    return premise.hypotheses, Equation(indices, *(derivative(x, target, *places) for x in (said.left, said.right)))


@rule(2)
def rising(base: Proof, step: Proof, claim: NonNegative, t: Parameter) -> Sequent:
    """H |- f(0) >= 0,  H', t >= 0 |- d f/d t >= 0   =>   H, H', t >= 0 |- f(t) >= 0, when H, H' do not mention t.

    This is the mean value theorem over the reals, one f for each index of the claim; f has a slope for every t.
    """
    said = must_be(claim, NonNegative)
    need(type(t) is Parameter and not t.positive, "t is a number that may be 0, which is not declared positive")
    need(not said.strict, "what starts from 0 may stay there: the claim cannot be strict")
    slope(said.body, t, ())
    there, later = NonNegative(said.indices, derivative(said.body, t)), NonNegative((), parameter(t))
    need(base.conclusion == instantiate(said, {t: Array((), number(0))}), "the first premise is not the claim at 0")
    need(step.conclusion == there, "the second premise does not say that the derivative is at least 0")
    others = tuple(dict.fromkeys((*base.hypotheses, *gather(step, without=(later,)))))
    need(t not in mentioned_in(others), "a hypothesis is about t, besides that it is at least 0")
    return (*others, later), said
