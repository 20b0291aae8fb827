"""`python -m benchmarks numbers`: are the error bounds true, how tight are they, and what do spectra cost?

Every row of the first table is many evaluations at random and hostile entries.  The exact value, known within balls of
200 bits (intervals without python-flint), must lie inside every time; beside it how many times the bound exceeds the
true error, at the median and at the least.  The second table is the spectra of heads from their factors against NumPy.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from importlib.util import find_spec
from statistics import median
from time import process_time
from typing import Any

Array = Any
KINDS = ("normal", "onehot", "tiny", "huge", "cancelling", "integers")
ARITHMETICS = (
    "numpy:float64",
    "numpy:float32",
    "numpy:float16",
    "numpy:bfloat16",
    "mpmath:50",
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
    "contract:float16",
    "contract:bfloat16",
    "contract:float16/float32",
    "contract:bfloat16/float32",
)
PACKAGES = ("torch", "jax")


@dataclass(frozen=True)
class Audit:
    """What came of the evaluations of one expression in one arithmetic.

    evaluations    entries of the value that were compared
    outside        how many exact values were not inside: must be 0
    unknown        how many bounds were infinite, because a step may overflow or divide by 0
    middle, least  bound / true error over the entries that have an error; None where every entry was exact.  For a
                   contract the error is that of NumPy in its dtype, which must lie inside too
    """

    arithmetic: str
    expression: str
    evaluations: int
    outside: int
    unknown: int
    middle: float | None
    least: float | None


def expressions() -> dict[str, tuple[Any, float]]:
    """What is evaluated, and by what the entries are scaled for formats that overflow early."""
    from sympy import Rational

    import symattn as sa

    n, d, k, v = sa.sizes("n d k v")
    X, Q, K, V = sa.matrix("X", n, d), sa.matrix("Q", d, k), sa.matrix("K", d, k), sa.matrix("V", d, v)
    G, mask, p = sa.matrix("G", n, v), sa.matrix("m", n, n, mask=True), sa.scalar("p", positive=True)
    scores = X @ Q @ K.T @ X.T
    return {
        "product chain": (scores, 1),
        "sums": (X @ Q + X @ K - sa.ones(n, k), 1),
        "entrywise": (sa.hadamard(Q, K, Q) - 2 * K, 1),
        "row sums": (sa.rowsum(sa.hadamard(Q, K)), 1),
        "reciprocal": (sa.hadamard(sa.reciprocal(Q), K), 1),
        "exp": (sa.exp(X @ Q), Rational(1, 4)),
        "log": (sa.log(sa.exp(X) + sa.ones(n, d)), Rational(1, 4)),
        "log-sum-exp": (sa.logsumexp(X @ Q), Rational(1, 4)),
        "root": (p ** Rational(-1, 2) * (X @ Q), 1),
        "softmax": (sa.softmax(scores), Rational(1, 4)),
        "masked softmax": (sa.softmax(scores, mask=mask), Rational(1, 4)),
        "attention": (sa.attention(X, Q, K, V), Rational(1, 4)),
        "gradient of attention": (sa.Gradient(sa.inner(G, sa.attention(X, Q, K, V)), Q), Rational(1, 4)),
    }


def points(expr: Any, scale: float, trials: int, seed: int) -> Iterator[Any]:
    """Samples of each kind in turn, of several sizes, with entries that every format holds."""
    from symattn.numeric import sample
    from symattn.numeric.bounds.formats import named

    for trial in range(trials):
        kind = KINDS[trial % len(KINDS)]
        at = sample(expr, kind=kind, seed=seed + trial)
        factor = (
            float(scale) * (1.0, 0.25, 3.0)[trial // len(KINDS) % 3] * (1e-2 if kind in ("huge", "cancelling") else 1)
        )
        values = {
            letter: value if getattr(letter, "facts", ()) else _held(named("bfloat16").nearest(_floats(value) * factor))
            for letter, value in at.values.items()
        }
        yield sample(expr, values=values, sizes=at.sizes, seed=seed + trial)


def _floats(value: Array) -> Array:
    import numpy as np

    return np.asarray(value, dtype=np.float64)


def _held(value: Array) -> Array:
    """Numbers that float16 holds too: no longer than its largest, no digits below its least."""
    import numpy as np

    return np.clip(value, -60000.0, 60000.0).astype(np.float16).astype(np.float64)


def audit(arithmetic: str, name: str, trials: int, seed: int = 0) -> Audit:
    """Evaluates an expression at so many samples."""
    import numpy as np

    from symattn.numeric import evaluate, parse_arithmetic

    expr, scale = expressions()[name]
    tried, kind = parse_arithmetic(arithmetic), arithmetic.partition(":")[0]
    other = _kept(tried.contract) if kind == "contract" else None
    shares: list[float] = []
    evaluations = outside = unknown = 0
    for at in points(expr, scale, trials, seed):
        bounds = tried.enclose(evaluate(expr, at, tried))
        truth = exact_ends(expr, at)
        sharp = truth if _hold(bounds, truth) else exact_ends(expr, at, 4000)  # was the reference too wide?
        computed = None if other is None else evaluate(expr, at, other)
        for place, below in np.ndenumerate(bounds[0]):
            above, low, high = bounds[1][place], sharp[0][place], sharp[1][place]
            evaluations += 1
            if not abs(below) < float("inf") or not abs(above) < float("inf"):
                unknown += 1
                continue
            got = (Fraction(below) + Fraction(above)) / 2
            # a value that overflowed on the way has a bound of its own that exceeds it
            if computed is not None and computed.radius[place] < abs(computed.value[place]):
                got = Fraction(float(computed.value[place]))
            outside += not (Fraction(below) <= min(low, got) and max(high, got) <= Fraction(above))
            shares.extend(_share(got, (Fraction(above) - Fraction(below)) / 2, low, high))
    middle, least = (median(shares), min(shares)) if shares else (None, None)
    return Audit(arithmetic, name, evaluations, outside, unknown, middle, least)


def _kept(promise: Any) -> Any:
    """NumPy's arithmetic that keeps a contract."""
    from symattn.numeric import Floats
    from symattn.numeric.arithmetics.engines import wide_engine

    half = promise.stored.unit > promise.inner.unit
    return Floats(wide_engine(promise.dtype) if half else promise.dtype)


