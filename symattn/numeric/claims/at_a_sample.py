"""What numbers say about a claim at one sample, in one arithmetic.

Nothing here proves a claim for all sizes.  A failure is a counterexample at the sample; a success is agreement, exact
or within the error bound that the same run computed.  No tolerance is chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sympy

from symattn import language
from symattn.errors import SymattnError
from symattn.language import Claim, letters_of
from symattn.language.shapes.shapes import check
from symattn.numeric.arithmetic import Arithmetic, NotExact, OneByOne, Truth, Value
from symattn.numeric.arithmetics.exact import EXACT, Exact
from symattn.numeric.arithmetics.modular import Modular, Residues
from symattn.numeric.bounds.rounding import quiet
from symattn.numeric.claims.exponentials import has_exponential
from symattn.numeric.claims.judges import judge
from symattn.numeric.claims.verdicts import Judgement, Outcome
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample, resized


@quiet
def witness(
    claim: Claim, sample: Sample, arithmetic: Arithmetic | None = None, *, substitution: Mapping[Any, Any] | None = None
) -> Outcome:
    """What the arithmetic (exact when none is given) says about the claim at the sample.

    claim           the claim
    sample          where it is evaluated, as `sample(claim)` draws one
    arithmetic      in which numbers, as `parse_arithmetic` gives them
    substitution    gives letters the value of an expression, so that a hypothesis such as K = Q M holds

    The sample must know the letters of a substitution: sample([claim, *substitution.values()]).  An instance of another
    shape, such as Q = vstack(identity(k), zeros(r, k)), decides the sizes of the claim, here d.

    >>> n, k = sizes("n k")
    >>> Q, K = matrix("Q", n, k), matrix("K", n, k)
    >>> claim = Equal(T(Q @ K.T), K @ Q.T)
    >>> witness(claim, sample(claim)).holds
    True
    >>> witness(Equal(Q, K), sample(Equal(Q, K)), sa.numeric.FLOAT64).holds
    False
    >>> witness(Equal(Q, K), sample(Equal(Q, K)), substitution={Q: K}).holds
    True

    Raises    ShapeError or LanguageError when the claim, or a substitution, does not fit
    """
    arithmetic = EXACT if arithmetic is None else arithmetic
    _check(claim, tuple((substitution or {}).values()))
    try:
        walk = _substituted(claim, sample, arithmetic, dict(substitution or {}))
        [judgement] = judge(claim, walk)
    except NotExact as reason:
        judgement = Judgement(Truth.UNKNOWN, str(reason))
    return _outcome(judgement, claim, arithmetic, substitution)


@quiet
def modulo(
    claim: Claim, sample: Sample, primes: Sequence[int], *, substitution: Mapping[Any, Any] | None = None
) -> list[Outcome]:
    """What `witness` says modulo each prime.

    The claim is evaluated once, modulo the product of them all, and that counts where it holds modulo every one.  Else,
    and where the claim needs a field, each prime has an evaluation of its own.
    """
    _check(claim, tuple((substitution or {}).values()))
    try:
        walk = _substituted(claim, sample, Residues(primes), dict(substitution or {}))
        judgements = judge(claim, walk) if len(primes) > 1 else []
    except (SymattnError, OneByOne):
        judgements = []
    if judgements and all(each.truth is Truth.TRUE and each.tested for each in judgements):
        pairs = zip(judgements, primes, strict=True)
        return [_outcome(judgement, claim, Modular(prime), substitution) for judgement, prime in pairs]
    return [witness(claim, sample, Modular(prime), substitution=substitution) for prime in primes]


def _outcome(
    judgement: Judgement, claim: Claim, arithmetic: Arithmetic, substitution: Mapping[Any, Any] | None
) -> Outcome:
    holds = {Truth.FALSE: False, Truth.UNKNOWN: None}.get(judgement.truth, True) if judgement.tested else None
    formal = isinstance(arithmetic, Exact) and has_exponential(claim, *(substitution or {}).values())
    detail = f"{judgement.detail} (exp read as 2**x)" if formal else judgement.detail
    certain = judgement.truth in (Truth.TRUE, Truth.FALSE) and holds is not None and not formal
    return Outcome(holds, judgement.residual, judgement.bound, detail, arithmetic.name, certain)


@lru_cache(maxsize=256)  # a claim is asked about at many samples
def _check(claim: Claim, values: tuple[Any, ...]) -> None:
    for part in (claim, *map(_without_formulas, values)):
        check(part)


def _without_formulas(value: Any) -> Any:
    """A value to check, with ones where a formula gives the entries: a FunctionMatrix is no part of the language, so no
    claim may have it, but the values of letters may; of states the step."""
    value = sympy.sympify(value)
    if isinstance(value, language.Recurrence):
        value = language.HeadStack(value.step, value.head)
    return value.xreplace({matrix: language.ones(*matrix.shape) for matrix in value.atoms(sympy.FunctionMatrix)})


def _substituted(claim: Claim, at: Sample, arithmetic: Arithmetic, substitution: dict[Any, Any]) -> Walk:
    """A walk in which the letters have the values of expressions, and these expressions that very value."""
    values: dict[Any, Value] = {}
    states: dict[Any, Value] = {}
    around = Walk(at, arithmetic)
    for letter, expr in substitution.items():
        values[letter] = _instance(around.inside(states) if states else around, letter, expr)
        if isinstance(expr, language.Recurrence):  # others may start from these, or go on with them
            states = {**states, letter: values[letter]}
    # a family without members tells no sizes
    some = {letter: value for letter, value in values.items() if not isinstance(value, tuple) or value}
    fitting = resized(at, claim, {letter: _shape(arithmetic, value) for letter, value in some.items()})
    if not substitution:
        return around
    walk = around.inside(values) if fitting is at else Walk(fitting, arithmetic, values)
    for letter, expr in substitution.items():
        of_matrix = not isinstance(letter, language.Family)
        if of_matrix and fitting is at and not substitution.keys() & set(letters_of(expr)):
            walk.assume(expr, values[letter])
    return walk


def _instance(walk: Walk, letter: Any, expr: Any) -> Value:
    """The value of a letter; of a family its members, which `stack_heads` puts one under the other."""
    return tuple(_members(walk, expr)) if isinstance(letter, language.Family) else walk.value(expr)


def _members(walk: Walk, expr: Any) -> Iterator[Value]:
    if isinstance(expr, language.Recurrence):
        yield from _states(walk, expr)
    elif isinstance(expr, language.HeadStack):
        for head in range(walk.size(expr.head.size)):
            yield from _members(walk, expr.at(head))
    else:
        yield walk.value(expr)


def _states(walk: Walk, expr: language.Recurrence) -> Iterator[Value]:
    """The first state, and what each step makes of those before."""
    states = [walk.value(expr.start)]
    for number in range(walk.size(expr.head.size)):
        states.append(walk.inside({expr.family: tuple(states)}).value(expr.at(number)))
    yield from states


def _shape(arithmetic: Arithmetic, value: Value) -> tuple[int, ...]:
    return (len(value), *arithmetic.shape(value[0])) if isinstance(value, tuple) else arithmetic.shape(value)
