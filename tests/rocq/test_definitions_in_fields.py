"""What the definitions over a field compute, and what facts mean: Rocq on small numbers against the package.

exp is read as 2**x in whole numbers, as exact arithmetic does; for Rocq that is one function among all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from symattn import language as lang
from symattn.numeric import EXACT, evaluate, sample, witness
from symattn.numeric.samples.draws import HOLDS
from symattn.rocq.coq import compiled_library, run

HEADER = r"""
From mathcomp Require Import all_ssreflect all_algebra.
From SymAttn Require Import definitions dual.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Definition q (a : int) (b : nat) : rat := a%:~R / b%:R.
Definition pow2 (x : rat) : rat := 2%:R ^ numq x.
Definition rats m n (s : seq (seq rat)) : 'M[rat]_(m, n) := \matrix_(i, j) nth 0 (nth [::] s i) j.
Definition ints m n (s : seq (seq int)) : 'M[int]_(m, n) := \matrix_(i, j) nth 0 (nth [::] s i) j.
Ltac expand := rewrite ?(big_ord_recl, big_ord0, mxE) /=.
Ltac entries := apply/matrixP => -[[|[|[|i]]] i_lt] -[[|[|[|j]]] j_lt] //.
Ltac equal := rewrite /total; first [entries | idtac]; do 4 expand; apply/eqP; vm_compute; reflexivity.
Ltac joined := rewrite 1?big_mkcond /= ?big_ord_recl ?big_ord0 /=.
Ltac resized := entries; rewrite mxE /entry; do 2 joined; expand; by [].
Ltac each := case=> [[|[|i]] i_lt] //; try (case=> [[|[|j]] j_lt] //); expand.
Ltac open := rewrite /is_symmetric /is_skew /is_orthogonal /is_mask /positive /at_most.
Ltac yes := open;
  first [ split; [entries; do 4 expand; by [] | each; by []] | entries; do 4 expand; by []
        | each; first [by left | by right | vm_compute; reflexivity] ].
Ltac refuted H := first [move: (H 0 0) (H 0 1) (H 1 0) (H 1 1) | move: (H 0) (H 1)];
  do 4 expand; vm_compute; intuition discriminate.
Ltac no := let H := fresh in let G := fresh in open => H; exfalso;
  first [move/matrixP: H => H; refuted H | move: H => [/matrixP H G]; first [refuted H | refuted G] | refuted H].
"""
S = lang.matrix("S", 2, 3)
G = lang.matrix("G", 2, 3)
M = lang.matrix("M", 2, 3, mask=True)
R = lang.row("R", 2)
s = lang.row("s", 2)
t = lang.scalar("t", positive=True)
f = lang.bilinear("f", 2, 3)
VALUES = {
    S: [[1, 2, -1], [0, 0, 1]],
    G: [[2, -1, 0], [3, 1, -2]],
    M: [[1, 0, 1], [0, 1, 1]],
    R: [[2, 8]],
    s: [[1, -1]],
    t: 2,
    f: [[1, 2, 5], [2, 3, 4]],
}
TWINS = {
    "softmax pow2 S": lang.softmax(S),
    "masked_softmax pow2 M S": lang.softmax(S, mask=M),
    "reciprocal R": lang.Reciprocal(R),
    "entry S 0 2": lang.entry(S, 0, 2),
    "matrix_of (fun x y => total (x *m f *m y^T))": lang.matrix_of(f),
    "partial (fun t => t * t * t + dual_inv t) t": lang.Partial(t**3 + 1 / t, t),
    "partial (dual_exp pow2) t": lang.Partial(lang.exp(t), t),
    "partial (dual_log id) t": lang.Partial(lang.log(t), t),
    "partial (fun t => lift (q 3 1) * t) t": lang.Partial(3 * t, t),
    "jacobian (fun s : 'M[dual rat_comRing]_(1, 2) => dual_softmax pow2 s) s": lang.Jacobian(lang.softmax(s), s),
    "jacobian (fun s : 'M[dual rat_comRing]_(1, 2) => dual_masked_softmax pow2 (rats 1 2 [:: [:: 1; 1]]) s) s": (
        lang.Jacobian(lang.softmax(s, mask=lang.ones(1, 2)), s)
    ),
    "gradient (fun R : 'M[dual rat_comRing]_(1, 2) => total (dual_reciprocal R)) R": lang.Gradient(
        lang.total(lang.Reciprocal(R)), R
    ),
}
TACTICS = {"entry S 0 2": "rewrite /entry; do 2 joined; expand; apply/eqP; vm_compute; reflexivity"}

# a matrix that has the fact, and one for each way to fail it
FACTS = {
    "symmetric": ([[1, 2], [2, 3]], [[1, 2], [-2, 3]]),
    "skew": ([[0, 2], [-2, 0]], [[0, 2], [2, 0]], [[1, 2], [-2, 0]]),
    "orthogonal": ([[0, 1], [-1, 0]], [[0, 2], [-2, 0]], [[1, 1], [0, 1]]),
    "mask": ([[0, 1], [1, 1]], [[0, 2], [1, 1]], [[0, -1], [1, 1]]),
    "positive": ([[1, 2], [3, 1]], [[1, 0], [3, 1]], [[1, 2], [-3, 1]]),
}
PSD = {
    "[[1, 1], [1, 1]]": r"""split; first by entries; rewrite !mxE.
