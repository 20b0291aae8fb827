"""Numeric: what numbers say.  Formulas evaluated at samples, in several arithmetics, with bounds on every error.

An independent witness: it reads the SymPy tree of the language itself and shares nothing with the kernel.  Names are
looked up when they are first used, so that importing the package does not load NumPy.

    sample, degenerate           where to evaluate            witness         what that says about a claim
    parse_arithmetic             in which numbers             evaluate        the value of an expression
    contract, keeping            what an implementation promises of its rounding, and what it may compute then

arithmetic.py     what an arithmetic offers                   samples/        where statements are evaluated
entries.py        exact entries that all of them read         evaluation/     the value of an expression
shapes.py         sizes as numbers                            derivatives/    of any arithmetic
bounds/           what rounding can do                        claims/         what numbers say about a claim
linear_algebra/   ranks, inverses, definiteness               arithmetics/    in which numbers
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symattn.lazy import attached

if TYPE_CHECKING:
    from symattn.numeric.arithmetic import NotExact as NotExact
    from symattn.numeric.arithmetics.by_flint import Balls as Balls
    from symattn.numeric.arithmetics.double_double import DoubleDouble as DoubleDouble
    from symattn.numeric.arithmetics.exact import EXACT as EXACT, Exact as Exact
    from symattn.numeric.arithmetics.floats import FLOAT64 as FLOAT64, Floats as Floats
    from symattn.numeric.arithmetics.fused import keeping as keeping
    from symattn.numeric.arithmetics.interval import INTERVALS as INTERVALS, Intervals as Intervals
    from symattn.numeric.arithmetics.modular import Modular as Modular
    from symattn.numeric.arithmetics.registry import parse_arithmetic as parse_arithmetic
    from symattn.numeric.arithmetics.tolerance import Tolerance as Tolerance
    from symattn.numeric.bounds.balls import Ball as Ball
    from symattn.numeric.bounds.contracts import Contract as Contract, contract as contract
    from symattn.numeric.claims.at_a_sample import witness as witness
    from symattn.numeric.claims.exponentials import has_exponential as has_exponential
    from symattn.numeric.claims.verdicts import Outcome as Outcome
    from symattn.numeric.evaluation.walk import evaluate as evaluate
    from symattn.numeric.samples.samples import (
        SEED as SEED,
        Sample as Sample,
        degenerate as degenerate,
        sample as sample,
    )
else:  # so that a misspelt name is seen by a type checker
    __getattr__, __dir__, __all__ = attached(__name__)
