"""What strangers see: names that a type checker knows, examples that run, and objects that print on one line."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import symattn as sa
from symattn import checks

NAMES = {f"{home.__name__}.{name}": getattr(home, name) for home in (sa, checks) for name in home.__all__}
OBJECTS = {name: value for name, value in NAMES.items() if callable(value)}

SCRIPT = """
import symattn as sa
from symattn import Theorem, Verdict, matrix, prove, sizes
from symattn.checks import assert_computes

n, d, k = sizes("n d k")
Q, K = matrix("Q", d, k), matrix("K", d, k)
theorem: Theorem = prove(sa.Equal(sa.T(Q @ K.T), K @ Q.T))
verdict: Verdict = sa.decide(sa.Equal(Q, K), given=(sa.Equal(K, Q),))
print(theorem.over, verdict.status)


@sa.theorem(section="1.1", says=sa.Equal(sa.T(sa.T(Q)), Q))
def twice() -> None:
    \"\"\"Transposing twice does nothing.\"\"\"


print(twice.prove().claim)
assert_computes(lambda Q: Q, Q)
"""
TYPOS = {
    "sa.prov(theorem.claim)": 'Module has no attribute "prov"',
    "verdict.statsu": '"Verdict" has no attribute "statsu"',
    "theorem.ovr": '"Theorem" has no attribute "ovr"',
    "prove(3)": 'Argument 1 to "prove" has incompatible type "int"',
    "sa.decide(theorem.claim, timeot=3)": 'Unexpected keyword argument "timeot"',
}


def _mypy(folder: Path, text: str) -> str:
    (folder / "script.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "script.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_a_strict_type_checker_accepts_a_script_and_sees_its_typos(tmp_path: Path) -> None:
    assert _mypy(tmp_path, SCRIPT).startswith("Success")
    found = _mypy(tmp_path, SCRIPT + "\n".join(TYPOS))
    assert [said for said in TYPOS.values() if said not in found] == []
    assert f"Found {len(TYPOS)} errors" in found


@pytest.mark.parametrize("name", OBJECTS)
def test_examples_run(name: str) -> None:
    value = OBJECTS[name]
    known = {**{n: getattr(sa, n) for n in sa.__all__}, **{n: getattr(checks, n) for n in checks.__all__}, "sa": sa}
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    runner = doctest.DocTestRunner(optionflags=flags)
    for test in doctest.DocTestFinder(recurse=False).find(value, name, module=False, globs=known):
        said: list[str] = []
        assert runner.run(test, out=said.append).failed == 0, "".join(said)


n, d = sa.sizes("n d")
A = sa.matrix("A", n, d)
CLAIM = sa.Equal(sa.T(sa.T(A)), A)


def _argument() -> Any:
    with sa.argument() as a:
        a.show(CLAIM)
    return a


SHOWN = SimpleNamespace(
    theorem=sa.prove(CLAIM), proved=sa.decide(CLAIM), refuted=sa.decide(sa.Equal(A, 2 * A)), sample=sa.sample(CLAIM),
    statement=sa.catalogue()["gauge_invariance"], calculation=sa.calc(sa.T(sa.T(A))).eq(A), argument=_argument(),
)  # fmt: skip


@pytest.mark.parametrize("name", vars(SHOWN))
def test_everything_that_is_shown_takes_one_line(name: str) -> None:
    line = repr(getattr(SHOWN, name))
    assert "\n" not in line
    assert len(line) <= 160
    assert line.startswith(f"<{type(getattr(SHOWN, name)).__name__} ")