move=> x; rewrite /total; do 4 expand; have -> : q 1 1 = 1 by apply/eqP; vm_compute; reflexivity.
by rewrite !(addr0, mulr1) -mulrDr -expr2 sqr_ge0""",
    "[[1, 2], [2, 1]]": r"""case=> _ /(_ (rats 1 2 [:: [:: q 1 1; q (-1) 1]])); rewrite /total.
do 4 expand; vm_compute; discriminate""",
    "[[1, 2], [0, 1]]": "case=> /matrixP H _; move: (H 0 1); expand; vm_compute; discriminate",
}


def _whole(value: int) -> str:
    return f"(Posz {value})" if value >= 0 else f"(Negz {-value - 1})"


def _rational(value: Any) -> str:
    return f"q {_whole(int(value.numerator))} {int(value.denominator)}"


def _rows(rows: Any, kind: str = "rats") -> str:
    write = _rational if kind == "rats" else _whole
    written = "; ".join(f"[:: {'; '.join(write(x) for x in row)}]" for row in rows)
    return f"({kind} {len(rows)} {len(rows[0])} [:: {written}])"


def _twins() -> list[str]:
    numbers = sample([*TWINS.values()], values=VALUES)
    lines = [
        f"Notation {a.name} := {_rows(v) if isinstance(v, list) else f'({_rational(v)})'}." for a, v in VALUES.items()
    ]
    for written, expr in TWINS.items():
        value = evaluate(expr, numbers, EXACT)
        said = _rows(value) if expr.is_Matrix else _rational(value[0][0])
        lines.append(f"Goal {written} = {said}. Proof. {TACTICS.get(written, 'equal')}. Qed.")
    same = _rows(VALUES[G], "ints")
    return [*lines, f"Goal resize 2 (1 + 2) {same} = {same}. Proof. resized. Qed."]


def _facts() -> list[str]:
    lines = []
    for fact, matrices in FACTS.items():
        name = "positive" if fact == "positive" else f"is_{fact}"
        for rows in matrices:
            holds = HOLDS[fact](np.array(rows, dtype=object))
            there = _rows(rows, "rats" if fact == "positive" else "ints")
            lines.append(_goal(f"{name} {there}", holds, "yes" if holds else "no"))
    return lines


def _orders() -> list[str]:
    """at_most and psd, as claims are judged."""
    A, B = lang.matrix("A", 2, 2), lang.matrix("B", 2, 2)
    small, large = [[1, 1], [0, 2]], [[1, 2], [0, 3]]
    lines = []
    for left, right in ((small, large), (large, small)):
        claim = lang.AtMost(A, B)
        holds = witness(claim, sample(claim, values={A: left, B: right})).holds
        lines.append(_goal(f"at_most {_rows(left)} {_rows(right)}", holds, "yes" if holds else "no"))
    for written, tactics in PSD.items():
        rows = [[int(x) for x in row.split(",")] for row in written.strip("[]").split("], [")]
        holds = witness(lang.PSD(A), sample(lang.PSD(A), values={A: rows})).holds
        lines.append(_goal(f"psd {_rows(rows)}", holds, tactics))
    return lines


def _goal(said: str, holds: bool | None, tactics: str) -> str:
    return f"Goal {'' if holds else '~ '}{said}. Proof. {tactics}. Qed."


def _compiles(goals: list[str], folder: Path) -> str:
    """What Rocq says against the goals."""
    (folder / "twins.v").write_text(HEADER + "\n".join(goals), encoding="utf-8")
    done = run(folder, "twins.v", library=compiled_library())
    return "" if done.ok else done.err or "failed"


def test_definitions_over_a_field_compute_what_the_language_means(tmp_path: Path) -> None:
    assert _compiles(_twins(), tmp_path) == ""


def test_facts_and_orders_mean_what_numbers_test(tmp_path: Path) -> None:
    assert _compiles([*_facts(), *_orders()], tmp_path) == ""


@pytest.mark.parametrize("goal", ["~ is_symmetric", "is_mask"])
def test_a_wrong_fact_is_noticed(goal: str, tmp_path: Path) -> None:
    rows = FACTS["symmetric"][0]
    assert _compiles([_goal(f"{goal} {_rows(rows, 'ints')}", True, "first [yes | no]")], tmp_path) != ""


def test_a_wrong_value_is_noticed(tmp_path: Path) -> None:
    goal = next(line for line in _twins() if "Goal softmax" in line)
    assert _compiles([*_twins()[: len(VALUES)], goal.replace(" = (", " + softmax pow2 S = (", 1)], tmp_path) != ""


def test_both_answers_of_every_fact_are_asked() -> None:
    for fact, matrices in FACTS.items():
        assert {HOLDS[fact](np.array(rows, dtype=object)) for rows in matrices} == {True, False}
