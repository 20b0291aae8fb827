"""Does a function compute what an expression says, up to the rounding that its dtype allows?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sympy import Expr

from symattn.checks.harness.blame import largest_term
from symattn.checks.harness.calls import Tested
from symattn.checks.harness.diagnosis import likely
from symattn.checks.harness.failures import CheckFailed, CheckUndecided
from symattn.checks.harness.frameworks import RETRACED, framework_called
from symattn.checks.harness.impostors import need_told
from symattn.checks.harness.reference import agreed, target
from symattn.checks.harness.samples import Wanted, cases, named_inputs, named_sizes
from symattn.checks.harness.trials import Trial
from symattn.errors import LanguageError, layout
from symattn.language import Claim, code, text
from symattn.language.shapes.shapes import check, shape
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.samples.samples import SEED
from symattn.numeric.shapes import whole_size

__all__ = ["assert_computes"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

Array = Any
RANDOM = 3  # random samples; the probes and the degenerate sizes come on top


def assert_computes(
    fn: Callable[..., Any],
    expr: Expr,
    *,
    dtype: str = "float64",
    sizes: Mapping[Any, int] | None = None,
    inputs: Mapping[Any, Any] | None = None,
    framework: str = "numpy",
    contract: str | Contract | None = None,
    seed: int = SEED,
    trials: int = RANDOM,
    probe: str | None = None,
) -> None:
    """Assert that fn(X=…, Q=…, K=…) is the value of the expression, at every sample.

    |fn(…)_ij - value_ij| ≤ bound_ij, with the value exact and the bound derived from the contract: no tolerance.
    The letters of the expression are passed by name, as arrays of the framework and dtype; scalars as Python floats, a
    family as one array (heads, rows, columns), a mask as an array of 0 and 1.

    fn           the function that is tested
    expr         the expression that it should compute
    dtype        the format of what fn is given: "float64", "float32", "float16"; "bfloat16" of torch and jax
    sizes        a number for some sizes, by size or by name; the others are chosen
    inputs       arrays for some letters, by letter or by name; the others are drawn
    framework    whose arrays fn takes: "numpy", "torch" or "jax", which compiles for each shape: samples share them
    contract     what fn promises of its rounding, such as "fused bfloat16"; see symattn.numeric.contract
    seed         of the random samples
    trials       how many random samples there are; probes and degenerate sizes come on top
    probe        one kind of sample only, as a failure names it

    Shapes    fn returns the shape of the expression, in the dtype; a number or 1×1 for a scalar expression
    Assumes   fn rounds as the contract says; without one every step may round to `dtype`, sums in any order; but
              attention in 16 bits is taken to form scores, softmax and sums in float32, also inside of a layer

    >>> n, d, k = sizes("n d k")
    >>> X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
    >>> sa.checks.assert_computes(lambda X, Q, K: (X @ Q) @ (X @ K).T, scores(X, Q, K), dtype="float32")
    >>> sa.checks.assert_computes(lambda X, Q, K: (X @ K) @ (X @ Q).T, scores(X, Q, K))
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckFailed: <lambda> does not compute X Q Kᵀ Xᵀ
        entry       : (0, 1) of 3×3
        got         : -1.43...
        exact value : -8.48...
        ...
      it looks like Q and K exchanged, or the result transposed
      ...

    Raises    CheckFailed with the entry, the bound, the call that repeats it, and the mistake that it looks like
              CheckUndecided when the bounds tell nothing: zeros, the mean of the values, or the formula with one of the
              usual mistakes would pass at every sample too; with the contract that would tell
              UnknownName, ShapeError, LanguageError or MissingExtra when the question itself makes no sense
    """
    if isinstance(expr, Claim) or not hasattr(expr, "free_symbols"):
        note = "it takes an expression such as X @ Q @ K.T @ X.T; for a claim use assert_holds"
        raise LanguageError(layout("assert_computes needs an expression", [("given", text(expr))], note))
    check(expr)
    tested = Tested(fn, framework_called(framework, dtype), dtype)
    kept = agreed(contract, dtype, expr)
    held, few = named_inputs(expr, inputs, dtype), framework in RETRACED
    wanted = Wanted(named_sizes(expr, sizes), held, seed, max(1, trials), probe, few_shapes=few)
    tried = _tried(tested, expr, cases(expr, wanted, dtype), kept)
    failing = [trial for trial in tried if trial.missed]
    if failing:
        raise CheckFailed(_report(tested, expr, failing, tried, contract, given=bool(inputs)))
    if not any(trial.target.decides for trial in tried):
        reason = next((w for trial in tried if (w := trial.target.ball.why)), "the bound is infinite")
        pairs = [("contract", str(kept)), ("reason", reason)]
        raise CheckUndecided(layout(f"nothing can be said about {tested.name} in {dtype}", pairs), reason=reason)
    need_told(tested.name, expr, tried)


def _tried(tested: Tested, expr: Any, chosen: Any, kept: Contract) -> list[Trial]:
    tried: list[Trial] = []
    for case in chosen:
        if not tried:
            tested.accepts(case.named())
        wanted = tuple(whole_size(size, case.at.sizes) for size in shape(expr))
        got = tested(case.named(), wanted, at=case.told(), twice=not tried)
        tried.append(Trial(case, got, target(expr, case.at, kept)))
    return tried


def _report(
    tested: Tested,
    expr: Any,
    failing: Sequence[Trial],
    tried: Sequence[Trial],
    contract: str | Contract | None,
    *,
    given: bool,
) -> str:
    worst = min(failing, key=lambda trial: trial.case.degenerate)
    place, at = worst.place(), worst.target
    got, exact = float(worst.got[place]), float(at.exact[place])
    term = largest_term(expr, worst.case.at, at.arithmetic, place)
    pairs = [
        ("entry", f"({place[0]}, {place[1]}) of {'×'.join(map(str, worst.got.shape))}"),
        ("got", f"{got:.17g}"),
        ("exact value", f"{exact:.17g}"),
        ("difference", f"{abs(got - exact):.3g}"),
        ("bound", f"{float(at.bound[place]):.3g}{f', {term}' if term else ''}"),
        ("contract", str(at.kept)),
        ("sizes", worst.case.told()),
        *([("scalars", scalars)] if (scalars := worst.case.scalars()) else []),
        (
            "failing",
            f"{len(failing)} of {len(tried)} samples: {', '.join(dict.fromkeys(t.case.probe for t in failing))}",
        ),
    ]
    note = "\n".join([*likely(expr, failing), "repeat it with", _call(tested, expr, worst, contract, given=given)])
    return layout(f"{tested.name} does not compute {text(expr)}", pairs, note)


def _call(tested: Tested, expr: Any, trial: Trial, contract: str | Contract | None, *, given: bool) -> str:
    sizes = {size.name: number for size, number in trial.case.at.sizes.items()}
    options = [f"sizes={sizes}", f"probe={trial.case.probe!r}", f"seed={trial.case.seed}", "trials=1"]
    options += ["inputs=inputs"] if given else []  # those that the caller has at hand
    options += [f"dtype={tested.dtype!r}"] if tested.dtype != "float64" else []
    options += [f"framework={tested.framework.name!r}"] if tested.framework.name != "numpy" else []
    options += [f"contract={str(contract)!r}"] if contract is not None else []
    name = tested.name if tested.name.isidentifier() else "fn"
    return f"assert_computes({name}, {code(expr)}, {', '.join(options)})"
