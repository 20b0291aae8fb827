"""Monomials: a coefficient, powers, bound indices, factors, and what it is an exp of.  Everything has a name."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, TypeAlias

from symattn.kernel.syntax.letters import Letter, Parameter
from symattn.kernel.syntax.sizes import Index, SizeSymbol, variables_of

Number = int | Fraction
Places = Mapping[int, Index]


class Entry(NamedTuple):
    letter: Letter
    places: tuple[Index, ...]


class Delta(NamedTuple):
    left: Index
    right: Index


class Function(NamedTuple):
    """`log`, `cos`, `sin`, `reciprocal`, or the `determinant` of a matrix in the two indices that it binds."""

    kind: str
    bound: tuple[int, ...]
    inside: tuple[Monomial, ...]


class _Fields(NamedTuple):
    coefficient: Number = 1
    powers: tuple[tuple[Parameter | SizeSymbol, Number], ...] = ()
    bound: tuple[int, ...] = ()
    factors: tuple[Factor, ...] = ()
    exponent: tuple[Monomial, ...] = ()


class Monomial(_Fields):
    """`coefficient * powers * sum over bound of (factors * exp(exponent))`.

    Only positive parameters, and sizes that are at least 1, have other than natural powers.
    """

    @cached_property
    def uses(self) -> frozenset[int]:
        """The variables that its factors and what it is an exp of do not bind."""
        return frozenset(free_in(*self.exponent).union(*map(free_in_factor, self.factors)))

    @cached_property
    def free(self) -> frozenset[int]:
        """The variables that it uses and does not bind."""
        return self.uses.difference(self.bound)

    @cached_property
    def binds(self) -> frozenset[int]:
        """The variables that are bound in it, at any depth."""
        functions = [Monomial(bound=f.bound, exponent=f.inside) for f in self.factors if type(f) is Function]
        return frozenset(self.bound).union(*(m.binds for m in (*self.exponent, *functions)))


Factor: TypeAlias = Entry | Delta | Function
Monomials = list[Monomial]


def free_in(*monomials: Monomial) -> set[int]:
    """The variables that the monomials use and do not bind."""
    return {v for m in monomials for v in m.free}


def free_in_factor(factor: Factor) -> set[int]:
    if type(factor) is Function:
        return free_in(*factor.inside) - set(factor.bound)
    indices: tuple[Index, ...] = factor.places if type(factor) is Entry else factor  # type: ignore[assignment]
    return {v for index in indices for v in variables_of(index)}
