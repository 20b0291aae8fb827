"""Does a theorem still hold when somebody's function takes the place of a part of it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

import numpy as np

from symattn.checks.harness.attention_parts import NODES, PRODUCTS, Found, occurring, replaced
from symattn.checks.harness.calls import Tested
from symattn.checks.harness.failures import CheckFailed, CheckUndecided
from symattn.checks.harness.frameworks import framework_called
from symattn.checks.harness.reference import agreed
from symattn.checks.harness.user_step import StandIn, entries_of, measured, starting
from symattn.errors import LanguageError, UnknownName, layout, unknown_name
from symattn.language import Matrix, text
from symattn.numeric.arithmetics.fused import keeping
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.claims.at_a_sample import witness
from symattn.numeric.claims.exponentials import has_exponential
from symattn.numeric.claims.instances import Place, places
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import SEED, Sample
from symattn.proof import Statement
from symattn.theory import catalogue

__all__ = ["assert_holds", "theorem_called"]
__tracebackhide__ = True  # a failure in pytest shows the test and the message

LONGEST = 240  # characters of a statement in a message
KNOWN = (*NODES, *PRODUCTS, "logsumexp")


def assert_holds(
    theorem: str | Statement,
    *,
    dtype: str = "float64",
    framework: str = "numpy",
    contract: str | Contract | None = None,
    seed: int = SEED,
    **implementations: Callable[..., Any],
) -> None:
    """Assert that a theorem of the catalogue holds with these functions in place of parts of it.

    theorem            its name, or the theorem
    dtype              the format of what the functions are given
    framework          whose arrays they take: "numpy", "torch" or "jax"
    contract           what they promise of their rounding; without one every step may round to `dtype`
    seed               of the random samples
    implementations    softmax(S), softmax(S, mask=M), exp(A), log(A), logsumexp(S); form(Q=, K=), scores(X=, Q=, K=),
                       attention(X=, Q=, K=, V=), head(X=, Q=, K=, V=, O=), the last two with scale= where the theorem
                       has one.  Each takes and returns arrays of the framework and dtype.

    The rest of the statement is evaluated here, in balls.

    Assumes   the functions round as the contract says

    >>> sa.checks.assert_holds("gauge_invariance", form=lambda Q, K: Q @ K.T)
    >>> sa.checks.assert_holds("gauge_invariance", form=lambda Q, K: abs(Q) @ K.T)
    Traceback (most recent call last):
        ...
    symattn.checks.harness.failures.CheckFailed: gauge_invariance does not hold with form=<lambda>
        ...

    Raises    CheckFailed when the statement is certainly false with them, with the sizes and the two sides
              CheckUndecided when no sample says anything
              UnknownName for a theorem, or an implementation, that is not known; LanguageError for a part that does
              not occur in the theorem
    """
    statement = theorem_called(theorem)
    kept = agreed(contract, dtype)
    tested = {name: _tested(name, fn, framework, dtype) for name, fn in implementations.items()}
    _need_parts(statement, tested)
    held, reasons = 0, list[str]()
    for subject, values, at, _ in _places(statement, seed):
        holds, detail = _answer(subject, values, at, tested, kept)
        if holds is False:
            raise CheckFailed(_report(statement, tested, at, detail, kept))
        held, reasons = held + bool(holds), reasons + [detail] * (holds is None)
    if not held:
        pairs = [("says", text(statement.says)), ("reason", reasons[0] if reasons else "there are no samples")]
        raise CheckUndecided(layout(f"{statement.name} is undecided in {dtype}", pairs), reason=pairs[1][1])


def theorem_called(theorem: str | Statement) -> Statement:
    """The theorem of this name.

    Raises    UnknownName, with the nearest names
    """
    if isinstance(theorem, Statement):
        return theorem
    known = catalogue()
    if theorem not in known:
        raise unknown_name(str(theorem), known)
    return known[theorem]


def _tested(name: str, fn: Any, framework: str, dtype: str) -> Tested:
    if name not in KNOWN:
        raise UnknownName(layout(f"no part of a theorem is called {name}", note=f"accepted: {', '.join(KNOWN)}"))
    if not callable(fn):
        raise LanguageError(f"{name}={fn!r} is not a function")
    return Tested(
        _positional(fn) if name in NODES or name == "logsumexp" else fn, framework_called(framework, dtype), dtype
    )


def _positional(fn: Callable[..., Any]) -> Callable[..., Any]:
    """A function that is called with its first argument by place, whatever its name; a mask goes by name."""

    def run(**given: Any) -> Any:
        first, *rest = given
        return fn(given[first], **{name: given[name] for name in rest})

    if hasattr(fn, "__name__"):
        run = wraps(fn)(run)
        del run.__wrapped__  # its signature is not that of fn
    return run


def _need_parts(statement: Statement, tested: Mapping[str, Tested]) -> None:
    there = occurring(statement.whole)
    for name in tested:
        if name not in there:
            pairs = [
                ("says", text(statement.says)),
                ("it has", ", ".join(there) or "none of the parts that can be given"),
            ]
            raise LanguageError(layout(f"{name} does not occur in {statement.name}", pairs))


def _places(statement: Statement, seed: int) -> Iterator[Place]:
    """The claim at general sizes with entries of several kinds, and at degenerate sizes, for each instance."""
    third = "normal" if has_exponential(statement.whole) else "integers"
    draws = [(seed + number, kind) for number, kind in enumerate(("normal", "normal", third, "onehot"))]
    return places(statement.whole, statement.instances, draws, edges=(seed, "normal"))


def _answer(
    subject: Any, values: dict[Any, Any], at: Sample, tested: Mapping[str, Tested], kept: Contract
) -> tuple[bool | None, str]:
    nodes = {name: each for name, each in tested.items() if name in NODES}
    arithmetic = StandIn(keeping(kept), nodes)
    products = [name for name in tested if name not in NODES]
    if products:
        plain = {letter: expr for letter, expr in values.items() if isinstance(letter, Matrix)}
        subject, values = subject.xreplace(plain), {a: e for a, e in values.items() if a not in plain}
    for name in products:
        subject, found = replaced(subject, name)
        for part in found:
            at = _with_part(at, part, tested[name], arithmetic)
    outcome = witness(subject, at, arithmetic, substitution=values)
    return outcome.holds, outcome.detail


def _with_part(at: Sample, part: Found, tested: Tested, arithmetic: Any) -> Sample:
    """The sample with a value for the letter that stands for a part: what the function makes of the arguments."""
    walk = Walk(at, arithmetic)
    start = {name: starting(walk.value(expr), tested.dtype) for name, expr in part.arguments.items()}
    for name, expr in part.arguments.items():
        walk = _assuming(walk, expr, start[name])
    allowed = arithmetic.returned(walk.value(part.expr))
    given = {name: np.asarray(ball.value, dtype=np.float64) for name, ball in start.items()}
    given = {name: array.reshape(()) if name == "scale" else array for name, array in given.items()}
    tested.accepts(given)
    got = tested(given, allowed.value.shape, at=str(at))
    return replace(at, values={**at.values, part.letter: entries_of(measured(got, allowed))})


def _assuming(walk: Walk, expr: Any, value: Any) -> Walk:
    walk.assume(expr, value)
    return walk


def _report(statement: Statement, tested: Mapping[str, Tested], at: Sample, detail: str, kept: Contract) -> str:
    names: Sequence[str] = [f"{part}={each.name}" for part, each in tested.items()]
    pairs = [
        ("theorem", f"{statement.section} {statement.title}"),
        ("says", _short(text(statement.says))),
        *([("given", ", ".join(map(text, statement.given)))] if statement.given else []),
        ("found", detail),
        ("at", str(at)),
        ("contract", str(kept)),
    ]
    what = f"{statement.name} does not hold with {', '.join(names)}" if names else f"{statement.name} does not hold"
    return layout(
        what, pairs, f"repeat it with assert_holds({', '.join([repr(statement.name), *names])}, seed={at.seed})"
    )


def _short(shown: str) -> str:
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
