"""A statement that was changed is not proved by the script of the true one, although it is still a statement.

`symattn rocq --all --check` does it for every theorem; here are a few, and what must never count as refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from symattn import catalogue, language as lang
from symattn.cli import main
from symattn.rocq import refusals, refused_mutants
from symattn.rocq.coq import compiled_library
from symattn.rocq.library import script
from symattn.rocq.mutants import Mutant, false_mutants, mutants
from symattn.rocq.printing.claims import rocq
from symattn.rocq.session import Session, session

NAMES = (
    "embedding_is_linear",  # its first mutant is no statement over a ring without 1/H
    "positionwise_blind",
    "head_symmetric_iff",
    "asymmetry_witness",
    "tied_qk_psd",
    "rank_bound",
    "gauge_uniqueness_false",
    "softmax_jacobian",
    "stochasticity",
    "balance_flow",
    "concat_sum",
    "mla_absorb",
    "psd_is_gram",  # over a field with square roots
    "score_rank_not_attention_rank",
)


@pytest.fixture(scope="module")
def talk() -> Iterator[Session]:
    with session(compiled_library()) as found:
        yield found


def _tried(talk: Session, statement: str, tactics: str, seconds: int = 20) -> str:
    talk.limit(seconds)
    status: str = refused_mutants.tried(statement, tactics, talk)[0]
    return status


def _theorem(**parts: Any) -> Any:
    plain = {"name": "mine", "given": (), "instances": (), "over": "any commutative ring"}
    return SimpleNamespace(**{**plain, **parts})


def test_no_mutant_is_proved() -> None:
    found = refusals([catalogue()[name] for name in NAMES], cached=False)
    assert [(refusal.name, refusal.status) for refusal in found] == [(name, "refused") for name in NAMES]
    assert all("Error" in refusal.message for refusal in found)
    assert all(f"mutant_{refusal.name}" in refusal.statement for refusal in found)


@pytest.mark.parametrize("name", NAMES)
def test_the_true_statement_is_accepted_in_the_same_way(name: str, talk: Session) -> None:
    text = rocq(catalogue()[name]).text.replace(f"Theorem {name}", f"Theorem true_{name}", 1)
    assert _tried(talk, text, script(name) or "") == "accepted"


@pytest.mark.parametrize(
    ("statement", "tactics", "status"),
    [
        ("Theorem m1 : True.", "by [].", "accepted"),
        ("Theorem m2 : True.", "split.", "accepted"),
        ("Theorem m3 : False.", "by [].", "refused"),
        ("Theorem m4 : True /\\ True.", "split.\n- by [].", "refused"),
        ("Theorem m5 : 1 + true = 2.", "by [].", "no mutant"),
        ("Theorem m6 : False.", "by exact: given_1.", "no mutant"),
        ("Theorem m7 : False.", "by repeat pose proof I.", "no mutant"),
    ],
)
def test_only_an_error_of_a_tactic_is_a_refusal(statement: str, tactics: str, status: str, talk: Session) -> None:
    assert _tried(talk, statement, tactics, seconds=1) == status


def test_a_script_that_proves_what_is_false_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    theorem = catalogue()["dot_product_symmetric"]
    monkeypatch.setattr(refused_mutants, "false_mutants", lambda _: iter([Mutant("nothing", theorem.says, ())]))
    monkeypatch.setattr(refused_mutants, "_kept", lambda _: None)
    assert main(["rocq", "dot_product_symmetric", "--check"]) == 1
    assert "its script also proves what is false, nothing\nTheorem mutant_dot" in capsys.readouterr().out


def test_a_theorem_without_a_mutant_fails_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(refused_mutants, "false_mutants", lambda _: iter([]))
    monkeypatch.setattr(refused_mutants, "_kept", lambda _: None)
    assert main(["rocq", "dot_product_symmetric", "--check"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "has no mutant that its script refuses: none is known to be false" in said


def test_refusals_are_kept_and_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(refused_mutants, "cache_folder", lambda: tmp_path)
    theorem = catalogue()["dot_product_symmetric"]
    assert refusals([theorem])[0].status == "refused"
    monkeypatch.setattr(refused_mutants, "false_mutants", lambda _: iter([]))
    assert refusals([theorem])[0].status == "refused"
    monkeypatch.setattr(refused_mutants, "stamp", lambda: "another library")
    assert [refusals([theorem])[0].status for _ in range(2)] == ["no mutant"] * 2


# ---- mutants are false

n, m = lang.sizes("n m", min=1)
A, B = lang.matrix("A", n, m), lang.matrix("B", n, m)
x, y = lang.row("x", n), lang.row("y", n)


def _slips(theorem: Any) -> tuple[set[str], set[str]]:
    return {one.slip for one in mutants(theorem)}, {one.slip for one in false_mutants(theorem)}


def test_a_mutant_that_is_true_is_none() -> None:
    tried, false = _slips(_theorem(says=lang.Equal(lang.total(x @ y.T), lang.total(y @ x.T))))
    assert "x and y exchanged" in tried - false
    assert "x in place of y" in false


def test_sizes_that_do_not_fit_make_no_mutant() -> None:
    tried, false = _slips(_theorem(says=lang.Equal(A @ B.T, lang.T(B @ A.T))))
    assert "A transposed" in tried - false


def test_a_witness_that_fails_refutes_nothing() -> None:
    there = lang.Exists((A,), lang.Equal(A, lang.ones(n, m)), (lang.ones(n, m),))
    tried, false = _slips(_theorem(says=there))
    assert "the right side doubled" in tried - false
    assert {"for all in place of for some", "denied"} <= false


def test_a_dropped_fact_a_dropped_hypothesis_and_a_smaller_size_are_tried() -> None:
    S = lang.matrix("S", n, n, symmetric=True)
    two = lang.sizes("d", min=2)
    _, dropped = _slips(_theorem(says=lang.Equal(S, S.T)))
    _, given = _slips(_theorem(says=lang.Equal(A, B), given=(lang.Equal(A, B),), instances=({A: B},)))
    smaller, _ = _slips(_theorem(says=lang.Equal(lang.identity(two), lang.identity(two))))
    assert "S no longer symmetric" in dropped
    assert "the hypothesis A = B dropped" in given
    assert "d one smaller at least" in smaller


def test_a_theorem_whose_hypotheses_no_sample_meets_cannot_be_denied() -> None:
    never = lang.Equal(A, A + lang.ones(n, m))
    _, false = _slips(_theorem(says=lang.Equal(A, B), given=(never,)))
    assert "denied" not in false
