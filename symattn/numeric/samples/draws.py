"""Random entries, and matrices that have their declared facts exactly; `samples` draws the letters."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Any

import numpy as np

from symattn.errors import LanguageError
from symattn.numeric.entries import entrywise, exact_entries, is_whole, rational, whole_product
from symattn.numeric.linear_algebra import elimination

Array = Any
Generator = np.random.Generator

INVERTIBLE = frozenset({"invertible", "orthogonal", "permutation"})
LARGEST_FULL = 12  # beyond this size a triangle is a square block and 1


def _integers(rng: Generator, shape: tuple[int, ...]) -> Array:
    return exact_entries(rng.integers(-3, 4, shape))


def _rationals(rng: Generator, shape: tuple[int, ...]) -> Array:
    parts = zip(rng.integers(-6, 7, shape).ravel(), rng.integers(1, 4, shape).ravel(), strict=True)
    entries = np.empty(shape, dtype=object)
    entries.ravel()[:] = [rational(Fraction(int(p), int(q))) for p, q in parts]
    return entries


def _dyadic(rng: Generator, shape: tuple[int, ...]) -> Array:
    """Eighths, few of them whole: numbers of every format, and their sums and differences too."""
    return rng.integers(-20, 21, shape) / 8.0


def _normal(rng: Generator, shape: tuple[int, ...]) -> Array:
    return rng.standard_normal(shape)


def _huge(rng: Generator, shape: tuple[int, ...]) -> Array:
    return rng.standard_normal(shape) * 10.0 ** rng.integers(0, 7, shape)


def _tiny(rng: Generator, shape: tuple[int, ...]) -> Array:
    return rng.standard_normal(shape) * 10.0 ** -rng.integers(0, 13, shape)


def _cancelling(rng: Generator, shape: tuple[int, ...]) -> Array:
    """Large entries of alternating sign with a small part that survives when they cancel."""
    signs = (-1.0) ** (np.indices(shape).sum(axis=0) if shape else 0)
    return 1e4 * signs + rng.standard_normal(shape)


def _onehot(rng: Generator, shape: tuple[int, ...]) -> Array:
    entries = np.zeros(shape, dtype=int)
    if shape and shape[-1]:
        np.put_along_axis(entries, rng.integers(0, shape[-1], (*shape[:-1], 1)), 1, axis=-1)
    return exact_entries(entries if shape else np.array(1))


KINDS: dict[str, Callable[[Generator, tuple[int, ...]], Array]] = {
    "integers": _integers,
    "rationals": _rationals,
    "dyadic": _dyadic,
    "normal": _normal,
    "huge": _huge,
    "tiny": _tiny,
    "cancelling": _cancelling,
    "onehot": _onehot,
}


def entries(kind: str, rng: Generator, shape: tuple[int, ...]) -> Array:
    """Entries of one of the KINDS, without any fact."""
    if kind not in KINDS:
        raise LanguageError(f"no kind of sample is called {kind}: there are {', '.join(KINDS)}")
    return KINDS[kind](rng, shape)


def positive(kind: str, rng: Generator, shape: tuple[int, ...], degree: int = 1) -> Array:
    """Positive entries; the exact kinds draw powers of 2**degree, whose logarithm and root are exact."""
    if kind in ("integers", "rationals", "onehot"):
        return exact_entries(np.array(2, dtype=object) ** (degree * rng.integers(1, 4, shape)))
    if kind == "dyadic":
        return (rng.integers(1, 21, shape) / 8.0) ** degree
    return np.abs(entries(kind, rng, shape)) + 2.0**-20


def _triangle(rng: Generator, size: int, least: int) -> Array:
    """A unit lower triangular integer matrix 1 + N: its determinant is 1.

    A large one with N N = 0, since the inverse would grow exponentially; where every entry must be positive it does.
    """
    below, half = np.tril(rng.integers(least, 3, (size, size)), -1), size // 2
    if size > LARGEST_FULL and least <= 0:
        below[:half], below[:, half:] = 0, 0
    return exact_entries(below + np.eye(size, dtype=int))


def _signs(rng: Generator, size: int) -> Array:
    return exact_entries(np.diag(rng.choice([-1, 1], size)))


def _permutation(rng: Generator, size: int, symmetric: bool) -> Array:
    """A permutation; a symmetric one exchanges the members of random pairs."""
    order = rng.permutation(size)
    image = np.empty(size, dtype=int)
    image[order] = np.concatenate([order[: size // 2 * 2].reshape(-1, 2)[:, ::-1].ravel(), order[size // 2 * 2 :]])
    return exact_entries(np.eye(size, dtype=int)[image if symmetric else order])


def _orthogonal(kind: str, rng: Generator, size: int, symmetric: bool) -> Array:
    """Signs times a permutation; for the other kinds times a reflection 1 - 2 vᵀv / v vᵀ with a whole v, or times
    reflections at rows of four ±1, whose entries are halves."""
    signs = exact_entries(np.eye(size, dtype=int) * int(rng.choice([-1, 1]))) if symmetric else _signs(rng, size)
    turned = whole_product(signs, _permutation(rng, size, symmetric))
    if kind == "dyadic":
        halves = _halves(rng, size)
        return halves if symmetric else halves @ turned.astype(float)
    if kind in ("integers", "onehot") or symmetric or size == 0:
        return turned
    row = rng.choice([-3, -2, -1, 1, 2, 3], (1, size))
    length = int((row * row).sum())
    reflection = length * np.eye(size, dtype=int) - 2 * row.T * row
    shares = cache(lambda entry: rational(Fraction(entry, length)))
    return entrywise(shares, whole_product(reflection, turned))


def _halves(rng: Generator, size: int) -> Array:
    """A symmetric orthogonal matrix of 0, ±1/2 and ±1: below size 4 only signs are dyadic."""
    rows = np.zeros((size // 4, size))
    for place, columns in enumerate(rng.permutation(size)[: size // 4 * 4].reshape(-1, 4)):
        rows[place, columns] = rng.choice([-1.0, 1.0], 4)
    return (np.eye(size) - rows.T @ rows / 2) * float(rng.choice([-1.0, 1.0]))


def _skew(kind: str, rng: Generator, size: int, *, invertible: bool) -> Array:
    if not invertible:
        square = entries(kind, rng, (size, size))
        return square - square.T
    if size % 2:
        raise LanguageError(f"no skew {size}×{size} matrix is invertible: its size must be even")
    if kind == "dyadic" and size <= LARGEST_FULL:
        below = np.tril(rng.integers(-3, 4, (size, size)) / 8.0, -1)
        return _dominated(np.kron(np.eye(size // 2), np.array([[0.0, 1.0], [-1.0, 0.0]])), below - below.T)
    turns = np.kron(np.eye(size // 2, dtype=int), np.array([[0, 1], [-1, 0]]))
    lower = _triangle(rng, size, -2)
    found = whole_product(whole_product(lower, turns), lower.T)
    return found if kind != "dyadic" else found.astype(float) / 2


def _dominated(turned: Array, small: Array) -> Array:
    """c B + E with a permutation with signs B, so that nothing is sent to 0: every row sum of |E| is below c."""
    most = float(np.abs(small).sum(axis=1).max(initial=0.0))
    scale = 1.25 * 2.0 ** np.ceil(np.log2(max(most, 1.0)))
    return scale * turned + np.where(turned == 0, small, 0.0)


def _fractional(rng: Generator, size: int, *, symmetric: bool, positive: bool) -> Array:
    """An invertible matrix of eighths."""
    small = rng.integers(1 if positive else -3, 4, (size, size)) / 8.0
    small = np.tril(small) + np.tril(small, -1).T if symmetric else small
    order = np.arange(size) if symmetric or positive else rng.permutation(size)
    return _dominated(np.diag(np.ones(size) if positive else rng.choice([-1.0, 1.0], size))[order], small)


def _invertible(kind: str, rng: Generator, size: int, *, symmetric: bool, positive: bool) -> Array:
    """L D U of determinant ±1, so that the inverse is whole too; D = 1 and positive L, U make every entry positive.

    A large one of fractions has powers of 2 in D, so that its inverse is short; a small one need not.
    """
    if kind == "dyadic" and size <= LARGEST_FULL:
        return _fractional(rng, size, symmetric=symmetric, positive=positive)
    least = 1 if positive else -2
    lower = _triangle(rng, size, least)
    upper = lower.T if symmetric else _triangle(rng, size, least).T
    if kind == "dyadic":
        middle = rng.choice([0.5, 1.0, 2.0], size) * (1 if positive else rng.choice([-1, 1], size))
        return (lower.astype(float) * middle) @ upper.astype(float)
    return whole_product(whole_product(lower, _signs(rng, size)) if not positive else lower, upper)


def _mask(rng: Generator, shape: tuple[int, int], symmetric: bool) -> Array:
    shown = (rng.random(shape) < 0.6).astype(int)
    return exact_entries(np.tril(shown) | np.tril(shown).T if symmetric else shown)


def inverse_of(square: Array, facts: frozenset[str] = frozenset()) -> Array:
    """The exact inverse of a matrix with exact entries, which has these facts."""
    inverse = exact_entries(square.T) if facts & {"orthogonal", "permutation"} else _short_inverse(square)
    if inverse is not None:
        return inverse
    rows = elimination.inverse(exact_entries(square).tolist())
    if rows is None:
        raise LanguageError("a letter declared invertible was given a singular matrix")
    return exact_entries(np.array(rows, dtype=object).reshape(square.shape))


def _short_inverse(square: Array) -> Array | None:
    """The inverse when it and the matrix are few binary digits long: guessed in floating point, and multiplied out."""
    whole = square if is_whole(square) else _sixteenths(square)
    if whole is None:
        return None
    scale = 1 if whole is square else 16
    try:
        near = scale * np.linalg.inv(whole.astype(float))
    except (np.linalg.LinAlgError, OverflowError):
        return None
    for times in (1, 16):
        guess = np.rint(times * near)
        if not (np.abs(guess) < 2.0**53).all():
            return None
        inverse = exact_entries(guess.astype(np.int64))
        if (whole_product(whole, inverse) == times * scale * np.eye(len(whole), dtype=int)).all():
            return inverse if times == 1 else entrywise(lambda entry: rational(Fraction(entry, 16)), inverse)
    return None


def _sixteenths(square: Array) -> Array | None:
    """16 A in whole numbers, when it is that."""
    try:
        wide = 16 * np.asarray(square, dtype=np.float64)
    except (TypeError, OverflowError):
        return None
    whole = bool((wide == np.rint(wide)).all() and (np.abs(wide) < 2.0**31).all())
    return exact_entries(wide.astype(np.int64)) if whole and (wide == 16 * square).all() else None


def with_facts(facts: frozenset[str], kind: str, rng: Generator, shape: tuple[int, int]) -> Array:
    """A matrix with every one of the facts, exactly.

    Raises    LanguageError when none is known that has them all
    """
    drawn = _draw(facts, kind, rng, shape)
    missing = sorted(fact for fact in facts if not HOLDS[fact](drawn))
    if missing:
        raise LanguageError(f"no sample of a {shape[0]}×{shape[1]} matrix that is {' and '.join(sorted(facts))}")
    return drawn


def _draw(facts: frozenset[str], kind: str, rng: Generator, shape: tuple[int, int]) -> Array:
    symmetric, size = "symmetric" in facts, shape[0]
    if "permutation" in facts or ("mask" in facts and facts & INVERTIBLE):
        return _permutation(rng, size, symmetric)
    if "orthogonal" in facts:
        return _orthogonal(kind, rng, size, symmetric)
    if "skew" in facts:
        return _skew(kind, rng, size, invertible="invertible" in facts)
    if "invertible" in facts:
        return _invertible(kind, rng, size, symmetric=symmetric, positive="positive" in facts)
    if "mask" in facts:
        return exact_entries(np.ones(shape, dtype=int)) if "positive" in facts else _mask(rng, shape, symmetric)
    plain = positive(kind, rng, shape) if "positive" in facts else entries(kind, rng, shape)
    return np.tril(plain) + np.tril(plain, -1).T if symmetric else plain


def _is_orthogonal(square: Array) -> bool:
    """A Aᵀ = 1, over the common denominator of the entries."""
    exact = exact_entries(square)
    scale = lcm(*{entry.denominator for entry in exact.flat})
    whole = entrywise(lambda entry: entry.numerator * (scale // entry.denominator), exact)
    return bool((whole_product(whole, whole.T) == scale**2 * np.eye(len(square), dtype=object)).all())


def _is_invertible(square: Array) -> bool:
    return _short_inverse(square) is not None or elimination.rank(exact_entries(square).tolist()) == len(square)


HOLDS: dict[str, Callable[[Array], bool]] = {
    "invertible": _is_invertible,
    "symmetric": lambda a: bool((a == a.T).all()),
    "skew": lambda a: bool((a == -a.T).all()),
    "orthogonal": _is_orthogonal,
    "permutation": lambda a: bool(((a == 0) | (a == 1)).all()) and _is_orthogonal(a),
    "mask": lambda a: bool(((a == 0) | (a == 1)).all()),
    "positive": lambda a: bool((a > 0).all()),
}
