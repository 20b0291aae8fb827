"""Bounds that are seen where the signs of parts are known: B C >= 0 for B, C >= 0, and 1/(x + y) > 0 for x + y > 0.

A part that is known to be > 0 becomes a letter that is declared positive, and one that is known to be >= 0 the square
of a letter; then the kernel looks at the bound, and the letters become what they stand for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from symattn.engine import rules
from symattn.engine.normal import is_zero, normal
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import ONE_SIZE, Index, constant_index, size_of
from symattn.kernel.syntax.terms import CONSTRUCTORS, Letter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import term_of_poly
from symattn.proof.search.equations.derived import use

ONE, ZERO = terms.number(1), terms.number(0)
LARGEST, MOST = 60, 24
"""How many parts a bound may have, and how many facts and places are tried."""


def by_known_signs(e: Elaborator, goal: NonNegative, facts: list[Proof]) -> Proof | None:
    """The goal, or what an equation says that it is about, seen once letters stand for parts of known sign."""
    return _by_signs(e, goal, facts) or _of_equals(e, goal, facts)


def _of_equals(e: Elaborator, goal: NonNegative, facts: list[Proof]) -> Proof | None:
    for fact in facts:
        said = fact.conclusion
        if not isinstance(said, Equation):
            continue
        for one, other, factor in ((said.left, said.right, ONE), (said.right, said.left, terms.number(-1))):
            places = _where(said.indices, one, goal.body) if one.kind == "entry" else None
            if places is None:
                continue
            values = tuple(zip(said.indices, places, strict=True))
            found = _by_signs(e, NonNegative(goal.indices, terms.reindex(other, dict(values)), goal.strict), facts)
            if found is not None:
                uses = (use(0, goal.indices, goal.indices), (1, values, (), factor))
                return rules.bound((found, fact), goal, ZERO, uses)
    return None


def _by_signs(e: Elaborator, goal: NonNegative, facts: list[Proof]) -> Proof | None:
    bounds = [f for f in facts if isinstance(f.conclusion, NonNegative) and f.conclusion.body.kind != "number"]
    if not bounds:
        return None
    for body in dict.fromkeys((goal.body, term_of_poly(normal(goal.body), e.fresh))):
        if sum(1 for _ in terms.walk(body)) > LARGEST:
            continue
        try:
            seen = _seen(e, NonNegative(goal.indices, body, goal.strict), bounds[:MOST], 0)
            if seen is not None:
                return _as(goal, seen)
        except KernelError:
            continue
    return None


def _seen(e: Elaborator, goal: NonNegative, facts: list[Proof], number: int) -> Proof | None:
    """The goal as it stands, with the parts that the first fact is about as letters, and those of the others so too."""
    if not facts:
        try:
            return rules.bound((), goal, goal.body)
        except KernelError:
            return None
    said: Any = facts[0].conclusion
    letter = Letter(e.unused(f"sign{number}"), tuple(map(size_of, said.indices)), _declared(said))
    body = _with(goal.body, said, letter)
    if body == goal.body:
        return _seen(e, goal, facts[1:], number)
    there = NonNegative(goal.indices, body, goal.strict)
    return _positive(e, there, facts, number, letter) if said.strict else _squared(e, there, facts, number, letter)


def _declared(said: NonNegative) -> frozenset[str]:
    return frozenset({"positive"} if said.strict else ())


def _positive(e: Elaborator, goal: NonNegative, facts: list[Proof], number: int, letter: Letter) -> Proof | None:
    found = _seen(e, goal, facts[1:], number + 1)
    return None if found is None else rules.for_positive((facts[0], _as(goal, found)), letter)


def _squared(e: Elaborator, goal: NonNegative, facts: list[Proof], number: int, hole: Letter) -> Proof | None:
    """By a letter r with r^2 = x, which there is where x >= 0."""
    root = Letter(e.unused(f"root{number}"), hole.sizes)
    body = _replaced(goal.body, lambda t: _square_of(root, t) if t.kind == "entry" and t.args[0] == hole else None)
    squared = NonNegative(goal.indices, body, goal.strict)
    found = _seen(e, squared, facts[1:], number + 1)
    if found is None:
        return None
    there = rules.root((facts[0],), root)
    squares = rules.assume((), there.conclusion.body)
    return rules.eliminate((there, rules.rewrite((squares, _as(squared, found)), goal, hole)))


def _as(goal: NonNegative, found: Proof) -> Proof:
    """The goal from what was found, in which indices may have other names."""
    same = found.conclusion == goal
    return found if same else rules.bound((found,), goal, ZERO, (use(0, goal.indices, goal.indices),))


def _square_of(root: Letter, entry: Term) -> Term:
    return terms.power(terms.entry(root, *entry.args[1:]), 2)


def _with(term: Term, said: NonNegative, letter: Letter) -> Term:
    """The term with an entry of the letter wherever what is said to have a sign stands in it."""

    def put(part: Term) -> Term | None:
        places = _where(said.indices, said.body, part)
        return None if places is None else terms.entry(letter, *places)

    return _replaced(term, put)


def _where(indices: tuple[int, ...], body: Term, part: Term) -> tuple[Index, ...] | None:
    """The values of the indices at which the body is the part."""
    if part.kind == "derivative" or terms.symbols(part) != terms.symbols(body):
        return None
    for places in islice(_places(indices, part), MOST):
        same = terms.reindex(body, dict(zip(indices, places, strict=True)))
        if same == part or is_zero(terms.subtract(same, part)):
            return places
    return None


def _places(indices: tuple[int, ...], part: Term) -> Iterator[tuple[Index, ...]]:
    """Indices of the part for those of a fact of the same sizes; of a size of 1 there is one index only."""
    free = sorted(part.free)
    choices: list[list[Any]] = [
        [constant_index(0, ONE_SIZE)] if size_of(v) == ONE_SIZE else [w for w in free if size_of(w) == size_of(v)]
        for v in indices
    ]
    yield from product(*choices)


def _replaced(term: Term, put: Any) -> Term:
    """The term with parts replaced, the outermost first."""
    new = put(term)
    if new is not None:
        return new  # type: ignore[no-any-return]
    args = [_replaced(a, put) if type(a) is Term else a for a in term.args]
    return term if args == list(term.args) else CONSTRUCTORS[term.kind](*args)
