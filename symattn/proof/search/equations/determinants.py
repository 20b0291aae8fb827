"""What the kernel says of the determinants in a claim: of products, transposes, inverses, block triangular matrices.

`decide` adds these facts to what is known, and that matrices which are known to be equal have the same determinant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.determinants import det
from symattn.kernel.rules.logic import Use
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation
from symattn.kernel.syntax.terms import Letter, Term
from symattn.language.matrices import has_inverse
from symattn.language.walk import nodes_of
from symattn.proof.elaborate.claims import array
from symattn.proof.elaborate.elaborator import Elaborator

MOST = 64

Prover = Callable[[Equation], Proof | None]


def determinants(claims: Iterable[Any]) -> list[Any]:
    """The matrices whose determinants occur; a power `c^k` is the determinant of c times the identity."""
    found: dict[Any, None] = {}
    for node in nodes_of(*claims):
        if isinstance(node, lang.Determinant):
            found[node.arg] = None
        elif isinstance(node, sympy.Pow) and not node.exp.is_Rational:
            found[node.base * lang.identity(node.exp)] = None
    return list(found)


def facts(e: Elaborator, claims: Iterable[Any], prove: Prover) -> Iterator[Proof]:
    """The equations between the determinants of the claims and of what their matrices are made of."""
    waiting = determinants(claims)
    seen: set[Any] = set()
    while waiting and len(seen) < MOST:
        matrix = waiting.pop(0)
        if matrix not in seen:
            seen.add(matrix)
            for theorem, parts in _known(e, matrix, prove):
                yield theorem
                waiting += parts


def alike(e: Elaborator, claims: Iterable[Any], prove: Prover) -> Iterator[Proof]:
    """That two determinants in the claims are equal, because their matrices can be proved to be."""
    for one, other in combinations(determinants(claims), 2):
        if e.shape(one) == e.shape(other):
            yield from _equal(array(e, one), array(e, other), prove)


def _equal(one: Array, other: Array, prove: Prover) -> Iterator[Proof]:
    """`det A = det B`, when A = B is known and not seen from the normal forms alone."""
    equal = prove(Equation(one.indices, one.body, other.body))
    if equal is not None:
        i, j = one.indices
        hole = Letter("equal to it", one.sizes)
        pattern = Equation((), det(one), terms.determinant(i, j, terms.entry(hole, i, j)))
        yield rules.rewrite((equal, rules.identity((), Equation((), det(one), det(one)))), pattern, hole)


def _known(e: Elaborator, matrix: Any, prove: Prover) -> Iterator[tuple[Proof, list[Any]]]:
    """What a rule says of the determinant of the matrix, and the matrices that it is reduced to."""
    if isinstance(matrix, sympy.Transpose | lang.T):
        yield rules.det_of_transpose((), array(e, matrix.arg)), [matrix.arg]
    elif isinstance(matrix, sympy.Inverse):
        yield from ((theorem, []) for theorem in _of_inverse(array(e, matrix), array(e, matrix.arg)))
    elif has_inverse(matrix):
        yield from ((theorem, []) for theorem in _of_inverse(array(e, lang.inverse(matrix)), array(e, matrix)))
        if getattr(matrix, "facts", frozenset()) & {"orthogonal", "permutation"}:  # whose inverse is the transpose
            yield rules.det_of_transpose((), array(e, matrix)), []
    elif isinstance(matrix, sympy.MatMul):
        for left, right in _cuts(matrix):
            yield rules.det_of_product((), array(e, left), array(e, right)), [left, right]
        if isinstance(matrix.args[-1], sympy.Identity):
            yield from _multiple(e, matrix.args[0], matrix.args[-1], prove)
    elif (blocks := _blocks(matrix)) is not None:
        (first, beside), (under, last) = blocks
        if isinstance(under, sympy.ZeroMatrix):
            yield rules.det_of_blocks((), array(e, first), array(e, beside), array(e, last)), [first, last]
        elif isinstance(beside, sympy.ZeroMatrix):
            turned = (array(e, lang.T(part)) for part in (first, under, last))
            yield rules.det_of_transpose((), array(e, matrix)), []
            yield rules.det_of_blocks((), *turned), [lang.T(first), lang.T(last)]


def _of_inverse(inverse: Array, matrix: Array) -> Iterator[Proof]:
    """`det A⁻¹ det A = 1`, and so `1/det A = det A⁻¹`: of y x = 1 and x x r = x comes r = y."""
    product = rules.det_of_product((), inverse, matrix)
    yield product
    x, y = det(matrix), det(inverse)
    r = terms.reciprocal(x)
    regular = rules.regular((), Equation((), terms.multiply(x, x, r), x))
    once = (terms.subtract(terms.multiply(x, r), terms.number(1)), y)
    unit = rules.combine((product, regular), Equation((), terms.multiply(x, r), terms.number(1)), _used(*once))
    yield rules.combine((product, unit), Equation((), r, y), _used(r, y))


def _used(*factors: Term) -> tuple[Use, ...]:
    """The premises, which are about no index, times these factors."""
    return tuple((which, (), (), factor) for which, factor in enumerate(factors))


def _cuts(product: Any) -> Iterator[tuple[Any, Any]]:
    """The product as one of two square matrices, in every way; a number is that multiple of the identity."""
    scale, matrices = product.as_coeff_matrices()
    rest = matrices[0] if len(matrices) == 1 else sympy.MatMul(*matrices)
    if scale != 1:
        first, others = scale.as_two_terms() if scale.is_Mul else (scale, sympy.S.One)
        if others != 1 or not isinstance(rest, sympy.Identity):
            yield first * lang.identity(product.shape[0]), others * rest
        return
    for cut in range(1, len(matrices)):
        left, right = (part[0] if len(part) == 1 else sympy.MatMul(*part) for part in (matrices[:cut], matrices[cut:]))
        if left.shape[0] == left.shape[1]:
            yield left, right


def _multiple(e: Elaborator, scale: Any, unit: Any, prove: Prover) -> Iterator[tuple[Proof, list[Any]]]:
    """A multiple of the identity: -1 times -1 is 1, and a size that is a sum, or twice another, is cut in two."""
    whole, size = scale * unit, unit.shape[0]
    if scale == -1:
        yield rules.det_of_product((), array(e, whole), array(e, whole)), []
    count, other = size.as_coeff_Mul()
    parts = size.as_two_terms() if size.is_Add else (other, size - other) if count > 1 and other != 1 else None
    if parts is not None:
        first, rest = parts
        rows = (
            (scale * lang.identity(first), lang.zeros(first, rest)),
            (lang.zeros(rest, first), scale * lang.identity(rest)),
        )
        blocks = lang.vstack(*(lang.hstack(*row) for row in rows))
        for theorem in _equal(array(e, whole), array(e, blocks), prove):
            yield theorem, [blocks]


def _blocks(matrix: Any) -> list[tuple[Any, Any]] | None:
    """Two rows of two blocks, those on the diagonal square."""
    if not isinstance(matrix, lang.VStack) or len(matrix.args) != 2:
        return None
    rows = [row.args for row in matrix.args if isinstance(row, lang.HStack) and len(row.args) == 2]
    return rows if len(rows) == 2 and all(r[k].shape[0] == r[k].shape[1] for k, r in enumerate(rows)) else None
