"""`symattn export`: what is written, and what is refused without writing anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from symattn.cli import main
from symattn.errors import TheoremError
from symattn.theory import select
from symattn.views.paper.document import document

NAME = "score_symmetric_iff"


@pytest.fixture
def export(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["export", *arguments])
        return code, *capsys.readouterr()

    return run


def test_a_snippet_is_one_environment(export: Any) -> None:
    code, out, _ = export(NAME, "--to", "tex", "--snippet")
    assert code == 0
    assert (out.count(r"\begin{align*}"), out.count(r"\end{align*}")) == (1, 1)


def test_labels_name_the_theorem_and_the_line(export: Any) -> None:
    _, out, _ = export(NAME, "--to", "tex", "--labels")
    assert rf"\label{{eq:{NAME}:" in out


def test_a_folder_gets_one_file_for_each_theorem(export: Any, tmp_path: Path) -> None:
    assert export(NAME, "rank_bound", "--to", "markdown", "-o", str(tmp_path))[0] == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["rank_bound.md", f"{NAME}.md"]


def test_names_of_letters_are_chosen(export: Any) -> None:
    assert "W_{Q}" in export("rank_bound", "--to", "tex", "--snippet", "--notation", "Q=W_Q,K=W_K")[1]


def test_columns_are_another_statement(export: Any) -> None:
    row, column = (export("rank_bound", "--to", "text", "--notation", c)[1] for c in ("row", "column"))
    assert row != column


def test_an_unknown_theorem_suggests_the_nearest(export: Any) -> None:
    code, _, err = export("rank_bond", "--to", "tex")
    assert code == 2
    assert "rank_bound" in err


def test_all_leaves_out_what_fails_and_writes_the_rest(
    export: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever a proof in another convention ends in, the theorems after it are written."""
    names = ["dot_product_symmetric", NAME, "rank_bound"]
    chosen = select(names)
    made = document

    def fails(statement: Any, notation: Any) -> Any:
        if statement.name == NAME:
            raise TheoremError("the proof is of something else")
        return made(statement, notation)

    monkeypatch.setattr("symattn.cli.export.select", lambda wanted: chosen)
    monkeypatch.setattr("symattn.cli.export.document", fails)
    code, _, err = export("--all", "--to", "text", "-o", str(tmp_path))
    assert code == 3
    assert err == f"left out: {NAME}: the proof is of something else\n"
    assert {path.stem for path in tmp_path.iterdir()} == {names[0], names[2]}


def test_a_theorem_that_cannot_be_said_of_columns_says_so(export: Any) -> None:
    code, _, err = export("minors_factor", "--to", "text", "--notation", "column")
    assert code == 2
    assert err.startswith("ExportError: minors_factor has no column convention")


def test_an_unknown_notation_lists_what_is_accepted(export: Any) -> None:
    code, _, err = export(NAME, "--to", "tex", "--notation", "gothic")
    assert code == 2
    assert "bold" in err


