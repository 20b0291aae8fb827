"""What strangers see: names that a type checker knows, examples that run, and objects that print on one line."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import symattn as sa
from symattn import checks, models, numeric, proof, theory

HOMES = (sa, checks, models, numeric, proof, theory)
NAMES = {f"{home.__name__}.{name}": getattr(home, name) for home in HOMES for name in home.__all__}
OBJECTS = {name: value for name, value in NAMES.items() if callable(value)}

WITHOUT_EXAMPLE = {
    "Balls": "needs python-flint, which may not be installed",
    "Contradiction": "a fault of the package, which no example shows",
    "ExportError": "is about files and notations that cannot be written",
    "KernelError": "a user sees it in a certificate that was made wrongly",
    "MissingExtra": "depends on what is not installed",
}
"""Names, and why."""

SCRIPT = """
import symattn as sa
from symattn import Theorem, Verdict, matrix, prove, sizes
from symattn.checks import assert_computes

n, d, k = sizes("n d k")
Q, K = matrix("Q", d, k), matrix("K", d, k)
theorem: Theorem = prove(sa.Equal(sa.T(Q @ K.T), K @ Q.T))
verdict: Verdict = sa.decide(sa.Equal(Q, K), given=(sa.Equal(K, Q),))
print(theorem.over, verdict.status == "proved")
print(prove(sa.Rank(Q @ K.T) <= k).claim.letters, prove(sa.PSD(Q @ Q.T) & sa.Equal(K, Q), given=[sa.Equal(Q, K)]))
print(sa.calc(sa.T(sa.T(Q))).eq(Q).theorem().given, sa.at_sizes(theorem, {k: 2}), sa.gradient(sa.normsquared(Q), Q))


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
    "verdict.status == 'prooved'": "Non-overlapping equality check",
    "sa.calc(Q, given=theorem)": 'Argument "given" to "calc" has incompatible type "Theorem"',
    "sa.Not(3)": 'Argument 1 to "Not" has incompatible type "int"',
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


def _examples(name: str) -> list[doctest.DocTest]:
    known = {n: value for home in reversed(HOMES) for n in home.__all__ if (value := getattr(home, n)) is not None}
    finder = doctest.DocTestFinder(recurse=False, exclude_empty=True)
    return finder.find(OBJECTS[name], name, module=False, globs={**known, "sa": sa})


@pytest.mark.parametrize("name", OBJECTS)
def test_examples_run(name: str) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for test in _examples(name):
        said: list[str] = []
        assert runner.run(test, out=said.append).failed == 0, "".join(said)


@pytest.mark.parametrize("name", [name for name in OBJECTS if name.rpartition(".")[2] not in WITHOUT_EXAMPLE])
def test_every_name_has_an_example(name: str) -> None:
    assert any(test.examples for test in _examples(name))


def test_what_has_no_example_is_a_public_name() -> None:
    assert set(WITHOUT_EXAMPLE) <= {name.rpartition(".")[2] for name in OBJECTS}


def _constructor(kind: type) -> Any:
    """What makes the objects of a class, when it is ours."""
    makes = ((base, vars(base).get("__init__") or vars(base).get("__new__")) for base in kind.__mro__)
    base, made = next((base, made) for base, made in makes if made is not None)
    return made if base.__module__.startswith("symattn.") else None


@pytest.mark.parametrize("name", OBJECTS)
def test_every_parameter_has_a_line_in_the_docstring(name: str) -> None:
    value = OBJECTS[name]
    made = _constructor(value) if inspect.isclass(value) else value
    wanted = [p for p in (inspect.signature(made).parameters if made else ()) if p not in ("self", "cls")]
    lines = re.findall(r"^((?:\w+, )*\w+)(?:  |$)", inspect.cleandoc(value.__doc__ or ""), re.M)
    assert set(wanted) - {word for line in lines for word in line.split(", ")} == set()


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
