"""Sums of squares.  `search` tries them; the kernel checks that they are equal to the claim and visibly >= 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import chain, permutations

from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.engine.reading import EMPTY
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.inequalities import quadratic_form
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, NonNegative, Semidefinite
from symattn.kernel.syntax.sizes import ONE_SIZE, size_of
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import term_of_poly
from symattn.proof.search.equations.derived import moved, use
from symattn.proof.search.inequalities.quadratic_forms import squares, value

Prover = Callable[[Equation], Proof]
Along = Callable[[NonNegative, Letter], Proof | None]
"""Proves that a form is not negative along a row of which nothing is known."""


def nonnegative(e: Elaborator, goal: NonNegative) -> Proof | None:
    """The claim as it stands, its normal form or a completed square, when that is visibly of the sign."""
    for shown in (lambda: goal.body, lambda: term_of_poly(normal(goal.body), e.fresh), lambda: completed(e, goal.body)):
        try:
            return rules.bound((), goal, shown())
        except KernelError:
            continue
    return None


def completed(e: Elaborator, body: Term) -> Term:
    """`a t² + b t + c` as `a (t + b/2a)² + (c - b²/4a)`, for any product t.

    Raises    KernelError for anything else
    """
    poly = dict(normal(body))
    constant = Fraction(poly.pop(EMPTY, 0))
    if len(poly) == 2:
        for (one, b), (other, a) in permutations(poly.items()):
            t = term_of_poly({one: 1}, e.fresh)
            if a > 0 and normal(terms.power(t, 2)) == {other: 1}:
                middle = Fraction(b) / (2 * Fraction(a))
                square = terms.power(terms.add(t, terms.number(middle)), 2)
                rest = terms.number(constant - Fraction(a) * middle**2)
                return terms.add(terms.multiply(terms.number(Fraction(a)), square), rest)
    raise KernelError("no quadratic polynomial of one product")


def equals(goal: NonNegative, hint: Term, equal: Proof) -> Proof:
    """The claim by the hint, which is visibly of the sign and equals the claim's body."""
    return rules.bound((equal,), goal, hint, (use(0, goal.indices, goal.indices),))


def beyond(goal: NonNegative, hint: Term, facts: Iterable[Proof]) -> Proof | None:
    """The claim as one of the known bounds plus the hint, which is visibly of the sign."""
    for known in facts:
        said = known.conclusion
        if isinstance(said, NonNegative) and list(map(size_of, said.indices)) == list(map(size_of, goal.indices)):
            try:
                return rules.bound((known,), goal, hint, (use(0, said.indices, goal.indices),))
            except KernelError:
                continue
    return None


def carried(goal: NonNegative, known: Proof, prove: Prover) -> Proof:
    """The claim from a known bound of something that equals its body."""
    said = known.conclusion
    if not isinstance(said, NonNegative):
        raise KernelError("not a bound")
    if [size_of(v) for v in said.indices] != [size_of(v) for v in goal.indices]:
        raise KernelError("the bound is about other indices")
    there = moved(said.body, dict(zip(said.indices, goal.indices, strict=True)))
    equal = prove(Equation(goal.indices, goal.body, there))
    uses = use(0, goal.indices, goal.indices), use(1, said.indices, goal.indices)
    return rules.bound((equal, known), goal, terms.number(0), uses)


def semidefinite(
    e: Elaborator, goal: Semidefinite, prove: Prover, hints: Iterable[Array] = (), along: Along | None = None
) -> Proof | None:
    """Symmetric by equation, and `v A v^T` as a sum of squares, found for A itself or for a hint that equals it.

    Where there is no such sum, `along` may know the form to be >= 0 for another reason.
    """
    (i, j), body = goal.matrix.indices, goal.matrix.body
    mirror = prove(Equation((i, j), body, terms.reindex(body, {i: j, j: i})))
    direction = Letter(e.unused("v"), (ONE_SIZE, size_of(i)))
    form = NonNegative((), quadratic_form(goal.matrix, direction))
    for shown in chain.from_iterable(_squares(e, matrix, direction) for matrix in (goal.matrix, *hints)):
        try:
            return rules.semidefinite((mirror, rules.bound((), form, shown)), goal, direction)
        except KernelError:
            continue
    known = along(form, direction) if along is not None else None
    return rules.semidefinite((mirror, known), goal, direction) if known is not None else None


def _squares(e: Elaborator, matrix: Array, v: Letter) -> Iterator[Term]:
    yield from squares(e, matrix, v)
    yield from _laplacian(e, matrix, v)
    yield quadratic_form(matrix, v)


def _laplacian(e: Elaborator, matrix: Array, v: Letter) -> Iterator[Term]:
    """`A = diag(A 1) - offdiagonal`: half the sum of `w_ij (v_i - v_j)^2`, plus the row sums times squares."""
    i, j = matrix.indices
    body = matrix.body if matrix.body.kind == "add" else term_of_poly(normal(matrix.body), e.fresh)
    parts = list(body.below) if body.kind == "add" else [body]
    off = [p for p in parts if not _diagonal(p)]
    if not off:
        return
    weight = terms.negative(terms.add(*off))
    weight = term_of_poly(normal(weight), e.fresh)
    gap = terms.power(terms.subtract(value(v, i), value(v, j)), 2)
    spread = terms.multiply(terms.number(Fraction(1, 2)), terms.summation([i, j], terms.multiply(weight, gap)))
    rowsum = normal(terms.summation([j], matrix.body))
    if not rowsum:
        yield spread
    else:
        rest = terms.multiply(term_of_poly(rowsum, e.fresh), terms.power(value(v, i), 2))
        yield terms.add(spread, terms.summation([i], rest))


def _diagonal(part: Term) -> bool:
    if part.kind == "multiply":
        return any(_diagonal(c) for c in part.below)
    return part.kind == "delta"
