"""A gradient with the parts of its loss under letters, followed backwards.  Nothing here is trusted.

`dL/dA` is a sum over the letters of what stands before their derivatives: their adjoints.  The last letter is replaced
by what its derivative is, which adds to the adjoints of those before it, and so on to the first.  Where the other side
has a letter for an adjoint it is used, so that no adjoint is longer than one layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from symattn.engine import rules
from symattn.engine.normal import is_zero
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.logic import Use
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import Index, size_of, variable
from symattn.kernel.syntax.terms import Letter, Term
from symattn.proof.elaborate.values import Named, Value


@dataclass(frozen=True)
class _Adjoint:
    """What stands before the derivative of a letter, at two places, and the value that it is, if it is one."""

    indices: tuple[int, ...]
    body: Term
    value: Value | None = None
    turned: bool = False

    def at(self, *places: Index) -> Term:
        return terms.reindex(self.body, dict(zip(self.indices, places, strict=True)))


def prove(named: Named, facts: Mapping[Letter, Proof]) -> Proof | None:
    """The conclusion of `named` as one combination of what its letters are."""
    values = {value.letter: value for value in named.values}
    offered = [value for value in named.values if all(value.letter != tangent.of for tangent in named.tangents)]
    adjoints: dict[Letter, _Adjoint] = {}
    premises, uses = list[Proof](), list[Use]()
    for tangent in reversed(named.tangents):
        value = values[tangent.of]  # type: ignore[index]
        adjoint = _named(_arriving(named, value, values, adjoints), offered)
        if adjoint is None:
            continue
        adjoints[value.letter] = adjoint
        for fact, use in _uses(named, tangent, adjoint, facts):
            uses.append((len(premises), *use))
            premises.append(fact)
    return rules.combine(premises, named.conclusion, tuple(uses))


def _arriving(
    named: Named, value: Value, values: Mapping[Letter, Value], adjoints: Mapping[Letter, _Adjoint]
) -> _Adjoint | None:
    """What the loss, and the letters that come later, send back to this one."""
    p, q = (variable(f"arrives {n}", size) for n, size in enumerate(value.letter.sizes))
    parts = []
    if named.loss is not None and value.letter in terms.symbols(named.loss):
        parts.append(terms.derivative(named.loss, value.letter, p, q))
    for letter, adjoint in adjoints.items():
        if value.letter in terms.symbols(values[letter].body):
            at = tuple(variable(f"from {n}", size) for n, size in enumerate(letter.sizes))
            slope = terms.derivative(values[letter].at(*at), value.letter, p, q)
            parts.append(terms.summation(at, terms.multiply(adjoint.at(*at), slope)))
    return _Adjoint((p, q), terms.add(*parts)) if parts else None


def _named(adjoint: _Adjoint | None, offered: Iterable[Value]) -> _Adjoint | None:
    """The adjoint as a letter of the other side, where it is one."""
    if adjoint is None:
        return None
    for value in offered:
        for turned in (False, True):
            places = adjoint.indices[::-1] if turned else adjoint.indices
            if tuple(map(size_of, places)) == value.letter.sizes:
                if is_zero(terms.subtract(adjoint.body, value.at(*places))):
                    return _Adjoint(adjoint.indices, terms.entry(value.letter, *places), value, turned)
    return adjoint


Part = tuple[tuple[tuple[int, Index], ...], tuple[int, ...], Term]
"""A use of a premise: the values of its indices, what is summed over, and the factor."""


def _uses(
    named: Named, tangent: Value, adjoint: _Adjoint, facts: Mapping[Letter, Proof]
) -> Iterable[tuple[Proof, Part]]:
    """The derivative of a letter replaced by what it is, and its adjoint by the letter for that."""
    by = named.conclusion.indices
    p, q = adjoint.indices
    places = tuple(zip(tangent.equation.indices, (p, q, *by), strict=True))
    yield facts[tangent.letter], (places, (p, q), adjoint.body)
    if adjoint.value is not None:
        where = tuple(zip(adjoint.value.equation.indices, (q, p) if adjoint.turned else (p, q), strict=True))
        factor = terms.negative(terms.entry(tangent.letter, p, q, *by))
        yield facts[adjoint.value.letter], (where, (p, q), factor)
