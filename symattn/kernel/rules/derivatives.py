"""Derivatives of what is differentiable where a theorem says so."""

from __future__ import annotations

from symattn.kernel.plain.laws import function
from symattn.kernel.plain.slopes import slope
from symattn.kernel.proofs import Proof, Sequent, gather, rule
from symattn.kernel.rules.logic import Proofs, mentioned_in, must_be
from symattn.kernel.syntax.formulas import Array, Equation, NonNegative, Symbol
from symattn.kernel.syntax.sizes import Index, need, size_of, variables_of
from symattn.kernel.syntax.substitution import instantiate, replace_symbols
from symattn.kernel.syntax.terms import (
    Letter,
    Parameter,
    Term,
    add,
    derivative,
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
    outer: tuple[tuple[Letter, str], ...],
    target: Letter | Parameter,
    places: tuple[Index, ...],
) -> Sequent:
    """H_p |- x_p > 0  (p = 1, ...)   =>   H_1, ... |- d L(f(x)) = (d L)(f(x)) + sum of (d L/d y_p)(f(x)) f'(x_p) d x_p.

    The body L has letters y_p, which stand for f(x_p) with f = log or 1/., one number for each index of the premise.
    """
    said = [must_be(premise.conclusion, NonNegative) for premise in premises]
    used = {*body.free, *(v for place in places for v in variables_of(place))}
    for bound, (letter, f) in zip(said, outer, strict=True):
        need(f in ("log", "reciprocal"), "the other functions have derivatives everywhere, or none")
        need(bound.strict, "where a logarithm or a reciprocal has a derivative, its argument is > 0")
        need(letter == Letter(letter.name, tuple(map(size_of, bound.indices))), "a letter stands for any numbers")
        need(used.isdisjoint(bound.indices), "an index of a premise is used outside of it")
    new: dict[Symbol, Array] = {
        letter: Array(b.indices, function(f, b.body)) for b, (letter, f) in zip(said, outer, strict=True)
    }
    own = len(new) == len(outer) and symbols(*(b.body for b in said)).isdisjoint(new) and target not in new
    need(own, "each letter is another one, and occurs in the body only")
    parts = [replace_symbols(slope(body, target, places), new)]
    for bound, (letter, f) in zip(said, outer, strict=True):
        there, once = replace_symbols(slope(body, letter, bound.indices), new), reciprocal(bound.body)
        steep = once if f == "log" else negative(multiply(once, once))
        parts.append(summation(bound.indices, multiply(there, steep, slope(bound.body, target, places))))
    return gather(*premises), Equation(indices, derivative(replace_symbols(body, new), target, *places), add(*parts))


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
