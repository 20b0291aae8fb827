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
from symattn.language import Claim
from symattn.proof.attempts.attempts import discharged
from symattn.proof.attempts.case import Case
from symattn.proof.decision import prove
from symattn.proof.display import Shown
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.search.search import worded as same_in_words
from symattn.proof.second_opinion import confirm
from symattn.proof.verdict import Theorem
from symattn.proof.write.calc import Chain, Line, worded
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

    @property
    def supposes(self) -> bool:
        """Whether the step only assumes what it says."""
        return bool(self.theorem.given == (self.claim,))


class Argument(Shown):
    """Steps under some assumptions.  `argument` makes it, in a `with` block that ends with `show`.

    given    the claims that are assumed throughout
    check    whether what is shown is put to numbers; not where it is a step of something that is

    >>> n = sizes("n")
    >>> A, B, C = (matrix(name, n, n) for name in "ABC")
    >>> left, right = Equal(B @ A, identity(n)), Equal(A @ C, identity(n))
    >>> with argument(left, right) as a:
    ...     back = a.have("A is undone on the left", Equal(B @ A @ C, C), by=left)
    ...     there = a.have("and on the right", Equal(B @ A @ C, B), by=right)
    ...     a.show(Equal(B, C), by=(back, there))
    >>> [(step.words, step.uses) for step in a.steps]
    [('A is undone on the left', ()), ('and on the right', ()), ('', (1, 2))]
    """

    def __init__(self, given: tuple[Any, ...], check: bool = True) -> None:
        self.given = given
        self.check = check
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

    def at(self, words: str, step: Theorem, values: Mapping[Any, Any], by: Uses = ()) -> Theorem:
        """A step before, or another theorem, said of values in the place of letters.

        What it assumes of these letters must follow, for the values, from `by`; so must it that a value is positive
        where its letter is declared so.

        Raises    StepError when that does not follow, with its number and its words
        """
        try:
            found = _at(step, values, tuple(map(_theorem_of, _several(by))))
        except SymattnError as error:
            raise StepError(f"step {len(self.steps) + 1} ({words}) does not follow: {error}") from error
        return self.have(words, found, by=(step, *_several(by)))

    def show(self, claim: Any, by: Uses = (), *, words: str = "", hints: Any = ()) -> None:
        """The last step: the claim, or a theorem that says it, such as the step before, under what is assumed.

        Raises    StepError when it does not follow
        """
        last = bool(self.steps) and claim is self.steps[-1].theorem
        shown = claim if last else self._step(words, claim, by, self.given, hints)
        assumed = [*map(formula_of, self.given)]
        if open_ := [lang.text(h) for h in shown.hypotheses if formula_of(h) not in assumed]:
            raise StepError(f"the last step holds under {', '.join(open_)}, which is not assumed throughout")
        self._shown = confirm(shown) if self.check else shown

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
        if isinstance(claim, Chain) and not _several(by):
            return self._calculated(words, claim)
        known = tuple(map(_theorem_of, _several(by)))
        try:
            found = _proved(_theorem_of(claim), known, under, hints)
        except SymattnError as error:
            raise StepError(f"step {len(self.steps) + 1} ({words or 'the last'}) does not follow: {error}") from error
        named = [f"by {one.name}" for one in _several(by) if hasattr(one, "prove")]
        return self._keep("; ".join(filter(None, (words, *named))), found, known)

    def _included(self, words: str, shorter: Argument) -> Theorem:
        """The steps of another argument, with what they assume looked up among the steps before."""
        before = len(self.steps)
        for number, step in enumerate(shorter.steps, 1):
            reason = words if words and number == len(shorter.steps) else step.reason
            uses = {*self._numbers(step.assumes), *(n + before for n in step.uses)}
            said = self._said(reason, step.assumes)
            self.steps.append(replace(step, words=said, reason=reason, uses=tuple(sorted(uses))))
        return shorter.theorem()

    def _calculated(self, words: str, chain: Chain) -> Theorem:
        """A step for each line that no step says already, and one that joins them."""
        found, lines, joined = chain.joined, chain.lines[1:], list[Theorem]()
        for line in lines:
            if (before := self._said_before(line)) is not None and len(lines) > 1:
                joined.append(before)
                continue
            reason = worded(why for why in line.reasons if not self._numbers((why,)))
            said = "; ".join(filter(None, (words if len(lines) == 1 else "", reason)))
            part = found if line.theorem is None else line.theorem
            joined.append(self._keep(said, part, line.reasons, told=True))
        return joined[0] if len(lines) == 1 else self._keep(words, found, joined)

    def _said_before(self, line: Line) -> Theorem | None:
        """The reason of the line that is a step and says the line, from left to right."""
        steps = (why for why in line.reasons if isinstance(why, Theorem) and self._numbers((why,)))
        return next((why for why in steps if line.theorem is not None and why.claim == line.theorem.claim), None)

    def _numbers(self, known: Sequence[Any]) -> tuple[int, ...]:
        """Which steps these are, and which steps suppose them."""
        return tuple(
            number
            for number, step in enumerate(self.steps, 1)
            if any(step.theorem is one or (step.supposes and step.claim == one) for one in known)
        )

    def _keep(self, reason: str, theorem: Theorem, known: Sequence[Any], *, told: bool = False) -> Theorem:
        """One more step; `told` when the reason names already what it assumes."""
        named = [one for one in known if isinstance(one, lang.Claim)]
        elsewhere = [one for one in known if isinstance(one, Theorem) and not self._numbers((one,))]
        brought = [h for one in elsewhere for h in one.given if h in theorem.given]
        assumes = tuple(dict.fromkeys([*named, *brought]))
        words = reason if told else self._said(reason, assumes)
        self.steps.append(Step(words, theorem, self._numbers(known), assumes, reason))
        return theorem

    def _said(self, reason: str, assumes: Sequence[Any]) -> str:
        """The reason, and the claims that are neither assumed throughout nor supposed by a step."""
        extra = ", ".join(lang.text(one) for one in assumes if one not in self.given and not self._numbers((one,)))
        return "; ".join(filter(None, (reason, extra and f"where {extra}")))