def exact_ends(expr: Any, at: Any, bits: int = 200) -> tuple[Array, Array]:
    from symattn.numeric import evaluate, parse_arithmetic

    arithmetic = parse_arithmetic(f"{'ball' if find_spec('flint') else 'interval'}:{bits}")
    return arithmetic.enclose(evaluate(expr, at, arithmetic))


def _hold(bounds: tuple[Array, Array], truth: tuple[Array, Array]) -> bool:
    ends = zip(*(part.ravel().tolist() for part in (*bounds, *truth)), strict=True)
    return all(below <= low and high <= above for below, above, low, high in ends)


def _share(got: Fraction, bound: Fraction, low: Any, high: Any) -> Iterator[float]:
    """The bound over the true error, where there is an error that the reference can tell from 0."""
    error = abs(got - (low + high) / 2)
    if error > 2**10 * (high - low):
        yield float(bound / error) if bound < 2**1000 * error else float("inf")


@dataclass(frozen=True)
class Cost:
    """Processor seconds for the singular values of many heads, with certain bounds, against NumPy without any."""

    heads: int
    d: int
    k: int
    ours: float
    numpy: float
    worst_radius: float

    @property
    def ratio(self) -> float:
        return self.numpy / self.ours


def cost(heads: int, d: int, k: int) -> Cost:
    import numpy as np

    from symattn.models import form_spectra

    Q, K = np.random.default_rng(0).standard_normal((2, heads, d, k))

    def theirs() -> None:
        for query, key in zip(Q, K, strict=True):
            np.linalg.svd(np.linalg.qr(query, mode="r") @ np.linalg.qr(key, mode="r").T, compute_uv=False)

    def seconds(work: Callable[[], Any]) -> float:
        start = process_time()
        work()
        return process_time() - start

    spectra = form_spectra(Q, K, workers=1)
    worst = max(float((one.radius / one.values[0]).max()) for one in spectra)
    ours = min(seconds(lambda: form_spectra(Q, K, workers=1)) for _ in range(3))
    return Cost(heads, d, k, ours, min(seconds(theirs) for _ in range(3)), worst)


def text(audits: list[Audit], costs: list[Cost]) -> str:
    lines = [f"{'arithmetic':<26} {'expression':<22} {'evaluations':>11} {'outside':>7} {'unknown':>7}  bound / error"]
    lines.append("─" * 104)
    for one in audits:
        tight = "exact" if one.middle is None else f"{one.middle:10.3g} median, {one.least:8.3g} at least"
        counts = f"{one.evaluations:>11} {one.outside:>7} {one.unknown:>7}"
        lines.append(f"{one.arithmetic:<26} {one.expression:<22} {counts}  {tight}")
    for name in dict.fromkeys(one.arithmetic for one in audits):
        mine = [one for one in audits if one.arithmetic == name]
        tried, out = sum(one.evaluations for one in mine), sum(one.outside for one in mine)
        lines.append(f"{name:<26} {'all':<22} {tried:>11} {out:>7}")
    for each in costs:
        lines.append(
            f"singular values of {each.heads} heads of {each.d}×{each.k}: {each.ours:.2f} s with bounds "
            f"(relative {each.worst_radius:.1g}), NumPy's QR and SVD {each.numpy:.2f} s without: {each.ratio:.2g} ×"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """0 when every exact value was inside, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks numbers", description=__doc__)
    parser.add_argument("--trials", type=int, default=60, metavar="N", help="samples of each expression (60)")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--heads", type=int, default=100, metavar="N", help="heads of 1600×64 for the spectra (100)")
    parser.add_argument(
        "--only", nargs="+", default=(), choices=ARITHMETICS, metavar="ARITHMETIC", help=f"of {', '.join(ARITHMETICS)}"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args(arguments)
    there = [name for name in asked.only or ARITHMETICS if name.partition(":")[0] not in PACKAGES or _found(name)]
    audits = []
    for name in there:
        for expression in expressions():
            audits.append(audit(name, expression, asked.trials, asked.seed))
            if sys.stderr.isatty():
                print(f"\r\x1b[2K{name} {expression}", end="", file=sys.stderr, flush=True)
    costs = [cost(asked.heads, 1600, 64)] if asked.heads else []
    if asked.json:
        rows = {"audits": [asdict(one) for one in audits], "spectra": [asdict(one) for one in costs]}
        print(json.dumps({"schema": 1, **rows}, indent=1, ensure_ascii=False))
    else:
        print(text(audits, costs))
    return 1 if any(one.outside for one in audits) else 0


def _found(name: str) -> bool:
    return find_spec(name.partition(":")[0]) is not None
