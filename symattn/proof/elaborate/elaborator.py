"""From SymPy expressions to the terms of the kernel.  `claims` does the same for claims.

Every shape is checked on the way, whatever SymPy accepted.  The entry (i, j) of an expression becomes a term: a product
sums over its inner index, a transpose swaps, a softmax is `exp(S_ij) / sum_l exp(S_il)`.  An axis made of blocks or of
heads is summed block by block.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import count, pairwise, product as combinations
from math import prod
from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import KernelError, LanguageError, ShapeError, layout
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import (
    ONE_SIZE,
    Index,
    Size,
    constant_index,
    constant_size,
    pair_index,
    part_index,
    place,
    size_of,
    surplus,
    symbol_size,
    variable,
)
from symattn.kernel.syntax.terms import Letter, Parameter, Term
from symattn.language.walk import nearest
from symattn.proof.elaborate.axes import Axis, Blocks, Heads, axis_of, meeting

Place = tuple[tuple[int, ...], Index]
"""Variables to sum over, and the index made of them."""


NUMBERS: tuple[dict[str, bool], ...] = ({"real": True}, {"positive": True}, {})
"""What may be assumed of a number that is a letter."""
WRITTEN_OUT = 4
"""The largest size, a number, whose places are written out one by one."""
SUMMANDS = 256
"""More of them are not written out for one product."""


class Elaborator:
    """One statement's names: letters, sizes, bound heads, and fresh index variables in a fixed order.

    Statements that belong together share `names`; each has its own index variables, so that the same claim is always
    elaborated to the same terms.  With `written_out` there are no sums and no equations over sizes that are small
    numbers, but summands and equations.
    """

    def __init__(self, names: dict[str, Any] | None = None, prefix: str = "l", *, written_out: bool = False) -> None:
        self.written_out = written_out
        self.count = 0
        self.depth = 0
        self.prefix = prefix
        self.names: dict[str, Any] = {} if names is None else names
        self.heads: dict[Any, Index] = {}
        self.known: dict[tuple, Term] = {}
        self.measured: dict[Any, Size] = {}
        self.shapes: dict[Any, tuple[Size, Size]] = {}
        self.letters: dict[Any, Letter] = {}
        self.parameters: dict[Any, Parameter] = {}

    # ---- names -------------------------------------------------------------------------------------------------

    def fresh(self, size: Size) -> int:
        self.count += 1
        return variable(f"{self.prefix}{self.count}", size)

    def bound(self, size: Size) -> int:
        """A variable for a sum, named by how many are in use around it: equal sums side by side become one term."""
        self.depth += 1
        return variable(f"{self.prefix}_{self.depth}", size)

    def claim_name(self, name: str, meaning: Any) -> Any:
        if self.names.setdefault(name, meaning) != meaning:
            pairs = [(name, _described(self.names[name])), (name, _described(meaning))]
            raise LanguageError(layout(f"two things are called {name}", pairs, "give one of them another name"))
        return meaning

    def size(self, expr: Any) -> Size:
        """A size of SymPy as a polynomial with natural coefficients."""
        if expr not in self.measured:
            if not isinstance(expr, sympy.Expr):
                raise LanguageError(f"{expr} is not a size: sizes are whole numbers and made by sizes('n m')")
            self.measured[expr] = self._size(expr)
        return self.measured[expr]

    def _size(self, expr: Any) -> Size:
        if isinstance(expr, sympy.Symbol):
            return self._symbol_size(expr)
        if isinstance(expr, sympy.Integer) and expr >= 0:
            return constant_size(int(expr))
        expr = sympy.expand(expr)
        total = constant_size(0)
        for part in sympy.Add.make_args(expr):
            product = constant_size(1)
            for factor in sympy.Mul.make_args(part):
                base, exponent = factor.as_base_exp()
                if factor.is_Integer and factor >= 0:
                    product = product * constant_size(int(factor))
                elif isinstance(base, sympy.Symbol) and exponent.is_Integer and exponent > 0:
                    for _ in range(int(exponent)):
                        product = product * self._symbol_size(base)
                else:
                    raise LanguageError(
                        f"{lang.text(expr)} is not a size here: sizes are sums and products of size symbols;"
                        " write m + 1 for n, not n - 1"
                    )
            total = total + product
        return total

    def _symbol_size(self, symbol: Any) -> Size:
        if isinstance(symbol, lang.Size):
            minimum = symbol.minimum
        elif symbol.is_integer and symbol.is_nonnegative:
            minimum = 1 if symbol.is_positive else 0
        else:
            raise LanguageError(f"{symbol} is not a size: make it with sizes('{symbol}')")
        return self.claim_name(symbol.name, symbol_size(symbol.name, minimum))

    def letter(self, symbol: Any) -> Letter:
        if symbol not in self.letters:
            self.letters[symbol] = self._letter(symbol.family if isinstance(symbol, lang.Member) else symbol)
        return self.letters[symbol]

    def _letter(self, symbol: Any) -> Letter:
        if isinstance(symbol, lang.Family):
            sizes = (self.size(symbol.heads), *map(self.size, symbol.shape))
        else:
            sizes = tuple(map(self.size, symbol.shape))
        try:
            letter = Letter(symbol.name, sizes, getattr(symbol, "facts", frozenset()))
        except KernelError as error:  # facts that nothing has together
            raise LanguageError(f"{symbol.name} cannot be declared so: {error}") from None
        return self.claim_name(symbol.name, letter)

    def unused(self, word: str) -> str:
        """A name for a letter of the proof's own that nothing in the statement has."""
        self.count = next(k for k in count(self.count + 1) if f"{word}{k}" not in self.names)
        return f"{word}{self.count}"

    def parameter(self, symbol: Any) -> Parameter:
        if symbol not in self.parameters:
            self.parameters[symbol] = self._parameter(symbol)
        return self.parameters[symbol]

    def _parameter(self, symbol: Any) -> Parameter:
        name = symbol.name
        known = [kind(name, **said) for kind in (lang.Scalar, sympy.Symbol) for said in NUMBERS]
        if symbol not in known:
            raise LanguageError(f"{name} is not just a real or a positive number: make it with scalar('{name}')")
        return self.claim_name(symbol.name, Parameter(symbol.name, bool(symbol.is_positive)))

    def symbol(self, symbol: Any) -> Letter | Parameter:
        return self.parameter(symbol) if isinstance(symbol, sympy.Symbol) else self.letter(symbol)

    def head_index(self, head: Any, heads: Size) -> Index:
        if isinstance(head, lang.Pair):
            groups, members = self.size(head.args[2]), self.size(head.args[3])
            group, member = self.head_index(head.g, groups), self.head_index(head.r, members)
            if (size_of(group), size_of(member)) != (groups, members):
                raise LanguageError(f"{lang.text(head)} is not out of {groups} groups of {members}")
            return pair_index(group, member)
        one, steps = lang.place_of(head)
        if one is None and steps.is_Integer:
            return constant_index(int(steps), heads)
        before, inner = self.size(steps), self._bound_head(one)
        after = surplus(heads, before + size_of(inner))
        if after is None:
            raise LanguageError(f"{lang.text(head)} may be none of {heads} places, which are counted from 0")
        return place(before, inner, after)

    def _bound_head(self, head: Any) -> Index:
        """The index of a head; for none the only place of a size 1."""
        if head is not None and head not in self.heads:
            binders = "sum_heads, concat_heads, stack_heads and ForAll"
            raise LanguageError(f"the head {head} is not bound: {binders} bind it")
        return zero_index() if head is None else self.heads[head]

    # ---- axes --------------------------------------------------------------------------------------------------

    def places(self, size: Size, axis: Axis) -> list[Place]:
        """The indices of an axis, one for each block, over variables that nothing around here uses."""
        if self.is_written_out(size):
            return [((), constant_index(place, size)) for place in range(size.constant or 0)]
        if isinstance(axis, Blocks):
            sizes = tuple(self.size(w) for w, _ in axis.parts)
            return [
                (bound, part_index(sizes, which, inner))
                for which, (_, below) in enumerate(axis.parts)
                for bound, inner in self.places(sizes[which], below)
            ]
        if isinstance(axis, Heads):
            outer = self.bound(self.size(axis.count))
            return [
                ((outer, *bound), pair_index(outer, inner))
                for bound, inner in self.places(self.size(axis.width), axis.below)
            ]
        bound = self.bound(size)
        return [((bound,), bound)]

    def is_written_out(self, size: Size) -> bool:
        return self.written_out and size.constant is not None and 2 <= size.constant <= WRITTEN_OUT

    def sum_over(self, size: Size, axis: Axis, body: Callable[[Index], Term]) -> Term:
        around = self.depth
        summands = [terms.summation(bound, body(index)) for bound, index in self.places(size, axis)]
        self.depth = around
        return terms.add(*summands)

    def sum_of_entries(self, expr: Any) -> Term:
        """One sum over rows and columns, which is cheaper than a sum of sums."""
        around = self.depth
        rows, cols = (self.places(size, axis_of(expr, side)) for side, size in enumerate(self.shape(expr)))
        summands = [terms.summation((*p[0], *q[0]), self.entry(expr, p[1], q[1])) for p, q in combinations(rows, cols)]
        self.depth = around
        return terms.add(*summands)

    # ---- matrices ----------------------------------------------------------------------------------------------

    def shape(self, expr: Any) -> tuple[Size, Size]:
        if expr not in self.shapes:
            rows, cols = expr.shape
            self.shapes[expr] = self.size(rows), self.size(cols)
        return self.shapes[expr]

    def entry(self, expr: Any, i: Index, j: Index) -> Term:
        """The entry (i, j) of a matrix expression."""
        key = (expr, i, j, tuple(self.heads.items()))
        if key not in self.known:
            shape = self.shape(expr)
            if (size_of(i), size_of(j)) != shape:
                raise ShapeError(
                    f"{lang.text(expr)} is {shape[0]}×{shape[1]}, used where {size_of(i)}×{size_of(j)} is needed"
                )
            self.known[key] = _rule(ENTRIES, expr)(self, expr, i, j)
        return self.known[key]

    def normaliser(self, expr: Any, i: Index, make: Callable[[], Term]) -> Term:
        """What all entries of row i of a softmax are divided by, made once."""
        key = (expr, i, tuple(self.heads.items()))
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def product(self, factors: list[Any], i: Index, j: Index) -> Term:
        """One sum over all inner indices of a product, so that a long chain stays flat."""
        inner, around = [], self.depth
        for left, right in pairwise(factors):
            if self.shape(left)[1] != self.shape(right)[0]:
                raise ShapeError(_mismatch(left, right))
            inner.append(self.places(self.shape(left)[1], meeting(axis_of(left, 1), axis_of(right, 0))))
        if self.written_out and prod(map(len, inner)) > SUMMANDS:
            raise KernelError(f"a product has more than {SUMMANDS} summands")
        summands = []
        for choice in combinations(*inner):
            indices = [i, *(index for _, index in choice), j]
            entries = [self.entry(f, a, b) for f, a, b in zip(factors, indices[:-1], indices[1:], strict=True)]
            summands.append(terms.summation([v for bound, _ in choice for v in bound], terms.multiply(*entries)))
        self.depth = around
        return terms.add(*summands)

    # ---- scalars -----------------------------------------------------------------------------------------------

    def scalar(self, expr: Any) -> Term:
        """A scalar expression, or a 1×1 matrix."""
        if getattr(expr, "is_Matrix", False):
            if self.shape(expr) != (ONE_SIZE, ONE_SIZE):
                raise ShapeError(
                    f"{lang.text(expr)} is {expr.shape[0]}×{expr.shape[1]}; a scalar or a 1×1 matrix is needed"
                )
            zero = constant_index(0, ONE_SIZE)
            return self.entry(expr, zero, zero)
        return _rule(SCALARS, expr)(self, expr)

    def bind_head(self, head: Any, index: Index, body: Callable[[], Term]) -> Term:
        before = dict(self.heads)
        self.heads[head] = index
        try:
            return body()
        finally:
            self.heads = before


