"""Arguments: named steps, each a theorem proved from just what it names, that lead to a claim.

with argument(PSD(W)) as a:
    mirrored = a.have("a form is symmetric", Equal(W, W.T), by=PSD(W))
    a.show(Equal(x @ W @ y.T, y @ W @ x.T), by=mirrored)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import StepError, SymattnError
from symattn.proof.decision import prove
from symattn.proof.display import Shown
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.second_opinion import confirm
from symattn.proof.verdict import Theorem
from symattn.proof.write.calc import Chain
from symattn.proof.write.induction import specialised
from symattn.proof.write.steps import follows

Uses = Any
"""A claim, a theorem, a named theorem or a calculation, or several of them."""


@dataclass(frozen=True)
class Step:
    """One step: its theorem, why it is true, and the numbers of the steps that it uses, from 1.

    words      why it is true, with those of the claims it `assumes` that are not assumed throughout: the claims that
               it names, and those of theorems from elsewhere
    reason     the same without these
    """

    words: str
    theorem: Theorem
    uses: tuple[int, ...] = ()
    assumes: tuple[Any, ...] = ()
    reason: str = ""

    @property
    def claim(self) -> Any:
        return self.theorem.claim


class Argument(Shown):
    """Steps under some assumptions.  It is written in a `with` block, which ends with `show`."""

    def __init__(self, given: tuple[Any, ...]) -> None:
        self.given = given
        self.steps: list[Step] = []
        self._shown: Theorem | None = None

    def __enter__(self) -> Argument:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self._shown is None:
            raise StepError("an argument ends with .show(claim, by=…): nothing was shown")

    def have(self, words: str, claim: Any, by: Uses = (), *, under: Any = None, hints: Any = ()) -> Theorem:
        """One step.  It is proved from `by` alone, and holds under the hypotheses of these.

        claim     what the step says; or a theorem, a calculation or an argument that says it already
        by        theorems, steps before, and claims, which are assumed
        under     the claims under which the step shall hold instead, when `by` does away with assumptions

        Raises    StepError when the step does not follow, with its number and its words
        """
        return self._step(words, claim, by, under, hints)

    def at(self, words: str, step: Theorem, values: Mapping[Any, Any], by: Uses = ()) -> Theorem:
        """A step before, or another theorem, said of values in the place of letters.

        What it assumes of these letters must follow, for the values, from `by`.

        Raises    StepError when that does not follow, with its number and its words
        """
        try:
            found = _at(step, values, tuple(map(_theorem_of, _several(by))))
        except SymattnError as error:
            raise StepError(f"step {len(self.steps) + 1} ({words}) does not follow: {error}") from error
        return self.have(words, found, by=(step, *_several(by)))

    def show(self, claim: Any, by: Uses = (), *, words: str = "", hints: Any = ()) -> None:
        """The last step: the claim, under the assumptions of the argument; or the step before, which said it.

        Raises    StepError when it does not follow
        """
        if self.steps and claim is self.steps[-1].theorem:
            self._shown = confirm(claim)
            return
        self._shown = confirm(self._step(words, claim, by, self.given, hints))

    def theorem(self) -> Theorem:
        """What was shown.

        Raises    StepError when nothing was
        """
        if self._shown is None:
            raise StepError("nothing was shown: an argument ends with .show(claim, by=…)")
        return self._shown

    def _step(self, words: str, claim: Any, by: Uses, under: Any, hints: Any) -> Theorem:
        if isinstance(claim, Argument):
            return self._include(words, claim)
        known = tuple(map(_theorem_of, _several(by)))
        try:
            found = _proved(_theorem_of(claim), known, under, hints)
        except SymattnError as error:
            raise StepError(f"step {len(self.steps) + 1} ({words or 'the last'}) does not follow: {error}") from error
        numbers = [n for n, step in enumerate(self.steps, 1) if any(step.theorem is one for one in known)]
        titles = [one.title.rstrip(".") for one in _several(by) if hasattr(one, "prove")]
        named = [one for one in _several(by) if isinstance(one, lang.Claim)]
        brought = [h for one in known if isinstance(one, Theorem) and not self._has(one) for h in one.given]
        assumes = tuple(dict.fromkeys([*named, *(h for h in brought if h in found.given)]))
        reason = "; ".join(filter(None, (words, *titles)))
        self.steps.append(Step(_said(reason, assumes, self.given), found, tuple(numbers), assumes, reason))
        return found

    def _has(self, theorem: Theorem) -> bool:
        return any(step.theorem is theorem for step in self.steps)

    def _include(self, words: str, other: Argument) -> Theorem:
        """The steps of another argument, with what is assumed there and not here."""
        before = len(self.steps)
        for number, step in enumerate(other.steps, 1):
            reason = words if words and number == len(other.steps) else step.reason
            said = _said(reason, step.assumes, self.given)
            self.steps.append(replace(step, words=said, reason=reason, uses=tuple(n + before for n in step.uses)))
        return other.theorem()


def argument(*given: Any) -> Argument:
    """An argument under these claims, for `with argument(…) as a:`."""
    return Argument(given)


def _proved(claim: Any, known: tuple[Any, ...], under: Any, hints: Any) -> Theorem:
    if isinstance(claim, Theorem):
        return claim
    if under is None:
        return follows(claim, *known, hints=hints)
    using = [one for one in known if isinstance(one, Theorem)]
    assumed = [one for one in known if not isinstance(one, Theorem)]
    given = tuple(dict.fromkeys([*_several(under), *assumed]))
    if given and all(h in given for one in using for h in one.given):
        # nothing is done away with, and what the step does not name would only be in the way
        try:
            return Theorem(claim, given, follows(claim, *known, hints=hints).kernel)
        except SymattnError:
            pass
    return prove(claim, given, using=using, hints=hints, check=False)


def _at(step: Theorem, values: Mapping[Any, Any], known: tuple[Any, ...]) -> Theorem:
    """The step for these values, with the premises that follow from what is known done away with."""
    about = [h for h in step.given if not set(values).isdisjoint(lang.letters_of(h))]
    claim, kernel = step.claim, step.kernel
    for premise in reversed(about):
        claim, kernel = lang.Implies(premise, claim), rules.discharge((kernel,), formula_of(premise))
    every = lang.ForAll(tuple(values), claim)
    others = tuple(h for h in step.given if h not in about)
    kernel = rules.generalise((kernel,), formula_of(every).symbols)
    here = specialised(Theorem(every, others, kernel), values)
    claim, kernel, given = here.claim, here.kernel, list(others)
    for _ in about:
        premise = follows(claim.hypothesis, *known)
        claim, kernel = claim.conclusion, rules.apply((kernel, premise.kernel))
        given += premise.given
    return Theorem(claim, tuple(dict.fromkeys(given)), kernel)


def _theorem_of(known: Any) -> Any:
    """The theorem of a calculation, an argument or a named theorem; anything else as it is."""
    if isinstance(known, Chain | Argument):
        return known.theorem()
    return known.prove() if hasattr(known, "prove") else known


def _said(words: str, assumes: Sequence[Any], given: Sequence[Any]) -> str:
    """The words, and the claims that are not assumed throughout but for this step."""
    extra = ", ".join(lang.text(one) for one in assumes if one not in given)
    return "; ".join(filter(None, (words, extra and f"where {extra}")))


def _several(by: Uses) -> tuple[Any, ...]:
    return tuple(by) if isinstance(by, tuple | list) else (by,)
