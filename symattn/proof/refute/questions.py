"""What would refute a claim.  `counterexample` looks for it.

A claim is taken apart into questions, hypotheses and a conclusion that may fail.  Quantified letters in front become
letters, and a hypothesis that says what a letter is gives it that value, because random letters would not fulfil it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

import sympy

from symattn import language as lang
from symattn.proof.refute.masks import of_cases


@dataclass(frozen=True)
class Question:
    """Do the hypotheses hold and the conclusion fail for some values of the letters?"""

    hypotheses: tuple[Any, ...]
    conclusion: Any

    @cached_property
    def letters(self) -> tuple[Any, ...]:
        """Every letter, in reading order."""
        return tuple(dict.fromkeys(a for part in (*self.hypotheses, self.conclusion) for a in lang.letters_of(part)))

    @cached_property
    def _chosen(self) -> tuple[dict[Any, Any], tuple[Any, ...]]:
        """Letters that hypotheses define, no letter by way of itself, and the hypotheses that do not."""
        found, others = _states(self.hypotheses)
        rest = []
        for hypothesis in others:
            sides = _sides(hypothesis) if isinstance(hypothesis, lang.Equal) else ()
            chosen = next(((a, b) for a, b in sides if a not in found and a not in _behind(b, found)), None)
            if chosen is None:
                rest.append(hypothesis)
            else:
                found[chosen[0]] = chosen[1]
        return _in_order(found), tuple(rest)

    @property
    def definitions(self) -> dict[Any, Any]:
        """Letters that the hypotheses define, in terms of those that they do not."""
        return self._chosen[0]

    @cached_property
    def fitted(self) -> dict[Any, Any]:
        """Invertible letters that hypotheses say what they are: they get that value where it is invertible."""
        found: dict[Any, Any] = {}
        for hypothesis in self._chosen[1]:
            for one, other in (hypothesis.args, hypothesis.args[::-1]) if isinstance(hypothesis, lang.Equal) else ():
                if getattr(one, "facts", None) == {"invertible"} and one not in {*found, *lang.letters_of(other)}:
                    found[one] = other.xreplace(self.definitions)
                    break
        return found

    @cached_property
    def cases(self) -> dict[Any, tuple[Any, str]]:
        """Masks that say in which case each entry of something is; none that is defined outright."""
        given = ((mask, (x.xreplace(self.definitions), how)) for mask, (x, how) in of_cases(self._chosen[1]).items())
        return {mask: case for mask, case in given if mask not in self.definitions}

    @cached_property
    def roots(self) -> dict[Any, tuple[Any, int]]:
        """Numbers that are roots of something, inner ones first: samples are drawn at which these are fractions."""
        given = _roots(self._chosen[1]).items()
        return {root: (x.xreplace(self.definitions), degree) for root, (x, degree) in given}

    @cached_property
    def subject(self) -> Any:
        """What is left to refute once every definition holds."""
        rest = self._chosen[1]
        if not rest:
            return self.conclusion
        return lang.Implies(rest[0] if len(rest) == 1 else lang.And(*rest), self.conclusion)


def questions(claim: Any, hypotheses: tuple[Any, ...] = ()) -> Iterator[Question]:
    """Every question whose answer yes refutes the claim.

    A witness that fails refutes nothing: others may serve.  Without one numbers say whether linear equations have one.
    """
    if isinstance(claim, lang.And):
        for part in claim.args:
            yield from questions(part, hypotheses)
    elif isinstance(claim, lang.Iff):
        yield from questions(lang.Implies(claim.left, claim.right), hypotheses)
        yield from questions(lang.Implies(claim.right, claim.left), hypotheses)
    elif isinstance(claim, lang.Implies):
        yield from questions(claim.conclusion, (*hypotheses, *opened(claim.hypothesis, (*hypotheses, claim))))
    elif isinstance(claim, lang.ForAll):
        yield from questions(freed(claim, hypotheses), hypotheses)
    elif not isinstance(claim, lang.Exists) or claim.witness is None:
        yield Question(hypotheses, claim)


def opened(hypothesis: Any, near: tuple[Any, ...] = ()) -> tuple[Any, ...]:
    """The hypothesis in parts; what is said to exist is a letter."""
    if isinstance(hypothesis, lang.And):
        done: tuple[Any, ...] = ()
        for part in hypothesis.args:
            done += opened(part, (*near, *done))
        return done
    if isinstance(hypothesis, lang.Exists):
        return opened(freed(hypothesis, near), near)
    return (hypothesis,)


def freed(quantified: Any, near: tuple[Any, ...]) -> Any:
    """What a quantifier says, its letters renamed away from those of the claims near it."""
    taken = {lang.text(letter) for claim in (quantified, *near) for letter in lang.letters_of(claim)}
    new = {}
    for variable in quantified.variables:
        name = lang.text(variable)
        if name in taken:
            name = next(n for k in count(1) if (n := f"{name}_{k}") not in taken)
            new[variable] = _renamed(variable, name)
        taken.add(name)
    return quantified.claim.xreplace(new) if new else quantified.claim


def _renamed(letter: Any, name: str) -> Any:
    if hasattr(letter, "renamed"):
        return letter.renamed(name)
    if isinstance(letter, sympy.Symbol):
        return lang.scalar(name, positive=bool(letter.is_positive))
    return lang.matrix(name, *letter.shape)


def _states(hypotheses: tuple[Any, ...]) -> tuple[dict[Any, Any], tuple[Any, ...]]:
    """Families of which hypotheses say how one member makes the next, and with which it starts; and the others."""
    found: dict[Any, Any] = {}
    rest = hypotheses
    for steps in hypotheses:
        states = lang.recurrence_in(steps)
        if states is None or states.family in found or _goes_round(states.step, states.family, found):
            continue
        starts = [h for h in rest if isinstance(h, lang.Equal) and h.left == states.start]
        starts = [h for h in starts if states.family not in _behind(h.right, found)][:1]
        found[states.family] = lang.recurrence(steps, *(h.right for h in starts))
        rest = tuple(h for h in rest if h is not steps and h not in starts)
    return found, rest


def _roots(hypotheses: Iterable[Any]) -> dict[Any, tuple[Any, int]]:
    """Numbers of which hypotheses say that they are roots, r² = x and r ≥ 0, each with x and the degree."""
    above = {h.args[1] for h in hypotheses if isinstance(h, lang.AtMost) and h.args[0] == 0}
    found: dict[Any, tuple[Any, int]] = {}
    for h in hypotheses:
        power, base = h.args if isinstance(h, lang.Equal) else (None, None)
        root = power.base if isinstance(power, sympy.Pow) and power.exp.is_Integer and power.exp > 1 else None
        if isinstance(root, lang.Scalar) and root in above and root not in lang.letters_of(base):
            found[root] = base, int(power.exp)
    return found


def _goes_round(step: Any, family: Any, found: dict[Any, Any]) -> bool:
    """Whether states that it is made of, besides its own, are made of it."""
    others = [letter for letter in lang.letters_of(step) if letter in found]
    return any(family in _behind(found[letter], found) for letter in others)


def _sides(equation: Any) -> Iterator[tuple[Any, Any]]:
    for one, other in (equation.args, equation.args[::-1]):
        if isinstance(one, sympy.Transpose | lang.T):
            one, other = one.args[0], lang.T(other)
        if isinstance(one, sympy.MatrixSymbol | sympy.Symbol) and not isinstance(one, lang.Size):
            if not getattr(one, "facts", None) and not one.is_positive and one not in lang.letters_of(other):
                yield one, other


def _behind(expr: Any, found: dict[Any, Any]) -> set[Any]:
    """Every letter that the value of the expression depends on."""
    letters: set[Any] = set()
    waiting = list(lang.letters_of(expr))
    while waiting:
        letter = waiting.pop()
        if letter not in letters:
            letters.add(letter)
            waiting += lang.letters_of(found[letter]) if letter in found else ()
    return letters


def _in_order(found: dict[Any, Any]) -> dict[Any, Any]:
    """In terms of letters without a definition only, but for states, which are evaluated in this order."""
    done: dict[Any, Any] = {}
    while len(done) < len(found):
        for letter, expr in found.items():
            if letter not in done and all(a in done for a in lang.letters_of(expr) if a in found and a != letter):
                done[letter] = expr.xreplace({a: e for a, e in done.items() if not isinstance(e, lang.Recurrence)})
    return done
