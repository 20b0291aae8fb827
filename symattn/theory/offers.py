"""Theorems of the catalogue that are offered to a claim for an expression in it, and not only in other letters.

rank_of_gram    rank Xᵀ X = rank X, where the claim has the rank of a matrix that is X Xᵀ or Xᵀ X for another one in it,
                or for the second half of its factors
softmax_map_half
                softmax is ½-Lipschitz, where the claim has softmax(x) - softmax(y)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import SymattnError
from symattn.language.trees.unevaluated import Transpose, multiply
from symattn.language.walk import nodes_of
from symattn.proof import Argument, Theorem, Verdict, at_sizes
from symattn.proof.attempts.attempts import by_search
from symattn.proof.attempts.case import Case
from symattn.proof.limit import free
from symattn.theory import catalogue

__all__ = ["apart", "by_grams", "by_steps_of_softmax"]

MOST = 12


def by_grams(case: Case) -> Verdict | None:
    """A proof with what is known of the ranks of the Gram matrices in the claim."""
    with suppress(SymattnError, RecursionError):
        return _by_grams(case)
    return None


def _by_grams(case: Case) -> Verdict | None:
    matrices = list(dict.fromkeys(_ranked(case.claim)))
    if not matrices:
        return None
    using: list[Theorem] = []
    for gram in islice(matrices, MOST):
        scale, factors = gram.as_coeff_matrices() if isinstance(gram, sympy.MatMul) else (1, ())
        if scale != 1:
            same = by_search(Case(lang.Equal(lang.Rank(gram), lang.Rank(multiply(*factors))), case.given))
            using += [same.theorem] if same is not None and same.theorem is not None else []
            matrices += [multiply(*factors)]
            continue
        root = next((X for X in _roots(gram, matrices) if _is_gram(gram, X)), None)
        if root is not None:
            using += _ranks(root)
            matrices += [root] * (root not in matrices and len(matrices) < MOST)
    found = by_search(Case(case.claim, case.given, (*case.using, *using), case.hints)) if using else None
    return None if found is None else replace(found, by="rank_of_gram")


def by_steps_of_softmax(case: Case) -> Verdict | None:
    """A proof with how far apart the weights of two rows of scores in the claim are at most."""
    with suppress(SymattnError, RecursionError):
        pairs = list(dict.fromkeys(islice(apart(case.claim), MOST)))
        using = tuple(_at(*pair) for pair in pairs)
        found = by_search(Case(case.claim, case.given, (*case.using, *using), case.hints)) if using else None
        return None if found is None else replace(found, by="softmax_map_half")
    return None


def apart(claim: Any) -> Iterator[tuple[Any, Any]]:
    """Rows x, y of scores for which softmax(x) - softmax(y) is in the claim."""
    for node in nodes_of(claim, kinds=sympy.MatAdd):
        if len(node.args) == 2 and node.shape[0] == 1:
            scores = [part.scores for part in nodes_of(node, kinds=lang.Softmax) if part.mask is None]
            if len(scores) == 2:
                yield tuple(scores)  # type: ignore[misc]


def _at(x: Any, y: Any) -> Theorem:
    """|softmax(x) - softmax(y)|² ≤ |x - y|²/4."""
    with free():
        theorem = catalogue()["softmax_map_half"].prove()
    s, v = lang.letters_of(theorem.claim)
    theorem = at_sizes(theorem, {s.shape[1]: x.shape[1]})
    s, v = lang.letters_of(theorem.claim)
    here = Argument(()).at("softmax is ½-Lipschitz", theorem, {s: y, v: x - y})
    said = lang.at_most(lang.normsquared(lang.softmax(x) - lang.softmax(y)), lang.normsquared(x - y) / 4)
    with Argument((), check=False) as a:
        a.show(said, by=here)
    return a.theorem()


def _ranked(claim: Any) -> Iterator[Any]:
    """The matrices of which the claim has the rank."""
    for node in nodes_of(claim):
        if isinstance(node, lang.Rank | lang.RankAtMost | lang.RankAtLeast):
            yield node.arg


def _roots(gram: Any, matrices: list[Any]) -> Iterator[Any]:
    """Matrices X of which it may be Xᵀ X."""
    if gram.shape[0] != gram.shape[1]:
        return
    for other in [*matrices]:
        yield from (other, Transpose(other)) if other != gram else ()
    factors = [gram] if not isinstance(gram, sympy.MatMul) else gram.as_coeff_matrices()[1]
    if len(factors) % 2 == 0:
        yield multiply(*factors[len(factors) // 2 :])


def _is_gram(gram: Any, X: Any) -> bool:
    square = X.shape[1] == gram.shape[0]
    return square and by_search(Case(lang.Equal(gram, multiply(Transpose(X), X)))) is not None


def _ranks(X: Any) -> list[Theorem]:
    """rank Xᵀ X = rank X, and rank Xᵀ = rank X."""
    with free():
        theorem = catalogue()["rank_of_gram"].prove()
    old = lang.letters_of(theorem.claim)[0].shape
    apart = {size: lang.sizes(f"{size.name}″", min=size.minimum) for size in old}
    theorem = at_sizes(theorem, apart)
    theorem = at_sizes(theorem, dict(zip((apart[size] for size in old), X.shape, strict=True)))
    here = Argument(()).at("a Gram matrix", theorem, {lang.letters_of(theorem.claim)[0]: X})
    turned = by_search(Case(lang.Equal(lang.Rank(Transpose(X)), lang.Rank(X))))
    return [here] if turned is None or turned.theorem is None else [here, turned.theorem]
