"""Claims about states of which hypotheses say how one makes the next, proved by induction over how many there are.

Given X[l + 1] = F(X[l]) for all l, a claim about X[k] is looked for at the least k, and at k + 1 from the same claim at
k and the last step.  What is still about other numbers of steps is taken the same way, from no steps at all where that
is true.  For powers, X[l + 1] = X[l] A, the step may use what `powers` knows of those before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import StepError, SymattnError
from symattn.kernel.syntax.sizes import constant_index, size_of
from symattn.proof.attempts.attempts import by_search
from symattn.proof.attempts.case import Case
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.search.equations.derived import use
from symattn.proof.search.lemmas import under
from symattn.proof.search.search import worded
from symattn.proof.verdict import Theorem, Verdict
from symattn.proof.write.arguments import Argument
from symattn.proof.write.induction import at_sizes, specialised
from symattn.proof.write.layers import by_layers, first_members
from symattn.proof.write.powers import Power, factor_of, facts

__all__ = ["by_steps"]

MOST_TOGETHER = 4
"""How many steps the states may go on at a time, as those up to 2 k do where k becomes k + 1."""


def by_steps(case: Case) -> Verdict | None:
    """The claim by induction over the number of steps of what is given; None where it is not about such steps."""
    if not any(lang.recurrence_in(h) is not None for h in case.given):
        return None
    found = _from_none(case.claim, case.given)
    if found is None:
        found = _Induction().theorem(case.claim, case.given)
    return None if found is None else Verdict("proved", case.claim, found)


def _from_none(claim: Any, given: tuple[Any, ...]) -> Theorem | None:
    """The claim, as what holds for any numbers of steps, of which there may be none, says it."""
    lower = {s: lang.sizes(s.name, min=0) for s in _numbers_of_steps(claim, given) if s.minimum}
    if not lower:
        return None
    found = _Induction().theorem(claim.xreplace(lower), tuple(g.xreplace(lower) for g in given))
    return None if found is None else at_sizes(found, {new: old for old, new in lower.items()})


@dataclass
class _Induction:
    """What was proved so far of one case."""

    of_twins: bool = False

    def theorem(self, claim: Any, given: tuple[Any, ...]) -> Theorem | None:
        """The claim under what is given, where it follows at once or by induction."""
        using = (*_counted_steps(given), *self.twins(given))
        at_once = by_search(Case(claim, given, using=using))
        if at_once is not None:
            return at_once.theorem
        found = (self.over(size, claim, given) for size in _numbers_of_steps(claim, given))
        return next((theorem for theorem in found if theorem is not None), None)

    def twins(self, given: tuple[Any, ...]) -> list[Theorem]:
        """That states with the same steps end alike, where that is proved; not while it is."""
        if self.of_twins:
            return []
        self.of_twins = True
        found = [self.theorem(claim, given) for claim in _ending_alike(given)]
        self.of_twins = False
        return [theorem for theorem in found if theorem is not None]

    def over(self, size: Any, claim: Any, given: tuple[Any, ...]) -> Theorem | None:
        """By induction over this number of steps."""
        letters = tuple(f for f in _families(claim, given) if f.heads.has(size))
        every = lang.ForAll(letters, lang.Implies(lang.And(*given), claim))
        least = {size: sympy.Integer(size.minimum)}
        first = self.theorem(claim.xreplace(least), tuple(g.xreplace(least) for g in given))
        if first is None:
            return None
        try:
            base = _for_all(first, every.xreplace(least))
            return _here(by_layers(every, over=size, step=self.step_of(every, size), base=base), claim, given)
        except SymattnError:
            return None

    def step_of(self, every: Any, size: Any) -> Any:
        """The step of the induction: from the claim before, with the steps that are new."""

        def step(a: Argument, before: Theorem, *longer: Any) -> None:
            parts = a.given[1:]
            new = [r for part in parts if (r := lang.recurrence_in(part)) is not None and r.family in longer]
            last = [a.have("the last steps", one, by=parts) for r in new for one in _new_steps(r, size)]
            claim = _said_of(every, size, longer)
            if not _follows(claim, *parts, *last, before):
                last += facts(_shorter(new, size), claim, parts)
                if not _follows(claim, *parts, *last, before):
                    raise StepError(f"{lang.text(claim)} does not follow from the steps before")
            a.show(claim, by=(before, *last, *parts))

        return step


def _shorter(new: list[Any], size: Any) -> list[Power]:
    """The powers before the last steps."""
    found = []
    for r in new:
        factor, count = factor_of(r), r.head.size.xreplace({size: size - 1}).expand()
        if factor is not None:
            before = lang.family("before", count + 1, *factor.shape)
            found.append(Power(first_members(before, r.family), factor, count))
    return found


def _follows(claim: Any, *known: Any) -> bool:
    """Whether a search finds it, which does not look for a counterexample."""
    return by_search(Case(claim, tuple(k.claim if isinstance(k, Theorem) else k for k in known))) is not None


def _families(claim: Any, given: tuple[Any, ...]) -> tuple[Any, ...]:
    letters = (a for part in (*given, claim) for a in lang.letters_of(part))
    return tuple(dict.fromkeys(a for a in letters if isinstance(a, lang.Family)))


def _numbers_of_steps(claim: Any, given: tuple[Any, ...]) -> Iterator[Any]:
    """Sizes that only say how many states there are, those of most families first."""
    families = _families(claim, given)
    shapes = {s for part in (*given, claim) for a in lang.letters_of(part) for s in _sizes_in(getattr(a, "shape", ()))}
    counted = [s for f in families for s in _sizes_in((f.heads,)) if s not in shapes]
    yield from sorted(dict.fromkeys(counted), key=lambda s: (-counted.count(s), s.name))


def _sizes_in(numbers: Any) -> set[Any]:
    return {s for number in numbers for s in sympy.sympify(number).atoms(lang.Size)}


def _ending_alike(given: tuple[Any, ...]) -> Iterator[Any]:
    """The claims that two families end alike, of which the steps are the same."""
    states = [r for h in given if (r := lang.recurrence_in(h)) is not None]
    for one, other in combinations(states, 2):
        if (
            one.head.size == other.head.size
            and one.step.xreplace({one.family[one.head]: other.family[other.head]}) == other.step
        ):
            yield lang.Equal(one.family[one.head.size], other.family[other.head.size])


def _counted_steps(given: tuple[Any, ...]) -> Iterator[Theorem]:
    """Each of the steps by itself, where there is a number of them."""
    for steps in given:
        r = lang.recurrence_in(steps)
        if r is not None and r.head.size.is_Integer and r.head.size <= MOST_TOGETHER:
            said = formula_of(steps)
            for k in range(int(r.head.size)):
                claim = lang.Equal(r.family[k + 1], r.at(k))
                goal = formula_of(claim)
                places = (constant_index(k, size_of(said.indices[0])), *goal.indices)
                proof = rules.combine((rules.assume((), said),), goal, (use(0, said.indices, places),))
                yield Theorem(claim, (steps,), proof)


def _new_steps(r: Any, size: Any) -> Iterator[Any]:
    """The steps of longer states that the shorter ones have not."""
    before = r.head.size.xreplace({size: size - 1}).expand()
    more = (r.head.size - before).expand()
    for k in range(int(more) if more.is_Integer and 0 < more <= MOST_TOGETHER else 0):
        yield lang.Equal(r.family[before + k + 1], r.step.xreplace({r.head: before + k}))


def _said_of(every: Any, size: Any, longer: tuple[Any, ...]) -> Any:
    """The conclusion with one step more."""
    more = {size: size + 1}
    letters = dict(zip((v.xreplace(more) for v in every.variables), longer, strict=True))
    return every.claim.conclusion.xreplace(more).xreplace(letters)


def _for_all(theorem: Theorem, every: Any) -> Theorem:
    """A theorem under hypotheses as a claim about all states."""
    goal = formula_of(every)
    inner = under(theorem.kernel, goal.body.hypothesis, goal.body.hypothesis.parts)
    return Theorem(every, (), worded(rules.generalise((inner,), goal.symbols), goal))


def _here(theorem: Theorem, claim: Any, given: tuple[Any, ...]) -> Theorem:
    """What holds of all states, of those that the claim is about."""
    found = specialised(theorem, {v: v for v in theorem.claim.variables}).kernel
    whole = rules.conjoin(tuple(rules.assume((), formula_of(g)) for g in given))
    return Theorem(claim, given, worded(rules.apply((found, whole)), formula_of(claim)))
