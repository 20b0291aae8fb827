"""What holds of every number and every sum that a statement mentions.  `decide` adds it when all else fails.

x x (1/x) = x, where 1/0 = 0;  exp(x) >= 1 + x;  and a sum over n + m as a sum over n and one over m, where a matrix in
the statement is cut like that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from symattn.engine import rules
from symattn.engine.derived import cancelled, overturned, undone
from symattn.errors import KernelError
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, Formula, NonNegative, terms_of
from symattn.kernel.syntax.sizes import Size, size_of
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.by_blocks import splits_in

CONDITIONAL = {"reciprocal": (cancelled,), "log": (undone, overturned)}


def facts(e: Elaborator, formulas: Iterable[Formula]) -> Iterator[Proof]:
    """One theorem for each reciprocal of what may vanish, each exponential, and each sum that is cut elsewhere."""
    formulas = list(formulas)
    roots = [t for f in formulas for t in terms_of(f)]
    order = {v: at for at, v in enumerate(v for f in formulas for v in getattr(f, "indices", ()))}
    splits = splits_in(roots)
    for term in dict.fromkeys(terms.walk(*roots)):
        if term.kind == "exp":
            (inside,) = term.below
            yield rules.tangent((), _indices(inside, order), inside)
        elif term.kind == "reciprocal" and not visibly_positive(inside := term.below[0]):
            for x, over in ((inside, term), (term, terms.reciprocal(term))):
                yield rules.regular((), Equation(_indices(x, order), terms.multiply(x, x, over), x))
        elif term.kind == "sum":
            yield from _cut(e, term, splits, order)


def cut_sums(e: Elaborator, formulas: Iterable[Formula]) -> Iterator[Proof]:
    """Each sum over a size that is cut elsewhere is the sum of its parts."""
    yield from (fact for fact in facts(e, formulas) if fact.rule == "split")


def conditional(
    e: Elaborator, formulas: Iterable[Formula], prove: Callable[[NonNegative], Proof | None]
) -> Iterator[Proof]:
    """x (1/x) = 1, and exp(log x) = x and exp(-log x) = 1/x, wherever x > 0 is proved though it is not seen."""
    formulas = list(formulas)
    order = {v: at for at, v in enumerate(v for f in formulas for v in getattr(f, "indices", ()))}
    for term in dict.fromkeys(terms.walk(*(t for f in formulas for t in terms_of(f)))):
        if term.kind in CONDITIONAL and not visibly_positive(x := term.below[0]):
            bound = prove(NonNegative(_indices(x, order), x, True))
            if bound is not None:
                yield from (rule((bound,)) for rule in CONDITIONAL[term.kind])


def _cut(e: Elaborator, term: Term, splits: list[tuple[Size, ...]], order: dict[int, int]) -> Iterator[Proof]:
    bound, body = term.args
    for v in bound:
        for sizes in splits:
            if sum(sizes[1:], sizes[0]) == size_of(v):
                inner = terms.summation([w for w in bound if w != v], body)
                try:
                    yield rules.split((), _indices(term, order), inner, v, tuple(e.fresh(size) for size in sizes))
                except KernelError:
                    continue


def _indices(term: Term, order: dict[int, int]) -> tuple[int, ...]:
    """The free variables, as the statement orders them, so that a fact can be compared with it."""
    return tuple(sorted(term.free, key=lambda v: (order.get(v, len(order)), v)))
