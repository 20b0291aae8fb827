"""What is 0 or 1 inside of a function: f(.. z ..) = (1 - z) f(.. 0 ..) + z f(.. 1 ..), as facts for `unfolding`.

z is a delta, a comparison of places, an entry of a mask or of a permutation, or what a fact says to be its own square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.errors import KernelError
from symattn.kernel.plain.laws import FUNCTIONS, function
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.sizes import Variable, variable_name
from symattn.kernel.syntax.terms import Parameter, Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.equations.back_to_terms import term_of_poly
from symattn.proof.search.equations.derived import identity, use

MOST = 6
"""How many of them are offered."""
ZERO_OR_ONE = frozenset({"delta", "before", "entry"})
"""What may be 0 or 1: an entry only of a mask, of a permutation, or where a fact says so."""
HOLE = Parameter("0 or 1")


def by_cases(e: Elaborator, goal: Equation, facts: Sequence[Proof]) -> list[Proof]:
    """One fact for each function in the goal and each thing in it that is 0 or 1."""
    return list(islice(_found(e, goal, facts), MOST))


def _found(e: Elaborator, goal: Equation, facts: Sequence[Proof]) -> Iterator[Proof]:
    for written in dict.fromkeys(terms.walk(goal.left, goal.right)):
        if written.kind not in FUNCTIONS or not any(_may_be(z, facts) for z in terms.walk(*written.below)):
            continue
        # what is summed with a delta shows its index once the sum is taken
        whole = function(written.kind, term_of_poly(normal(written.below[0]), e.fresh))
        for z in dict.fromkeys(terms.walk(*whole.below)):
            if z.kind in ZERO_OR_ONE and z.free <= whole.free:
                premise = _own_square(z, facts)
                if premise is not None:
                    indices = tuple(sorted(whole.free, key=variable_name))
                    yield rules.cases((premise,), indices, _holed(whole, z), HOLE)


def _may_be(z: Term, facts: Sequence[Proof]) -> bool:
    """Whether it is worth while to look if this is 0 or 1."""
    if z.kind == "entry":
        return bool(facts) or bool(z.args[0].known & {"mask", "permutation"})
    return z.kind in ZERO_OR_ONE


def _own_square(z: Term, facts: Sequence[Proof]) -> Proof | None:
    goal = Equation(tuple(sorted(z.free, key=variable_name)), terms.multiply(z, z), z)
    if (sure := identity(goal)) is not None:
        return sure
    for fact in facts:
        said = fact.conclusion
        if isinstance(said, Equation) and said.right.kind == z.kind == "entry" and said.right.args[0] == z.args[0]:
            places = dict(zip(said.right.args[1:], z.args[1:], strict=True))
            if all(type(v) is Variable for v in places) and {*places} == {*said.indices}:
                try:
                    return rules.combine((fact,), goal, (use(0, said.indices, [places[v] for v in said.indices]),))
                except KernelError:
                    continue
    return None


def _holed(term: Term, z: Term) -> Term:
    """The term with the parameter wherever z was."""
    if term is z:
        return terms.parameter(HOLE)
    return terms.rebuild(term, lambda part: _holed(part, z)) if term.below else term