def _described(meaning: Any) -> str:
    if isinstance(meaning, Letter):
        facts = "".join(f", {fact}" for fact in sorted(meaning.facts))
        return "×".join(map(str, meaning.sizes)) + facts
    if isinstance(meaning, Size):
        return f"a size of at least {meaning.minimum}"
    return "a positive number" if meaning.positive else "a number"


def _mismatch(left: Any, right: Any) -> str:
    text = lang.text
    return (
        f"cannot multiply\n    {text(left)} : {text(left.shape[0])}×{text(left.shape[1])}\n"
        f"    {text(right)} : {text(right.shape[0])}×{text(right.shape[1])}\n"
        f"  the inner sizes differ: {text(left.shape[1])} ≠ {text(right.shape[0])}"
    )


Rule = Callable[[Elaborator, Any, Index, Index], Term]
ENTRIES: dict[type, Rule] = {}
SCALARS: dict[type, Callable[[Elaborator, Any], Term]] = {}


def _rule(table: dict[type, Callable], expr: Any) -> Callable:
    """The rule of a node, or of the nearest class that it comes from, which is then remembered as its own."""
    kind = type(expr)
    if kind not in table:
        rule = nearest(table, kind)
        if rule is None:
            raise LanguageError(f"{kind.__name__} is not in the language: {lang.text(expr)}")
        table[kind] = rule
    return table[kind]


def matrix_rule(*kinds: type) -> Callable:
    """Makes the function the rule of these nodes, which are matrices."""
    return partial(_register, ENTRIES, kinds)


def scalar_rule(*kinds: type) -> Callable:
    """Makes the function the rule of these nodes, which are numbers."""
    return partial(_register, SCALARS, kinds)


def _register(table: dict[type, Callable], kinds: tuple[type, ...], function: Callable) -> Callable:
    table.update(dict.fromkeys(kinds, function))
    return function


def rational(value: Any) -> Term:
    return terms.number(Fraction(int(value.p), int(value.q)))


def zero_index() -> Index:
    return constant_index(0, ONE_SIZE)
