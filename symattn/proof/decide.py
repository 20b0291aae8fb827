"""Proof: the three answers.  `decide` says proved, refuted or undecided; `prove` insists on the first."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Any

from symattn import language as lang
from symattn.errors import KernelError, LanguageError, Refuted, ShapeError, Undecided
from symattn.kernel import certificate, rules
from symattn.kernel import theorem as kernel
from symattn.kernel.ground import over
from symattn.proof.counterexample import Counterexample, find
from symattn.proof.elaborate import Elaborator
from symattn.proof.limit import time_limit
from symattn.proof.search import Known, NoProof, search
from symattn.proof.statements import statement


@dataclass(frozen=True)
class Theorem:
    """A proved claim: for all sizes and letters in it, under the claims in `given`."""

    claim: Any
    given: tuple[Any, ...]
    kernel: kernel.Theorem

    @property
    def hypotheses(self) -> tuple[Any, ...]:
        """The given claims that the proof uses."""
        return tuple(g for g in self.given if statement({}, g) in self.kernel.hypotheses)

    @property
    def over(self) -> str:
        """The widest setting in which it holds, such as any commutative ring."""
        return over(self.kernel)

    def certificate(self) -> dict[str, Any]:
        """The proof as plain JSON; symattn.replay proves it again from nothing."""
        return certificate.certificate(self.kernel)

    def __str__(self) -> str:
        letters = ", ".join(s.name for s in self.claim.sizes)
        given = "".join(f", {lang.text(h)}" for h in self.hypotheses)
        return f"for all {letters or 'letters'}{given}: {lang.text(self.claim)}  (over {self.over})"


@dataclass(frozen=True)
class Verdict:
    """What is known of a claim."""

    status: str
    claim: Any
    theorem: Theorem | None = None
    counterexample: Counterexample | None = None
    reason: str = ""
    seconds: float = 0.0

    @property
    def over(self) -> str | None:
        return self.theorem.over if self.theorem else None

    def __bool__(self) -> bool:
        raise TypeError("a verdict has three values: compare verdict.status with 'proved', 'refuted' or 'undecided'")

    def __str__(self) -> str:
        detail = self.theorem or self.counterexample or self.reason
        return f"{self.status}: {detail}"


def decide(claim: Any, given: Any = (), *, using: Any = (), timeout: float | None = None) -> Verdict:
    """Whether the claim holds for all its letters and sizes, under the given claims and with the theorems in `using`.

    Raises    ShapeError when two sizes that must agree differ
    """
    start = perf_counter()
    given = tuple(given) if isinstance(given, tuple | list) else (given,)
    try:
        with time_limit(timeout):
            found = _decide(claim, given, tuple(using))
    except Undecided as error:
        found = Verdict("undecided", claim, reason=str(error))
    except RecursionError:
        found = Verdict("undecided", claim, reason="the statement is nested too deeply")
    except ShapeError:
        raise
    except (LanguageError, KernelError) as error:
        found = Verdict("undecided", claim, reason=str(error))
    return Verdict(found.status, claim, found.theorem, found.counterexample, found.reason, perf_counter() - start)


def _decide(claim: Any, given: tuple[Any, ...], using: tuple[Any, ...]) -> Verdict:
    for part in (claim, *given):
        lang.check(part)
    e = Elaborator(prefix="s")
    goal = statement(e.names, claim)
    known = Known()
    for hypothesis in given:
        known = known.with_fact(e, rules.assume((), statement(e.names, hypothesis)), hypothesis)
    for theorem in using:
        known = known.with_fact(e, theorem.kernel, theorem.claim)
    try:
        found = known.close(search(e, claim, goal, known))
        return Verdict("proved", claim, Theorem(claim, given, found))
    except (NoProof, KernelError) as error:
        reason = str(error)
    denial = _denial(e, claim, known)
    if denial is not None:
        return Verdict("refuted", claim, reason=f"its negation is a theorem: {denial}")
    counterexample = find(claim, given)
    if counterexample is not None:
        return Verdict("refuted", claim, counterexample=counterexample)
    return Verdict("undecided", claim, reason=f"{reason}, but no counterexample was found at small sizes")


def _denial(e: Elaborator, claim: Any, known: Known) -> Theorem | None:
    """For `there is x. not A`: the theorem that A holds for all x."""
    if not isinstance(claim, lang.Exists) or not isinstance(claim.claim, lang.Not):
        return None
    against = lang.ForAll(claim.variables, claim.claim.claim)
    try:
        return Theorem(against, (), search(e, against, statement(e.names, against), known))
    except (NoProof, KernelError):
        return None


def prove(claim: Any, given: Any = (), *, using: Any = (), timeout: float | None = None) -> Theorem:
    """The theorem that the claim holds for all its letters and sizes.

    Raises    Refuted with a counterexample; Undecided with the step that could not be taken; ShapeError, LanguageError
    """
    lang.check(claim)
    verdict = decide(claim, given, using=using, timeout=timeout)
    if verdict.theorem is not None:
        return verdict.theorem
    if verdict.status == "refuted":
        detail = verdict.counterexample or verdict.reason
        raise Refuted(f"{lang.text(claim)} is false:\n    {detail}", counterexample=verdict.counterexample, verdict=verdict)
    raise Undecided(f"{lang.text(claim)} is neither proved nor refuted:\n    {verdict.reason}", reason=verdict.reason, verdict=verdict)


def replay(content: dict[str, Any]) -> kernel.Theorem:
    """The theorem of a certificate, proved again by the kernel from nothing.

    Raises    CertificateError when it was changed or is malformed; KernelError when a step does not follow
    """
    return certificate.read(content)
