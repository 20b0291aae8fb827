"""Counterexamples.  Whole numbers at the smallest sizes first, checked by evaluating the SymPy statement itself.

With exp, log or the root of a sum in the statement the two sides are enclosed in intervals, and a counterexample counts
only when these are disjoint.  The kernel has no part in it.  `questions` says what there is to refute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, cycle, islice, product
from typing import Any

import numpy as np
import sympy

from symattn import language as lang, numeric
from symattn.errors import LanguageError, SymattnError, Undecided
from symattn.language.claims.claims import under
from symattn.language.walk import nodes_of
from symattn.numeric.entries import exact_entries
from symattn.proof.refute import masks
from symattn.proof.refute.attempts import DRAWS, Sizes, attempts, larger
from symattn.proof.refute.questions import Question, questions
from symattn.proof.refute.values import CHANGES, exact_root

LARGEST = 64
"""No matrix with a side of more than this is evaluated."""
ENTRIES = 4096
"""A claim about a matrix with more entries than this is not put to larger sizes."""
RETRIES = 8
"""How often a size that was lowered is tried."""


@dataclass(frozen=True)
class Counterexample:
    """Sizes and values at which a claim fails, and how it fails there.

    sizes     a number for each size
    values    an array of whole numbers or fractions for each letter, one number for a scalar
    detail    how it fails, such as which entry differs and by which numbers

    >>> n = sizes("n")
    >>> A, B = matrix("A", n, n), matrix("B", n, n)
    >>> print(decide(Equal(A @ B, B @ A)).counterexample)
    n=2, A = [[0, 0], [0, 1]], B = [[0, 0], [1, 0]]: entry (1,0) is 1, but 0
    """

    sizes: Sizes
    values: dict[Any, Any]
    detail: str

    def __str__(self) -> str:
        sizes = [f"{size}={number}" for size, number in self.sizes.items()]
        values = [f"{letter} = {_shown(value)}" for letter, value in self.values.items()]
        return ": ".join(filter(None, (", ".join(sizes + values), self.detail)))


def _shown(value: Any) -> str:
    array = np.asarray(value)
    return str(array.item()) if array.ndim == 0 else str(_plain(array.tolist())).replace("'", "")


def _plain(nested: Any) -> Any:
    return [_plain(x) for x in nested] if isinstance(nested, list) else str(nested)


@dataclass
class Tally:
    """How many samples there were at which numbers had something to say, and at how many of them the claim held."""

    held: int = 0
    silent: int = 0

    def add(self, outcome: numeric.Outcome | None) -> None:
        self.held += outcome is not None and outcome.holds is True
        self.silent += outcome is None or outcome.holds is None


def find(claim: Any, given: tuple[Any, ...] = (), tally: Tally | None = None) -> Counterexample | None:
    """The smallest counterexample that a bounded search finds, or None; the tally counts what did not refute it."""
    wanted, searches = _asked(claim, given)
    # one row of seeds for those that come first, and one for each other kind: a new kind changes nothing of the others
    seeds = defaultdict[str, Iterator[int]](count)
    for numbers, kinds in attempts(wanted):
        for kind, search in product(kinds, searches):
            drawn = search.draw(numbers, kind, next(seeds["" if kind in DRAWS else kind]))
            if drawn is None:
                continue
            outcome = search.outcome(drawn)
            if _refutes(outcome):
                return search.counterexample(search.smallest(drawn, kind), wanted)
            if tally is not None:
                tally.add(outcome)
    return _at_larger(wanted, [search for search in searches if search.arithmetic is numeric.EXACT])


def _at_larger(wanted: tuple[Any, ...], searches: list[_Search]) -> Counterexample | None:
    """A counterexample at sizes up to 8, for claims without functions: modulo a prime first, which is fast."""
    seeds = count()
    for numbers, kinds in larger(wanted) if searches else ():
        for kind, search in product(kinds, searches):
            drawn = search.draw(numbers, kind, next(seeds)) if search.has_room(numbers) else None
            if drawn is not None and not search.agrees_modulo_prime(drawn) and search.refutes(drawn):
                return search.counterexample(search.smallest(drawn, kind), wanted)
    return None


def first_failure(
    claim: Any, given: tuple[Any, ...], samples: Callable[[tuple[Any, ...]], Iterable[tuple[Sizes, tuple[str, ...]]]]
) -> Counterexample | None:
    """The first of these samples, as it is, at which the claim fails for certain while what is given holds."""
    wanted, searches = _asked(claim, given)
    for search, (numbers, kinds) in product(searches, samples(wanted)):
        for seed, kind in enumerate(kinds):
            drawn = search.draw(numbers, kind, seed)
            if drawn is not None and search.refutes(drawn):
                return search.counterexample(drawn, wanted)
    return None


def _asked(claim: Any, given: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[_Search]]:
    """The sizes of a claim under hypotheses, and what there is to refute; nothing of what is too large."""
    subject = under(given, claim)
    searches = [] if _is_large(subject) else [_Search(question) for question in questions(subject)]
    return lang.sizes_of(subject), searches


def _is_large(subject: Any) -> bool:
    """Whether it is about matrices with more rows or columns than can be written down."""
    sides = {side for node in nodes_of(subject) if getattr(node, "is_Matrix", False) for side in node.shape}
    return any(number > LARGEST for side in sides for number in side.atoms(sympy.Integer))


def example(claims: tuple[Any, ...]) -> Counterexample | None:
    """Sizes and values at which all of the claims hold for certain, or None when none were found."""
    never = lang.Not(lang.Equal(sympy.S.Zero, sympy.S.Zero))
    return find(never, claims) if claims else Counterexample({}, {}, "")


class _Search:
    """One question, its letters, and how it is evaluated."""

    def __init__(self, question: Question) -> None:
        self.question = question
        exprs = (question.subject, *question.definitions.values())
        roots = [node for node in nodes_of(*exprs) if _is_root(node)]
        formal = numeric.has_exponential(*exprs) or any(map(_is_enclosed, roots))
        self.arithmetic = numeric.INTERVALS if formal else numeric.EXACT
        self.roots = [root for root in dict.fromkeys(roots) if not _is_enclosed(root)]
        known = question.definitions
        self.free = [a for a in question.letters if a not in known or a in lang.letters_of(known[a])]

    @cached_property
    def parts(self) -> list[Any]:
        """What a sample has to know: the letters, and the roots that must exist."""
        return [*self.free, *self.roots]

    def draw(self, numbers: Sizes, kind: str, seed: int) -> numeric.Sample | None:
        try:
            plain = "integers" if kind in CHANGES else kind
            drawn = numeric.sample(self.parts, sizes=numbers, seed=seed, kind=plain)
        except LanguageError:  # no matrix of this size has the facts of a letter
            return None
        if kind == "dyadic":
            drawn = replace(drawn, values={a: exact_entries(value) for a, value in drawn.values.items()})
        return self.with_values(drawn, CHANGES[kind](drawn) if kind in CHANGES else {})

    def with_values(self, drawn: numeric.Sample, values: dict[Any, Any]) -> numeric.Sample | None:
        """The sample with these values, and with those that the hypotheses say of invertible letters."""
        fitted = self.question.fitted
        if not values and not fitted and not self.question.cases and not self.question.roots:
            return drawn
        try:
            drawn = self._put(drawn, values)
            for letter, expr in fitted.items():
                drawn = self._put(drawn, {letter: numeric.evaluate(expr, drawn, numeric.EXACT)})
        except SymattnError:  # a value does not have the facts of its letter
            return None
        for letter, (expr, how) in self.question.cases.items():
            with suppress(SymattnError):  # what has no exact value leaves the mask as it was drawn
                drawn = self._put(drawn, {letter: masks.fitted(numeric.evaluate(expr, drawn, numeric.EXACT), how)})
        return self._with_roots(drawn)

    def _with_roots(self, drawn: numeric.Sample) -> numeric.Sample | None:
        """The sample with the values of roots, where these are fractions."""
        for letter, (expr, degree) in self.question.roots.items():
            try:
                value = exact_root(numeric.evaluate(expr, drawn, numeric.EXACT), degree)
            except SymattnError:
                return None
            if value is None:
                return None
            drawn = self._put(drawn, {letter: value})
        return drawn

    def _put(self, drawn: numeric.Sample, values: dict[Any, Any]) -> numeric.Sample:
        return numeric.sample(self.parts, sizes=drawn.sizes, seed=drawn.seed, values={**drawn.values, **values})

    def outcome(self, drawn: numeric.Sample) -> numeric.Outcome | None:
        question = self.question
        try:
            return numeric.witness(question.subject, drawn, self.arithmetic, substitution=question.definitions)
        except (LanguageError, Undecided, OverflowError):  # a number too large to enclose
            return None

    def has_room(self, numbers: Sizes) -> bool:
        from symattn.numeric.evaluation.room import refuse_large  # which a list of theorems does not need

        try:
            refuse_large((self.question.subject,), numbers, ENTRIES)
        except Undecided:
            return False
        return True

    def agrees_modulo_prime(self, drawn: numeric.Sample) -> bool:
        """Whether the claim holds modulo a large prime: then it hardly fails."""
        question = self.question
        try:
            found = numeric.witness(question.subject, drawn, numeric.Modular(), substitution=question.definitions)
        except (LanguageError, Undecided, OverflowError):
            return False
        return found.holds is True

    def refutes(self, drawn: numeric.Sample) -> bool:
        return _refutes(self.outcome(drawn))

    def smallest(self, drawn: numeric.Sample, kind: str) -> numeric.Sample:
        """A failure with smaller sizes and simpler values, as far as these can be had one after the other."""
        return self.shrunk(self.sliced(self.shrunk(self.lowered(drawn, kind))))

    def lowered(self, drawn: numeric.Sample, kind: str) -> numeric.Sample:
        """A failure with each size as small as it gets."""
        seeds = count()
        for size in drawn.sizes:
            for number in range(max(size.minimum, 1), drawn.sizes[size]):
                kinds = islice(zip(cycle((kind, *DRAWS)), seeds, strict=False), RETRIES)
                tries = (self.draw({**drawn.sizes, size: number}, *each) for each in kinds)
                found = next((d for d in tries if d is not None and self.refutes(d)), None)
                if found is not None:
                    drawn = found
                    break
        return drawn

    def shrunk(self, drawn: numeric.Sample) -> numeric.Sample:
        """Put 0 for whole letters, then 0, else 1, else -1 for single entries, wherever the claim still fails."""
        for letter in (a for a in self.free if a not in {*self.question.fitted, *self.question.cases}):
            drawn = self.still(drawn, {letter: np.asarray(drawn.values[letter]) * 0}) or drawn
            for place in np.ndindex(np.shape(drawn.values[letter])):
                for small in (1, 2) if letter.is_positive else (0, 1, -1):
                    array = np.array(drawn.values[letter], dtype=object)
                    if array[place] == small:
                        break
                    smaller = self.still(drawn, {letter: _put(array, place, small, letter)})
                    if smaller is not None:
                        drawn = smaller
                        break
        return drawn

    def still(self, drawn: numeric.Sample, values: dict[Any, Any]) -> numeric.Sample | None:
        """The sample with other values, when the claim fails there too."""
        other = (
            None
            if any(letter.is_positive and not v for letter, v in values.items())
            else self.with_values(drawn, values)
        )
        return other if other is not None and self.refutes(other) else None

    def sliced(self, drawn: numeric.Sample) -> numeric.Sample:
        """Leave out rows, columns or heads as long as the claim still fails."""
        for size in drawn.sizes:
            while (smaller := next(self._slices(drawn, size), None)) is not None:
                drawn = smaller
        return drawn

    def _slices(self, drawn: numeric.Sample, size: Any) -> Iterator[numeric.Sample]:
        number = drawn.sizes[size]
        for place in range(number if number > max(size.minimum, 1) else 0):
            values = {a: _without(np.asarray(v), _dimensions(a), size, place) for a, v in drawn.values.items()}
            try:
                smaller = numeric.sample(
                    self.parts, sizes={**drawn.sizes, size: number - 1}, seed=drawn.seed, values=values
                )
            except SymattnError:  # a size that depends on this one, or facts that are lost
                continue
            if self.refutes(smaller):
                yield smaller

    def counterexample(self, drawn: numeric.Sample, wanted: tuple[Any, ...]) -> Counterexample:
        outcome = self.outcome(drawn)
        values = dict(self._valued(a, drawn) for a in self.question.letters)
        sizes = {size: drawn.sizes[size] for size in wanted if size in drawn.sizes}
        known = {letter: value for letter, value in values.items() if value is not None}
        return Counterexample(sizes, known, "" if outcome is None else outcome.detail)

    def _valued(self, letter: Any, drawn: numeric.Sample) -> tuple[Any, Any]:
        """A letter and its value; of states that a recurrence makes, the first one, where that was chosen."""
        states = self.question.definitions.get(letter)
        if isinstance(states, lang.Recurrence):
            if states.start != letter[0]:
                return letter, None
            return letter[0], drawn.values[letter][0] if letter in drawn.values else None
        return letter, drawn.values[letter] if letter in drawn.values else self._defined(letter, drawn)

    def _defined(self, letter: Any, drawn: numeric.Sample) -> Any:
        """The value of a letter that a hypothesis defines, when it can be written down."""
        expr = self.question.definitions[letter]
        if numeric.has_exponential(expr):
            return None
        try:
            value = np.asarray(numeric.evaluate(expr, drawn, numeric.EXACT))
        except SymattnError:
            return None
        return value if getattr(letter, "is_Matrix", False) else value.reshape(())


def _is_root(node: Any) -> bool:
    return isinstance(node, sympy.Pow) and node.exp.is_Rational and not node.exp.is_Integer


def _is_enclosed(root: Any) -> bool:
    """Whether it is of a sum or of entries, which are seldom squares: no values are looked for that have it exactly."""
    return root.base.is_Add or any(getattr(node, "is_Matrix", False) for node in nodes_of(root.base))


def _refutes(outcome: numeric.Outcome | None) -> bool:
    return outcome is not None and outcome.holds is False and outcome.certain


def _dimensions(letter: Any) -> tuple[Any, ...]:
    heads = (letter.heads,) if isinstance(letter, lang.Family) else ()
    return (*heads, *getattr(letter, "shape", ()))


def _without(value: Any, dimensions: tuple[Any, ...], size: Any, place: int) -> Any:
    for axis, dimension in enumerate(dimensions):
        value = np.delete(value, place, axis) if dimension == size else value
    return value


def _put(array: Any, place: tuple[int, ...], value: int, letter: Any) -> Any:
    """The array with one entry changed, and its mirror image when the letter has one."""
    facts: frozenset[str] = getattr(letter, "facts", frozenset())
    if facts & {"symmetric", "skew"}:
        array[place[::-1]] = -value if "skew" in facts else value
    array[place] = value
    return array
