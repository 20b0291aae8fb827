"""The names of the package: there, and loaded only when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import symattn.numeric


def test_importing_the_package_loads_neither_numpy_nor_sympy() -> None:
    code = "import symattn.numeric, sys; print({'numpy', 'sympy', 'mpmath'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


@pytest.mark.parametrize("name", symattn.numeric.__all__)
def test_every_name_is_there(name: str) -> None:
    value = getattr(symattn.numeric, name)
    assert value is getattr(symattn.numeric, name)
    assert getattr(value, "__name__", name) == name


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="heds"):
        _ = symattn.numeric.heds  # type: ignore[attr-defined]
