"""The benchmarks: they measure the same true statements on every side, and print one table.  No time is judged here."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _decorated(file: str) -> list[str]:
    """The names of the statements in a file, which may import what is not installed here."""
    tree = ast.parse((ROOT / "benchmarks" / file).read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list]


STATEMENTS = _decorated("statements.py")


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT))
    return lambda name: import_module(f"benchmarks.{name}")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_every_row_is_stated_for_all_sizes_and_at_one(module: Callable[[str], ModuleType]) -> None:
    assert STATEMENTS == _decorated("explicit.py") == list(module("rows").NAMES)
    assert tuple(module("statements").SCALING) == module("rows").LENGTHS


def test_what_the_peer_is_asked_is_asked_of_us_too(module: Callable[[str], ModuleType]) -> None:
    assert set(_decorated("peer.py")) == module("rows").PEER <= set(STATEMENTS)


def test_nothing_of_the_package_knows_the_peer() -> None:
    import symattn

    sources = Path(symattn.__file__).parent.rglob("*.py")
    assert [path for path in sources if "tensorgrad" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_statement_is_proved_for_all_sizes(name: str, module: Callable[[str], ModuleType]) -> None:
    import symattn

    assert symattn.decide(module("statements").STATEMENTS[name]("_t")).status == "proved"


@pytest.mark.parametrize("name", STATEMENTS)
def test_sympy_agrees_at_the_smallest_size(name: str, module: Callable[[str], ModuleType]) -> None:
    assert module("explicit").EXPLICIT[name](1)


def test_sympy_disagrees_with_a_wrong_statement(module: Callable[[str], ModuleType]) -> None:
    explicit = module("explicit")
    a = explicit.letters(2)
    assert not explicit.vanishes((a.X * a.Q).T - a.X * a.Q)
    p = explicit.softmax(a.x)
    assert not explicit.vanishes(p.jacobian(a.x) - explicit.diag(*p))


def test_a_small_run_gives_every_kind_of_row() -> None:
    rows = ["skew_form", "two_layer_gradient", "online softmax, blocks", "start-up"]
    ran = _run("--budget", "0.2", "--repeats", "1", "--json", "--only", *rows)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["schema"] == 1
    kinds = [row["kind"] for row in found["rows"]]
    # the gradient also against the import of SymPy, and three commands against a bare interpreter
    assert [kinds.count(kind) for kind in ("growth", "start")] == [1, 4]
    named = {row["name"] for row in found["rows"] if row["kind"] == "proof"}
    assert named == {"skew_form", "two_layer_gradient"}
    assert all(row["ratio"] > 0 for row in found["rows"] if row["ratio"] is not None)


def test_the_table_has_a_line_for_every_row(module: Callable[[str], ModuleType]) -> None:
    row, text = module("rows").Row, module("table").text
    lines = text(
        [
            row("proof", "skew_form", 0.001, "SymPy at size 4", 2.0, 2000.0),
            row("proof", "skew_form", 0.001, "tensorgrad", 0.0005, 0.5),
            row("mean", "geometric mean", against="SymPy", ratio=2000.0, note="1 statements"),
            row("proof", "dQ", note="NOT PROVED"),
        ]
    ).splitlines()
    assert [" ".join(line.split()) for line in lines[2:]] == [
        "skew form 1 ms SymPy at size 4 2.00 s 2,000 × faster",
        "1 ms tensorgrad 0.5 ms 2 × slower",
        "geometric mean SymPy 2,000 × faster, 1 statements",
        "dQ NOT PROVED",
    ]


def test_finding_and_checking_are_told_apart(module: Callable[[str], ModuleType]) -> None:
    from symattn.kernel.rules import logic

    before = logic.holds
    found = list(module("finding").gradients())
    assert [one["name"] for one in found] == ["dQ of two layers", "dX of two layers"]
    assert all(one["find"] > 0 and one["check"] > 0 for one in found)
    assert all(one["find"] + one["check"] <= one["whole"] for one in found)
    assert logic.holds is before


def test_an_unknown_row_is_refused() -> None:
    ran = _run("--only", "dW")
    assert ran.returncode == 2
    assert "dQ" in ran.stderr


def test_the_slowest_proofs_are_named_with_what_their_steps_take(
    module: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slowest as a whole, wherever the time went."""
    rows = module("rows")
    found = {
        "theorems": [("quick", 0.1, 0.05, 0.01), ("slow", 2.0, 0.3, 0.2), ("steep", 1.0, 0.8, 0.1)],
        "gradients": [],
    }
    keys = ("name", "whole", "find", "check")
    monkeypatch.setattr(
        rows, "answers", lambda what, which, repeats: [dict(zip(keys, one, strict=True)) for one in found[which]]
    )
    slowest = [row for row in rows.finding(2) if row.kind == "slowest"]
    assert [(row.name, row.seconds, row.takes, row.ratio) for row in slowest] == [
        ("slow", 2.0, 0.5, 0.25),
        ("steep", 1.0, pytest.approx(0.9), pytest.approx(0.9)),
    ]
    assert "2.00 s  its steps, found and checked  500 ms  25% of it" in module("table").text(slowest)