def test_a_folder_that_is_a_file_is_refused_and_kept(export: Any, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("kept")
    code, _, err = export(NAME, "--to", "tex", "-o", str(there))
    assert (code, there.read_text()) == (2, "kept")
    assert str(there) in err


def test_a_script_that_raises_leaves_no_file(export: Any, tmp_path: Path) -> None:
    script, folder = tmp_path / "broken.py", tmp_path / "out"
    script.write_text("x = 1\nraise ValueError('in the middle')\n")
    code, _, err = export(str(script), "--to", "tex", "-o", str(folder))
    assert code == 2
    assert "line 2" in err
    assert "in the middle" in err
    assert not folder.exists()


def test_a_scale_that_applies_to_nothing_is_an_error(export: Any) -> None:
    code, out, err = export("rank_bound", "--notation", "scale=1/sqrt(k)")
    assert (code, out) == (2, "")
    assert "scale=1/sqrt(k) applies to nothing here" in err


def test_theorems_are_stated_in_an_environment_with_a_label(export: Any) -> None:
    code, out, _ = export("gauge_invariance", NAME, "--env", "proposition", "--label", "--standalone")
    assert code == 0
    assert out.count(r"\newtheorem{proposition}{Proposition}") == out.count(r"\usepackage{amsthm}") == 1
    assert "\\begin{proposition}[gauge invariance]\n\\label{thm:gauge_invariance}" in out
    assert out.count(r"\begin{proof}") == out.count(r"\end{proof}") == 2


def test_sources_are_cited_by_the_keys_of_a_file(export: Any, tmp_path: Path) -> None:
    file = tmp_path / "sources.bib"
    code, out, _ = export("attn_backward", "dot_product_symmetric", "--standalone", "--bib", str(file))
    assert code == 0
    assert file.read_text().startswith("@misc{dao-flashattention,")
    assert out.count(r"\cite{") == out.count(r"~\cite{dao-flashattention}.") == 1
    assert r"\bibliography{sources}" in out


@pytest.mark.parametrize(
    ("options", "because"),
    [
        (["--label"], "--label goes with --env"),
        (["--env", "theorem", "--snippet"], "--snippet is a bare environment"),
        (["--env", "theorem", "--to", "text"], "--env is for --to tex"),
        (["--bib", "x.bib", "--to", "markdown"], "--bib is for --to tex"),
    ],
)
def test_options_that_do_not_go_together_are_refused(export: Any, options: list[str], because: str) -> None:
    code, _, err = export(NAME, *options)
    assert code == 2
    assert because in err


@pytest.mark.parametrize("options", [["--width", "100"], ["--width", "wide"], ["--env", "a b"]])
def test_a_value_that_cannot_be_is_refused(export: Any, options: list[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        export(NAME, *options)
    assert refusal.value.code == 2


def test_text_fits_the_terminal_and_a_file_is_a_page_wide(export: Any, narrow: int, tmp_path: Path) -> None:
    _, shown, _ = export("attn_backward", NAME, "--to", "text")
    export("attn_backward", "--to", "text", "-o", str(tmp_path))
    assert max(map(len, shown.splitlines())) <= narrow
    assert narrow < max(map(len, (tmp_path / "attn_backward.txt").read_text().splitlines())) <= 100


SCRIPT = """
import symattn as sa
from symattn.theory.score import bilinear_form
from symattn.views.chapter import Chapter

n, d = sa.sizes("n d")
X, Q = sa.matrix("X", n, d), sa.matrix("Q", d, d)
chapter = Chapter(1, "Of columns")
chapter.theorem(bilinear_form.score_symmetric_iff)
chapter.derivation(sa.calc(sa.T(X @ Q)).eq(Q.T @ X.T, by="transpose reverses a product").eq(Q.T @ X.T + 0 * Q.T @ X.T))
"""


def test_a_lecture_may_be_about_columns_and_have_labels(export: Any, tmp_path: Path) -> None:
    script = tmp_path / "lecture.py"
    script.write_text(SCRIPT)
    code, out, _ = export(str(script), "--notation", "column", "--labels")
    assert code == 0
    assert r"x^{\top} W y" in out
    assert r"\label{eq:score_symmetric_iff:0}" in out


def test_a_lecture_goes_into_a_paper_without_its_preamble_and_cites_its_sources(export: Any, tmp_path: Path) -> None:
    script, file = tmp_path / "lecture.py", tmp_path / "sources.bib"
    script.write_text(SCRIPT.replace("bilinear_form.score_symmetric_iff", "sa.catalogue()['attn_backward']"))
    _, whole, _ = export(str(script), "--bib", str(file))
    code, bare, _ = export(str(script), "--bib", str(file), "--snippet")
    assert code == 0
    assert file.read_text().startswith("@misc{dao-flashattention,")
    assert r"\bibliography{sources}" in whole
    assert bare.startswith("\\section*{1. Of columns}\n")
    assert bare in whole
    assert r"~\cite{dao-flashattention}." in bare
    assert [r"\documentclass" in text for text in (whole, bare)] == [True, False]


def test_a_script_has_words_between_its_displays(export: Any, tmp_path: Path) -> None:
    script = tmp_path / "lecture.py"
    script.write_text(SCRIPT)
    code, _, err = export(str(script), "--snippet", "--aligned")
    assert (code, err) == (2, "ExportError: --aligned is for theorems: a script has words between its displays\n")


def test_a_script_that_runs_itself_is_told_how_not_to(export: Any, tmp_path: Path, monkeypatch: Any) -> None:
    script = tmp_path / "lecture.py"
    script.write_text(SCRIPT + "chapter.main()\n")
    monkeypatch.setattr("sys.argv", ["symattn", "export", str(script)])
    code, _, err = export(str(script))
    assert code == 2
    assert 'if __name__ == "__main__": chapter.main()' in err
