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
    "lazy": set(),
    "kernel": {"errors"},
    "engine": {"errors", "kernel"},
    "language": {"errors"},
    "numeric": {"errors", "lazy", "language"},
    "models": {"errors", "lazy", "language", "numeric"},
    "proof": {"errors", "lazy", "language", "numeric", "kernel", "engine"},
    "theory": {"errors", "language", "proof"},
    "verify": {"errors", "language", "numeric", "models", "proof", "theory"},
    "checks": {"errors", "lazy", "language", "numeric", "proof", "theory", "verify"},
    "views": {"errors", "lazy", "language", "kernel", "engine", "proof", "verify"},
    "rocq": {"errors", "language", "numeric", "proof", "theory", "verify", "views"},
    "cli": {
        *("errors", "language", "numeric", "models", "kernel", "proof", "theory", "verify", "checks", "views", "rocq")
    },
    "__main__": {"cli"},
}
DOORS = {("symattn.proof.display", "symattn.views.paper.notebook")}
"""Arrows that run up and are meant: a notebook asks a theorem for its formula, and views know how to write it."""


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
    """Also those by a string that is the name of a module."""
    layer = _layer(module)
    allowed = BELOW[layer] | {layer}
    upward = {name for name in _inner_imports(module) | _named(module) if _layer(name) and _layer(name) not in allowed}
    assert {(module, name) for name in upward} <= DOORS, f"{layer} may import {sorted(allowed)}"


def test_the_proof_layer_reads_normal_forms_through_one_face() -> None:
    doors = {"symattn.engine.reading", "symattn.engine.rules", "symattn.engine.derived", "symattn.engine.normal"}
    doors |= {
        "symattn.engine.finder",
        "symattn.engine.ranks",
        "symattn.engine.certificates",
        "symattn.engine.differences",
    }
    used = {name for module in MODULES if _layer(module) in ("proof", "views") for name in _inner_imports(module)}
    assert {name for name in used if _layer(name) == "engine"} <= doors


def test_no_modules_import_each_other_in_a_circle() -> None:
    _no_circle({module: _inner_imports(module) - {"symattn"} for module in MODULES if module != "symattn"})


@pytest.mark.parametrize("layer", sorted(BELOW))
def test_no_rooms_of_a_layer_import_each_other_in_a_circle(layer: str) -> None:
    """A room is a folder; a file beside the folders is a room of its own.  Packages that gather names are left out."""
    arrows: dict[str, set[str]] = {}
    for module in (name for name in MODULES if _layer(name) == layer and MODULES[name].name != "__init__.py"):
        inside = {_room(name) for name in _inner_imports(module) if _layer(name) == layer}
        arrows.setdefault(_room(module), set()).update(inside - {_room(module)})
    _no_circle(arrows)


def _room(module: str) -> str:
    return module if module.count(".") < 3 else module.rpartition(".")[0]


def _named(module: str) -> set[str]:
    """The modules that a string names."""
    strings = {node.value for node in ast.walk(_tree(module)) if isinstance(node, ast.Constant)}
    return {name for name in strings if isinstance(name, str) and name in MODULES}


def _no_circle(arrows: dict[str, set[str]]) -> None:
    # a package that gathers the names of its modules is not below them
    graph = {one: {name for name in names if not one.startswith(name + ".")} for one, names in arrows.items()}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES.values()}))
def test_no_shelf_holds_more_than_15_files(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= 15


@pytest.mark.parametrize("module", [name for name in MODULES if _layer(name) in ("kernel", "errors")])
def test_the_kernel_needs_the_standard_library_only(module: str) -> None:
    outside = {name.partition(".")[0] for name in _imports(module)} - sys.stdlib_module_names - {"symattn"}
    assert outside == set()


def test_the_kernel_does_not_grow() -> None:
    """Whoever adds a rule finds something to take away: lines of code, without imports and docstrings."""
    assert sum(code_lines(MODULES[module]) for module in MODULES if _layer(module) == "kernel") <= 1500


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


def test_a_list_of_theorems_needs_no_witness() -> None:
    code = "from symattn.cli import main\nmain(['list'])\nimport sys\nprint(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {
        name for name in ran.stderr.split() if name in MODULES and _layer(name) in ("verify", "numeric", "models")
    }
    assert loaded <= {"symattn.numeric", "symattn.numeric.entries"}
