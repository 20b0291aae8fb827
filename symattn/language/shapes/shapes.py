"""Shapes.  `shape` walks a tree from the leaves up and refuses what does not fit, as grammar.py says.

SymPy accepts a product of mismatched sizes and knows many more nodes, so this is the only judge of what may be written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import sympy as sp

from symattn.errors import LanguageError, layout
from symattn.language.claims.claims import PSD, AtMost, Claim, Equal
from symattn.language.claims.quantifiers import Exists
from symattn.language.shapes.grammar import SHAPES, Shape, fits
from symattn.language.shapes.refusals import describe, dimensions, disagree, unknown_node
from symattn.language.trees.base import as_sympy
from symattn.language.walk import letters_and_sizes, nearest

__all__ = ["check", "language_nodes", "shape"]


def shape(expr: Any) -> Shape:
    """(rows, columns) of a matrix expression, () of a scalar.

    expr    an expression of the language

    >>> n, d, k = sizes("n d k")
    >>> X, Q = matrix("X", n, d), matrix("Q", d, k)
    >>> shape(X @ Q), shape(total(X))
    ((n, k), ())
    >>> shape(Q @ X)
    Traceback (most recent call last):
        ...
    symattn.errors.ShapeError: cannot multiply
        Q : d×k
        X : n×d
      the inner sizes differ: k ≠ n.

    Raises    ShapeError when two sizes that must agree differ; LanguageError for a node or a use outside the language
    """
    root = as_sympy(expr)
    known: dict[int, tuple[Any, Shape]] = {}  # the node is kept so that its id stays its own
    stack = [root]
    while stack:
        node = stack[-1]
        if id(node) in known:
            stack.pop()
            continue
        parts, rule = _rule(type(node), node)
        missing = [part for part in parts(node) if id(part) not in known]
        if missing:
            stack.extend(reversed(missing))
            continue
        known[id(node)] = (node, rule(node, [known[id(part)][1] for part in parts(node)]))
    return known[id(root)][1]


def check(statement: Any) -> None:
    """Refuse a claim, or an expression, of which some part does not fit.

    statement    a claim or an expression

    >>> n, d = sizes("n d")
    >>> X = matrix("X", n, d)
    >>> check(Equal(X, X.T))
    Traceback (most recent call last):
        ...
    symattn.errors.ShapeError: cannot compare
        X   : n×d
        X.T : d×n
      the shapes differ: n×d ≠ d×n

    Raises    as `shape` does; LanguageError when two letters, or two sizes, have one name
    """
    for named in letters_and_sizes(statement):
        _check_names(named)
    if not isinstance(statement, Claim):
        shape(statement)
        return
    for claim in _claims(statement):
        shapes = [shape(part) for part in claim.args if isinstance(part, sp.Expr)]
        if isinstance(claim, Equal | AtMost) and not fits(*shapes):
            note = f"the shapes differ: {dimensions(shapes[0])} ≠ {dimensions(shapes[1])}"
            raise disagree("cannot compare", list(zip(claim.args, shapes, strict=True)), note)
        if isinstance(claim, PSD) and not fits(shapes[0], shapes[0][::-1]):
            raise disagree("PSD needs a square matrix", [(claim.arg, shapes[0])])
        if isinstance(claim, Exists) and claim.witness is not None:
            _check_witness(claim)


def language_nodes() -> tuple[str, ...]:
    """The names of all nodes that an expression may have, SymPy's own among them.

    >>> [name for name in language_nodes() if name.startswith("Head")]
    ['HeadConcat', 'HeadStack', 'HeadSum']
    """
    return tuple(sorted(kind.__name__ for kind in SHAPES))


def _check_names(letters: tuple[Any, ...]) -> None:
    named: dict[str, Any] = {}
    for letter in letters:
        if named.setdefault(letter.name, letter) != letter:
            pairs = [(letter.name, describe(each)) for each in (named[letter.name], letter)]
            raise LanguageError(layout(f"two things are called {letter.name}", pairs, "give one of them another name"))


def _check_witness(claim: Exists) -> None:
    for variable, value in zip(claim.variables, claim.witness or (), strict=True):
        wanted = tuple(getattr(variable, "shape", ()))
        given = tuple(value.shape) if not isinstance(value, sp.Expr) else shape(value)
        if not fits(wanted, given):
            raise disagree("the witness does not fit its variable", [(variable, wanted), (value, given)])


def _claims(statement: Claim) -> Iterator[Claim]:
    stack = [statement]
    while stack:
        claim = stack.pop()
        yield claim
        stack.extend(part for part in reversed(claim.args) if isinstance(part, Claim))


@cache
def _rule_of(kind: type) -> tuple[Callable[..., Any], Callable[..., Any]] | None:
    return nearest(SHAPES, kind)


def _rule(kind: type, node: Any) -> tuple[Callable[..., Any], Callable[..., Any]]:
    rule = _rule_of(kind)
    if rule is None:
        raise unknown_node(node)
    return rule
