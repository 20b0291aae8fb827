"""Functions of states by states of their own: sums of f(X[l + 1]) - f(X[l]) telescope as those of X[l + 1] - X[l] do.

What is proved of a family Z in the place of f(X[l]), for every Z, is then said of these.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.language.walk import nodes_of
from symattn.proof.attempts.case import Case, begun
from symattn.proof.elaborate.claims import of_members
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.search import worded
from symattn.proof.verdict import Verdict

FUNCTIONS = (
    lang.Softmax,
    lang.ElementwiseExp,
    lang.ElementwiseLog,
    lang.ElementwiseCos,
    lang.ElementwiseSin,
    lang.Reciprocal,
    sympy.exp,
    sympy.log,
    sympy.cos,
    sympy.sin,
)
"""What the search does not multiply out."""


def with_states_of_functions(case: Case) -> Verdict | None:
    """A proof with a family for each function of a state that occurs at two places or more."""
    if case.using:
        return None
    short, families = _named(case.claim)
    if not families:
        return None
    b = begun(short, case.given, case.hints)
    symbols = [b.e.symbol(Z) for Z in families]
    every = rules.generalise((b.proof(b.known),), tuple(symbols))
    values = (of_members(Elaborator(), stack) for stack in families.values())
    return case.proved(worded(rules.specialise((every,), tuple(zip(symbols, values, strict=True))), case.begun.goal))


def _named(claim: Any) -> tuple[Any, dict[Any, Any]]:
    """The claim with families for functions of states, and of what members these consist."""
    places = dict[Any, dict[Any, Any]]()
    for node in nodes_of(claim, kinds=FUNCTIONS, outermost=True):
        if (found := _of_a_state(node)) is not None:
            stack, place = found
            places.setdefault(stack, {})[node] = place
    taken = {letter.name for letter in lang.letters_of(claim, bound_too=True)}
    fresh = (name for k in count(1) if (name := f"Z{k}") not in taken)
    short, families = dict[Any, Any](), dict[Any, Any]()
    for stack, at in places.items():
        if len(at) > 1:
            Z = lang.family(next(fresh), stack.head.size, *stack.expr.shape)
            families[Z] = stack
            short |= {node: Z[place] if node.is_Matrix else lang.total(Z[place]) for node, place in at.items()}
    return _put(claim, short), families


def _put(node: Any, short: dict[Any, Any]) -> Any:
    """The node with these parts replaced, those in which places are bound too: they stay bound."""
    if node in short or not node.args:
        return short.get(node, node)
    args = [_put(arg, short) for arg in node.args]
    return node if args == list(node.args) else node.func(*args)


def _of_a_state(node: Any) -> tuple[Any, Any] | None:
    """What is made of each state, and of which state it is made here; None where it is not made of one alone."""
    members = [*nodes_of(node, kinds=lang.Member)]
    if len({(member.head, member.family.heads) for member in members}) != 1:
        return None
    place, h = members[0].head, lang.index("h", members[0].family.heads)
    every = node.xreplace({member: member.family[h] for member in members})
    if any(head != h for head in nodes_of(every, kinds=lang.HeadIndex)):
        return None
    return lang.stack_heads(every if every.is_Matrix else every * lang.ones(1, 1), h), place
