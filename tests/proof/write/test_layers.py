"""Induction over layers: one more step keeps what is claimed, and nothing that fails somewhere is proved."""

from __future__ import annotations

import pytest

from symattn.errors import Refuted, StepError, SymattnError, TheoremError
from symattn.language import Equal, ForAll, Implies, T, family, index, matrix, sizes, stack_heads, sum_heads, zeros
from symattn.proof import Argument, Theorem, by_layers, decide, prove, specialised

L = sizes("L", min=0)
n, d = sizes("n d")
l, m = index("l", L), index("m", L + 1)
X, F, M = family("X", L + 1, n, d), family("F", L, n, d), matrix("M", d, d)
ADDS = ForAll(l, Equal(X[l + 1], X[l] + F[l]))
TURNS = ForAll(l, Equal(X[l + 1], X[l] @ M))


def _symmetric() -> ForAll:
    S = family("S", L + 1, d, d)
    return ForAll(
        (S, M), Implies(ForAll(l, Equal(S[l + 1], M @ S[l] @ M.T)) & Equal(S[0], T(S[0])), Equal(S[L], T(S[L])))
    )


def test_what_every_step_keeps_holds_at_the_end() -> None:
    def step(proof: Argument, before: Theorem, S: object, M: object) -> None:
        last = proof.have("the last step", Equal(S[L + 1], M @ S[L] @ M.T), by=proof.given[1])  # type: ignore[index,operator,attr-defined]
        proof.show(Equal(S[L + 1], T(S[L + 1])), by=(before, last))  # type: ignore[index]

    claim = _symmetric()
    found = by_layers(claim, over=L, step=step)
    assert (found.claim, found.given) == (claim, ())


def test_a_step_that_does_not_keep_it_is_refused() -> None:
    claim = ForAll((X, F), Implies(ADDS, Equal(X[L], X[0])))

    def step(proof: Argument, before: Theorem, X: object, F: object) -> None:
        proof.show(Equal(X[L + 1], X[0]), by=(before, proof.given[1]))  # type: ignore[index]

    with pytest.raises(StepError):
        by_layers(claim, over=L, step=step)


def test_a_start_that_fails_is_refused() -> None:
    claim = ForAll((X, M), Implies(TURNS, Equal(X[L], zeros(n, d))))

    def step(proof: Argument, before: Theorem, X: object, M: object) -> None:
        last = proof.have("the last step", Equal(X[L + 1], X[L] @ M), by=proof.given[1])  # type: ignore[index,operator]
        proof.show(Equal(X[L + 1], zeros(n, d)), by=(before, last))  # type: ignore[index]

    with pytest.raises(Refuted):
        by_layers(claim, over=L, step=step)


@pytest.mark.parametrize("claim", [Implies(ADDS, Equal(X[L], X[0])), ForAll(X, Equal(X[L], X[L]))])
def test_a_claim_of_another_form_is_refused(claim: ForAll) -> None:
    with pytest.raises(TheoremError, match="is no claim"):
        by_layers(claim, over=L, step=lambda *_: None)


def test_a_theorem_about_a_family_is_said_of_a_part_of_another() -> None:
    longer = family("Y", L + 2, n, d)
    every = prove(ForAll(X, Equal(T(X[L]), X[L].T)))
    assert specialised(every, {X: stack_heads(longer[m + 1], m)}).claim == Equal(T(longer[L + 1]), longer[L + 1].T)


def test_a_family_of_another_length_is_no_value() -> None:
    with pytest.raises(SymattnError, match="another shape"):
        specialised(prove(ForAll(X, Equal(T(X[L]), X[L].T))), {X: F})


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (Equal(X[L], X[0]), ADDS),
        (Equal(X[L], X[0] + 2 * sum_heads(F[l], l)), ADDS),
        (Equal(X[0], X[0] @ M), TURNS),
        (ForAll(l, Equal(X[l + 1], X[l])), TURNS),
        (ForAll(l, Equal(X[l], X[l] + F[l])), ADDS),
    ],
)
def test_what_does_not_follow_from_steps_is_refuted(claim: object, given: object) -> None:
    assert decide(claim, given).status == "refuted"  # type: ignore[arg-type]


def test_a_step_is_known_for_every_place() -> None:
    states, writes = family("Y", L + 2, n, d), family("G", L + 1, n, d)
    steps = ForAll(m, Equal(states[m + 1], states[m] + writes[m]))
    for claim in (
        Equal(states[L + 1], states[L] + writes[L]),
        Equal(states[1], states[0] + writes[0]),
        ForAll(l, Equal(states[l + 1], states[l] + writes[l])),
    ):
        assert decide(claim, steps).status == "proved"


def test_of_states_the_first_one_is_told() -> None:
    told = decide(Equal(X[L], X[0]), TURNS).counterexample
    assert told is not None
    assert X[0] in told.values
    assert X not in told.values
