"""A statement that was changed is not proved by the script of the true one, although it is still a statement."""

from __future__ import annotations

from pathlib import Path

from symattn import catalogue
from symattn.rocq.chapters import CLOSED, HEADER
from symattn.rocq.coq import compiled_library, run
from symattn.rocq.library import script
from symattn.views.rocq import rocq

MUTANTS = [
    ("embedding_is_linear", "(c i) *m (e i)", "(c i) *m (e i) + (e i)"),
    ("softmax_permuted", "*m Pi^T)) =", "*m Pi)) ="),
    ("permutation_equivariance", "(Pi *m (softmax", "((softmax"),
    ("head_symmetric_iff", "(K *m Q^T)", "(Q *m K^T)"),
    ("asymmetry_witness", "(1 < d)", "(0 < d)"),
    ("tied_qk_psd", "psd (Q *m Q^T)", "psd (- (Q *m Q^T))"),
    ("rank_bound", "\\rank (Q)%R <= d", "\\rank (Q)%R <= d - 1"),
    ("full_rank_iff", "(k <= ", "(k.+1 <= "),
    ("gauge_uniqueness_false", "<> (K *m H^T)", "= (K *m H^T)"),
    ("stochasticity", "(ones RR m 1)", "(zeros RR m 1)"),
    ("softmax_jacobian_psd", "((diag_row", "(- (diag_row"),
    ("softmax_jacobian", "(diag_row (softmax ex s)) - ", "(diag_row (softmax ex s)) + "),
    ("flash_d", "(rowsum (hadamard G (P *m C)))", "(rowsum (hadamard G C))"),
    ("concat_sum", "(O h)))) =", "(O h + O h)))) ="),
    ("virtual_weights", "(M *m Q)", "(M^T *m Q)"),
]


def _lines(number: int, name: str, old: str, new: str) -> str:
    text = rocq(catalogue()[name]).text
    assert old in text, name
    true, mutant = (
        said.replace(f"Theorem {name}", f"Theorem {kind}{number}", 1) for kind, said in _both(text, old, new)
    )
    proof = f"Proof.\n{script(name)}\nQed.\nAbort All.\n"
    # a statement that does not type would fail for another reason
    checked = f"{mutant}\nProof.\nCheck (erefl {number} : {number} = {number}).\nAbort.\n"
    return f"{checked}{true}\n{proof}Print Assumptions true{number}.\n{mutant}\n{proof}Fail Check mutant{number}.\n"


def _both(text: str, old: str, new: str) -> list[tuple[str, str]]:
    return [("true", text), ("mutant", text.replace(old, new, 1))]


def test_no_mutant_is_proved(tmp_path: Path) -> None:
    body = "".join(_lines(number, *mutant) for number, mutant in enumerate(MUTANTS))
    (tmp_path / "mutants.v").write_text(HEADER + "Set Default Timeout 20.\n" + body, encoding="utf-8")
    out = run(tmp_path, "mutants.v", library=compiled_library(), program="coqtop").out
    typed = [name for number, (name, *_) in enumerate(MUTANTS) if f"erefl {number} : {number} = {number}" in out]
    assert typed == [name for name, *_ in MUTANTS]
    assert out.count(CLOSED) == len(MUTANTS)  # every true statement is proved by its script
    assert out.count("The command has indeed failed") == len(MUTANTS)  # and no mutant has become a theorem
