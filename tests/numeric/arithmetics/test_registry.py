"""Arithmetics by name: what is accepted, what is refused and how, and nothing imported before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from symattn.errors import MissingExtra, UnknownName
from symattn.numeric import Exact, Floats, Intervals, Modular, parse_arithmetic
from symattn.numeric.arithmetics.registry import REGISTRY


def test_a_name_gives_its_arithmetic() -> None:
    assert isinstance(parse_arithmetic("exact"), Exact)
    assert parse_arithmetic("modular:101").prime == 101
    assert isinstance(parse_arithmetic("modular"), Modular)
    assert parse_arithmetic("numpy:float16").name == "float16"
    assert parse_arithmetic("float32").name == "float32"
    assert isinstance(parse_arithmetic("numpy"), Floats)
    assert parse_arithmetic("interval:70").context.prec == 70
    assert isinstance(parse_arithmetic("interval"), Intervals)
    assert parse_arithmetic("mpmath:30").name == "mpmath of 30 digits"
    assert str(parse_arithmetic("contract:float16/float32").contract) == "eager float16/float32"


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("numpi", "numpy"),
        ("", "exact, modular, numpy"),
        ("numpy:float8", "bfloat16"),
        ("torch:int8", "bfloat16"),
        ("jax:longdouble", "bfloat16"),
        ("exact:3", "nothing"),
        ("modular:8", "a prime"),
        ("modular:x", "a prime"),
        ("mpmath:1", "decimal digits"),
        ("ball:ten", "bits"),
        ("interval:-5", "bits"),
        ("contract:float8", "a contract"),
    ],
)
def test_another_name_is_refused_with_what_is_accepted(text: str, accepted: str) -> None:
    with pytest.raises(UnknownName, match=accepted):
        parse_arithmetic(text)


@pytest.mark.parametrize(("text", "package"), [("torch", "torch"), ("jax:float32", "jax"), ("ball:99", "flint")])
def test_a_package_that_is_not_there_is_named(text: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"pip install 'symattn\[") as raised:
        parse_arithmetic(text)
    assert raised.value.exit_code == 4
    assert package in str(raised.value)


def test_asking_for_one_loads_no_other() -> None:
    code = (
        "import sys; from symattn.numeric import parse_arithmetic; parse_arithmetic('numpy:float32');"
        "print({'torch', 'jax', 'flint', 'mpmath', 'sympy'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_every_arithmetic_is_one_line_of_the_registry() -> None:
    assert set(REGISTRY) == {
        "exact", "modular", "numpy", "mpmath", "ball", "interval", "double-double", "torch", "jax", "contract",
    }  # fmt: skip