def argument(*given: Claim) -> Argument:
    """An argument under these claims, for `with argument(…) as a:`.

    given    the claims that are assumed throughout

    >>> A = matrix("A", *sizes("n n"))
    >>> with argument(Equal(A, A.T)) as a:
    ...     a.show(Equal(A @ A.T, A @ A), by=a.given)
    >>> a
    <Argument of 1 steps: A Aᵀ = A A>
    """
    return Argument(given)


def _proved(claim: Any, known: tuple[Any, ...], under: Any, hints: Any) -> Theorem:
    if isinstance(claim, Theorem):
        return claim
    if under is None:
        return follows(claim, *known, hints=hints)
    using = [one for one in known if isinstance(one, Theorem)]
    assumed = [one for one in known if not isinstance(one, Theorem)]
    given = tuple(dict.fromkeys([*_several(under), *assumed]))
    at_once = discharged(Case(claim, given, tuple(using)))
    if at_once is not None and at_once.theorem is not None:
        return at_once.theorem
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
    claim: Any = step.claim
    kernel = step.kernel
    for premise in reversed(about):
        claim, kernel = lang.Implies(premise, claim), rules.discharge((kernel,), formula_of(premise))
    every = lang.ForAll(tuple(values), claim)
    others = tuple(h for h in step.given if h not in about)
    kernel = rules.generalise((kernel,), formula_of(every).symbols)
    apart = {a: _stand_in(a) for a, b in values.items() if _positive(a) and not _positive(b)}
    here = specialised(Theorem(every, others, kernel), {**values, **apart})
    given = list(others)
    for letter, stand_in in apart.items():
        here, bound = _for_positive(here, stand_in, values[letter], known)
        given += bound.given
    claim, kernel = here.claim, here.kernel
    for _ in about:
        fact = follows(claim.hypothesis, *known)
        claim, kernel = claim.conclusion, rules.apply((kernel, fact.kernel))
        given += fact.given
    return Theorem(claim, tuple(dict.fromkeys(given)), kernel)


def _positive(value: Any) -> bool:
    """Whether it is a letter that is declared positive, and no more."""
    letter = isinstance(value, lang.Scalar) and bool(value.is_positive)
    return letter or (isinstance(value, lang.Matrix) and value.facts == {"positive"})


def _stand_in(letter: Any) -> Any:
    """A positive letter of a name that nobody writes."""
    name = f"{letter.name}″"
    return letter.renamed(name) if letter.is_Matrix else lang.scalar(name, positive=True)


def _for_positive(theorem: Theorem, letter: Any, value: Any, known: tuple[Any, ...]) -> tuple[Theorem, Theorem]:
    """The theorem with what is positive by what is known in the place of a letter; and that it is positive."""
    bound = follows(lang.Positive(value), *known)
    claim = theorem.claim.xreplace({letter: value})
    found = rules.for_positive((bound.kernel, theorem.kernel), formula_of(lang.Positive(letter)).body.args[0])
    return Theorem(claim, (*theorem.given, *bound.given), same_in_words(found, formula_of(claim))), bound


def _theorem_of(known: Any) -> Any:
    """The theorem of a calculation, an argument or a named theorem; anything else as it is."""
    if isinstance(known, Chain):
        return known.joined
    if isinstance(known, Argument):
        return known.theorem()
    return known.prove() if hasattr(known, "prove") else known


def _several(by: Uses) -> tuple[Any, ...]:
    return tuple(by) if isinstance(by, tuple | list) else (by,)
