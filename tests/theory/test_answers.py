"""Claims that a theorem says in other letters are proved, and by which one is said."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.cli import main
from symattn.errors import Contradiction
from symattn.theory import answers

n, k = sa.sizes("n k", min=0)
G, F, W = sa.matrix("G", n, n), sa.matrix("F", n, n), sa.matrix("W", n, n)
GRAM = sa.Iff(sa.PSD(W), sa.Exists(F, sa.Equal(W, F @ F.T)))


def test_the_theorem_is_named() -> None:
    verdict = sa.decide(GRAM)
    assert (verdict.status, verdict.by) == ("proved", "psd_is_gram")
    assert str(verdict).startswith("proved, by psd_is_gram: ")
    sa.replay(verdict.theorem.certificate())  # type: ignore[union-attr]


def test_what_the_search_finds_is_by_nobody() -> None:
    assert sa.decide(sa.Equal(G + F, F + G)).by == ""


def test_a_near_miss_stays_as_it_was() -> None:
    wrong = sa.Iff(sa.PSD(W), sa.Exists(F, sa.Equal(W, F @ F)))
    assert sa.decide(wrong).status != "proved"


def test_prove_gives_the_theorem() -> None:
    assert sa.prove(GRAM).claim == GRAM


def test_the_shell_says_the_name(capsys: object) -> None:
    assert main(["prove", "A:n*n |- Iff(PSD(A), Exists(B, Equal(A, B@B.T)))".replace("A:n*n", "A:n*n B:n*n")]) == 0
    assert "by psd_is_gram" in capsys.readouterr().out  # type: ignore[attr-defined]


def test_a_contradiction_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def against(theorem: object) -> None:
        raise Contradiction("numbers say otherwise")

    monkeypatch.setattr(answers, "confirm", against)
    with pytest.raises(Contradiction):
        sa.decide(GRAM)
