"""The command line as a whole: help, version, exit codes, and errors without a traceback."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

import symattn
from symattn.cli import main
from symattn.cli.memory import SELDOM
from symattn.cli.wording import milliseconds


def _code(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    return stop.value.code


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(command in printed for command in ("verify", "list", "show", "prove", "export", "rocq", "completion"))


def test_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    assert _code(["--version"]) == 0
    assert capsys.readouterr().out == f"symattn {symattn.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [["no-such-command"], ["prove"], ["prove", "|- 1 == 1", "--timeout", "0"], ["verify", "--heads", "0"], ["show"]],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    assert _code(arguments) == 2


def test_the_name_alone_is_answered_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "decide a statement given as text" in printed.err


def test_blas_works_in_one_thread_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its threads mostly wait for each other when matrices are small."""
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    _code(["--version"])
    assert os.environ["OMP_NUM_THREADS"] == "3"
    monkeypatch.delenv("OMP_NUM_THREADS")
    _code(["--version"])
    assert os.environ["OMP_NUM_THREADS"] == "1"


def test_a_refusal_is_one_message_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", "A:n*n |- A == B"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("StatementError: unknown name 'B', at column 15\n")


@pytest.mark.parametrize(
    ("arguments", "meant"), [(["lst"], "list"), (["export", "--to", "latex"], "tex"), (["completion", "fsh"], "fish")]
)
def test_a_typo_is_answered_with_the_nearest_word(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _code(arguments) == 2
    assert f"Did you mean {meant}" in capsys.readouterr().err


def test_complaints_fit_a_narrow_terminal_and_still_point(capsys: pytest.CaptureFixture[str], narrow: int) -> None:
    _code(["lst"])
    main(["show", "nothing_like_it"])
    main(["prove", "A:n*n |- A ==== A"])
    lines = capsys.readouterr().err.splitlines()
    assert max(map(len, lines)) <= narrow
    assert lines[-1].index("^") == lines[-2].index("== A")


@pytest.mark.parametrize("command", ["verify", "show", "export", "rocq"])
@pytest.mark.parametrize("asked", ["1.1", "Embeddings and", "onehot_row_p"])
def test_whoever_takes_theorems_takes_chapters_and_beginnings(
    command: str, asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, asked]) == 0
    assert "onehot_row_pick" in capsys.readouterr().out.replace(r"\_\allowbreak ", "_")


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.00042, "0.42 ms"), (0.0042, "4.2 ms"), (0.0997, "100 ms"), (4.2, "4200 ms")]
)
def test_times_have_two_digits_at_least(seconds: float, said: str) -> None:
    assert milliseconds(seconds) == said


def test_the_module_runs_like_the_command() -> None:
    ran = subprocess.run([sys.executable, "-m", "symattn", "--version"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, f"symattn {symattn.__version__}\n")


def test_only_a_process_of_its_own_looks_for_cycles_seldom() -> None:
    """Whoever calls `main` keeps Python's settings; for the command they stay what they are until it ends."""
    before = gc.get_threshold()
    assert main(["list", "gauge"]) == 0
    assert gc.get_threshold() == before
    told = "import gc, os, sys; from symattn.cli import command; sys.argv = ['symattn', 'list', 'gauge']"
    told += "; os._exit = lambda code: print('at its end', gc.get_threshold()); command()"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert f"at its end {SELDOM}" in found.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m symattn list | head -n 1"
    ran = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert ran.stderr == ""


@pytest.mark.parametrize(
    "command", ["list", "show gauge_invariance", "export gauge_invariance", "rocq gauge_invariance"]
)
@pytest.mark.parametrize(
    ("where", "code"), [(">&-", 0), ("> /dev/full", 1), ("| true", 0)], ids=["closed", "full", "gone"]
)
def test_a_place_that_takes_no_output_gives_no_traceback(command: str, where: str, code: int) -> None:
    line = f"{sys.executable} -m symattn {command} {where}"
    ran = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr
    assert len(ran.stderr.splitlines()) == (where == "> /dev/full")


def test_an_interrupt_is_one_word(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("symattn.cli.catalogue.run", run)
    assert main(["list"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.parametrize(("error", "said"), [(MemoryError, "too little memory"), (RecursionError, "nested too deep")])
def test_what_the_machine_cannot_hold_is_undecided(
    error: type[Exception], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(arguments: object) -> int:
        raise error

    monkeypatch.setattr("symattn.cli.catalogue.run", run)
    assert main(["list"]) == 3
    assert said in capsys.readouterr().err


def test_show_names_the_parts_of_a_long_claim_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "form_backward"]) == 0
    lines = capsys.readouterr().out.splitlines()
    where = lines.index("where    P = softmax(tau X W Xᵀ)")
    assert lines[where + 1].split() == ["dP", "=", "G", "Vᵀ", "Xᵀ"]
    says = lines.index("says     ∂total(G ∘ (P X V))/∂W = tau Xᵀ dS X")
    assert where < says
    assert max(map(len, lines)) <= 100
