"""`symattn rocq`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from symattn.cli import main


def test_without_check_the_statement_and_its_proof_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rocq", "dot_product_symmetric"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Theorem dot_product_symmetric")
    assert out.rstrip().endswith("Qed.")


def test_on_a_narrow_terminal_lines_go_on_below(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    main(["rocq", "gauge_invariance"])
    wide = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "60")
    main(["rocq", "gauge_invariance"])
    narrow = capsys.readouterr().out
    assert max(map(len, narrow.splitlines())) <= 60 < max(map(len, wide.splitlines()))
    assert narrow.split() == wide.split()


def test_check_says_what_is_proved(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["rocq", "dot_product_symmetric", "--check", "--out", str(tmp_path)]) == 0
    assert "1 theorem: 1 proved, 0 no proof yet, 0 failed" in capsys.readouterr().out


def test_out_writes_one_file_a_chapter(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["rocq", "dot_product_symmetric", "concat_sum", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / "chapter2.v"), str(tmp_path / "chapter8.v")]


def test_an_unknown_theorem_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rocq", "dot_product_symetric"]) == 2
    assert "dot_product_symmetric" in capsys.readouterr().err


def test_no_name_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rocq"]) == 2
    assert "--all" in capsys.readouterr().err


def test_without_coqc_a_check_exits_with_4(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from symattn.rocq import coq

    monkeypatch.setenv("PATH", str(tmp_path))
    coq.version.cache_clear()
    assert main(["rocq", "dot_product_symmetric", "--check"]) == 4
    assert "apt-get install" in capsys.readouterr().err
    coq.version.cache_clear()


@pytest.mark.parametrize("place", ["/proc/x", "/dev/null/x"])
@pytest.mark.parametrize("more", [[], ["--check"]], ids=["write", "check"])
def test_a_folder_that_cannot_be_written_is_one_message(
    place: str, more: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["symattn.rocq.audit"], "version", lambda: "8")
    assert main(["rocq", "dot_product_symmetric", "--out", place, *more]) == 2
    assert capsys.readouterr().err.startswith("ExportError: cannot write")
