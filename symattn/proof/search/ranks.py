"""A rank below a sum of ranks: `A + B = [1 1] [A 0; 0 B] [1; 1]`, and the rows and columns of blocks likewise.

A sum over heads is a product of all their columns, side by side, and all their rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice, permutations, product
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.engine.normal import is_zero
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Formula, RankAtMost, identity_array
from symattn.kernel.syntax.letters import INVERTIBLE, inverted
from symattn.kernel.syntax.sizes import Size, variable
from symattn.kernel.syntax.terms import Letter
from symattn.language.claims.ranks import counts_ranks, summands
from symattn.language.trees.unevaluated import add, multiply
from symattn.proof.elaborate.claims import array
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.derived import moved
from symattn.proof.search.known import Known

TRIES = 81


def by_summands(e: Elaborator, claim: Any) -> Iterator[tuple[Array, Array]]:
    """Left and right factors of the matrix, where the claim bounds its rank by a sum of others."""
    if not isinstance(claim, lang.RankAtMost):
        return
    if not counts_ranks(claim.bound):
        yield from _over_heads(e, claim)
        return
    parts, matrix = summands(claim.bound), claim.arg
    if len(parts) < 2:
        yield from _common(e, matrix, parts[0])
        return
    shapes = {e.shape(part) for part in parts}
    if shapes == {e.shape(matrix)}:
        yield from _combined(e, matrix, parts)
    if isinstance(matrix, sympy.MatAdd) and len(matrix.args) == len(parts):
        yield from _term_by_term(e, list(matrix.args), parts)
    if isinstance(matrix, lang.HStack) and matrix.args == tuple(parts):
        yield array(e, lang.hstack(*_ones(parts, 0))), _unit(e, matrix.shape[1])
    elif isinstance(matrix, lang.VStack) and matrix.args == tuple(parts):
        yield _unit(e, matrix.shape[0]), array(e, lang.vstack(*_ones(parts, 1)))


def around_inverses(goal: RankAtMost) -> Iterator[tuple[Array, Array]]:
    """Invertible letters on the sides of a matrix do not change its rank: `A = U⁻¹ (U A V) V⁻¹`."""
    found = terms.symbols(goal.lower.body, goal.upper.body)
    letters = sorted((a for a in found if isinstance(a, Letter) and a.facts & INVERTIBLE), key=lambda a: a.name)
    pairs = zip(goal.lower.sizes, goal.upper.sizes, strict=True)
    choices = [[*_invertible(letters, one)] if one == other else [] for one, other in pairs]
    yield from islice(product(*choices), 1, TRIES)


def _invertible(letters: list[Letter], size: Size) -> Iterator[Array]:
    i, j = variable("i", size), variable("j", size)
    yield Array((i, j), terms.delta(i, j))
    for letter in letters:
        if letter.sizes[0] == size:
            yield Array((i, j), terms.entry(letter, i, j))
            yield Array((i, j), terms.entry(inverted(letter), i, j))


def _over_heads(e: Elaborator, claim: Any) -> Iterator[tuple[Array, Array]]:
    """The sum over heads of A B, where A has as many columns as the bound says that there are in all."""
    if not isinstance(claim.arg, lang.HeadSum) or not isinstance(claim.arg.expr, sympy.MatMul):
        return
    scale, factors = claim.arg.expr.as_coeff_matrices()
    for cut in range(1, len(factors)):
        before, after = multiply(scale, *factors[:cut]), multiply(*factors[cut:])
        columns = lang.concat_heads(before, claim.arg.head)
        if e.shape(columns)[1] == e.size(claim.bound):
            yield array(e, columns), array(e, lang.stack_heads(after, claim.arg.head))


def _combined(e: Elaborator, matrix: Any, parts: list[Any]) -> Iterator[tuple[Array, Array]]:
    """The matrix as a sum and difference of the parts."""
    whole, each = array(e, matrix), [array(e, part) for part in parts]
    for signs in islice(product((1, -1, 0), repeat=len(parts)), TRIES):
        taken = [
            terms.multiply(terms.number(sign), moved(part.body, dict(zip(part.indices, whole.indices, strict=True))))
            for sign, part in zip(signs, each, strict=True)
        ]
        if is_zero(terms.subtract(whole.body, terms.add(*taken))):
            signed = [sign * one for sign, one in zip(signs, _ones(parts, 0), strict=True)]
            yield array(e, lang.hstack(*signed)), array(e, lang.vstack(*_ones(parts, 1)))


def _term_by_term(e: Elaborator, summands_: list[Any], parts: list[Any]) -> Iterator[tuple[Array, Array]]:
    """`L A R + U V = [L U] [A 0; 0 1] [R; V]`: each summand is a product around another part."""
    for order in islice(permutations(parts), TRIES):
        factors = [_around(term, part) for term, part in zip(summands_, order, strict=True)]
        found = [factor for factor in factors if factor is not None]
        if len(found) == len(parts):
            at = [order.index(part) for part in parts]
            left, right = zip(*(found[place] for place in at), strict=True)
            yield array(e, lang.hstack(*left)), array(e, lang.vstack(*right))


def _common(e: Elaborator, matrix: Any, part: Any) -> Iterator[tuple[Array, Array]]:
    """`X + X W = X (1 + W)`: every summand has the part on the same side."""
    if isinstance(matrix, sympy.MatAdd):
        found = [factors for term in matrix.args if (factors := _around(term, part)) is not None]
        if len(found) == len(matrix.args):
            lefts, rights = zip(*found, strict=True)
            if len(set(lefts)) == 1:
                yield array(e, lefts[0]), array(e, add(*rights))
            if len(set(rights)) == 1:
                yield array(e, add(*lefts)), array(e, rights[0])


def _around(term: Any, part: Any) -> tuple[Any, Any] | None:
    """What stands to the left and the right of the part in the term; an identity is anywhere of its size."""
    scale, factors = term.as_coeff_matrices() if isinstance(term, sympy.MatMul) else (sympy.S.One, [term])
    rows, columns = lang.identity(term.shape[0]), lang.identity(term.shape[1])
    for place, factor in enumerate(factors):
        if factor == part:
            return multiply(scale, rows, *factors[:place]), multiply(*factors[place + 1 :], columns)
        if isinstance(part, sympy.Identity) and place and factors[place].shape[0] == part.shape[0]:
            return multiply(scale, *factors[:place]), multiply(*factors[place:])
    return None


def _ones(parts: list[Any], side: int) -> list[Any]:
    return [lang.identity(part.shape[side]) for part in parts]


def _unit(e: Elaborator, size: Any) -> Array:
    return array(e, lang.identity(size))


def too_narrow(
    e: Elaborator, claim: Formula, assumed: Known, prove: Callable[[RankAtMost, Known], Proof | None]
) -> Proof | None:
    """That the claim is not so, when under it two hints make an identity that is larger than the size between them."""
    matrices = [h for h in assumed.hints if h.is_Matrix]
    for left, right in product(matrices, matrices):
        (large, small), turned = e.shape(left), e.shape(right)
        if turned == (small, large) and large != small:
            narrow = RankAtMost(identity_array(large), identity_array(small))
            found = prove(narrow, replace(assumed, hints=(left, right)))
            with suppress(KernelError):
                if found is not None:
                    return rules.too_large((assumed.close(found),), claim)
    return None
