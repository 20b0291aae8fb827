"""The walk over a formula, in any arithmetic.

One pass over the SymPy tree, each subexpression once.  The walk keeps its own stack, so that a product of hundreds of
factors or three hundred nested brackets are no deeper for Python than one.  What a node means: `rules_…`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import GeneratorType
from typing import Any

import numpy as np
from sympy import Basic, Expr

from symattn.errors import LanguageError
from symattn.language import Family, Gradient, Jacobian, Partial, text
from symattn.language.shapes.shapes import check
from symattn.language.walk import nodes_of
from symattn.numeric.arithmetic import Arithmetic, Array, OneByOne, Value
from symattn.numeric.derivatives.adjoint import Adjoints, Traced
from symattn.numeric.derivatives.dual import Dual, Tangents
from symattn.numeric.evaluation.environment import Heads, Steps
from symattn.numeric.evaluation.lookup import rule_for
from symattn.numeric.evaluation.occurrences import Occurrences
from symattn.numeric.evaluation.stacks import Stacked, stack_of
from symattn.numeric.samples.samples import Sample
from symattn.numeric.shapes import whole_size


class Walk:
    """The values of expressions at one sample, in one arithmetic, kept for the next question.

    `bound` gives letters a value of this arithmetic in place of the sample's: witnesses, test values, substitutions.
    `count` is how many values there are side by side: of letters, or modulo several primes.
    """

    def __init__(self, sample: Sample, arithmetic: Arithmetic, bound: Mapping[Any, Value] | None = None) -> None:
        self.sample = sample
        self.arithmetic = arithmetic
        self.bound = dict(bound or {})
        self.count: int = getattr(arithmetic, "count", 1)
        self._around: tuple[Walk, Occurrences] | None = None
        self._occurrences: dict[frozenset[Any], Occurrences] = {}
        self._known: dict[tuple[Basic, Heads], Value] = {}
        self._letters: dict[Any, Value] = {}
        self._forward: dict[Any, Walk] = {}
        self._backward: Walk | None = None
        self._gradients: dict[tuple[Basic, Heads], Callable[[Traced], Value | None]] = {}

    def value(self, expr: Basic, heads: Heads = ()) -> Value:
        """The value of an expression, with `heads` the numbers of the heads that are bound around it."""
        stack: list[tuple[tuple[Basic, Heads], Steps]] = []
        wanted = expr, heads
        while True:
            answer = self._known.get(wanted)
            if answer is None and self._around is not None and not self._around[1].within(wanted[0]):
                answer = self._known[wanted] = self._around[0].value(*wanted)
            if answer is None:
                steps = rule_for(wanted[0])(self, *wanted)
                if isinstance(steps, GeneratorType):
                    stack.append((wanted, steps))
                else:
                    answer = self._known[wanted] = steps
            # Hand the answer to the rule that asked for it (None starts a new rule) until one asks for more.
            while stack:
                try:
                    wanted = stack[-1][1].send(answer)
                    break
                except StopIteration as done:
                    answer = self._known[stack.pop()[0]] = done.value
            else:
                return answer

    def inside(self, values: Mapping[Any, Value]) -> Walk:
        """A walk in which letters have these values; what has none of them in it is this walk's own."""
        return self._further(values, self.arithmetic, self.count)

    def inside_stack(self, values: Mapping[Any, Sequence[Array]]) -> Walk:
        """The same for several values of each letter, as arrays: what it evaluates to has them on a leading axis."""
        stacks = {letter: stack_of(entries) for letter, entries in values.items()}
        lifted = {letter: self.lift(letter, stack, axis=1) for letter, stack in stacks.items()}
        return self._further(lifted, Stacked(self.arithmetic), len(next(iter(stacks.values()))))

    def _further(self, values: Mapping[Any, Value], arithmetic: Arithmetic, count: int) -> Walk:
        walk = Walk(self.sample, arithmetic, {**self.bound, **values})
        letters = frozenset(values)
        walk._around = self, self._occurrences.setdefault(letters, Occurrences(letters))
        walk._letters, walk.count = self._letters, count
        return walk

    def assume(self, expr: Any, value: Value) -> None:
        """Take a value for an expression as known."""
        self._known[expr, ()] = value

    def size(self, expr: Any) -> int:
        return whole_size(expr, self.sample.sizes)

    def number(self, number: Any) -> Value:
        return self.arithmetic.lift(np.array([[number]], dtype=object))

    def letter(self, letter: Any) -> Value:
        """The value of a letter; of a family, one value for each head."""
        if letter in self.bound:
            return self.bound[letter]
        if letter not in self._letters:
            if letter not in self.sample.values:
                raise LanguageError(f"the sample gives no value to {text(letter)}")
            self._letters[letter] = self.lift(letter, np.asarray(self.sample.values[letter]))
        return self._letters[letter]

    def lift(self, letter: Any, entries: Array, *, axis: int = 0) -> Value:
        """Given entries as the value of a letter; `axis` is that of the members of a family."""
        if isinstance(letter, Family):
            return tuple(self.arithmetic.lift(member) for member in np.moveaxis(entries, axis, 0))
        return self.arithmetic.lift(entries if entries.ndim else entries.reshape(1, 1))

    def inverse(self, letter: Any) -> Value:
        """The inverse of a letter: the sample's own, which is exact, or else computed."""
        if letter not in self.bound and letter in self.sample.inverses:
            known = self.arithmetic.lift(self.sample.inverses[letter])
            solved = getattr(self.arithmetic, "solved", None)  # what somebody else loses on the way
            return known if solved is None else solved(self.letter(letter), known)
        return self.arithmetic.inverse(self.letter(letter))

    def tangents(self, expr: Basic, variable: Any, heads: Heads) -> Dual:
        """The value of `expr` with its tangents in the direction of every entry of the letter `variable`."""
        if variable not in self._forward:
            tangents = Tangents(self.arithmetic)
            seed = tangents.seed(self.letter(variable))
            self._forward[variable] = self._inner(tangents, Dual, {variable: seed})
        return self._forward[variable].value(expr, heads)

    def gradient(self, loss: Basic, variable: Any, heads: Heads) -> Value | None:
        """The derivative of a 1×1 loss by a letter, laid out as the letter is; None where it does not depend on it.

        Backwards, or forwards where the loss has a derivative inside: that one is then taken backwards.
        """
        if any(True for _ in nodes_of(loss, kinds=(Gradient, Partial, Jacobian))):
            tangent = self.tangents(loss, variable, heads).tangent
            shape = self.arithmetic.shape(self.letter(variable))
            return None if tangent is None else self.arithmetic.rearrange(lambda a: a.reshape(shape), [tangent])
        adjoints = Adjoints(self.arithmetic)
        inner = self._backward = self._backward or self._inner(adjoints, Traced, {})
        if (loss, heads) not in self._gradients:
            self._gradients[loss, heads] = adjoints.gradients(inner.value(loss, heads))
        return self._gradients[loss, heads](inner.letter(variable))

    def _inner(self, arithmetic: Tangents | Adjoints, still: Callable[[Value], Any], moving: dict[Any, Value]) -> Walk:
        """A walk at the same sample in an arithmetic that differentiates.

        Raises    OneByOne where values stand side by side, on the axis that the directions of tangents need
        """
        if isinstance(self.arithmetic, Stacked):
            raise OneByOne
        if isinstance(self.arithmetic, (Adjoints, type(arithmetic))):
            what = "third derivatives are not evaluated, and no Jacobian inside of another derivative"
            raise LanguageError(f"{what}: write its rows as gradients")
        bound = {a: tuple(map(still, v)) if isinstance(v, tuple) else still(v) for a, v in self.bound.items()}
        return Walk(self.sample, arithmetic, {**bound, **moving})


def evaluate(expr: Expr, sample: Sample, arithmetic: Arithmetic, *, bound: dict[Any, Value] | None = None) -> Value:
    """The value of a matrix or scalar expression of the language; a scalar is a 1×1 array.

    expr          the expression
    sample        where: `sample(expr)` draws one, with `values` for letters that are known
    arithmetic    in which numbers: EXACT, FLOAT64, or what `parse_arithmetic` gives
    bound         letters with a value of this arithmetic in place of the sample's

    >>> A = matrix("A", 2, 2)
    >>> evaluate(A @ A.T, sample(A, values={A: [[1, 2], [3, 4]]}), sa.numeric.EXACT).tolist()
    [[5, 11], [11, 25]]

    Raises    ShapeError when two sizes that must agree differ
              NotExact when the arithmetic cannot hold a value on the way
              LanguageError for a node outside the language or a letter that the sample does not know
    """
    check(expr)
    return Walk(sample, arithmetic, bound).value(expr)
