"""What is known of powers: theorems about all matrices and all numbers of factors, said of the powers in a claim.

A power of F is the last member of a family X with X[0] = 1 and X[l + 1] = X[l] F.  For the powers X, Y, Z of F, H, E
over k steps, each of these holds of every k, by induction, and is proved once in a process:

    F G = G H               X[k] G = G Y[k]          Z of F, over k + p      Z[k + p] = X[k] Y[p], with Y of F over p
    H = Fᵀ                  Y[k] = X[k]ᵀ             F H = H F, E = F H      Z[k] = X[k] Y[k]
    F H = 1                 X[k] Y[k] = 1            F Fᵀ = 1                X[k] X[k]ᵀ = 1
    Z of X[k], over p       V[k p] = Z[p], with V of F over k p              det X[k] = (det F)^k
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import SymattnError, Undecided
from symattn.language.trees.unevaluated import multiply
from symattn.language.walk import nodes_of
from symattn.proof.attempts.attempts import AT_ONCE, by_search
from symattn.proof.attempts.case import Case
from symattn.proof.decision import prove
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.limit import free, kept, time_limit
from symattn.proof.search.search import worded
from symattn.proof.verdict import Theorem, Verdict
from symattn.proof.write.arguments import Argument
from symattn.proof.write.induction import at_sizes, specialised
from symattn.proof.write.layers import Step, by_layers, first_members

__all__ = ["Power", "by_powers", "factor_of", "facts", "powers_in"]

MOST = 24
"""How many of them are looked for."""
N, M, K, P = lang.sizes("n″ m″ k″ p″", min=0)
"""Sizes of names that nobody writes, as those of the letters below."""
F, E, H = (lang.matrix(f"{name}″", N, N) for name in "FEH")
G, OTHER = lang.matrix("G″", N, M), lang.matrix("H″", M, M)


@dataclass(frozen=True)
class Power:
    """The states X[0] = 1, …, X[count] of which each is the one before times the factor: a family, or a part of one."""

    states: Any
    factor: Any
    count: Any

    @property
    def last(self) -> Any:
        inside = isinstance(self.states, lang.HeadStack)
        return self.states.expr.family[self.count] if inside else self.states[self.count]


def powers_in(given: tuple[Any, ...]) -> list[Power]:
    """The powers of which hypotheses say what they are."""
    starts = {side.family for g in given if isinstance(g, lang.Equal) for side in g.args if _is_first(side)}
    found = (lang.recurrence_in(h) for h in given)
    factors = [(r, factor_of(r)) for r in found if r is not None and r.family in starts]
    return [Power(r.family, factor, r.head.size) for r, factor in factors if factor is not None]


def _is_first(side: Any) -> bool:
    return isinstance(side, lang.Member) and side == side.family[0]


def factor_of(r: Any) -> Any:
    """A, where the states are powers of A; else None."""
    if isinstance(r.step, sympy.MatMul):
        scale, (state, *factors) = r.step.as_coeff_matrices()
        if state == r.family[r.head] and factors:
            return multiply(*([] if scale == 1 else [scale]), *factors)
    return None


def by_powers(case: Case) -> Verdict | None:
    """The claim from what is known of the powers in it; None where there are none, or that is not enough."""
    known: list[Theorem] = []
    for theorem in facts(powers_in(case.given), case.claim, case.given):
        known.append(theorem)
        found = by_search(Case(case.claim, case.given, using=tuple(known)))
        if found is not None:
            return found
    return None


def facts(powers: list[Power], claim: Any, given: tuple[Any, ...]) -> Iterator[Theorem]:
    """What the theorems below say of the powers under what is given, as far as the claim may ask for it."""
    found = _Facts(given)
    if any(isinstance(node, lang.Determinant) for node in nodes_of(claim)):
        for one in powers:
            yield from found.said(determinant(), {N: one.factor.shape[0], K: one.count}, (one.factor, one.states))
    for one in powers:
        sizes, values = {N: one.factor.shape[0], K: one.count}, (one.factor, one.states)
        yield from found.said(
            orthogonal(), sizes, values, lang.Equal(one.factor @ one.factor.T, lang.identity(sizes[N]))
        )
    for one, other in product(powers, powers):
        yield from found.of_two(one, other, powers)
    letters = [a for a in lang.letters_of(lang.And(claim, *given)) if isinstance(a, lang.Matrix)]
    for G_ in dict.fromkeys((*letters, *(p.factor for p in powers), *(p.last for p in powers))):
        for one, other in product(powers, powers):
            if one.count == other.count and G_.shape == (one.factor.shape[0], other.factor.shape[0]):
                yield from found.met(one, other, G_)


class _Facts:
    """Looks for conditions under which the theorems hold, in what is given and what was found before."""

    def __init__(self, given: tuple[Any, ...]) -> None:
        self.given = given
        self.plain = tuple(g for g in given if lang.recurrence_in(g) is None)
        self.found: list[Theorem] = []

    def of_two(self, one: Power, other: Power, powers: list[Power]) -> Iterator[Theorem]:
        if one.factor.shape != other.factor.shape:
            return
        n, f, h = one.factor.shape[0], one.factor, other.factor
        sizes, states = {N: n, K: one.count}, (one.states, other.states)
        if one.count == other.count:
            yield from self.said(transposed(), sizes, (f, h, *states), lang.Equal(h, f.T))
            yield from self.said(inverted(), sizes, (f, h, *states), lang.Equal(f @ h, lang.identity(n)))
        for third in (p for p in powers if p.factor.shape == f.shape):
            if one.count == other.count == third.count and third not in (one, other):
                condition = lang.And(lang.Equal(third.factor, f @ h), lang.Equal(f @ h, h @ f))
                yield from self.said(multiplied(), sizes, (third.factor, f, h, *states, third.states), condition)
            if f == h == third.factor and (third.count - one.count - other.count).expand() == 0:
                yield from self.said(added(), {**sizes, P: other.count}, (f, *states, third.states))
            if f == third.factor and h == one.last and (third.count - one.count * other.count).expand() == 0:
                yield from self.said(nested(), {**sizes, P: other.count}, (f, *states, third.states))

    def met(self, one: Power, other: Power, G_: Any) -> Iterator[Theorem]:
        sizes = {N: G_.shape[0], M: G_.shape[1], K: one.count}
        values = (one.factor, G_, other.factor, one.states, other.states)
        yield from self.said(intertwined(), sizes, values, lang.Equal(one.factor @ G_, G_ @ other.factor))

    def said(
        self, theorem: Theorem, sizes: dict[Any, Any], values: tuple[Any, ...], condition: Any = None
    ) -> Iterator[Theorem]:
        """What the theorem says of these values, where its condition is soon seen to hold."""
        if len(self.found) >= MOST or (condition is not None and not self._holds(condition)):
            return
        with suppress(SymattnError):
            here = _at(theorem, sizes)
            here = specialised(here, dict(zip(here.claim.variables, values, strict=True)))
            premise = by_search(Case(here.claim.hypothesis, self.given, using=tuple(self.found)))
            if premise is not None and premise.theorem is not None:
                claim = here.claim.conclusion
                proof = worded(rules.apply((here.kernel, premise.theorem.kernel)), formula_of(claim))
                self.found.append(Theorem(claim, self.given, proof))
                yield self.found[-1]

    def _holds(self, condition: Any) -> bool:
        of_powers = any(isinstance(node, lang.Member) for node in nodes_of(condition))
        known = (self.given, tuple(self.found)) if of_powers else (self.plain, ())
        with suppress(Undecided, SymattnError), time_limit(kept(AT_ONCE / 2)):
            return by_search(Case(condition, known[0], using=known[1])) is not None
        return False


def _at(theorem: Theorem, sizes: dict[Any, Any]) -> Theorem:
    """The theorem at other sizes, all at once."""
    apart = {old: lang.sizes(f"{old.name}″", min=old.minimum) for old in sizes}
    theorem = at_sizes(theorem, apart)
    return at_sizes(theorem, {apart[old]: new for old, new in sizes.items()})


def _powers(name: str, factor: Any, count: Any = K) -> tuple[Any, tuple[Any, Any]]:
    """A family of powers, and what says so."""
    family, l = lang.family(f"{name}″", count + 1, *factor.shape), lang.index(f"l{name}″", count)
    start = lang.Equal(family[0], lang.identity(factor.shape[0]))
    return family, (start, lang.ForAll(l, lang.Equal(family[l + 1], family[l] @ factor)))


def _theorem(claim: Any, step: Step, *, over: Any = K, base: Theorem | None = None) -> Theorem:
    with free():  # it is proved once in a process
        return by_layers(claim, over=over, step=step, base=base)


def _last(a: Argument, states: Any, factor: Any, count: Any = K) -> Theorem:
    return a.have("the last step", lang.Equal(states[count + 1], states[count] @ factor), by=a.given)


def _meets(a: Argument, factor: Any, G_: Any, states: Any) -> Theorem:
    """That the powers before the last step commute with what the factor commutes with."""
    short = first_members(lang.family("X″", K + 1, N, N), states)
    every = at_sizes(intertwined(), {M: N})
    here = specialised(every, dict(zip(every.claim.variables, (factor, G_, factor, short, short), strict=True)))
    start = a.have("as the factor does", here.claim.hypothesis, by=a.given[1:])
    return a.have("the powers before commute with it", here.claim.conclusion, by=(here, start))


@cache
def intertwined() -> Theorem:
    (X, x), (Y, y) = _powers("X", F), _powers("Y", OTHER)
    claim = lang.Implies(lang.And(lang.Equal(F @ G, G @ OTHER), *x, *y), lang.Equal(X[K] @ G, G @ Y[K]))

    def step(a: Argument, before: Theorem, f: Any, g: Any, h: Any, X2: Any, Y2: Any) -> None:
        last = _last(a, X2, f), _last(a, Y2, h)
        a.show(lang.Equal(X2[K + 1] @ g, g @ Y2[K + 1]), by=(before, *last, a.given[1]))

    return _theorem(lang.ForAll((F, G, OTHER, X, Y), claim), step)


@cache
def transposed() -> Theorem:
    (X, x), (Y, y) = _powers("X", F), _powers("Y", H)
    claim = lang.Implies(lang.And(lang.Equal(H, F.T), *x, *y), lang.Equal(Y[K], X[K].T))

    def step(a: Argument, before: Theorem, f: Any, h: Any, X2: Any, Y2: Any) -> None:
        known = _last(a, X2, f), _last(a, Y2, h), _meets(a, f, f, X2), a.given[1]
        a.show(lang.Equal(Y2[K + 1], X2[K + 1].T), by=(before, *known))

    return _theorem(lang.ForAll((F, H, X, Y), claim), step)


@cache
def inverted() -> Theorem:
    (X, x), (Y, y), one = _powers("X", F), _powers("Y", H), lang.identity(N)
    claim = lang.Implies(lang.And(lang.Equal(F @ H, one), *x, *y), lang.Equal(X[K] @ Y[K], one))

    def step(a: Argument, before: Theorem, f: Any, h: Any, X2: Any, Y2: Any) -> None:
        known = _last(a, X2, f), _last(a, Y2, h), _meets(a, h, h, Y2), a.given[1]
        a.show(lang.Equal(X2[K + 1] @ Y2[K + 1], one), by=(before, *known))

    return _theorem(lang.ForAll((F, H, X, Y), claim), step)


@cache
def multiplied() -> Theorem:
    (X, x), (Y, y), (Z, z) = _powers("X", F), _powers("Y", H), _powers("Z", E)
    commute = lang.And(lang.Equal(E, F @ H), lang.Equal(F @ H, H @ F))
    claim = lang.Implies(lang.And(commute, *x, *y, *z), lang.Equal(Z[K], X[K] @ Y[K]))

    def step(a: Argument, before: Theorem, e: Any, f: Any, h: Any, X2: Any, Y2: Any, Z2: Any) -> None:
        last = _last(a, X2, f), _last(a, Y2, h), _last(a, Z2, e)
        a.show(lang.Equal(Z2[K + 1], X2[K + 1] @ Y2[K + 1]), by=(before, *last, _meets(a, h, f, Y2), a.given[1]))

    return _theorem(lang.ForAll((E, F, H, X, Y, Z), claim), step)


@cache
def added() -> Theorem:
    (X, x), (Y, y), (Z, z) = _powers("X", F), _powers("Y", F, P), _powers("Z", F, K + P)
    claim = lang.ForAll((F, X, Y, Z), lang.Implies(lang.And(*x, *y, *z), lang.Equal(Z[K + P], X[K] @ Y[P])))

    def step(a: Argument, before: Theorem, f: Any, X2: Any, Y2: Any, Z2: Any) -> None:
        last = _last(a, Y2, f, P), _last(a, Z2, f, K + P)
        a.show(lang.Equal(Z2[K + P + 1], X2[K] @ Y2[P + 1]), by=(before, *last))

    return _theorem(claim, step, over=P, base=_none_more(claim.xreplace({P: sympy.Integer(0)})))


def _none_more(claim: Any) -> Theorem:
    """For no factors more: Z is X, as what commutes with 1 says."""
    f, X, _, Z = claim.variables
    every = at_sizes(intertwined(), {M: N})
    here = specialised(every, dict(zip(every.claim.variables, (f, lang.identity(N), f, Z, X), strict=True)))
    with Argument(claim.claim.hypothesis.args, check=False) as a:
        start = a.have("both are powers of one matrix", here.claim.hypothesis, by=a.given)
        same = a.have("so they are alike", here.claim.conclusion, by=(here, start))
        a.show(claim.claim.conclusion, by=(same, *a.given))
    return prove(claim, using=[a.theorem()], check=False)


@cache
def orthogonal() -> Theorem:
    (X, x), one = _powers("X", F), lang.identity(N)
    claim = lang.Implies(lang.And(lang.Equal(F @ F.T, one), *x), lang.Equal(X[K] @ X[K].T, one))

    def step(a: Argument, before: Theorem, f: Any, X2: Any) -> None:
        a.show(lang.Equal(X2[K + 1] @ X2[K + 1].T, one), by=(before, _last(a, X2, f), a.given[1]))

    return _theorem(lang.ForAll((F, X), claim), step)


@cache
def nested() -> Theorem:
    X, x = _powers("X", F)
    (Y, y), (Z, z) = _powers("Y", X[K], P), _powers("Z", F, K * P)
    claim = lang.Implies(lang.And(*x, *y, *z), lang.Equal(Z[K * P], Y[P]))

    def step(a: Argument, before: Theorem, f: Any, X2: Any, Y2: Any, Z2: Any) -> None:
        every = _at(added(), {K: K * P, P: K})
        values = f, first_members(Z, Z2), X2, Z2
        here = specialised(every, dict(zip(every.claim.variables, values, strict=True)))
        start = a.have("K factors more", here.claim.hypothesis, by=a.given[1:])
        more = a.have("are a power more", here.claim.conclusion, by=(here, start))
        a.show(lang.Equal(Z2[K * P + K], Y2[P + 1]), by=(before, more, _last(a, Y2, X2[K], P)))

    return _theorem(lang.ForAll((F, X, Y, Z), claim), step, over=P)


@cache
def determinant() -> Theorem:
    X, x = _powers("X", F)
    det = lang.determinant
    claim = lang.Implies(lang.And(*x), lang.Equal(det(X[K]), det(F) ** K))

    def step(a: Argument, before: Theorem, f: Any, X2: Any) -> None:
        whole = a.have("the last step", lang.Equal(det(X2[K + 1]), det(X2[K] @ f)), by=_last(a, X2, f))
        product_ = a.have("of a product", lang.Equal(det(X2[K] @ f), det(X2[K]) * det(f)))
        power = a.have("of numbers", lang.Equal(det(f) ** (K + 1), det(f) ** K * det(f)))
        a.show(lang.Equal(det(X2[K + 1]), det(f) ** (K + 1)), by=(before, whole, product_, power))

    return _theorem(lang.ForAll((F, X), claim), step)
