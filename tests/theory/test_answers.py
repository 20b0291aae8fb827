"""Claims that a theorem says in other letters are proved, and by which one is said."""

from __future__ import annotations

import gc
import math
from concurrent.futures import ThreadPoolExecutor
from time import process_time

import pytest

import symattn as sa
from symattn.cli import main
from symattn.errors import Contradiction, LanguageError
from symattn.theory import answers

n, k = sa.sizes("n k", min=0)
G, F, W = sa.matrix("G", n, n), sa.matrix("F", n, n), sa.matrix("W", n, n)
_NONE = sa.Verdict("refuted", sa.Equal(G, F))
GRAM = sa.Iff(sa.PSD(W), sa.Exists(F, sa.Equal(W, F @ F.T)))


def test_the_theorem_is_named() -> None:
    verdict = sa.decide(GRAM, timeout=60)
    assert (verdict.status, verdict.by) == ("proved", "psd_is_gram")
    assert str(verdict).startswith("proved, by psd_is_gram: ")
    sa.replay(verdict.theorem.certificate())  # type: ignore[union-attr]


def test_what_the_search_finds_is_by_nobody() -> None:
    assert sa.decide(sa.Equal(G + F, F + G)).by == ""


def test_a_near_miss_stays_as_it_was() -> None:
    wrong = sa.Iff(sa.PSD(W), sa.Exists(F, sa.Equal(W, F @ F)))
    assert sa.decide(wrong).status != "proved"


def test_prove_gives_the_theorem() -> None:
    assert sa.prove(GRAM, timeout=60).claim == GRAM


def test_the_shell_says_the_name(capsys: object) -> None:
    text = "A:n*n B:n*n |- Iff(PSD(A), Exists(B, Equal(A, B@B.T)))"
    assert main(["prove", text, "--timeout", "60"]) == 0
    assert "by psd_is_gram" in capsys.readouterr().out  # type: ignore[attr-defined]


def test_a_contradiction_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def against(theorem: object) -> None:
        raise Contradiction("numbers say otherwise")

    monkeypatch.setattr(answers.decision, "confirm", against)
    with pytest.raises(Contradiction):
        sa.decide(GRAM, timeout=60)


def test_loading_the_catalogue_costs_no_question_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one in a process has the answer that a later one has."""

    def slowly() -> dict[str, sa.Statement]:
        end = process_time() + 3.0
        while process_time() < end:
            pass
        return sa.catalogue()

    answers._said_by_theorems.cache_clear()
    monkeypatch.setattr(answers, "catalogue", slowly)
    gc.disable()  # to walk over what earlier tests have left may take longer than the question
    try:
        assert sa.decide(GRAM, timeout=2.0).by == "psd_is_gram"
    finally:
        gc.enable()


def test_where_nothing_is_said_five_seconds_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[float | None] = []
    monkeypatch.setattr(answers.decision, "judged", lambda case, purse, **_: limits.append(purse.seconds) or _NONE)
    for named in ({}, {"timeout": 7.0}, {"timeout": math.inf}):
        sa.decide(sa.Equal(G, F), **named)
    assert limits == [answers.LIMIT, 7.0, None]


def test_what_had_too_little_time_says_what_gives_more() -> None:
    less, more = (sa.determinant(G @ G.T + F @ F.T + number * sa.identity(n)) for number in (1, 2))
    verdict = sa.decide(sa.AtMost(less, more), timeout=0.05)
    assert verdict.status == "undecided"
    assert verdict.reason.startswith("no answer within 0.05 s of the processor; timeout=0.6 looks longer")


def test_without_a_limit_of_ones_own_another_thread_has_none() -> None:
    """Nobody can interrupt it there, and that is no reason to refuse an answer."""
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(sa.decide, sa.Equal(G + F, F + G)).result().status == "proved"
        assert pool.submit(sa.decide, "A, B:n*n k>=0 |- (A@B)^k = A^k@B^k", "A@B = B@A").result().status == "proved"
        assert pool.submit(lambda: sa.decide(sa.Equal(G, F), timeout=9.0)).result().status == "undecided"


def test_a_derivative_says_which_fact_it_waits_for() -> None:
    text = "K:n*n |- Gradient(logdet(K), K) == inv(K).T"
    assert "it has one where det(K) > 0 is given" in sa.decide(text).reason
    assert sa.decide(text, given="det(K) > 0").status == "proved"


def test_what_is_no_claim_is_told_how_to_make_one() -> None:
    with pytest.raises(LanguageError, match="Equal"):
        sa.decide(G == G.T)
