"""The package itself: cheap to import, with every name of the layers."""

from __future__ import annotations

import subprocess
import sys

import pytest

import symattn
from symattn import errors, language
from symattn.language.spellings.table import ALIASES


def loaded_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*(m for m in ('sympy', 'numpy', 'mpmath') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_neither_sympy_nor_numpy() -> None:
    assert loaded_after("import symattn; symattn.__version__; dir(symattn); symattn.ShapeError") == set()


def test_using_a_name_of_the_language_loads_sympy() -> None:
    assert "sympy" in loaded_after("from symattn import matrix")


def test_every_public_name_of_the_language_is_a_name_of_the_package() -> None:
    public = {name for name, value in vars(language).items() if not name.startswith("_") and not is_module(value)}
    internal = {"folded", "unfolded", "letters_of", "sizes_of", "is_size", "lower_bound", "same_size", "place_of"}
    internal |= {"Recurrence", "recurrence", "recurrence_in"}  # what numbers make of a claim about all steps
    assert public - internal <= set(symattn.__all__)
    assert all(getattr(symattn, name) is getattr(language, name) for name in public - internal)


def test_every_error_is_a_name_of_the_package() -> None:
    assert {name for name in errors.__all__ if name[0].isupper()} <= set(symattn.__all__)


@pytest.mark.parametrize("name", sorted(set(symattn.__all__) - {"__version__", *ALIASES}))
def test_a_public_name_is_what_its_layer_calls_so(name: str) -> None:
    value = getattr(symattn, name)
    home = value.__name__ if is_module(value) else getattr(value, "__module__", type(value).__module__)
    assert home.startswith("symattn.")
    assert value.__name__.rpartition(".")[2] == name


@pytest.mark.parametrize("name", sorted(set(symattn.__all__) & set(ALIASES)))
def test_another_name_is_the_thing_itself(name: str) -> None:
    assert getattr(symattn, name) is getattr(symattn, ALIASES[name]) or name == "gradient"  # which proves


@pytest.mark.parametrize(
    ("name", "said"),
    [("sum", "called total"), ("relu", "Texts have it"), ("proove", "Did you mean prove"), ("qqq", "'qqq'$")],
)
def test_an_unknown_name_comes_with_what_to_write(name: str, said: str) -> None:
    with pytest.raises(AttributeError, match=said):
        getattr(symattn, name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'softmaxx'"):
        symattn.softmaxx  # noqa: B018


def is_module(value: object) -> bool:
    return type(value).__name__ == "module" or type(value).__name__ == "_Feature"
