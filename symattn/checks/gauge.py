"""A head must not change when queries and keys are changed against each other: Q M with K M⁻ᵀ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sympy import Expr

from symattn.checks.harness.arrays import rounded
from symattn.checks.harness.calls import Tested
from symattn.checks.harness.failures import CheckUndecided, failed
from symattn.checks.harness.frameworks import framework_called
from symattn.checks.harness.reference import agreed, target
from symattn.checks.harness.samples import Case, Wanted, cases, named_inputs, named_sizes
from symattn.errors import LanguageError, ShapeError, UnknownName, layout
from symattn.language import Family, Matrix, letters_of, matrix, shape, sizes as make_sizes, text
from symattn.language.shapes.shapes import check
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.bounds.rounding import outward
from symattn.numeric.samples.samples import SEED
from symattn.numeric.shapes import whole_size

__all__ = ["assert_gauge_invariant"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any

SUSPECTS = {
    "signs": "a bias that is added to queries or keys, or something else that is not linear in them",
    "powers of 2": "queries or keys that are normalised, or a bias that is added to them",
    "a permutation": "something that depends on the place inside a head, such as a rotary embedding",
    "a mixing": "an entrywise function of queries or keys, or a rotary embedding",
}


@dataclass(frozen=True, eq=False)
class Gauge:
    """A matrix M whose product with the queries, and M⁻ᵀ with the keys, is exact."""

    name: str
    M: Array
    inverse: Array


def assert_gauge_invariant(
    fn: Callable[..., Any],
    expr: Expr | None = None,
    *,
    query: str = "Q",
    key: str = "K",
    dtype: str = "float64",
    sizes: Mapping[Any, int] | None = None,
    inputs: Mapping[Any, Any] | None = None,
    framework: str = "numpy",
    contract: str | Contract | None = None,
    seed: int = SEED,
    trials: int = 2,
) -> None:
    """Assert that fn(Q=…, K=…) = fn(Q=Q M, K=K M⁻ᵀ) for invertible M, up to the rounding of either side.

    With `expr`, what fn computes up to the mistakes that are looked for, M runs through signs, powers of 2,
    permutations and mixings, and the two results may differ by the two bounds that the contract gives for expr.
    Without it fn takes only Q and K, d×k, and M is diagonal with ± powers of 2: then every product q_l k_l stays the
    very same number, and the results must agree bit for bit.  M is chosen so that Q M and K M⁻ᵀ are exact.

    fn            the function that is tested
    expr          the expression that it computes
    query, key    what queries and keys are called in it
    dtype, sizes, inputs, framework, contract, seed, trials    as for assert_computes

    Shapes    Q and K d×k, or families of them; fn returns the shape of expr
    Assumes   the contract; without expr, a product that is summed entry by entry and does not underflow

    >>> import numpy as np
    >>> sa.checks.assert_gauge_invariant(lambda Q, K: Q @ K.T)
    >>> sa.checks.assert_gauge_invariant(lambda Q, K: np.tanh(Q) @ K.T)
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckFailed: <lambda> changes with the gauge of its head
        ...
        M               : powers of 2, [[0.5, 0.0], [0.0, 2.0]]
        ...

    Raises    CheckFailed with the entry, the M, and what usually breaks the gauge there
              CheckUndecided when the bounds are wider than the values
              UnknownName, ShapeError, LanguageError or MissingExtra when the question makes no sense
    """
    tested = Tested(fn, framework_called(framework, dtype), dtype)
    kept = agreed(contract, dtype, expr)
    subject = _of_two(query, key) if expr is None else expr
    check(subject)
    pair = _pair(subject, query, key)
    wanted = Wanted(named_sizes(subject, sizes), named_inputs(subject, inputs, dtype), seed, max(1, trials), "normal")
    told = list[bool]()
    for number, drawn in enumerate(cases(subject, wanted, dtype)):
        case = drawn if wanted.inputs else _on_a_grid(drawn)
        if not number:
            tested.accepts(case.named())
        for gauge in _gauges(case, pair, np.random.default_rng([seed, number]), mixing=expr is not None):
            changed = _changed(case, pair, gauge, dtype)
            told.append(_compare(tested, subject, case, changed, gauge, kept, exact=expr is None))
    if told and not any(told):
        reason = "the bound is wider than the values, so that zeros in place of one of them would pass"
        pairs = [("contract", str(kept)), ("reason", reason)]
        raise CheckUndecided(
            layout(f"nothing can be said about the gauge of {tested.name} in {dtype}", pairs), reason=reason
        )


def _of_two(query: str, key: str) -> Any:
    """A product of the two letters, in which they are drawn for a function of nothing else."""
    d, k = make_sizes("d k")
    return matrix(query, d, k) @ matrix(key, d, k).T


def _pair(subject: Any, query: str, key: str) -> tuple[Any, Any]:
    known = {letter.name: letter for letter in letters_of(subject)}
    for name in (query, key):
        if name not in known:
            pairs = [("expression", text(subject)), ("letters", ", ".join(known))]
            raise UnknownName(layout(f"there is no letter {name}", pairs, "name them: query='W_Q', key='W_K'"))
    Q, K = known[query], known[key]
    if not all(isinstance(letter, Matrix | Family) and not getattr(letter, "facts", None) for letter in (Q, K)):
        raise LanguageError(f"{query} and {key} must be matrices without declared facts: Q M has none of them")
    if Q.shape[1] != K.shape[1]:
        pairs = [(text(letter), "×".join(map(text, letter.shape))) for letter in (Q, K)]
        raise ShapeError(layout("queries and keys must have one width", pairs))
    return Q, K


def _on_a_grid(case: Case) -> Case:
    """The same letters in quarters from -2 to 2: products with small whole numbers are exact in every dtype."""
    plain = {
        a: np.clip(np.rint(4 * np.asarray(v, dtype=np.float64)) / 4, -2, 2)
        for a, v in case.at.values.items()
        if np.ndim(v) and not getattr(a, "facts", None)
    }
    return replace(case, at=replace(case.at, values={**case.at.values, **plain}))


def _gauges(case: Case, pair: tuple[Any, Any], rng: np.random.Generator, *, mixing: bool) -> Iterator[Gauge]:
    k = int(np.shape(case.at.values[pair[0]])[-1])
    if not k:
        return
    signs = np.diag(np.where(np.arange(k) % 2, 1.0, -1.0))
    yield Gauge("signs", signs, signs)
    powers = 2.0 ** np.where(np.arange(k) % 2, 1, -1)
    yield Gauge("powers of 2", np.diag(powers), np.diag(1 / powers))
    if mixing and k > 1:
        turned = np.roll(np.eye(k), 1, axis=0)
        yield Gauge("a permutation", turned, turned.T)
        mixed, back = np.eye(k), np.eye(k)
        i, j = rng.permutation(k)[:2]
        mixed[i, j], back[i, j] = 1, -1
        yield Gauge("a mixing", mixed, back)


def _changed(case: Case, pair: tuple[Any, Any], gauge: Gauge, dtype: str) -> Case:
    Q, K = pair
    values = dict(case.at.values)
    for letter, change in ((Q, gauge.M), (K, gauge.inverse.T)):
        values[letter] = rounded(np.asarray(values[letter]) @ change, dtype)
    return replace(case, at=replace(case.at, values=values))


def _compare(
    tested: Tested, subject: Any, case: Case, changed: Case, gauge: Gauge, kept: Contract, *, exact: bool
) -> bool:
    """Whether a result of another size could be told; that there is none raises CheckFailed."""
    wanted = None if exact else tuple(whole_size(size, case.at.sizes) for size in shape(subject))
    first, then = (tested(each.named(), wanted, at=case.told(), twice=each is case) for each in (case, changed))
    room, tells = np.zeros(np.shape(first)), True
    if not exact:
        one, other = (target(subject, each.at, kept) for each in (case, changed))
        room = outward(one.bound + other.bound + np.abs(one.value - other.value), 4)
        tells = bool((room < np.abs(one.value)).any())
    if room.size and not np.isfinite(room).any():
        reason = "the bound is infinite"
        raise CheckUndecided(
            f"nothing can be said about the gauge of {tested.name} in {tested.dtype}: {reason}", reason=reason
        )
    away = np.abs(first - then)
    outside = np.isfinite(room) & ~(away <= room)
    if first.shape == then.shape and not outside.any():
        return tells
    place = tuple(map(int, np.argwhere(outside)[0]))
    pairs = [
        ("entry", str(place)),
        ("with Q, K", f"{first[place]:.17g}"),
        ("with Q M, K M⁻ᵀ", f"{then[place]:.17g}"),
        ("difference", f"{away[place]:.3g}"),
        ("bound", f"{room[place]:.3g} for {kept}"),
        ("M", f"{gauge.name}, {gauge.M.tolist()}"),
        ("sizes", f"{case.told()}, seed {case.seed}"),
    ]
    raise failed(
        f"{tested.name} changes with the gauge of its head", pairs, f"what usually does that: {SUSPECTS[gauge.name]}"
    )
