"""A claim under hypotheses: its formulas, what is known, and what the attempts on it leave behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from symattn import kernel, language as lang
from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.syntax.formulas import Formula, NonNegative
from symattn.proof.elaborate.claims import statement
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.refute.counterexample import Tally
from symattn.proof.search import standing_facts
from symattn.proof.search.equations import determinants
from symattn.proof.search.known import Known
from symattn.proof.search.search import NoProof, search
from symattn.proof.verdict import Theorem, Verdict


@dataclass(frozen=True)
class Begun:
    """The formulas of a claim and of what is given, and what is known before any theorem is used."""

    e: Elaborator
    claim: Any
    goal: Formula
    stated: list[Formula]
    known: Known

    def proof(self, known: Known) -> kernel.Proof:
        """What the search finds, when it is the goal and rests on nothing but the stated claims.

        Raises    NoProof, KernelError
        """
        found = known.close(search(self.e, self.claim, self.goal, known))
        if found.conclusion != self.goal or any(h not in self.stated for h in found.hypotheses):
            raise NoProof("the proof that was found is of something else, or uses a claim that is not given")
        return found


@dataclass
class Case:
    """A claim that is judged, and what has been learnt of it.

    using     the theorems that may be used, proved
    reason    the first step that could not be taken
    tally     what numbers said
    ended     why an attempt on it was ended, where its time was up
    missing   what the theorems that may be used lack
    """

    claim: Any
    given: tuple[Any, ...] = ()
    using: tuple[Any, ...] = ()
    hints: tuple[Any, ...] = ()
    reason: str = ""
    tally: Tally = field(default_factory=Tally)
    ended: str = ""
    missing: tuple[str, ...] = ()

    @cached_property
    def begun(self) -> Begun:
        return begun(self.claim, self.given, self.hints)

    @cached_property
    def known(self) -> Known:
        """What is known with the theorems that may be used; what these lack is told where nothing is found."""
        b, known, missing = self.begun, self.begun.known, list[str]()
        wanted = {h for theorem in self.using for h in theorem.kernel.hypotheses}
        for theorem in sorted(self.using, key=lambda t: t.kernel.conclusion not in wanted):  # what others rest on first
            fact, lacks = _applied(b, theorem, known)
            missing += [f"{lang.text(theorem.claim)} holds under {lang.text(h)}, which does not follow" for h in lacks]
            known = known.with_fact(b.e, fact, None if lacks else theorem.claim)
        self.missing = tuple(missing)
        return known

    def proved(self, proof: kernel.Proof) -> Verdict:
        return Verdict("proved", self.claim, Theorem(self.claim, self.given, proof))

    def with_facts(self, always: Callable[..., Iterable[Any]]) -> Verdict | None:
        """A proof with what always holds of the functions and sums in it; there may be much of that."""
        b, more = self.begun, self.known
        for fact in always(b.e, (b.goal, *b.stated, *(f.conclusion for f in more.facts))):
            more = more.with_fact(b.e, fact)
        return self.proved(b.proof(more)) if more is not self.known else None


def begun(claim: Any, given: tuple[Any, ...], hints: tuple[Any, ...] = (), *, written_out: bool = False) -> Begun:
    """The claim and what is given as formulas; `written_out`, with every sum over a small number written out."""
    e = Elaborator(prefix="s", written_out=written_out)
    goal = statement(e.names, claim, written_out=written_out)
    stated = [statement(e.names, hypothesis, written_out=written_out) for hypothesis in given]
    known = Known(hints=hints)
    for hypothesis, formula in zip(given, stated, strict=True):
        known = known.with_fact(e, rules.assume((), formula), hypothesis)
    if any(isinstance(f.conclusion, NonNegative) and f.conclusion.strict for f in known.facts):
        given_alone = known
        for fact in standing_facts.conditional(e, (goal, *stated), lambda bound: found(e, bound, given_alone)):
            known = known.with_fact(e, fact)
    before = known
    for fact in determinants.facts(e, (claim, *given), lambda equation: found(e, equation, before)):
        known = known.with_fact(e, fact)
    return Begun(e, claim, goal, stated, known)


def found(e: Elaborator, goal: Formula, known: Known) -> kernel.Proof | None:
    try:
        return search(e, None, goal, known)
    except (NoProof, KernelError):
        return None


def _applied(b: Begun, theorem: Theorem, known: Known) -> tuple[kernel.Proof, list[Any]]:
    """The theorem without the hypotheses that follow from what is given; the others become those of an implication."""
    proof, lacks = theorem.kernel, []
    for hypothesis in theorem.hypotheses:
        formula = statement(b.e.names, hypothesis)
        if formula in b.stated:
            continue
        implication = rules.discharge((proof,), formula)
        try:
            proof = rules.apply((implication, known.close(search(b.e, hypothesis, formula, known))))
        except (NoProof, KernelError):
            proof = implication
            lacks.append(hypothesis)
    return proof, lacks
