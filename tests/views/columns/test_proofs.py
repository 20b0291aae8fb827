"""Turned proofs: the same steps about transposed letters, which the kernel replays from nothing."""

from __future__ import annotations

import copy

import pytest

import symattn as sa
from symattn.errors import CertificateError, KernelError
from symattn.proof.elaborate.claims import statement as statement_formula
from symattn.views.columns.proofs import turned

d, k = sa.sizes("d k")
Q, K = sa.matrix("Q", d, k), sa.matrix("K", d, k)
Q_T, K_T = sa.matrix("Q", k, d), sa.matrix("K", k, d)


def test_a_proof_about_rows_becomes_one_about_columns() -> None:
    theorem = sa.prove(sa.Equal(sa.T(Q @ K.T), K @ Q.T))
    found = turned(theorem.certificate(), ["Q", "K"])
    assert found.conclusion == statement_formula({}, sa.Equal(sa.T(Q_T.T @ K_T), K_T.T @ Q_T))


def test_turning_twice_gives_the_same_theorem() -> None:
    theorem = sa.prove(sa.Rank(Q @ K.T) <= k)
    once = turned(theorem.certificate(), ["Q", "K"])
    twice = turned(sa.proof.verdict.certificate(once), ["Q", "K"])
    assert twice.conclusion == theorem.kernel.conclusion


def test_witnesses_and_quantifiers_are_turned_with_their_letters(statements: dict[str, sa.Statement]) -> None:
    theorem = statements["asymmetry_witness"].prove()
    found = turned(theorem.certificate(), ["x", "y", "Q", "K"])
    assert [symbol.name for symbol in found.conclusion.symbols] == ["x", "y", "Q", "K"]
    assert str(found.conclusion.symbols[0].sizes[1]) == "1"


def test_a_false_line_is_refused_after_turning_as_before() -> None:
    false = copy.deepcopy(sa.prove(sa.Equal(2 * Q, Q + sa.T(sa.T(Q)))).certificate())
    false["nodes"] = [3 if type(node) is int and node == 2 else node for node in false["nodes"]]
    with pytest.raises((CertificateError, KernelError)):
        turned(false, ["Q", "K"])


def test_every_proof_of_the_catalogue_can_be_turned(statements: dict[str, sa.Statement]) -> None:
    for statement in statements.values():
        letters = {a.name for a in statement.says.letters if isinstance(a, sa.Matrix) and not a.facts}
        turned(statement.prove().certificate(), letters)
