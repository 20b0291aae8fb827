"""Bounds that hold for all t ≥ 0 because they hold at 0 and the difference of their sides never falls."""

from __future__ import annotations

from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import KernelError, TheoremError, layout
from symattn.kernel.rules.logic import must_be
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, NonNegative
from symattn.kernel.syntax.substitution import instantiate
from symattn.kernel.syntax.terms import Parameter
from symattn.language.trees.inert import as_sympy
from symattn.proof.decision import prove
from symattn.proof.elaborate.claims import formula_of, statement
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.search import NoProof, worded
from symattn.proof.second_opinion import confirm
from symattn.proof.verdict import Theorem
from symattn.proof.write.induction import restated


def rising(F: sympy.Expr, t: lang.Scalar, *, base: Theorem | None = None, step: Theorem | None = None) -> Theorem:
    """`0 ≤ F` for t ≥ 0, from `0 ≤ F` at t = 0 and from `0 ≤ ∂F/∂t` for t ≥ 0.

    F       a number that depends on t and has a derivative in t everywhere
    t       a scalar that is not declared positive
    base    that 0 ≤ F at t = 0, as AtMost(0, F.subs(t, 0)) or in other words; looked for when it is left out
    step    that 0 ≤ ∂F/∂t, under AtMost(0, t) and hypotheses that are not about t; looked for when it is left out

    Shapes    F, t  scalars

    >>> t = scalar("t")
    >>> F = exp(t) - 1 - t
    >>> step = prove(AtMost(0, Partial(F, t)), given=AtMost(0, t))
    >>> print(sa.proof.rising(F, t, step=step))
    for all letters, 0 ≤ t: 0 ≤ exp(t) - 1 - t  (over the real numbers)
    >>> print(sa.proof.rising(exp(t) - 1 - t - t**2 / 2, t, step=sa.proof.rising(F, t)))
    for all letters, 0 ≤ t: 0 ≤ exp(t) - 1 - t - t²/2  (over the real numbers)

    Raises    Refuted, Undecided when a premise that is left out is not found
              TheoremError when a premise says something else, a hypothesis is about t besides t ≥ 0, or F may have no
              derivative somewhere, as 1/t and log t
    """
    e, F, later = Elaborator(), as_sympy(F), lang.AtMost(0, t)
    claim = lang.AtMost(0, F)
    base = base or prove(lang.AtMost(0, F.subs(t, 0)), check=False)
    step = step or prove(lang.AtMost(0, lang.Partial(F, t)), later, check=False)
    try:
        goal, letter = must_be(statement(e.names, claim), NonNegative), _number(e, t)
        start = instantiate(goal, {letter: Array((), terms.number(0))})
        slope, from_0 = NonNegative((), terms.derivative(goal.body, letter)), NonNegative((), terms.parameter(letter))
        others = tuple(g for g in step.given if g != later)
        then = restated(step.kernel, slope, [from_0, *map(formula_of, others)])
        given = tuple(dict.fromkeys((*base.given, *others, later)))
        found = rules.rising((worded(base.kernel, start), then), goal, letter)
        return confirm(Theorem(claim, given, restated(found, formula_of(claim), list(map(formula_of, given)))))
    except (KernelError, NoProof) as error:
        pairs = [("F", lang.text(F)), ("base", lang.text(base.claim)), ("step", lang.text(step.claim))]
        note = f"accepted are 0 ≤ F at {lang.text(t)} = 0, and 0 ≤ Partial(F, {lang.text(t)}) given {lang.text(later)}"
        raise TheoremError(layout(f"nothing rises in {lang.text(t)}: {error}", pairs, note)) from None


def _number(e: Elaborator, t: Any) -> Parameter:
    meant = e.symbol(t)
    if not isinstance(meant, Parameter):
        raise KernelError(f"{lang.text(t)} is not a scalar")
    return meant
