"""What the definitions of the library compute: Rocq on whole numbers, against the exact arithmetic of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from symattn import language as lang
from symattn.numeric import EXACT, evaluate, sample
from symattn.rocq.chapters import STANDARD, assumptions
from symattn.rocq.coq import compiled_library, run

HEADER = r"""
From mathcomp Require Import all_ssreflect all_algebra.
From SymAttn Require Import definitions dual.
Import GRing.Theory.
Local Open Scope ring_scope.
Definition mat m n (s : seq (seq int)) : 'M[int]_(m, n) := \matrix_(i, j) nth 0 (nth [::] s i) j.
Ltac expand := rewrite ?(big_ord_recl, big_ord0, mxE) /=.
Ltac twin := rewrite /total;
  first [apply/matrixP => -[[|[|[|[|[|[|i]]]]]] i_lt] -[[|[|[|[|[|[|j]]]]]] j_lt] // | idtac]; do 4 expand; by [].
"""
A = lang.matrix("A", 2, 3)
B = lang.matrix("B", 2, 3)
x = lang.row("x", 3)
y = lang.column("y", 2)
Q = lang.family("Q", 2, 2, 3)
h = lang.index("h", 2)
STACKED = "(fun h : 'I_2 => mat 2 3 (nth [::] [:: rows_A; rows_B] h))"
TWINS = {
    "total A": lang.total(A),
    "rowsum A": lang.rowsum(A),
    "hadamard A B": lang.hadamard(A, B),
    "ones int_Ring 2 3": lang.ones(2, 3),
    "zeros int_Ring 2 3": lang.zeros(2, 3),
    "identity int_Ring 2": lang.identity(2),
    "unit_row int_Ring 3 1": lang.unit(3, 1),
    "order_mx int_Ring 3 4 1 0": lang.Before(3, 4, 1, 0),
    "order_mx int_Ring 3 2 0 1": lang.Before(3, 2, 0, 1),
    "shift_mx int_Ring 3 3 1": lang.Shift(3, 1),
    "shift_mx int_Ring 4 4 2": lang.Shift(4, 2),
    "diag_row x": lang.diag(x),
    "diag_col y": lang.diag(y),
    f"concat_heads {STACKED}": lang.hstack(A, B),
    f"stack_heads {STACKED}": lang.vstack(A, B),
    "gradient (fun A : 'M[dual int_comRing]_(2, 3) => total (hadamard A (hadamard A (lift_mx B)))) A": lang.Gradient(
        lang.total(lang.hadamard(A, A, B)), A
    ),
    "jacobian (fun x : 'M[dual int_comRing]_(1, 3) => hadamard x x) x": lang.Jacobian(lang.hadamard(x, x), x),
}


def _number(value: Any) -> str:
    return f"Posz {int(value)}" if value >= 0 else f"Negz {-int(value) - 1}"


def _rows(rows: Any) -> str:
    written = ["; ".join(map(_number, row)) for row in rows]
    return f"[:: {'; '.join(f'[:: {row}]' for row in written)}]"


def _mat(rows: Any) -> str:
    return f"(mat {len(rows)} {len(rows[0])} {_rows(rows)})"


def _goals() -> list[str]:
    numbers = sample([A, B, x, y], seed=3)
    names = ["A", "B", "x", "y"]
    lines = [
        f"Notation {name} := {_mat(evaluate(letter, numbers, EXACT))}."
        for name, letter in zip(names, (A, B, x, y), strict=True)
    ]
    lines += [
        f"Notation rows_{name} := ({_rows(evaluate(letter, numbers, EXACT))})." for name, letter in (("A", A), ("B", B))
    ]
    for written, expr in TWINS.items():
        value = evaluate(expr, numbers, EXACT)
        said = _mat(value) if expr.is_Matrix else _number(value[0][0])
        lines.append(f"Goal {written} = {said}. Proof. twin. Qed.")
    return lines


def test_definitions_compute_what_the_language_means(tmp_path: Path) -> None:
    (tmp_path / "twins.v").write_text(HEADER + "\n".join(_goals()), encoding="utf-8")
    done = run(tmp_path, "twins.v", library=compiled_library())
    assert done.ok, done.err


def test_a_wrong_value_is_noticed(tmp_path: Path) -> None:
    goals = [goal.replace("Goal total A = ", "Goal total A = Posz 1 + ") for goal in _goals()]
    (tmp_path / "twins.v").write_text(HEADER + "\n".join(goals), encoding="utf-8")
    assert not run(tmp_path, "twins.v", library=compiled_library()).ok


REAL = r"""
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import boolp reals ereal classical_sets topology normedtype derive sequences exp.
From SymAttn Require Import definitions.
Import Order.Theory GRing.Theory Num.Theory numFieldNormedType.Exports.
Local Open Scope ring_scope.
Lemma above_tangent (R : realType) (x : R) : 1 + x <= expR x.
Proof.
have [/expR_ge1Dx // | x0] := lerP 0 x.
have [|c] := @MVT R (@expR R) (@expR R) x 0 x0 (fun y _ => is_derive_expR y).
  by apply: continuous_subspaceT => y; apply: continuous_expR.
rewrite in_itv /= => /andP[_ c0]; rewrite expR0 sub0r mulrN => slope.
have : expR c * - x <= 1 * - x by rewrite ler_pmul2r ?oppr_gt0 // -(@expR0 R) ler_expR ltW.
by rewrite mulrN -slope mul1r ler_subl_addl -ler_subl_addr opprK addrC.
Qed.
Lemma real_exp (R : realType) : is_exp (@expR R).
Proof. by split; [exact: expRD | exact: expR_gt0 | exact: expR_inj | exact: above_tangent]. Qed.
Lemma real_log (R : realType) : is_log (@expR R) (@ln R).
Proof. by split=> [x | x x0]; [exact: expK | apply: lnK; rewrite ?posrE]. Qed.
Print Assumptions real_exp.
Print Assumptions real_log.
"""


def test_the_true_exp_and_log_have_the_laws(tmp_path: Path) -> None:
    """The hypotheses about exp and log are not empty; the real numbers cost the three standard axioms."""
    (tmp_path / "real.v").write_text(REAL, encoding="utf-8")
    done = run(tmp_path, "real.v", library=compiled_library())
    if "Cannot find a physical path" in done.err:
        pytest.xfail("mathcomp-analysis is not installed")
    found = assumptions(done.out, ["real_exp", "real_log"])
    assert found is not None
    assert set(found["real_exp"]) | set(found["real_log"]) == STANDARD
