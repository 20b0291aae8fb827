"""symattn: the mathematics of attention, stated once and proved for every size.

Names are looked up when they are first used, so that `import symattn` loads neither SymPy nor NumPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_NAMES = {
    "language": """
        And AtMost Bilinear BilinearMap Claim Determinant Diag ElementwiseExp ElementwiseLog Entry Equal Exists Family
        ForAll Gradient HStack Hadamard HeadConcat HeadIndex HeadStack HeadSum Iff Implies Jacobian Matrix
        MatrixOf Member Not PSD Pair Partial Positive Rank RankAtLeast RankAtMost Reciprocal RowSum
        Scalar ScalarHeadSum Size Softmax T Total Unit VStack at_most attention bilinear check code column concat_heads
        determinant diag entry exp family form group hadamard head hstack identity index inner inverse
        language_nodes latex log logsumexp matrix matrix_of normsquared ones reciprocal row rowsum scalar scores
        shape sizes softmax stack_heads sum_heads text total trace unit vstack zeros
    """,
    "proof": """
        Counterexample Statement Theorem Verdict at_sizes by_induction calc catalogue decide gradient prove replay
        specialised theorem
    """,
    "numeric": "degenerate evaluate head_report heads read_weights sample witness",
    "errors": """
        CertificateError Contradiction ExportError KernelError LanguageError MissingExtra Refuted ShapeError
        StatementError StepError SymattnError TheoremError Undecided UnknownName WeightsError WeightsWarning
    """,
}
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()}
_MODULES = frozenset({"checks", "errors", "kernel", "language", "numeric", "proof", "theory", "verify", "views"})

__all__ = ["__version__", *sorted(_WHERE)]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f".{name}", __name__)
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE, *_MODULES})
