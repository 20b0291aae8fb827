"""Statements that are almost a theorem of the catalogue, and false.

A mutant is made from the tree by one slip: two letters exchanged on one side, a transpose dropped, a term, a sign, a
constant or a bound changed, a fact or a hypothesis dropped, a size one smaller; at last the whole denied.  Numbers must
refute it.  If Rocq proved one with the script of the theorem, a definition or the hypotheses would say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from symattn.errors import SymattnError
from symattn.language import (
    PSD,
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Matrix,
    Not,
    Positive,
    Rank,
    RankAtLeast,
    RankAtMost,
    Size,
    text,
)
from symattn.language.claims.claims import under
from symattn.language.mistakes import mistakes
from symattn.language.shapes.shapes import check
from symattn.language.walk import letters_and_sizes
from symattn.numeric.claims.instances import Instance, outcomes
from symattn.rocq.printing.claims import RocqStatement, statement

__all__ = ["Mutant", "false_mutants", "mutants"]

MOST = 30
"""How many slips are tried in what a theorem says before the rest of it is changed."""

DENIED = "denied"

Change = tuple[str, Any]


@dataclass(frozen=True)
class Mutant:
    """A changed statement: which slip it is, and what it says now."""

    slip: str
    says: Any
    given: tuple[Any, ...]
    instances: tuple[Instance, ...] = ()

    def printed(self, name: str, over: str) -> RocqStatement:
        """The mutant as a statement of Rocq, over the ring of the theorem.

        Raises    SymattnError where sizes no longer fit or a node has no form in Rocq
        """
        check(under(self.given, self.says))
        return statement(name, self.says, self.given, over)


def mutants(theorem: Any) -> Iterator[Mutant]:
    """Every mutant of a theorem, whether it is false or not, the smallest slips first."""
    whole = Mutant("", theorem.says, tuple(theorem.given), tuple(theorem.instances))
    for slip, says in islice(_slips(whole.says), MOST):
        yield replace(whole, slip=slip, says=says)
    yield from _without_facts(whole)
    for place, part in enumerate(whole.given):
        given = (*whole.given[:place], *whole.given[place + 1 :])
        yield replace(whole, slip=f"the hypothesis {text(part)} dropped", given=given, instances=())
    yield from _smaller(whole)
    yield replace(whole, slip=DENIED, says=Not(whole.says))


def false_mutants(theorem: Any) -> Iterator[Mutant]:
    """Those that have a form in Rocq and that exact numbers refute at some sample."""
    for mutant in mutants(theorem):
        try:
            mutant.printed(theorem.name, theorem.over)
        except (SymattnError, TypeError, ValueError):
            continue
        if _is_false(mutant):
            yield mutant


def _is_false(mutant: Mutant) -> bool:
    """Whether a sample refutes it.  That the witness of an `exists` fails refutes nothing: others may do."""
    if mutant.slip == DENIED:
        # the theorem itself refutes it, where its hypotheses are met
        return not mutant.given or any(o.holds for o in outcomes(And(*mutant.given), mutant.instances))
    claim = under(mutant.given, mutant.says)
    for subject in dict.fromkeys([claim, _without_witnesses(claim)]):
        try:
            found = outcomes(subject, mutant.instances)
            if any(o.holds is False and "the witness fails" not in o.detail for o in found):
                return True
        except (SymattnError, TypeError, ValueError, ZeroDivisionError):
            continue
    return False


def _without_witnesses(claim: Any) -> Any:
    return claim.replace(lambda node: isinstance(node, Exists), lambda node: Exists(node.variables, node.claim))


# ---- slips in what a theorem says


def _slips(claim: Any) -> Iterator[Change]:
    """The claim with one slip in it."""
    inner = _PARTS.get(type(claim))
    if inner is None:
        yield from _turned(claim)
        yield from _sides(claim)
        yield from _other_side(claim)
        return
    if isinstance(claim, Exists):
        yield "for all in place of for some", ForAll(claim.variables, claim.claim)
    if isinstance(claim, And) and len(claim.args) > 1:
        for part in claim.args:
            yield f"only {text(part)} left", part
    for place in inner(claim):
        for slip, part in _slips(claim.args[place]):
            yield slip, claim.func(*claim.args[:place], part, *claim.args[place + 1 :])


_PARTS: dict[type, Callable[[Any], tuple[int, ...]]] = {
    And: lambda claim: tuple(range(len(claim.args))),
    Iff: lambda _: (0, 1),
    Implies: lambda _: (1, 0),
    Not: lambda _: (0,),
    ForAll: lambda _: (1,),
    Exists: lambda _: (1,),
}


def _sides(claim: Any) -> Iterator[Change]:
    """One side as somebody would write it who gets one thing wrong."""
    for place, side in enumerate(claim.args):
        try:
            for slip, wrong in mistakes(side) if _written(side) else ():
                yield slip, claim.func(*claim.args[:place], wrong, *claim.args[place + 1 :])
        except (SymattnError, TypeError, ValueError):
            # a rewrite that the sizes refuse: the other side is next
            continue


def _written(side: Any) -> bool:
    return not (isinstance(side, Size | Rank) or side.is_Number)


def _turned(claim: Any) -> Iterator[Change]:
    """The sign, the bound or the direction of a comparison changed."""
    match claim:
        case RankAtMost():
            yield "the bound one smaller", RankAtMost(claim.arg, claim.bound - 1)
            yield "at least in place of at most", RankAtLeast(claim.arg, claim.bound)
        case RankAtLeast():
            yield "the bound one larger", RankAtLeast(claim.arg, claim.bound + 1)
        case AtMost():
            yield "the sides exchanged", AtMost(claim.right, claim.left)
        case PSD() | Positive():
            yield "the sign changed", claim.func(-claim.arg)


def _other_side(claim: Any) -> Iterator[Change]:
    """The sign or a constant changed on the right of an equation."""
    if not isinstance(claim, Equal):
        return
    left, right = claim.args
    if isinstance(left, Rank) or not right.is_Matrix:
        yield "the right side one larger", Equal(left, right + 1)
        return
    yield "the sign of the right side changed", Equal(left, -right)
    yield "the right side doubled", Equal(left, 2 * right)


# ---- slips in what is assumed


def _without_facts(whole: Mutant) -> Iterator[Mutant]:
    letters, _ = letters_and_sizes(under(whole.given, whole.says))
    for letter in letters:
        for fact in sorted(getattr(letter, "facts", ())):
            plain = Matrix(letter.name, *letter.shape, *(letter.facts - {fact}))
            yield _renamed(whole, f"{letter.name} no longer {fact}", {letter: plain})


def _smaller(whole: Mutant) -> Iterator[Mutant]:
    _, sizes = letters_and_sizes(under(whole.given, whole.says))
    for size in sizes:
        if size.minimum:
            smaller = Size(size.name, size.minimum - 1)
            yield _renamed(whole, f"{size.name} one smaller at least", {size: smaller})


def _renamed(whole: Mutant, slip: str, rule: dict[Any, Any]) -> Mutant:
    return Mutant(
        slip,
        whole.says.xreplace(rule),
        tuple(part.xreplace(rule) for part in whole.given),
        tuple({key.xreplace(rule): value.xreplace(rule) for key, value in at.items()} for at in whole.instances),
    )
