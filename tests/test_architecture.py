"""The shape of the package: layers that point down, files and functions that stay small, imports that stay cheap."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import symattn
from tests.test_readme import code_lines

PACKAGE = Path(symattn.__file__).parent
MODULES = {
    ".".join(("symattn", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

BELOW = {
    "errors": set(),
    "kernel": {"errors"},
    "engine": {"errors", "kernel"},
    "language": {"errors"},
    "numeric": {"errors", "language"},
    "proof": {"errors", "language", "numeric", "kernel", "engine"},
    "theory": {"errors", "language", "numeric", "kernel", "proof"},
    "verify": {"errors", "language", "numeric", "kernel", "proof", "theory"},
    "checks": {"errors", "language", "numeric", "proof", "theory", "verify"},
    "views": {"errors", "language", "proof", "verify"},
    "rocq": {"errors", "language", "numeric", "proof", "theory", "verify", "checks", "views"},
    "cli": {"errors", "language", "numeric", "kernel", "proof", "theory", "verify", "views", "rocq"},
    "__main__": {"cli"},
}


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def _layer(module: str) -> str:
    """The part of the name after `symattn.`; the package itself is its own layer, on top of all."""
    return module.partition(".")[2].partition(".")[0]


def _base(module: str, level: int) -> str:
    """What the dots of a relative import stand for."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    return ".".join(package.split(".")[: len(package.split(".")) - level + 1])


def _imports(module: str) -> Iterator[str]:
    """The full names that the module imports anywhere, functions included."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                source = ".".join(filter(None, [_base(module, node.level), source]))
            for alias in node.names:
                full = f"{source}.{alias.name}"
                yield full if full in MODULES else source


def _inner_imports(module: str) -> set[str]:
    return {name for name in _imports(module) if name in MODULES and name != module}


def _functions(module: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(_tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _public_functions(module: str) -> list[ast.FunctionDef]:
    """Functions and methods that can be reached by a name without an underscore."""
    bodies = [_tree(module).body, *(node.body for node in _tree(module).body if isinstance(node, ast.ClassDef))]
    return [
        node for body in bodies for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def _lines(module: str) -> int:
    return len(MODULES[module].read_text(encoding="utf-8").splitlines())


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code from `def` on, the docstring aside."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


@pytest.mark.parametrize("module", [name for name in MODULES if _layer(name)])
def test_imports_point_down(module: str) -> None:
    layer = _layer(module)
    allowed = BELOW[layer] | {layer}
    upward = {name for name in _inner_imports(module) if name != "symattn" and _layer(name) not in allowed}
    assert upward == set(), f"{layer} may import {sorted(allowed)}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module: _inner_imports(module) - {"symattn"} for module in MODULES if module != "symattn"}
    # a package that gathers the names of its modules is not below them
    graph = {module: {name for name in names if not module.startswith(name + ".")} for module, names in graph.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")
    assert set(order) == set(graph)


@pytest.mark.parametrize("module", [name for name in MODULES if _layer(name) in ("kernel", "errors")])
def test_the_kernel_needs_the_standard_library_only(module: str) -> None:
    outside = {name.partition(".")[0] for name in _imports(module)} - sys.stdlib_module_names - {"symattn"}
    assert outside == set()


def test_the_kernel_does_not_grow() -> None:
    """Whoever adds a rule finds something to take away: lines of code, without imports and docstrings."""
    assert sum(code_lines(MODULES[module]) for module in MODULES if _layer(module) == "kernel") <= 1392


@pytest.mark.parametrize("module", [name for name in MODULES if _layer(name) == "kernel"])
def test_no_file_of_the_kernel_is_longer_than_250_lines(module: str) -> None:
    assert _lines(module) <= 250


@pytest.mark.parametrize("module", MODULES)
def test_no_file_is_longer_than_350_lines(module: str) -> None:
    assert _lines(module) <= 350


def test_the_median_file_has_at_most_120_lines() -> None:
    assert statistics.median(map(_lines, MODULES)) <= 120


def test_nine_functions_in_ten_have_at_most_25_lines() -> None:
    lengths = sorted(_length(function) for module in MODULES for function in _functions(module))
    assert lengths[int(0.9 * len(lengths))] <= 25


@pytest.mark.parametrize("module", MODULES)
def test_nothing_depends_on_assertions(module: str) -> None:
    """They vanish under `python -O`."""
    assert [node.lineno for node in ast.walk(_tree(module)) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize("module", MODULES)
def test_user_text_is_never_run(module: str) -> None:
    forbidden = {"eval", "exec", "compile", "__import__", "parse_expr"}
    called = {
        node.func.id
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & forbidden == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_parameter_of_a_public_function_has_a_type(module: str) -> None:
    bare = [
        f"{function.name}({argument.arg})"
        for function in _public_functions(module)
        for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        if argument.annotation is None and argument.arg not in ("self", "cls")
    ]
    assert bare == []


@pytest.mark.parametrize("module", [name for name in MODULES if MODULES[name].read_text(encoding="utf-8").strip()])
def test_every_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(_tree(module)), "no docstring"


@pytest.mark.parametrize(
    "code",
    [
        "import symattn",
        "import symattn.cli",
        "import symattn.kernel",
        "from symattn.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
        "from symattn.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass",
    ],
)
def test_start_up_loads_nothing_heavy(code: str) -> None:
    show = "\nimport sys\nprint(*sorted({'sympy', 'numpy', 'mpmath'} & set(sys.modules)), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code + show], capture_output=True, text=True, check=False)
    assert ran.stderr == "\n"
