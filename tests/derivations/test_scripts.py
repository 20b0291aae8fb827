"""The derivations: each script runs alone, and prints what is kept beside this file.

When a chapter is meant to change, keep its new output: python derivations/NN_….py > tests/derivations/kept/NN.txt
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import symattn

FOLDER = Path(__file__).parents[2] / "derivations"
KEPT = Path(__file__).parent / "kept"
SCRIPTS = sorted(FOLDER.glob("*.py"))

each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
first_script = SCRIPTS[0]


def run(
    script: Path, where: Path, *options: str, python: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a script by itself in another folder, with the symattn that these tests import."""
    package = str(Path(symattn.__file__).parents[1])
    # some runners of tests say how wide a terminal is where there is none
    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    whole = {**inherited, "PYTHONPATH": package, "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, *python, str(script), *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=whole, cwd=where, check=False)


def kept(script: Path) -> str:
    return (KEPT / f"{script.stem[:2]}.txt").read_text(encoding="utf-8")


def test_every_chapter_has_a_number_of_its_own_and_there_is_nothing_else() -> None:
    numbers = [script.stem[:3] for script in SCRIPTS]
    assert all(re.fullmatch(r"\d\d_", number) for number in numbers)
    assert len(set(numbers)) == len(numbers) >= 9
    assert {path.name for path in FOLDER.iterdir()} - {"__pycache__"} == {script.name for script in SCRIPTS}
    assert {path.name for path in KEPT.iterdir()} == {f"{script.stem[:2]}.txt" for script in SCRIPTS}


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, str(first_script)]
    environment = {**os.environ, "PYTHONPATH": str(Path(symattn.__file__).parents[1])}
    line = f"{shlex.join(command)} | head -n 1"
    ran = subprocess.run(line, shell=True, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    assert (ran.stdout.count("\n"), ran.stderr) == (1, "")


@each_script
def test_a_script_is_short(script: Path) -> None:
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 200


@each_script
def test_the_heading_says_what_the_file_is_called(script: Path) -> None:
    heading = kept(script).splitlines()[0]
    words = "_".join(re.findall(r"\w+", heading.lower()))
    assert f"{int(script.stem[:2])}_{script.stem[3:]}" == words


@each_script
def test_a_chapter_ends_in_a_question(script: Path) -> None:
    last = kept(script).rpartition("\nNext: ")[2]
    assert "?" in last.partition("\n\n")[0]


@each_script
def test_it_prints_what_is_kept(script: Path, tmp_path: Path) -> None:
    ran = run(script, tmp_path, PYTHONHASHSEED="0")
    assert (ran.stderr, ran.returncode) == ("", 0)
    assert ran.stdout == kept(script)
    assert list(tmp_path.iterdir()) == []


@each_script
def test_it_prints_the_same_under_another_hash_seed_and_without_assertions(script: Path, tmp_path: Path) -> None:
    article = tmp_path / "chapter.tex"
    ran = run(script, tmp_path, "--tex", str(article), python=("-O",), PYTHONHASHSEED="4711")
    assert (ran.stderr, ran.returncode) == ("", 0)
    assert ran.stdout == kept(script)
    _compile(article)


def _compile(article: Path) -> None:
    """The article compiles without a complaint, where there is a TeX."""
    if shutil.which("pdflatex") is None:
        pytest.skip("needs pdflatex")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", article.name]
    ran = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=article.parent, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert re.findall(r"^(?:Overfull|LaTeX Warning: Ref|Missing character).*", ran.stdout, re.MULTILINE) == []
    assert article.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_a_narrow_terminal_without_unicode_is_enough(tmp_path: Path) -> None:
    ran = run(first_script, tmp_path, COLUMNS="60", PYTHONIOENCODING="ascii")
    assert (ran.stderr, ran.returncode) == ("", 0)
    assert ran.stdout.isascii()
    assert "\\u" not in ran.stdout
    assert "X[j] V" in ran.stdout
    assert "positionwise_blind (proved)" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 60


@each_script
def test_its_json_says_what_its_text_says(script: Path, tmp_path: Path) -> None:
    ran = run(script, tmp_path, "--json")
    assert (ran.stderr, ran.returncode) == ("", 0)
    chapter = json.loads(ran.stdout)
    assert f"{chapter['chapter']}  {chapter['title']}" == kept(script).splitlines()[0]
    theorems = [part for part in chapter["parts"] if part["kind"] == "theorem"]
    assert [theorem["name"] for theorem in theorems] == re.findall(r"^Theorem (\w+)", kept(script), re.MULTILINE)
    assert all(set(theorem["witnesses"].values()) == {True} for theorem in theorems)


def test_a_theorem_is_shown_as_the_catalogue_states_it() -> None:
    names = {name for script in SCRIPTS for name in re.findall(r"^Theorem (\w+)", kept(script), re.MULTILINE)}
    assert names <= set(symattn.catalogue())
    assert len(names) >= 30


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    ran = run(first_script, tmp_path, "--quiet")
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0)


def test_figures_are_drawn_or_the_missing_part_is_named(tmp_path: Path) -> None:
    figures = tmp_path / "figures.png"
    ran = run(first_script, tmp_path, "--quiet", "--png", str(figures))
    if importlib.util.find_spec("matplotlib") is None:
        assert ran.returncode == 4
        assert "matplotlib" in ran.stderr
        assert not figures.exists()
    else:
        assert (ran.stderr, ran.returncode) == ("", 0)
        assert figures.read_bytes().startswith(b"\x89PNG")


BROKEN = {
    "a line that does not follow": "chapter.derivation(calc(onehot @ E).eq(2 * w, by='haste'))",
    "any other mistake": "raise RuntimeError('in the middle')",
}


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
def test_a_script_that_fails_in_the_middle_leaves_the_file_as_it_was(line: str, tmp_path: Path) -> None:
    before, name_, after = first_script.read_text(encoding="utf-8").partition("chapter.question(")
    broken, article = tmp_path / "broken.py", tmp_path / "chapter.tex"
    broken.write_text(f"{before}{line}\n{name_}{after}", encoding="utf-8")
    article.write_text("of yesterday", encoding="utf-8")
    ran = run(broken, tmp_path, "--tex", str(article))
    assert ran.returncode == 1
    assert "StepError: line 2" in ran.stderr or "in the middle" in ran.stderr
    assert article.read_text(encoding="utf-8") == "of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.py", "chapter.tex"]


FALSE = """
from symattn import Equal, matrix, sizes, theorem
from symattn.views.chapter import Chapter

n = sizes("n")
A, B = matrix("A", n, n), matrix("B", n, n)


@theorem(says=Equal(A @ B, B @ A), section="0.1")
def products_commute():
    ...


chapter = Chapter(0, "Wishes")
chapter.theorem(products_commute)
chapter.main()
"""


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_a_theorem_that_does_not_hold_is_named_even_when_quiet(option: str, tmp_path: Path) -> None:
    script, article = tmp_path / "wishes.py", tmp_path / "wishes.tex"
    script.write_text(FALSE, encoding="utf-8")
    ran = run(script, tmp_path, option, "--tex", str(article))
    assert (ran.stdout, ran.returncode) == ("", 1)
    assert ran.stderr.startswith("Refuted: ")
    assert "A B = B A" in ran.stderr
    assert not article.exists()
