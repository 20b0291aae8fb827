"""The attempts, in their order: what is cheap or likely first, what multiplies out or knows much last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from symattn.engine import rules
from symattn.errors import KernelError, Undecided
from symattn.kernel.syntax.formulas import And, ForAll, Implies
from symattn.proof.attempts.angles import with_whole_angles
from symattn.proof.attempts.case import Case, begun, found
from symattn.proof.attempts.denials import denial
from symattn.proof.attempts.given_values import with_given_values
from symattn.proof.attempts.purse import PART, Purse
from symattn.proof.attempts.states import with_states_of_functions
from symattn.proof.in_letters import settled
from symattn.proof.limit import ENDED, kept, time_limit
from symattn.proof.refute.counterexample import find
from symattn.proof.search import standing_facts
from symattn.proof.search.equations import determinants
from symattn.proof.search.known import Known
from symattn.proof.search.lemmas import instance, under
from symattn.proof.search.search import NoProof
from symattn.proof.verdict import Verdict

AT_ONCE = 0.3
"""Seconds in which most proofs are found that are found at all."""
NOTHING_FOUND = ", but no counterexample was found at small sizes"
Attempt = Callable[[Case], Verdict | None]


def answered(case: Case, purse: Purse, attempts: Sequence[Attempt]) -> Verdict:
    """What the first of the attempts says that says anything; each has half of what is left, and the last one all."""
    for attempt in attempts:
        if purse.left == 0.0:  # an attempt may use up the time and yet come to its end
            case.ended = case.ended or f"{ENDED} {purse.seconds:g} s"
            break
        try:
            with purse.spend(1.0 if attempt is attempts[-1] else PART):
                verdict = attempt(case)
        except Undecided as error:
            case.ended = case.ended or str(error) * str(error).startswith(ENDED)
            case.reason = case.reason or str(error) * (not case.ended)
        except RecursionError:
            case.reason = case.reason or "the statement is nested too deeply"
        except (NoProof, KernelError) as error:
            case.reason = case.reason or str(error)
        else:
            if verdict is not None:
                return verdict
    return _undecided(case)


def _undecided(case: Case) -> Verdict:
    """That nothing was found, and why."""
    reason = "; ".join(filter(None, (case.ended, case.reason))) if case.ended else f"{case.reason}{NOTHING_FOUND}"
    return Verdict("undecided", case.claim, reason=reason, held=case.tally.held, silent=case.tally.silent)


def in_letters(case: Case) -> Verdict | None:
    """A long claim by letters for its parts."""
    return None if case.given or case.using else settled(case.claim)


def begin(case: Case) -> Verdict | None:
    """The formulas; what has none, such as a derivative that does not exist, is not judged by numbers either."""
    try:
        _ = case.begun
    except KernelError as error:
        return Verdict("undecided", case.claim, reason=str(error))
    return None


def discharged(case: Case) -> Verdict | None:
    """`A implies B`, or B for all letters, or both, from a theorem that says B under A and what is given."""
    goal, stated = case.begun.goal, case.begun.stated
    said = goal.body if isinstance(goal, ForAll) else goal
    if said is goal and not isinstance(goal, Implies):
        return None
    assumed = (said.hypothesis,) if isinstance(said, Implies) else ()
    parts = assumed[0].parts if assumed and isinstance(assumed[0], And) else assumed
    for theorem in case.using:
        proof = theorem.kernel
        if all(h in (*stated, *assumed, *parts) for h in proof.hypotheses):
            if assumed and proof.conclusion == said.conclusion:
                proof = under(proof, said.hypothesis, parts)
            with suppress(KernelError):  # what is given may speak of the letters too
                proof = rules.generalise((proof,), goal.symbols) if isinstance(goal, ForAll) else proof
            if proof.conclusion == goal:
                return case.proved(proof)
    return None


def by_search(case: Case) -> Verdict | None:
    """A proof from what is given and the theorems that may be used."""
    reason = ""
    for more in _known(case):
        try:
            return case.proved(case.begun.proof(more))
        except (NoProof, KernelError) as error:
            reason = reason or "; ".join([str(error), *case.missing])
    case.reason = case.reason or reason
    return None


def at_once(case: Case) -> Verdict | None:
    """A proof that is found soon, before something else is tried that may take long or say more."""
    with suppress(Undecided), time_limit(kept(AT_ONCE)):
        return by_search(case)
    return None


def refuted_at_once(case: Case) -> Verdict | None:
    """A counterexample that is found soon."""
    with suppress(Undecided), time_limit(kept(AT_ONCE)):
        counterexample = find(case.claim, case.given)
        return None if counterexample is None else Verdict("refuted", case.claim, counterexample=counterexample)
    return None


def by_lemmas(case: Case) -> Verdict | None:
    """One of the theorems that may be used, in other letters and at other sizes."""
    for theorem in case.using:
        said = instance(theorem.kernel, case.begun.goal, case.begun.stated)
        if said is not None:
            return case.proved(said)
    return None


def written_out(case: Case) -> Verdict | None:
    """A proof with every sum over a small number written out, where that is not what was tried before."""
    b = begun(case.claim, case.given, case.hints, written_out=True)
    same = [b.goal, *b.stated] == [case.begun.goal, *case.begun.stated]
    return None if same else case.proved(b.proof(b.known))


def with_cut_sums(case: Case) -> Verdict | None:
    """A proof where a sum over a size that is cut elsewhere is taken part by part."""
    return case.with_facts(standing_facts.cut_sums)


def refuted(case: Case) -> Verdict | None:
    """A counterexample."""
    counterexample = denial(case.claim, case.given) or find(case.claim, case.given, case.tally)
    return None if counterexample is None else Verdict("refuted", case.claim, counterexample=counterexample)


def with_standing_facts(case: Case) -> Verdict | None:
    """A proof with what always holds of the functions in it."""
    return case.with_facts(standing_facts.facts)


def _known(case: Case) -> Iterator[Known]:
    """What is known with the implications at the hints, and then with the determinants that are proved to be equal."""
    e, known = case.begun.e, case.known
    for offer in known.offers:
        hypothesis = found(e, offer.conclusion.hypothesis, known)
        known = known.with_fact(e, rules.apply((offer, hypothesis))) if hypothesis is not None else known
    yield known
    more = known
    for fact in determinants.alike(e, (case.claim, *case.given), lambda equation: found(e, equation, known)):
        more = more.with_fact(e, fact)
    if more is not known:
        yield more


ATTEMPTS: tuple[Attempt, ...] = (
    in_letters,
    begin,
    discharged,
    by_search,
    with_given_values,
    with_whole_angles,
    with_states_of_functions,
    by_lemmas,
    written_out,
    with_cut_sums,
    refuted,
    with_standing_facts,
)
OF_STEPS: tuple[Attempt, ...] = (*(attempt for attempt in ATTEMPTS if attempt is not refuted), refuted)
"""The order for a step of a theorem, which is true unless its author errs: numbers are asked last."""
