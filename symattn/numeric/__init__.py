"""Numeric: what numbers say.  Formulas evaluated at samples, in several arithmetics, with bounds on every error.

An independent witness: it reads the SymPy tree of the language itself and shares nothing with the kernel.  Names are
looked up when they are first used, so that importing the package does not load NumPy.

    sample, degenerate           where to evaluate            witness         what that says about a claim
    parse_arithmetic             in which numbers             evaluate        the value of an expression
    contract                     what an implementation       heads, ...      trained weights
                                 promises of its rounding
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "Ball": "balls",
    "Balls": "by_flint",
    "Contract": "contracts",
    "EXACT": "exact",
    "Exact": "exact",
    "FLOAT64": "floats",
    "Floats": "floats",
    "Head": "trained",
    "HeadReport": "reports",
    "Intervals": "interval",
    "Modular": "modular",
    "NotExact": "arithmetic",
    "Outcome": "verdicts",
    "SEED": "samples",
    "Tolerance": "tolerance",
    "Sample": "samples",
    "Weights": "weights",
    "contract": "contracts",
    "degenerate": "samples",
    "evaluate": "walk",
    "form_spectra": "factored",
    "has_exponential": "claims",
    "head_report": "reports",
    "heads": "trained",
    "parse_arithmetic": "registry",
    "read_weights": "checkpoints",
    "sample": "samples",
    "symmetric_spectra": "factored",
    "witness": "claims",
}

__all__ = sorted(_WHERE)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})
