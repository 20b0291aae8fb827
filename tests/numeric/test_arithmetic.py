"""What an arithmetic is.  Every one of them obeys every law here; a new one is a line in NAMES."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from symattn.errors import LanguageError
from symattn.language import Gradient, attention, inner, matrix, sizes
from symattn.numeric import Exact, Intervals, evaluate, parse_arithmetic, sample
from symattn.numeric.arithmetic import Arithmetic, NotExact, Truth

NEEDS = {"torch": "torch", "jax": "jax", "ball": "flint"}
NAMES = (
    "exact",
    "modular",
    "modular:101",
    "numpy:float64",
    "numpy:float32",
    "numpy:float16",
    "numpy:bfloat16",
    "mpmath:5",
    "mpmath:50",
    "double-double",
    "ball",
    "ball:300",
    "interval:60",
    "torch:float64",
    "torch:float32",
    "torch:float16",
    "torch:bfloat16",
    "jax:float64",
    "jax:float32",
    "jax:float16",
    "jax:bfloat16",
    "contract:float64",
    "contract:float32",
    "contract:float16/float32",
    "contract:bfloat16",
)
MARKED = [
    pytest.param(name, marks=pytest.mark.needs(NEEDS[kind])) if (kind := name.partition(":")[0]) in NEEDS else name
    for name in NAMES
]
every = pytest.mark.parametrize("name", MARKED)

REFERENCE = Intervals(400)
RNG = np.random.default_rng(0)
THIRDS = np.array([[Fraction(1, 3), -2, Fraction(5, 7)], [0, 1, -1]], dtype=object)
WHOLE = np.array([[3, -1, 0], [2, 0, 5]])
NORMAL = RNG.standard_normal((2, 3)) / 3
SQUARE = np.array([[2, 1, 0], [-1, 3, 1], [0, 2, 5]])
MASK = np.array([[1, 0, 1], [0, 0, 0]])
POSITIVE = np.array([[Fraction(1, 4), 2, 9], [1, Fraction(2, 3), 16]], dtype=object)
Array = Any


@cache
def made(name: str) -> Arithmetic:
    return parse_arithmetic(name)


def turned(entries: Array) -> Array:
    return np.swapaxes(entries, -1, -2)


Law = Callable[[Arithmetic, Callable[[Array], Any]], Any]

RATIONAL: dict[str, Law] = {
    "lift": lambda a, of: of(THIRDS),
    "floats are the fractions that they are": lambda a, of: of(NORMAL),
    "add": lambda a, of: a.add(of(THIRDS), of(NORMAL)),
    "what cancels": lambda a, of: a.add(of(THIRDS), a.multiply(of([[-1]]), of(THIRDS))),
    "multiply": lambda a, of: a.multiply(of(THIRDS), of(NORMAL)),
    "a number times a matrix": lambda a, of: a.multiply(of([[Fraction(2, 3)]]), of(WHOLE)),
    "a row times a matrix": lambda a, of: a.multiply(of([[1, 2, 3]]), of(SQUARE)),
    "matmul": lambda a, of: a.matmul(of(THIRDS), of(SQUARE)),
    "a chain": lambda a, of: a.matmul(a.matmul(of(NORMAL), of(SQUARE)), of(turned(THIRDS))),
    "a stack of matrices": lambda a, of: a.matmul(of(np.stack([WHOLE, 2 * WHOLE])), of(SQUARE)),
    "an empty inner size": lambda a, of: a.matmul(of(np.zeros((2, 0), int)), of(np.zeros((0, 3), int))),
    "no rows": lambda a, of: a.matmul(of(np.zeros((0, 3), int)), of(SQUARE)),
    "rowsum": lambda a, of: a.rowsum(of(THIRDS)),
    "the sum of an empty row": lambda a, of: a.rowsum(of(np.zeros((2, 0), int))),
    "reciprocal": lambda a, of: a.reciprocal(of(POSITIVE)),
    "one over zero is zero": lambda a, of: a.reciprocal(of([[0, 2]])),
    "inverse": lambda a, of: a.inverse(of(SQUARE)),
    "the inverse of an empty matrix": lambda a, of: a.inverse(of(np.zeros((0, 0), int))),
    "a transpose": lambda a, of: a.rearrange(turned, [of(THIRDS)]),
    "the transpose of a product": lambda a, of: a.matmul(
        a.rearrange(turned, [a.matmul(of(NORMAL), of(SQUARE))]), of(NORMAL)
    ),
    "blocks": lambda a, of: a.rearrange(lambda *b: np.concatenate(b, axis=-1), [of(THIRDS), of(WHOLE)]),
    "a square root": lambda a, of: a.power(of([[4, Fraction(9, 4)]]), Fraction(-1, 2)),
    "a root of zero": lambda a, of: a.power(of([[0]]), Fraction(1, 2)),
}
TRANSCENDENTAL: dict[str, Law] = {
    "exp": lambda a, of: a.exp(of(THIRDS)),
    "exp of floats": lambda a, of: a.exp(of(10 * NORMAL)),
    "log": lambda a, of: a.log(of(POSITIVE)),
    "cos": lambda a, of: a.cos(of(THIRDS)),
    "sin": lambda a, of: a.sin(of(10 * NORMAL)),
    "cos where it is nearly 0": lambda a, of: a.cos(of([[Fraction(355, 226), 11, 33, Fraction(710, 452)]])),
    "sin of large angles": lambda a, of: a.sin(of([[355, -103993, 4096]])),
    "cos of products": lambda a, of: a.cos(a.matmul(of(NORMAL), of(SQUARE))),
    "log of exp": lambda a, of: a.log(a.exp(of(NORMAL))),
    "a cube root": lambda a, of: a.power(of(POSITIVE), Fraction(1, 3)),
    "softmax": lambda a, of: a.softmax(of(THIRDS), None),
    "softmax of products": lambda a, of: a.softmax(a.matmul(of(NORMAL), of(SQUARE)), None),
    "softmax of large scores": lambda a, of: a.softmax(of([[40, -30, 41]]), None),
    "softmax of one key": lambda a, of: a.softmax(of([[7]]), None),
    "masked softmax": lambda a, of: a.softmax(of(THIRDS), of(MASK)),
    "weighted softmax": lambda a, of: a.softmax(of(THIRDS), of([[1, 3, 0]])),
    "weights times values": lambda a, of: a.matmul(a.softmax(of(THIRDS), of(MASK)), of(SQUARE)),
    "log-sum-exp": lambda a, of: a.log(a.rowsum(a.exp(of(THIRDS)))),
}


def lifting(arithmetic: Arithmetic) -> Callable[[Array], Any]:
    return lambda entries: arithmetic.lift(np.asarray(entries))


def value_of(name: str, law: Law) -> tuple[Array, Array]:
    """Certain bounds of what the arithmetic computes; skips nothing: what it cannot hold must be said."""
    return made(name).enclose(law(made(name), lifting(made(name))))


def inside(bounds: tuple[Array, Array], truth: tuple[Array, Array]) -> bool:
    """Whether the true value, known within an interval, lies in the bounds."""
    numbers = zip(*(np.asarray(part, dtype=object).ravel() for part in (*bounds, *truth)), strict=True)
    return all(below <= low and high <= above for below, above, low, high in map(as_fractions, numbers))


def as_fractions(numbers: tuple[Any, ...]) -> list[Any]:
    return [
        x if x in (float("inf"), float("-inf")) else Fraction(float(x) if isinstance(x, np.floating) else x)
        for x in numbers
    ]


@every
@pytest.mark.parametrize("law", RATIONAL)
def test_the_exact_value_of_rational_operations_lies_inside(law: str, name: str) -> None:
    exact = RATIONAL[law](Exact(), lifting(Exact()))
    if name.startswith("modular"):
        check_residues(law, name, exact)
        return
    lower, upper = value_of(name, RATIONAL[law])
    assert (
        lower.shape
        == upper.shape
        == exact.shape
        == tuple(made(name).shape(made(name).lift(np.zeros(exact.shape, int))))
    )
    assert inside((lower, upper), (exact, exact))


def check_residues(law: str, name: str, exact: Array) -> None:
    """Modulo a prime the value is the residue of the exact one; what it has no reading for is refused."""
    try:
        found = RATIONAL[law](made(name), lifting(made(name)))
    except NotExact:
        assert "root" in law
        return
    assert found.shape == exact.shape
    assert (found == made(name).lift(exact)).all()


@every
@pytest.mark.parametrize("law", TRANSCENDENTAL)
def test_the_exact_value_of_exponentials_lies_inside(law: str, name: str) -> None:
    if made(name).certain:
        check_formal(name)
        return
    truth = REFERENCE.enclose(TRANSCENDENTAL[law](REFERENCE, lifting(REFERENCE)))
    assert inside(value_of(name, TRANSCENDENTAL[law]), truth)


def check_formal(name: str) -> None:
    """An arithmetic without error refuses exp, or reads it as 2**x on whole numbers: exp(a+b) = exp a · exp b."""
    arithmetic = made(name)
    a, b = arithmetic.lift(np.array([[3]])), arithmetic.lift(np.array([[-2]]))
    try:
        both = arithmetic.exp(arithmetic.add(a, b))
    except NotExact:
        return
    assert (both == arithmetic.multiply(arithmetic.exp(a), arithmetic.exp(b))).all()
    with pytest.raises(NotExact):
        arithmetic.exp(arithmetic.lift(np.array([[Fraction(1, 2)]], dtype=object)))


@every
def test_zero_is_exact_wherever_it_comes_from(name: str) -> None:
    """So that 1/0 = 0 is seen: of the number, of a hidden row, of a product with a one-hot row."""
    a = made(name)
    hot = a.matmul(a.lift(np.array([[0, 1]])), a.lift(np.array([[3], [0]])))
    found = [a.reciprocal(a.lift(np.array([[0]]))), a.reciprocal(hot)]
    if not a.certain:
        found.append(a.softmax(a.lift(THIRDS), a.lift(np.zeros((2, 3), int))))
    for value in found:
        lower, upper = a.enclose(value)
        assert all(x == 0 for x in [*lower.flat, *upper.flat])


@every
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")], ids=str)
@pytest.mark.parametrize("kind", [np.float64, np.float32, object])
def test_what_is_no_number_is_refused(bad: float, kind: type, name: str) -> None:
    with pytest.raises(LanguageError, match=str(abs(bad))):
        made(name).lift(np.array([[1.0, bad]], dtype=kind))


@every
def test_what_may_be_subtracted_before_exp_is_known_exactly(name: str) -> None:
    a = made(name)
    top = a.peaks(a.lift(WHOLE), a.lift(np.array([[0, 1, 1], [1, 1, 1]])))
    if top is not None:
        lower, upper = a.enclose(top)
        assert (lower == upper).all()
        assert lower.ravel().tolist() == [0, 5]
    assert a.peaks(a.lift(np.zeros((2, 0), int)), None) is None


@every
@pytest.mark.parametrize(
    ("entries", "rank"), [(SQUARE, 3), (np.ones((3, 2), int), 1), (np.zeros((2, 0), int), 0)], ids=str
)
def test_the_rank_lies_between_its_bounds(entries: Array, rank: int, name: str) -> None:
    least, most = made(name).rank(made(name).lift(entries))
    assert 0 <= least <= rank <= most <= min(entries.shape)
    if made(name).certain:
        assert least == most


@every
@pytest.mark.parametrize(("rows", "wrong"), [([[2, 1], [1, 2]], Truth.FALSE), ([[1, 2], [2, 1]], Truth.TRUE)])
def test_definiteness_is_never_the_wrong_way_round(rows: list, wrong: Truth, name: str) -> None:
    a = made(name)
    if not a.ordered:
        with pytest.raises(NotExact, match="order"):
            a.positive_semidefinite(a.lift(np.array(rows)))
        return
    truth, reason = a.positive_semidefinite(a.lift(np.array(rows)))
    assert truth is not wrong
    assert reason


@every
def test_a_singular_matrix_has_no_inverse_that_is_certain(name: str) -> None:
    a = made(name)
    singular = a.lift(np.array([[1, 1], [1, 1]]))
    if a.certain:
        with pytest.raises(NotExact, match="no inverse"):
            a.inverse(singular)
        return
    lower, upper = a.enclose(a.inverse(singular))
    assert (lower == float("-inf")).all()
    assert (upper == float("inf")).all()


@every
def test_an_entry_can_be_shown(name: str) -> None:
    assert made(name).show(made(name).lift(np.array([[3, 5]])), 0, 1).startswith("5")


@every
def test_a_gradient_of_attention_holds_the_exact_one(name: str) -> None:
    if made(name).certain:
        return
    n, d, k = sizes("n d k", min=1)
    X, Q, K, G = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k), matrix("G", n, d)
    expr = Gradient(inner(G, attention(X, Q, K, matrix("V", d, d))), Q)
    at = sample(expr, kind="normal", sizes={n: 3, d: 2, k: 2})
    scaled = {letter: value / 4 for letter, value in at.values.items()}
    at = sample(expr, sizes=at.sizes, values=scaled)
    assert inside(made(name).enclose(evaluate(expr, at, made(name))), REFERENCE.enclose(evaluate(expr, at, REFERENCE)))


@every
def test_two_runs_agree_in_every_bit(name: str) -> None:
    law = RATIONAL["a chain"]
    one, other = (value_of(name, law) for _ in range(2))
    assert all((a == b).all() for a, b in zip(one, other, strict=True))


def test_every_arithmetic_has_a_name_of_its_own() -> None:
    names = [made(name).name for name in NAMES if name.partition(":")[0] not in NEEDS]
    assert len(set(names)) == len(names)
