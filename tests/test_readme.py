"""The README: its code runs, and prints what it says."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tokenize
from dataclasses import dataclass
from pathlib import Path

import pytest
import sympy

import symattn
from symattn.kernel.plain.checking import CONDITIONAL
from symattn.kernel.plain.laws import LAWS
from symattn.kernel.proofs import lines
from symattn.proof.text.parse import parse
from symattn.rocq.library import script

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = TEXT.splitlines()
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the first line of the text (counted from 1)."""

    language: str
    text: str
    line: int


def _blocks() -> list[Block]:
    found: list[Block] = []
    start: int | None = None
    for number, line in enumerate(LINES, 1):
        if line.startswith("```"):
            if start is None:
                start = number
            else:
                found.append(Block(LINES[start - 1][3:], "\n".join(LINES[start : number - 1]), start + 1))
                start = None
    return found


BLOCKS = _blocks()


def _commands(block: Block) -> list[tuple[str, str]]:
    """The commands of a console block, each with what it prints."""
    parts = re.split(r"^\$ (.*)$", block.text, flags=re.MULTILINE)
    return [(parts[at], parts[at + 1].strip("\n")) for at in range(1, len(parts), 2)]


def _steady(text: str) -> str:
    """The text without what differs from run to run: times, and the digits of rounding errors."""
    text = re.sub(r"\d+(\.\d+)?(e[+-]\d+)? (ms|s)\b", "TIME", text)
    text = re.sub(r"\d(\.\d+)?e[+-]\d+", "ROUNDING", text)
    # columns are as wide as their widest cell
    text = re.sub(r"─+", "─", re.sub(r"[ ]{2,}", "  ", text))
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _run(command: list[str], where: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command in an empty folder, with the symattn that these tests import."""
    package = str(Path(symattn.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": package, "PYTHONIOENCODING": "utf-8"}
    environment.pop("COLUMNS", None)  # some runners of tests say how wide a terminal is where there is none
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=where, check=False
    )


def _python(code: str, where: Path) -> str:
    """What a script prints, and the error that ends it."""
    ran = _run([sys.executable, "-c", code], where)
    error = re.search(r"^symattn\.errors\..*", ran.stderr, re.MULTILINE | re.DOTALL)
    return ran.stdout + (error[0] if error else "")


PYTHON = [
    pytest.param(
        block,
        BLOCKS[at + 1],
        id=f"line {block.line}",
        marks=[pytest.mark.needs("torch")] if "from torch" in block.text else [],
    )
    for at, block in enumerate(BLOCKS)
    if block.language == "python"
]
CONSOLE = [
    pytest.param(command, printed, id=command[:60])
    for block in BLOCKS
    if block.language == "console"
    for command, printed in _commands(block)
]


@pytest.mark.parametrize(("block", "output"), PYTHON)
def test_python_prints_what_the_readme_says(block: Block, output: Block, tmp_path: Path) -> None:
    assert output.language == "text"
    assert _steady(_python(block.text, tmp_path)) == _steady(output.text)


@pytest.mark.parametrize(("command", "printed"), CONSOLE)
def test_a_command_prints_what_the_readme_says(command: str, printed: str, tmp_path: Path) -> None:
    program, *arguments = shlex.split(command)
    assert program == "symattn"
    ran = _run([sys.executable, "-m", "symattn", *arguments], tmp_path)
    assert ran.stderr == ""
    assert _steady(ran.stdout) == _steady(printed)


def test_the_other_answers_of_sympy_are_as_stated() -> None:
    a, b = sympy.MatrixSymbol("a", 2, 2), sympy.MatrixSymbol("b", 2, 2)
    assert sympy.ask(sympy.Q.symmetric(a * b), sympy.Q.symmetric(a) & sympy.Q.symmetric(b)) is True
    n, k = sympy.symbols("n k")
    assert (sympy.MatrixSymbol("c", n, n) * sympy.MatrixSymbol("e", k, k)).shape == (n, k)
    x = sympy.MatrixSymbol("x", 2, 1)
    weights = x.applyfunc(sympy.exp)
    derivative = (weights / (sympy.OneMatrix(1, 2) * weights)[0, 0]).diff(x).as_explicit()
    assert derivative[0, 1] == 0


def test_code_comes_by_line_8() -> None:
    assert BLOCKS[0].language == "python"
    assert BLOCKS[0].line <= 8


def test_the_two_commands_are_one_line_each() -> None:
    verify, tests = (block.text for block in BLOCKS if block.language == "sh")
    assert verify.endswith(".venv/bin/pip install . && .venv/bin/symattn verify")
    assert tests.endswith(".venv/bin/pip install '.[test,real]' && .venv/bin/python -m pytest")


def test_continuous_integration_runs_the_same_tests() -> None:
    assert "python -m pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_numbers_of_theorems_are_right() -> None:
    stated = re.search(
        r"^(\d+) theorems, .*?(\d+) hold over any .*?(\d+) over rings .*?(\d+), mostly", TEXT, re.M | re.S
    )
    over = [statement.over for statement in symattn.catalogue().values()]
    rings, reals = over.count("any commutative ring"), over.count("the real numbers")
    assert stated
    assert [*map(int, stated.groups())] == [len(over), rings, len(over) - rings - reals, reals]
    assert f"job, {len(over)} theorems put to" in TEXT


@pytest.mark.parametrize("name", ["score_rank_not_attention_rank", "eckart_young_frobenius"])
def test_what_is_said_to_be_proved_by_induction_is(name: str) -> None:
    assert "proved by induction over the size" in TEXT
    assert "induction" in {line.rule for line in lines(symattn.catalogue()[name].prove().kernel)}


def test_the_sizes_of_the_trusted_parts_are_right() -> None:
    kernel, code, elaboration = map(
        int, re.search(r"`symattn/kernel`: (\d+) lines .*?, (\d+) without .*?, (\d+) lines in", TEXT, re.S).groups()
    )
    package = Path(symattn.__file__).parent
    files = list((package / "kernel").rglob("*.py"))
    assert round(sum(map(_lines, files)), -2) == kernel
    assert round(sum(map(code_lines, files)), -2) == code
    assert round(sum(map(_lines, (package / "proof" / "elaborate").glob("*.py"))), -2) == elaboration


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_number_of_laws_is_right() -> None:
    (said,) = re.findall(r"each one of (\d+) laws", TEXT)
    assert int(said) == len(LAWS) + len(CONDITIONAL)


@pytest.mark.parametrize("statement", ["x:1*5 |- sum(x) == x[0, 0] + x[0, 1] + x[0, 2] + x[0, 3] + x[0, 4]"])
def test_what_the_limits_call_undecided_is(statement: str) -> None:
    """Whoever mends it takes the sentence out of the README."""
    assert symattn.decide(parse(statement).claim).status == "undecided"


def code_lines(path: Path) -> int:
    """Lines with code, without those of imports and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    with path.open("rb") as file:
        tokens = [t for t in tokenize.tokenize(file.readline) if t.type not in SILENT and t.string]
    lines = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    apart = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom) or _is_text(n)]
    return len(lines - {line for node in apart for line in range(node.lineno, (node.end_lineno or 0) + 1)})


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def test_theorems_without_a_proof_in_rocq_are_named() -> None:
    named = re.search(r"^No proof in Rocq yet: (.*?)\.$", TEXT, re.M | re.S)
    assert named
    missing = {name for name in symattn.catalogue() if script(name) is None}
    assert set(re.findall(r"`(\w+)`", named[1])) == missing


def test_nothing_is_left_to_fill_in() -> None:
    assert not re.search(r"OUTPUT|TODO|FIXME|TBD|XXX|PLACEHOLDER", TEXT)
