"""The audit: what is proved, what is not, and what must never count as proved."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from symattn import catalogue
from symattn.errors import MissingExtra
from symattn.language import Equal, Not, matrix
from symattn.rocq import RocqError, audit, coq as coq_module, rocq_witness, write
from symattn.rocq.chapters import Entry, assumptions, chapter, seconds
from symattn.rocq.coq import run

# the package has a function of the same name
audit_module: Any = importlib.import_module("symattn.rocq.audit")
SAMPLE = ("head_symmetric_iff", "rank_bound", "concat_sum")


def _theorem(**changes: Any) -> Any:
    """A statement that the kernel has not seen, so that Rocq alone judges it."""
    theorem = catalogue()["score_symmetric_iff"]
    plain = {name: getattr(theorem, name) for name in ("name", "says", "given", "over", "chapter")}
    return SimpleNamespace(**{**plain, **changes})


def test_theorems_of_several_chapters_are_proved(tmp_path: Path) -> None:
    results = audit([catalogue()[name] for name in SAMPLE], out=tmp_path, cached=False)
    assert [(r.name, r.status) for r in results] == [(name, "proved") for name in SAMPLE]
    assert all(r.seconds > 0 and not r.cached for r in results)
    assert {path.name for path in tmp_path.glob("*.v")} == {"chapter2.v", "chapter3.v", "chapter8.v"}


def test_results_are_kept_until_something_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(audit_module, "cache_folder", lambda: tmp_path)
    theorem = catalogue()["dot_product_symmetric"]
    assert [rocq_witness(theorem).cached for _ in range(2)] == [False, True]
    monkeypatch.setattr(audit_module, "stamp", lambda: "another library")
    assert not rocq_witness(theorem).cached


def test_a_mutated_statement_fails_with_the_same_script(tmp_path: Path) -> None:
    wrong = _theorem(says=Not(_theorem().says))
    (result,) = audit([wrong], out=tmp_path, cached=False)
    assert result.status == "failed"
    assert "Theorem score_symmetric_iff" in result.message
    assert "Error" in result.message
    assert (tmp_path / "failed_score_symmetric_iff.v").is_file()


def test_one_broken_theorem_does_not_stop_the_others(tmp_path: Path) -> None:
    good, bad = catalogue()["dot_product_symmetric"], _theorem(says=Not(_theorem().says))
    assert [r.status for r in audit([bad, good], out=tmp_path, cached=False)] == ["failed", "proved"]


def test_a_theorem_without_a_script_is_not_proved_yet() -> None:
    assert rocq_witness(_theorem(name="nobody")).status == "no proof yet"


def test_a_claim_without_a_form_says_which_node() -> None:
    hidden = matrix("total", 2, 2)
    result = rocq_witness(_theorem(says=Equal(hidden, hidden)))
    assert result.status == "no proof yet"
    assert "total" in result.message


def test_an_admitted_theorem_is_not_closed(tmp_path: Path) -> None:
    """coqc says nothing of Admitted; Print Assumptions does."""
    source = "Theorem wrong : 1 = 2. Admitted.\nPrint Assumptions wrong.\n"
    (tmp_path / "wrong.v").write_text(source, encoding="utf-8")
    done = run(tmp_path, "wrong.v", library=tmp_path)
    assert done.ok
    assert assumptions(done.out, ["wrong"]) == {"wrong": ["wrong"]}


def test_a_theorem_that_assumes_something_fails() -> None:
    made = chapter([Entry("a", "Theorem a : True.", "by [].")])
    (result,) = audit_module._audited([Entry("a", "", "")], made, "Axioms:\noops : False\n")
    assert (result.status, result.message) == ("failed", "a assumes oops")


def test_fewer_answers_than_theorems_are_refused() -> None:
    entries = [Entry("a", "Theorem a : True.", "by []."), Entry("b", "Theorem b : True.", "by [].")]
    with pytest.raises(RocqError, match="fewer than the 2"):
        audit_module._audited(entries, chapter(entries), "Closed under the global context\n")


def test_times_go_to_the_theorem_they_belong_to() -> None:
    made = chapter([Entry("a", "Theorem a : True.", "by []."), Entry("b", "Theorem b : True.", "by [].")])
    first, second = made.places["a"][0], made.places["b"][0]
    said = f"Chars {first} - 9 [x] 0.5 secs (0u,0s)\nChars {second + 3} - 9 [y] 0.25 secs (0u,0s)\n"
    assert seconds(said, made.places) == {"a": 0.5, "b": 0.25}


def test_a_line_of_an_error_finds_its_theorem() -> None:
    made = chapter([Entry("a", "Theorem a : True.", "by []."), Entry("b", "Theorem b : True.", "by [].")])
    line = made.text.splitlines().index("Theorem b : True.") + 1
    assert made.at_line(line) == "b"
    assert made.at_line(1) is None


def test_files_are_written_without_coqc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (path,) = write([catalogue()["dot_product_symmetric"]], tmp_path)
    assert "Theorem dot_product_symmetric" in path.read_text(encoding="utf-8")


def test_without_coqc_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingExtra, match="apt-get install") as caught:
        coq_module.coqc()
    assert caught.value.exit_code == 4


def test_another_version_is_tried_with_a_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "coqc"
    program.write_text("#!/bin/sh\necho The Coq Proof Assistant, version 8.99.0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    coq_module.version.cache_clear()
    with pytest.warns(UserWarning, match=r"8\.16, not 8\.99\.0"):
        assert coq_module.version() == "8.99.0"
    coq_module.version.cache_clear()
