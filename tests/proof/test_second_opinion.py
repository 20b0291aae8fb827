"""No proof is told on the kernel's word alone: what numbers refute is an error of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

import symattn as sa
from symattn.cli import main
from symattn.engine import rules
from symattn.errors import Contradiction, TheoremError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules import logic
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.elaborate.values import named
from symattn.proof.search import by_values
from symattn.proof.second_opinion import confirm
from symattn.verify.job import check

n, m = sa.sizes("n m")
A, B, C = sa.matrix("A", n, n), sa.matrix("B", n, n), sa.matrix("C", n, m)
t = sa.scalar("t")


@pytest.fixture
def gullible(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that takes every difference for zero."""
    monkeypatch.setattr(logic, "holds", lambda term, steps, orders: True)
    monkeypatch.setattr(rules, "shown", lambda term, otherwise: rules.NOTHING)
    monkeypatch.setattr(rules, "vanishes", lambda term: True)


FALSE = {
    "a product does not commute": (sa.Equal(A @ B, B @ A), ()),
    "a quotient by itself is not 1": (sa.Equal(t / t, 1), ()),
    "softmax is not linear": (sa.Equal(sa.softmax(2 * C), 2 * sa.softmax(C)), ()),
    "one part of a claim": (sa.And(sa.Equal(A + B, B + A), sa.Equal(A, A.T)), ()),
    "under a hypothesis": (sa.Equal(A @ B, B), (sa.Equal(A, A.T),)),
    "for all of a kind": (sa.ForAll((A,), sa.Equal(A @ B, B @ A)), ()),
}


@pytest.mark.usefixtures("gullible")
@pytest.mark.parametrize("name", FALSE)
def test_a_proof_that_numbers_refute_is_a_contradiction(name: str) -> None:
    claim, given = FALSE[name]
    with pytest.raises(Contradiction) as raised:
        sa.prove(claim, given)
    said = str(raised.value)
    assert sa.text(claim) in said
    assert "please report it" in said
    assert str(raised.value.counterexample) in said
    certificate = said.partition("certificate  ")[2].splitlines()[0]
    assert json.loads(certificate) == raised.value.theorem.certificate()


@pytest.mark.usefixtures("gullible")
def test_so_is_one_by_letters_for_the_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nested deeply is proved before anything else is tried, and is put to numbers like the rest."""
    monkeypatch.setattr(by_values, "is_zero", lambda term: True)
    near = C + sa.softmax(C @ C.T) @ C
    claim = sa.Equal(near + sa.softmax(near @ near.T) @ near, 2 * near)
    short = named(claim)
    assert short is not None
    assert by_values.prove(short) is not None
    with pytest.raises(Contradiction):
        sa.prove(claim)


@pytest.mark.usefixtures("gullible")
def test_who_measures_may_leave_it_out() -> None:
    assert sa.decide(sa.Equal(A @ B, B @ A), check=False).status == "proved"


@pytest.mark.usefixtures("gullible")
def test_a_calculation_is_put_to_numbers_as_a_whole() -> None:
    with pytest.raises(Contradiction):
        sa.calc(A @ B).eq(B @ A).theorem()


@pytest.mark.usefixtures("gullible")
def test_a_named_theorem_is_put_to_numbers_with_all_its_steps() -> None:
    @sa.theorem(says=sa.Equal(A @ B @ C, B @ A @ C), section="1.1")
    def exchanged() -> Any:
        """Two matrices are exchanged, which is false."""
        return sa.calc(A @ B @ C).eq(B @ A @ C, by=sa.prove(sa.Equal(A @ B, B @ A)))

    with pytest.raises(Contradiction):
        exchanged.prove()


@pytest.mark.usefixtures("gullible")
def test_where_the_other_witnesses_ask_numbers_these_refute_it() -> None:
    """`verify` leaves numbers to them, and a theorem that was not put to numbers there is when it is asked for."""

    @sa.theorem(says=sa.Equal(A @ B, B @ A), section="1.1")
    def exchanged() -> None:
        """Two matrices are exchanged, which is false."""

    row = check(exchanged)
    assert (row.witnesses["kernel"].holds, row.witnesses["exact"].holds, row.holds) == (True, False, False)
    with pytest.raises(Contradiction):
        exchanged.prove()


@pytest.mark.usefixtures("gullible")
def test_so_is_one_that_another_one_uses() -> None:
    @sa.theorem(says=sa.Equal(A @ B, B @ A), section="1.1")
    def exchanged() -> None:
        """Two matrices are exchanged, which is false."""

    @sa.theorem(says=sa.Equal(A + B, B + A), section="1.1")
    def added() -> Any:
        """A sum has no order, which is true."""
        return sa.prove(added.says, using=[exchanged])

    with pytest.raises(Contradiction):
        added.prove()


@pytest.mark.usefixtures("gullible")
def test_the_command_line_has_an_exit_code_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "A:n*n B:n*n |- A@B == B@A"]) == 5
    assert "the kernel proves what numbers refute" in capsys.readouterr().err


def test_what_is_true_is_confirmed() -> None:
    theorem = sa.prove(sa.Equal(sa.T(A @ C), C.T @ A.T), check=False)
    assert confirm(theorem) is theorem


def _by_hand(claim: Any) -> Proof:
    return Proof((), formula_of(claim), "combine", (), (formula_of(claim), rules.ZERO, (), rules.NOTHING))


def test_a_theorem_made_by_hand_is_refused() -> None:
    false = sa.Equal(A, A.T)
    with pytest.raises(TheoremError, match="does not replay"):
        sa.Theorem(false, (), _by_hand(false))


def test_a_theorem_made_by_hand_that_replays_is_one() -> None:
    true = sa.Equal(A + B, B + A)
    assert sa.Theorem(true, (), _by_hand(true)).over == "any commutative ring"


def test_a_part_made_by_hand_is_found_in_a_proof() -> None:
    false = sa.Equal(A, A.T)
    whole = logic.conjoin((_by_hand(false), _by_hand(sa.Equal(A + B, B + A))))
    with pytest.raises(TheoremError, match="does not replay"):
        sa.Theorem(sa.And(false, sa.Equal(A + B, B + A)), (), whole)


def test_a_proof_of_another_class_is_refused() -> None:
    class Believed(Proof):
        by_rule = True

    false = sa.Equal(A, A.T)
    with pytest.raises(TheoremError, match="does not replay"):
        sa.Theorem(false, (), Believed((), formula_of(false), "combine", (), (formula_of(false),)))
