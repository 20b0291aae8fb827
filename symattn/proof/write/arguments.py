"""Arguments: named steps, each a theorem proved from just what it names, that lead to a claim.

with argument(PSD(W)) as a:
    mirrored = a.have("a form is symmetric", Equal(W, W.T), by=PSD(W))
    a.show(Equal(x @ W @ y.T, y @ W @ x.T), by=mirrored)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from symattn import language as lang
from symattn.errors import StepError, SymattnError
from symattn.proof.decision import prove
from symattn.proof.display import Shown
from symattn.proof.second_opinion import confirm
from symattn.proof.verdict import Theorem
from symattn.proof.write.calc import Chain, worded
from symattn.proof.write.steps import follows

Uses = Any
"""A claim, a theorem, a named theorem or a calculation, or several of them."""


@dataclass(frozen=True)
class Step:
    """One step: its theorem, why it is true in words, and the numbers of the steps that it uses, from 1.

    `assumes` are claims that it uses without a step; in a longer argument a step may suppose them.
    """

    words: str
    theorem: Theorem
    uses: tuple[int, ...] = ()
    assumes: tuple[Any, ...] = ()

    @property
    def claim(self) -> Any:
        return self.theorem.claim

    @property
    def supposes(self) -> bool:
        """Whether the step only assumes what it says."""
        return bool(self.theorem.given == (self.claim,))


class Argument(Shown):
    """Steps under some assumptions.  It is written in a `with` block, which ends with `show`."""

    def __init__(self, given: tuple[Any, ...]) -> None:
        self.given = given
        self.steps: list[Step] = []
        self._shown: Theorem | None = None

    @property
    def headline(self) -> str:
        return f"of {len(self.steps)} steps: {lang.text(self.claim) if self._shown else 'nothing shown yet'}"

    @property
    def claim(self) -> Any:
        return self.theorem().claim

    def __enter__(self) -> Argument:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self._shown is None:
            raise StepError("an argument ends with .show(claim, by=…): nothing was shown")

    def have(self, words: str, claim: Any, by: Uses = (), *, under: Any = None, hints: Any = ()) -> Theorem:
        """One step.  It is proved from `by` alone, and holds under the hypotheses of these.

        claim     what the step says; or a theorem that says it already; or a calculation or an argument, each line
                  of which becomes a step
        by        theorems, steps before, and claims, which are assumed
        under     the claims under which the step shall hold instead, when `by` does away with assumptions

        Raises    StepError when the step does not follow, with its number and its words
        """
        return self._step(words, claim, by, under, hints)

    def suppose(self, words: str, claim: Any) -> Theorem:
        """One step that assumes a claim.  What uses it holds under it, and `under` or `show` does away with it."""
        return self._keep(f"suppose that {words}", follows(claim, claim), ())

    def show(self, claim: Any, by: Uses = (), *, words: str = "", hints: Any = ()) -> None:
        """The last step: the claim, or a theorem that says it already, under the assumptions of the argument.

        Raises    StepError when it does not follow
        """
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
            return self._included(words, claim)
        if isinstance(claim, Chain) and not by:
            return self._calculated(words, claim)
        known = tuple(map(_theorem_of, _several(by)))
        try:
            found = _proved(_theorem_of(claim), known, under, hints)
        except SymattnError as error:
            raise StepError(f"step {len(self.steps) + 1} ({words or 'the last'}) does not follow: {error}") from error
        return self._keep(_said(words, by, self.given), found, known)

    def _included(self, words: str, shorter: Argument) -> Theorem:
        """The steps of another argument, with what they assume looked up among the steps before."""
        before = len(self.steps)
        for step in shorter.steps:
            uses = {*self._numbers(step.assumes), *(n + before for n in step.uses)}
            self.steps.append(Step(step.words, step.theorem, tuple(sorted(uses)), step.assumes))
        last = self.steps.pop()
        self.steps.append(replace(last, words=words or last.words))
        return last.theorem

    def _calculated(self, words: str, chain: Chain) -> Theorem:
        """A step for each line, and one that joins them."""
        found, lines = chain.theorem(), chain.lines[1:]
        first = len(self.steps)
        for line in lines:
            reason = worded(why for why in line.reasons if not self._numbers((why,)))
            said = "; ".join(filter(None, (words if len(lines) == 1 else "", reason)))
            self._keep(said, found if line.theorem is None else line.theorem, line.reasons)
        if len(lines) == 1:
            return self.steps[-1].theorem
        return self._keep(words, found, [step.theorem for step in self.steps[first:]])

    def _numbers(self, known: Sequence[Any]) -> tuple[int, ...]:
        """Which steps these are, and which steps suppose them."""
        return tuple(
            number
            for number, step in enumerate(self.steps, 1)
            if any(step.theorem is one or (step.supposes and step.claim == one) for one in known)
        )

    def _keep(self, words: str, theorem: Theorem, known: Sequence[Any]) -> Theorem:
        assumed = tuple(one for one in known if isinstance(one, lang.Claim))
        self.steps.append(Step(words, theorem, self._numbers(known), assumed))
        return theorem


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
    return prove(claim, given, using=using, hints=hints, check=False)


def _theorem_of(known: Any) -> Any:
    """The theorem of a calculation, an argument or a named theorem; anything else as it is."""
    if isinstance(known, Chain | Argument):
        return known.theorem()
    return known.prove() if hasattr(known, "prove") else known


def _said(words: str, by: Uses, given: Sequence[Any]) -> str:
    """The words, and the names of the named theorems; claims that are assumed for this step alone are said too."""
    named = [f"by {one.name}" for one in _several(by) if hasattr(one, "prove")]
    assumed = [lang.text(one) for one in _several(by) if isinstance(one, lang.Claim) and one not in given]
    extra = [f"where {', '.join(assumed)}"] * bool(assumed)
    return "; ".join(filter(None, (words, *named, *extra)))


def _several(by: Uses) -> tuple[Any, ...]:
    return tuple(by) if isinstance(by, tuple | list) else (by,)
