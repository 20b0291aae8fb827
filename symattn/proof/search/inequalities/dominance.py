"""Forms that are large on the diagonal: `v A vᵀ = Σ_i r_i v_i² + Σ_i<j A_ij (v_i + v_j)²`.

There r_i is what A_ii is more than the rest of its row.  So the derivative of softmax is at most 1/2, where r_i is
(1 - 2 p_i)²/2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from symattn.engine import rules
from symattn.engine.normal import is_zero, normal
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_nonnegative
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import NonNegative
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, constant_index, size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import term_of_poly

LINES = 4

Prover = Callable[[NonNegative], Proof | None]


def dominant(e: Elaborator, goal: NonNegative, prove: Prover) -> Proof | None:
    """The goal, a form in a row or a column of which nothing is known, when `prove` shows every r_i >= 0."""
    if goal.strict or any(size_of(v) != ONE_SIZE for v in goal.indices):
        return None
    for line in list(_lines(goal.body))[:LINES]:
        try:
            found = _along(e, goal, line, prove)
        except KernelError:
            continue
        if found is not None:
            return found
    return None


def _lines(body: Term) -> Iterator[Letter]:
    for letter in sorted((s for s in terms.symbols(body) if isinstance(s, Letter)), key=lambda s: s.name):
        if len(letter.sizes) == 2 and ONE_SIZE in letter.sizes and not letter.facts:
            yield letter


def _value(line: Letter, index: Index) -> Term:
    only = constant_index(0, ONE_SIZE)
    return terms.entry(line, only, index) if line.sizes[0] == ONE_SIZE else terms.entry(line, index, only)


def _along(e: Elaborator, goal: NonNegative, line: Letter, prove: Prover) -> Proof | None:
    i, j = (e.fresh(line.sizes[1] if line.sizes[0] == ONE_SIZE else line.sizes[0]) for _ in range(2))
    places = [_value(line, index).args[1:] for index in (i, j)]
    twice = terms.derivative(terms.derivative(goal.body, line, *places[0]), line, *places[1])
    half = terms.number(Fraction(1, 2))
    entries = term_of_poly(normal(terms.multiply(half, twice)), e.fresh)
    form = terms.summation((i, j), terms.multiply(entries, _value(line, i), _value(line, j)))
    if line in terms.symbols(entries) or not is_zero(terms.subtract(goal.body, form)):
        return None
    parts = entries.below if entries.kind == "add" else (entries,)
    beside = terms.add(terms.number(0), *(part for part in parts if not _on_diagonal(part, {i, j})))
    if not visibly_nonnegative(beside):
        return None
    more = _more(entries, beside, i, j)
    least = prove(NonNegative((i,), term_of_poly(normal(more), e.fresh)))
    if least is None:
        return None
    apart = terms.power(terms.subtract(terms.number(1), terms.delta(i, j)), 2)
    sums = terms.power(terms.add(_value(line, i), _value(line, j)), 2)
    shown = terms.multiply(half, terms.summation((i, j), terms.multiply(apart, beside, sums)))
    use = 0, ((least.conclusion.indices[0], i),), (i,), terms.power(_value(line, i), 2)
    return rules.bound((least,), goal, shown, (use,))


def _more(entries: Term, beside: Term, i: int, j: int) -> Term:
    """What the entry on the diagonal is more than the others of its row together: A_ii - (Σ_j A_ij - A_ii)."""
    on = terms.reindex(entries, {j: i})
    here = terms.reindex(beside, {j: i})
    return terms.add(on, here, terms.negative(terms.summation((j,), beside)))


def _on_diagonal(part: Term, places: set[int]) -> bool:
    if part.kind == "multiply":
        return any(_on_diagonal(factor, places) for factor in part.below)
    return part.kind == "delta" and set(part.args) == places and size_of(part.args[0]) != ONE_SIZE
