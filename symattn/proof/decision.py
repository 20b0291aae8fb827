"""The three answers.  `decide` says proved, refuted or undecided; `prove` insists on the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from time import perf_counter
from typing import Any, Protocol

import sympy
from sympy import Expr
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom

from symattn import kernel, language as lang
from symattn.engine.finder import forget_steps
from symattn.engine.normal import forget, remembered
from symattn.errors import KernelError, LanguageError, Refuted, Undecided
from symattn.kernel.certificate import read
from symattn.language import Claim
from symattn.language.claims.claims import no_claim
from symattn.language.trees.sharing import share
from symattn.proof.attempts.attempts import ATTEMPTS, OF_STEPS, Attempt, answered
from symattn.proof.attempts.case import Case
from symattn.proof.attempts.purse import Purse
from symattn.proof.limit import free, kept, time_limit
from symattn.proof.second_opinion import confirm, is_a_step
from symattn.proof.verdict import Theorem, Verdict

REPLAY = 60.0
"""Seconds for the replay of a certificate."""
CHECK = 1.0
"""Seconds that there are for numbers, whatever the proof has taken."""
REMEMBERED = 4000
"""With more nameless expressions than this the tables of the kernel are emptied before the next decision."""
_inside: ContextVar[bool] = ContextVar("inside a decision", default=False)


class Provable(Protocol):
    """What has a proof on request: a theorem of the catalogue."""

    def prove(self) -> Theorem: ...


Given = Claim | Sequence[Claim] | None


def decide(
    claim: Claim,
    given: Given = (),
    *,
    using: Iterable[Theorem | Provable] = (),
    hints: Iterable[Expr] = (),
    timeout: float | None = None,
    check: bool = True,
) -> Verdict:
    """The same as `symattn.decide`, without a look at the catalogue: what the proofs of its theorems use.

    claim, given, using, hints, timeout, check    as there

    >>> A, B = matrix("A", *sizes("n d")), matrix("B", *sizes("n d"))
    >>> decide(Equal(A + B, B + A)).status
    'proved'

    Raises    ShapeError, LanguageError, Contradiction
    """
    start = perf_counter()
    case = Case(claim, several(given), tuple(using), tuple(hints))
    return replace(judged(case, Purse(timeout), check=check), seconds=perf_counter() - start)


def judged(case: Case, purse: Purse, *, check: bool = True, attempts: Sequence[Attempt] = ()) -> Verdict:
    """The verdict on a case, with the time that is in the purse, and by the usual attempts where none are named.

    Raises    ShapeError, LanguageError, Contradiction
    """
    try:
        with _room():
            with purse.spend():
                for part in (case.claim, *case.given):
                    check_claim(part)
                if check:  # what is put to numbers is read many times
                    share(case.claim, *case.given)
                case.using = tuple(map(_theorem, case.using))
            found = answered(case, purse, attempts or (OF_STEPS if is_a_step() else ATTEMPTS))
            if check and found.theorem is not None:
                with time_limit(None if purse.left is None else max(purse.left, CHECK), promised=purse.seconds):
                    confirm(found.theorem)
    except Undecided as error:
        return Verdict("undecided", case.claim, reason=str(error))
    except RecursionError:
        return Verdict("undecided", case.claim, reason="the statement is nested too deeply")
    except KernelError as error:
        return Verdict("undecided", case.claim, reason=str(error))
    return found


def several(given: Given) -> tuple[Claim, ...]:
    """The claims that are given, of which there may be one, or none."""
    return () if given is None else tuple(given) if isinstance(given, Sequence) else (given,)


@contextmanager
def _room() -> Iterator[None]:
    """Memory for one decision; those inside it, for the theorems that it uses, leave what it has found alone."""
    if not _inside.get() and remembered() > REMEMBERED:
        forget_steps()
        forget()
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def check_claim(part: Any) -> None:
    """Refuse what is outside the language, and what is no claim.

    Raises    ShapeError, LanguageError
    """
    if isinstance(part, bool | BooleanAtom | Relational):
        raise no_claim(part, f"{part} is not a claim")
    check_expression(part)
    if not isinstance(part, lang.Claim):
        raise no_claim(part, f"{lang.text(part) if isinstance(part, sympy.Basic) else repr(part)} is not a claim")


def check_expression(part: Any) -> None:
    """Refuse what is outside the language, also what has not even the attributes of an expression.

    Raises    ShapeError, LanguageError
    """
    try:
        lang.check(part)
    except (AttributeError, TypeError, ValueError) as error:
        raise LanguageError(f"{type(part).__name__} is not a statement of the language: {error}") from error


def _theorem(used: Any) -> Theorem:
    with free():
        found = used.prove() if hasattr(used, "prove") else used
    if not isinstance(found, Theorem):
        raise LanguageError(f"only theorems can be used, not {lang.text(used)}: prove it, or put it under given")
    return found


def prove(
    claim: Claim,
    given: Given = (),
    *,
    using: Iterable[Theorem | Provable] = (),
    hints: Iterable[Expr] = (),
    timeout: float | None = None,
    check: bool = True,
) -> Theorem:
    """The same as `symattn.prove`, without a look at the catalogue: what the proofs of its theorems use.

    claim, given, using, hints, timeout, check    as there

    >>> A = matrix("A", *sizes("n d"))
    >>> prove(Equal(T(T(A)), A)).over
    'any commutative ring'

    Raises    Refuted, Undecided, ShapeError, LanguageError, Contradiction
    """
    return insisted(decide(claim, given, using=using, hints=hints, timeout=timeout, check=check))


def insisted(verdict: Verdict) -> Theorem:
    """The theorem of a verdict.

    Raises    Refuted, Undecided when it has none
    """
    claim = verdict.claim
    if verdict.theorem is not None:
        return verdict.theorem
    if verdict.status == "refuted":
        detail = verdict.counterexample or verdict.reason
        raise Refuted(
            f"{lang.text(claim)} is false:\n    {detail}", counterexample=verdict.counterexample, verdict=verdict
        )
    raise Undecided(
        f"{lang.text(claim)} is neither proved nor refuted:\n    {verdict.reason}",
        reason=verdict.reason,
        verdict=verdict,
    )


def replay(content: dict[str, Any], *, timeout: float | None = None) -> kernel.Proof:
    """The theorem of a certificate, proved again by the kernel from nothing.

    content    a certificate, as `Theorem.certificate` gives it and JSON keeps it
    timeout    seconds, for a certificate from elsewhere can ask for any amount of work; REPLAY of them where nothing
               else is said and a limit can be kept, which is in the main thread

    >>> A = matrix("A", *sizes("n d"))
    >>> found = prove(Equal(T(T(A)), A))
    >>> replay(found.certificate()).conclusion == found.kernel.conclusion
    True

    Raises    CertificateError when it was changed or is malformed; KernelError when a step does not follow; Undecided
              when it takes longer
    """
    with time_limit(kept(REPLAY) if timeout is None else timeout):
        return read(content)
