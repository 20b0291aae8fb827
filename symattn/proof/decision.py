"""The three answers.  `decide` says proved, refuted or undecided; `prove` insists on the first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from symattn.engine import rules
from symattn.engine.finder import forget_steps
from symattn.engine.normal import forget, remembered
from symattn.errors import KernelError, LanguageError, Refuted, ShapeError, Undecided
from symattn.kernel.certificate import read
from symattn.kernel.syntax.formulas import Formula, NonNegative
from symattn.language import Claim
from symattn.language.claims.claims import no_claim
from symattn.proof.elaborate.claims import statement
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.in_letters import settled
from symattn.proof.limit import time_limit
from symattn.proof.refute.counterexample import Counterexample, Tally, example, find
from symattn.proof.search import standing_facts
from symattn.proof.search.equations import determinants
from symattn.proof.search.known import Known
from symattn.proof.search.lemmas import instance
from symattn.proof.search.search import NoProof, search
from symattn.proof.second_opinion import confirm
from symattn.proof.verdict import Theorem, Verdict

REPLAY = 60.0
"""Seconds for the replay of a certificate."""
REMEMBERED = 4000
"""With more nameless expressions than this the tables of the kernel are emptied before the next decision."""
NOTHING_FOUND = ", but no counterexample was found at small sizes"
_inside: ContextVar[bool] = ContextVar("inside a decision", default=False)


class Provable(Protocol):
    """What has a proof on request: a theorem of the catalogue."""

    def prove(self) -> Theorem: ...


Given = Claim | Sequence[Claim]


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
    assumed = several(given)
    try:
        with time_limit(timeout), _room():
            found = _decide(claim, assumed, tuple(using), tuple(hints))
            if check and found.theorem is not None:
                confirm(found.theorem)
    except Undecided as error:
        found = Verdict("undecided", claim, reason=str(error))
    except RecursionError:
        found = Verdict("undecided", claim, reason="the statement is nested too deeply")
    except KernelError as error:
        found = Verdict("undecided", claim, reason=str(error))
    return replace(found, seconds=perf_counter() - start)


def several(given: Given) -> tuple[Claim, ...]:
    """The claims that are given, of which there may be one."""
    return tuple(given) if isinstance(given, Sequence) else (given,)


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


def _decide(claim: Any, given: tuple[Any, ...], using: tuple[Any, ...], hints: tuple[Any, ...]) -> Verdict:
    for part in (claim, *given):
        check_claim(part)
    if not given and not using and (verdict := settled(claim)) is not None:
        return verdict
    e, goal, stated, known = _started(claim, given, hints)
    missing: list[str] = []
    theorems = list(map(_theorem, using))
    for theorem in theorems:
        fact, lacks = _applied(e, theorem, stated, known)
        missing += [f"{lang.text(theorem.claim)} holds under {lang.text(h)}, which does not follow" for h in lacks]
        known = known.with_fact(e, fact, None if lacks else theorem.claim)
    reason = ""
    for more in _known(e, (claim, *given), known):
        try:
            return Verdict("proved", claim, Theorem(claim, given, _exactly(goal, stated, e, claim, more)))
        except (NoProof, KernelError) as error:
            reason = reason or "; ".join([str(error), *missing])
    for theorem in theorems:
        said = instance(theorem.kernel, goal, stated)
        if said is not None:
            return Verdict("proved", claim, Theorem(claim, given, said))
    written_out = _written_out(claim, given, hints, [goal, *stated])
    if written_out is not None:
        return Verdict("proved", claim, written_out)
    if (found := _with_more(e, goal, stated, claim, known, standing_facts.cut_sums)) is not None:
        return Verdict("proved", claim, Theorem(claim, given, found))
    tally = Tally()
    counterexample = _denial(claim, given) or find(claim, given, tally)
    if counterexample is not None:
        return Verdict("refuted", claim, counterexample=counterexample)
    if (found := _with_more(e, goal, stated, claim, known, standing_facts.facts)) is not None:
        return Verdict("proved", claim, Theorem(claim, given, found))
    return Verdict("undecided", claim, reason=f"{reason}{NOTHING_FOUND}", held=tally.held, silent=tally.silent)


def _known(e: Elaborator, claims: tuple[Any, ...], known: Known) -> Iterator[Known]:
    """What is known with the implications at the hints, and then with the determinants that are proved to be equal."""
    for offer in known.offers:
        hypothesis = _found(e, offer.conclusion.hypothesis, known)
        known = known.with_fact(e, rules.apply((offer, hypothesis))) if hypothesis is not None else known
    yield known
    more = known
    for fact in determinants.alike(e, claims, lambda equation: _found(e, equation, known)):
        more = more.with_fact(e, fact)
    if more is not known:
        yield more


def _with_more(
    e: Elaborator, goal: Formula, stated: list[Formula], claim: Any, known: Known, always: Callable[..., Iterable[Any]]
) -> kernel.Proof | None:
    """A proof with what always holds of the functions and sums in it; there may be much of that."""
    more = known
    try:
        for fact in always(e, (goal, *stated, *(f.conclusion for f in known.facts))):
            more = more.with_fact(e, fact)
        return _exactly(goal, stated, e, claim, more) if more is not known else None
    except (NoProof, KernelError):
        return None


def _found(e: Elaborator, goal: Formula, known: Known) -> kernel.Proof | None:
    try:
        return search(e, None, goal, known)
    except (NoProof, KernelError):
        return None


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


def _written_out(claim: Any, given: tuple[Any, ...], hints: tuple[Any, ...], short: list[Formula]) -> Theorem | None:
    """The claim with every sum over a small number written out, where that is not what was tried before."""
    try:
        e, goal, stated, known = _started(claim, given, hints, written_out=True)
        return Theorem(claim, given, _exactly(goal, stated, e, claim, known)) if [goal, *stated] != short else None
    except (NoProof, KernelError):
        return None


def _started(
    claim: Any, given: tuple[Any, ...], hints: tuple[Any, ...], *, written_out: bool = False
) -> tuple[Elaborator, Formula, list[Formula], Known]:
    """The formulas of the claim and of what is given, and what is known before any theorem is used."""
    e = Elaborator(prefix="s", written_out=written_out)
    goal = statement(e.names, claim, written_out=written_out)
    stated = [statement(e.names, hypothesis, written_out=written_out) for hypothesis in given]
    known = Known(hints=hints)
    for hypothesis, formula in zip(given, stated, strict=True):
        known = known.with_fact(e, rules.assume((), formula), hypothesis)
    if any(isinstance(f.conclusion, NonNegative) and f.conclusion.strict for f in known.facts):
        given_alone = known
        for fact in standing_facts.conditional(e, (goal, *stated), lambda bound: _found(e, bound, given_alone)):
            known = known.with_fact(e, fact)
    before = known
    for fact in determinants.facts(e, (claim, *given), lambda equation: _found(e, equation, before)):
        known = known.with_fact(e, fact)
    return e, goal, stated, known


def _exactly(goal: Formula, stated: list[Formula], e: Elaborator, claim: Any, known: Known) -> kernel.Proof:
    """What the search finds, when it is the goal and rests on nothing but the stated claims."""
    found = known.close(search(e, claim, goal, known))
    if found.conclusion != goal or any(h not in stated for h in found.hypotheses):
        raise NoProof("the proof that was found is of something else, or uses a claim that is not given")
    return found


def _theorem(used: Any) -> Theorem:
    found = used.prove() if hasattr(used, "prove") else used
    if not isinstance(found, Theorem):
        raise LanguageError(f"only theorems can be used, not {lang.text(used)}: prove it, or put it under given")
    return found


def _applied(e: Elaborator, theorem: Theorem, stated: list[Formula], known: Known) -> tuple[kernel.Proof, list[Any]]:
    """The theorem without the hypotheses that follow from what is given; the others become those of an implication."""
    found, lacks = theorem.kernel, []
    for hypothesis in theorem.hypotheses:
        formula = statement(e.names, hypothesis)
        if formula in stated:
            continue
        implication = rules.discharge((found,), formula)
        try:
            found = rules.apply((implication, known.close(search(e, hypothesis, formula, known))))
        except (NoProof, KernelError):
            found = implication
            lacks.append(hypothesis)
    return found, lacks


def _denial(claim: Any, given: tuple[Any, ...]) -> Counterexample | None:
    """Sizes at which the contrary of `not A` or `there is x. A` is a theorem, where the given claims can hold."""
    if not isinstance(claim, lang.Exists | lang.Not):
        return None
    inner = claim.claim
    contrary = inner.claim if isinstance(inner, lang.Not) else lang.Not(inner)
    against = inner if isinstance(claim, lang.Not) else lang.ForAll(claim.variables, contrary)
    least = {s: sympy.Integer(s.minimum) for s in lang.sizes_of(lang.And(claim, *given))}
    for fixed in ({}, least, *({s: n} for s, n in least.items())):
        theorem = _proved(against.xreplace(fixed), tuple(g.xreplace(fixed) for g in given))
        world = example(tuple(g.xreplace(fixed) for g in given)) if theorem else None
        if world is not None:
            sizes = {**world.sizes, **{s: int(n) for s, n in fixed.items()}}
            return Counterexample(sizes, world.values, f"the contrary is a theorem: {theorem}")
    return None


def _proved(claim: Any, given: tuple[Any, ...]) -> Theorem | None:
    try:
        e, goal, stated, known = _started(claim, given, ())
        return Theorem(claim, given, _exactly(goal, stated, e, claim, known))
    except (NoProof, KernelError, LanguageError, ShapeError):
        return None


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
    main = threading.current_thread() is threading.main_thread()
    with time_limit(timeout if timeout is not None else REPLAY if main else None):
        return read(content)
