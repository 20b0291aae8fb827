"""`v A v^T` as a sum of squares, summand by summand.  `sums_of_squares` tries it."""

from __future__ import annotations

from collections.abc import Iterator

from symattn.engine.normal import is_zero, normal
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, constant_index
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import term_of_poly
from symattn.proof.search.equations.factorisations import flat, side_of, summed


def value(direction: Letter, index: Index) -> Term:
    """The entry of the row v."""
    return terms.entry(direction, constant_index(0, ONE_SIZE), index)


def squares(e: Elaborator, matrix: Array, v: Letter) -> Iterator[Term]:
    """A sum of squares, when every summand of A, as it stands or in normal form, gives one."""
    i, j = matrix.indices
    for body in (matrix.body, term_of_poly(normal(matrix.body), e.fresh)):
        parts = body.below if body.kind == "add" else (body,)
        found = [next(_square(part, i, j, v), None) for part in parts]
        done = [square for square in found if square is not None]
        if done and len(done) == len(found):
            yield terms.add(*done)


def _square(part: Term, i: int, j: int, v: Letter) -> Iterator[Term]:
    """`c delta_ij D_i` as `c sum_i D_i v_i^2`, and `c sum_l D_l B_il B_jl` as `c sum_l D_l (v B)_l^2`."""
    factors, bound = flat(part)
    scale, rest = [f for f in factors if not f.free], [f for f in factors if f.free]
    diagonal = next((f for f in rest if f.kind == "delta" and set(f.args) == {i, j}), None)
    if diagonal is not None:
        weight = [terms.reindex(f, {j: i}) for f in rest if f is not diagonal]
        yield terms.summation([i], terms.multiply(*scale, *weight, terms.power(value(v, i), 2)))
    for cut in (None, *bound):
        near, far = (side_of(rest, bound, start, cut) for start in (i, j))
        left, right = (summed(bound, part, cut, end) for part, end in ((near, i), (far, j)))
        weight = [f for f in rest if f not in near and f not in far]
        if left is None or right is None or any(not f.free <= {cut} for f in weight):
            continue
        if is_zero(terms.subtract(left, terms.reindex(right, {j: i}))):
            inner = terms.power(terms.summation([i], terms.multiply(value(v, i), left)), 2)
            outer = [] if cut is None else [cut]
            yield terms.multiply(*scale, terms.summation(outer, terms.multiply(*weight, inner)))
