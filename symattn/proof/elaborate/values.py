"""Parts of an equality under letters of their own, so that what is nested deeply is not multiplied out.

`l = r` with parts Y₁, Y₂, … says the same as: for all Y₁, Y₂, …, if each is equal to its part, then `l = r` with the
letters in their places.  A part may have earlier letters in it, so that a stack of layers is as long as it is deep.

A derivative of what such letters stand for is that of the letters, by the chain rule: beside each Y there is the letter
dY of its derivative, `dY = ∂F/∂A + Σ (∂F/∂Yₘ) dYₘ` for the part F, and `dL/dA` is the same sum for the loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import KernelError, LanguageError
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import And, Array, Equation, ForAll, Formula, Implies
from symattn.kernel.syntax.sizes import Index, Size, size_of, variable
from symattn.kernel.syntax.terms import Letter, Term
from symattn.language.calculus import Gradient, Jacobian, Partial
from symattn.language.claims.ranks import counts_ranks
from symattn.language.trees.base import Binder
from symattn.language.walk import nodes_of
from symattn.proof.elaborate.axes import axis_of
from symattn.proof.elaborate.claims import array
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.elaborate.runs import Runs
from symattn.proof.elaborate.sharing import CURVED, FOLLOWED, Sharing

CLOSED = (
    Binder | Gradient | Partial | Jacobian | lang.Member | lang.Determinant | lang.HStack | lang.VStack | sympy.Inverse
)
"""What binds letters, is differentiated by itself, or is made of blocks: no part of such an equality has a letter."""


class _Shortening(Elaborator):
    """Writes letters for parts of which the values are known: for sums anywhere, for functions inside of functions.

    Where it is multiplied out with others a function is written out, so that its derivative looks like it.
    """

    def __init__(self, runs: Runs) -> None:
        super().__init__()
        self.runs = runs
        self.held: dict[Any, tuple[Letter, bool]] = {}
        self.starts: dict[tuple[Any, ...], Any] = {}
        self.inside = False
        self.outer: dict[tuple[Any, ...], Term] = {}
        self.within: dict[tuple[Any, ...], Term] = {}

    def new_letter(self, name: str, sizes: tuple[Size, ...]) -> Letter:
        """A letter that is none of those, and none of the sizes, that the claim is about."""
        while name in self.names:
            name += "'"
        return self.claim_name(name, Letter(name, sizes))  # type: ignore[no-any-return]

    def hold(self, part: Any, letter: Letter) -> None:
        """From here on the part is the letter; also where a longer sum begins with it."""
        for one, turned in ((part, False), (part.T, True)) if part.is_Matrix else ((part, False),):
            self.held[one] = letter, turned
            if isinstance(one, sympy.MatAdd):
                self.starts[one.args] = one

    def entry(self, expr: Any, i: Index, j: Index) -> Term:
        if expr in self.held and (self.inside or not isinstance(expr, CURVED | sympy.Transpose)):
            letter, turned = self.held[expr]
            return terms.entry(letter, *((j, i) if turned else (i, j)))
        if isinstance(expr, sympy.MatAdd) and self.starts:
            lengths = range(len(expr.args) - 1, 1, -1)
            if start := next((n for n in lengths if expr.args[:n] in self.starts), 0):
                parts = self.starts[expr.args[:start]], *expr.args[start:]
                return terms.add(*(self.entry(part, i, j) for part in parts))
        if self.inside or not isinstance(expr, CURVED):
            return super().entry(expr, i, j)
        return self._inside((expr, i, j), lambda: super(_Shortening, self).entry(expr, i, j))

    def product(self, factors: list[Any], i: Index, j: Index) -> Term:
        grouped = self.runs.grouped(factors, self.held)
        return super().product(grouped, i, j) if len(grouped) > 1 else self.entry(grouped[0], i, j)

    def scalar(self, expr: Any) -> Term:
        if expr in self.held and not expr.is_Matrix:
            return terms.entry(self.held[expr][0])
        curved = isinstance(expr, sympy.exp | sympy.log) or (isinstance(expr, sympy.Pow) and expr.exp.is_negative)
        if self.inside or not curved:
            return super().scalar(expr)
        return self._inside((expr,), lambda: super(_Shortening, self).scalar(expr))

    def _inside(self, key: tuple[Any, ...], make: Callable[[], Term]) -> Term:
        """What a function is outside of any other, made once."""
        if key not in self.outer:
            known, self.known, self.inside = self.known, self.within, True
            self.outer[key] = make()
            self.known, self.inside = known, False
        return self.outer[key]


@dataclass(frozen=True)
class Value:
    """A letter and what it is equal to, entry by entry, and whether it is for more than one use of it.

    For a derivative, `of` is the letter that is differentiated.
    """

    letter: Letter
    equation: Equation
    of: Letter | None = None
    shared: bool = True

    @property
    def body(self) -> Term:
        return self.equation.right

    def at(self, *places: Index) -> Term:
        """What stands for the entry at these places."""
        return terms.reindex(self.body, dict(zip(self.equation.indices, places, strict=True)))


@dataclass(frozen=True)
class Named:
    """An equality with parts under letters, earlier ones first, and the loss whose derivative it is about, if any."""

    values: tuple[Value, ...]
    tangents: tuple[Value, ...]
    conclusion: Equation
    loss: Term | None = None

    @cached_property
    def definitions(self) -> tuple[Value, ...]:
        return (*self.values, *self.tangents)

    @cached_property
    def hypothesis(self) -> And:
        return And(tuple(value.equation for value in self.definitions))

    @cached_property
    def formula(self) -> Formula:
        letters = tuple(value.letter for value in self.definitions)
        return ForAll(letters, Implies(self.hypothesis, self.conclusion))


@lru_cache(maxsize=256)
def named(claim: Any) -> Named | None:
    """The claim with letters for what it uses more than once; None where it is no equality, or has no such parts.

    The same claim has the same letters, whatever was elaborated before.
    """
    if not isinstance(claim, lang.Equal) or not _is_open(claim):
        return None
    left = claim.args[0]
    differentiated = isinstance(left, Gradient | Partial)
    sharing = Sharing(claim.args, runs_of=(left.loss,) if differentiated else None)
    if not sharing.is_large or not sharing.parts:
        return None
    try:
        return _named(claim, sharing)
    except (KernelError, LanguageError):  # whoever elaborates the claim itself says what is wrong
        return None


def _named(claim: Any, sharing: Sharing) -> Named:
    e = _Shortening(sharing.runs)
    for letter in lang.letters_of(claim):
        e.symbol(letter)
    for size in lang.sizes_of(claim):
        e.size(size)
    left, right = claim.args
    differentiated = isinstance(left, Gradient | Partial)
    if differentiated:
        runs = set(sharing.runs)
        followed = [part for part in sharing.parts if part in runs or isinstance(part, FOLLOWED)]
        return _differentiated(e, tuple(_value(e, part, number) for number, part in enumerate(followed)), left, right)
    parts = sharing.parts_and_sums.items()
    values = tuple(_value(e, part, number, shared) for number, (part, shared) in enumerate(parts))
    said = _equation(e, left, right)
    return Named(_behind(values, said.left, said.right), (), said)


def _is_open(claim: Any) -> bool:
    """Whether nothing in it binds letters or is made of blocks, and only the whole left side is a derivative."""
    left, right = claim.args
    inside = [left.loss, right] if isinstance(left, Gradient | Partial) else [left, right]
    if any(map(counts_ranks, claim.args)) or any(True for _ in nodes_of(*inside, kinds=CLOSED)):
        return False
    return not any(axis_of(side, k) for side in claim.args if side.is_Matrix for k in (0, 1))


def _indices(word: str, sizes: Sequence[Any]) -> tuple[int, ...]:
    return tuple(variable(f"{word}{k}", size) for k, size in enumerate(sizes))


def _value(e: _Shortening, part: Any, number: int, shared: bool = True) -> Value:
    whole = array(e, part) if part.is_Matrix else Array((), e.scalar(part))
    letter = e.new_letter(f"value {number}", e.shape(part) if part.is_Matrix else ())
    e.hold(part, letter)
    return Value(letter, Equation(whole.indices, terms.entry(letter, *whole.indices), whole.body), shared=shared)


def _equation(e: _Shortening, left: Any, right: Any) -> Equation:
    if not left.is_Matrix:
        return Equation((), e.scalar(left), e.scalar(right))
    i, j = (variable(name, size) for name, size in zip("ij", e.shape(left), strict=True))
    return Equation((i, j), e.entry(left, i, j), e.entry(right, i, j))


def _differentiated(e: _Shortening, values: tuple[Value, ...], node: Any, right: Any) -> Named:
    target = e.symbol(node.variable)
    loss = e.scalar(node.loss)
    places = _indices("by", getattr(target, "sizes", ()))
    tangents: dict[Letter, Value] = {}
    for value in _behind(values, loss):
        if _depends(value.body, target, tangents):
            indices = value.equation.indices
            letter = e.new_letter(f"d {value.letter.name}", (*value.letter.sizes, *map(size_of, places)))
            whole = total_derivative(value.body, target, places, tangents.values())
            said = Equation((*indices, *places), terms.entry(letter, *indices, *places), whole)
            tangents[value.letter] = Value(letter, said, value.letter)
    said = _gradient(e, node, right, loss, target, tangents)
    return Named(_behind(values, loss, said.right), tuple(tangents.values()), said, loss)


def _gradient(
    e: _Shortening, node: Any, right: Any, loss: Term, target: Any, tangents: dict[Letter, Value]
) -> Equation:
    if not node.is_Matrix:
        return Equation((), total_derivative(loss, target, (), tangents.values()), e.scalar(right))
    i, j = (variable(name, size) for name, size in zip("ij", e.shape(node), strict=True))
    return Equation((i, j), total_derivative(loss, target, (i, j), tangents.values()), e.entry(right, i, j))


def _behind(values: tuple[Value, ...], *what: Term) -> tuple[Value, ...]:
    """The values of which these are made, earlier ones first."""
    used, found = set(terms.symbols(*what)), list[Value]()
    for value in reversed(values):
        if value.letter in used:
            used |= terms.symbols(value.body)
            found.append(value)
    return tuple(found[::-1])


def _depends(body: Term, target: Any, tangents: dict[Letter, Value]) -> bool:
    return not terms.symbols(body).isdisjoint({target, *tangents})


def total_derivative(body: Term, target: Any, places: tuple[int, ...], tangents: Iterable[Value]) -> Term:
    """`∂F/∂A + Σ (∂F/∂Yₘ) dYₘ` for the letters Yₘ that are in F."""
    used = terms.symbols(body)
    parts = [terms.derivative(body, target, *places)] if target in used else []
    for tangent in tangents:
        if tangent.of in used:
            at = _indices("through", tangent.of.sizes)  # type: ignore[union-attr]
            slope = terms.derivative(body, tangent.of, *at)  # type: ignore[arg-type]
            parts.append(terms.summation(at, terms.multiply(slope, terms.entry(tangent.letter, *at, *places))))
    return terms.add(*parts) if parts else terms.number(0)
