"""Every exception of the package: the lowest layer, standard library only.

Each class carries the exit code that the command line returns for it.  A message has one layout: what failed, in the
user's words; the things that disagree, one under the other; then what would have been accepted.  `layout` builds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = [
    "CertificateError",
    "Contradiction",
    "ExportError",
    "KernelError",
    "LanguageError",
    "MissingExtra",
    "Refuted",
    "ShapeError",
    "StatementError",
    "StepError",
    "SymattnError",
    "TheoremError",
    "Undecided",
    "UnknownName",
    "WeightsError",
    "WeightsWarning",
    "layout",
    "near_names",
    "unknown_name",
]


class SymattnError(Exception):
    """Anything that symattn refuses.  `exit_code` is what the command line returns.

    >>> try:
    ...     inverse(matrix("A", 2, 2))
    ... except SymattnError as error:
    ...     print(type(error).__name__, error.exit_code)
    UndeclaredInverse 2
    """

    exit_code = 1


class ShapeError(SymattnError):
    """Two sizes that must agree do not.

    >>> n, d = sizes("n d")
    >>> prove(Equal(matrix("A", n, d), matrix("B", d, n)))
    Traceback (most recent call last):
        ...
    symattn.errors.ShapeError: cannot compare
        A : n×d
        B : d×n
      the shapes differ: n×d ≠ d×n
    """

    exit_code = 2


class LanguageError(SymattnError):
    """An expression outside the language: an undeclared inverse, a softmax over an empty size, an unknown node.

    >>> prove(matrix("A", *sizes("n d")))
    Traceback (most recent call last):
        ...
    symattn.errors.LanguageError: A is not a claim
      claims are Equal(A, B), at_most(A, B), Rank(A) <= k with the rank on the left, PSD(A), …
    """

    exit_code = 2


class StatementError(SymattnError):
    """A text is not a statement, or could be read as more than one.

    >>> parse("A:n*n |- A ==")
    Traceback (most recent call last):
        ...
    symattn.errors.StatementError: the statement cannot be read: invalid syntax, at column 10
        A:n*n |- A ==
                 ^
    """

    exit_code = 2


class UnknownName(SymattnError):
    """No theorem has this name; or no letter, arithmetic, contract or option, whatever was asked for by name.

    >>> sa.theory.select(["gauge_invariant"])
    Traceback (most recent call last):
        ...
    symattn.errors.UnknownName: no theorem is called gauge_invariant
      Did you mean gauge_invariance...?
    """

    exit_code = 2


class CertificateError(SymattnError):
    """A certificate does not replay.

    >>> replay({"steps": []})
    Traceback (most recent call last):
        ...
    symattn.errors.CertificateError: certificates of schema ... are read here, and this one is of schema None
    """


class StepError(SymattnError):
    """A line of a calculation, or a step of an argument, does not follow.

    >>> n = sizes("n")
    >>> calc(matrix("A", n, n)).eq(matrix("B", n, n))
    Traceback (most recent call last):
        ...
    symattn.errors.StepError: line 2 of the calculation does not follow
        the line above : A
        this line      : B
      n=1, A = [[0]], B = [[1]]: the value is 0, but 1
    """


class TheoremError(SymattnError):
    """A proof concludes something else than its statement, or uses a hypothesis that is not stated.

    >>> A = matrix("A", *sizes("n d"))
    >>> theorem(says=Equal(A, A), section="1.1")(lambda: None)
    Traceback (most recent call last):
        ...
    symattn.errors.TheoremError: <lambda> says nothing: both sides read alike
        says : A = A
    """


class KernelError(SymattnError):
    """A rule of the kernel refused its premises; a user sees it where a certificate has such a step."""


class Refuted(SymattnError):
    """The claim is false; `counterexample` makes it fail and `verdict` is the whole answer.

    message                    what is shown
    counterexample, verdict    what is kept

    >>> n = sizes("n")
    >>> A, B = matrix("A", n, n), matrix("B", n, n)
    >>> prove(Equal(A @ B, B @ A))
    Traceback (most recent call last):
        ...
    symattn.errors.Refuted: A B = B A is false:
        n=2, A = [[0, 0], [0, 1]], B = [[0, 0], [1, 0]]: entry (1,0) is 1, but 0
    """

    def __init__(self, message: str, *, counterexample: object = None, verdict: object = None) -> None:
        super().__init__(message)
        self.counterexample = counterexample
        self.verdict = verdict


class Undecided(SymattnError):
    """The claim was neither proved nor refuted; `reason` says where the search stopped.

    message            what is shown
    reason, verdict    what is kept; `verdict` is the whole answer

    >>> A = matrix("A", 9, 9)
    >>> prove(Equal(trace(A), sum(entry(A, i, i) for i in range(9))))
    Traceback (most recent call last):
        ...
    symattn.errors.Undecided: tr(A) = A[0, 0] + A[1, 1] + ... + A[8, 8] is neither proved nor refuted:
        the two sides have different normal forms, but no counterexample was found at small sizes
    """

    exit_code = 3

    def __init__(self, message: str, *, reason: str = "", verdict: object = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.verdict = verdict


class Contradiction(SymattnError):
    """The kernel proves what numbers refute: a fault of the package.  `theorem` and `counterexample` are the two.

    message                    what is shown, with all that a report needs
    theorem, counterexample    what is kept
    """

    exit_code = 5

    def __init__(self, message: str, *, theorem: object = None, counterexample: object = None) -> None:
        super().__init__(message)
        self.theorem = theorem
        self.counterexample = counterexample


class WeightsError(SymattnError):
    """A file of weights cannot be read as asked.

    >>> read_weights("none.npz")
    Traceback (most recent call last):
        ...
    symattn.errors.WeightsError: there is no file none.npz
    """

    exit_code = 2


class WeightsWarning(UserWarning):
    """Weights were read on an assumption, or the numbers about them leave a part of the model out.

    >>> import numpy as np, warnings
    >>> with warnings.catch_warnings(record=True, action="always") as told:
    ...     found = heads({"wq": np.eye(4), "wk": np.eye(4)}, query="wq", key="wk", heads=2)
    >>> [warning.category.__name__ for warning in told]
    ['WeightsWarning']
    """


class ExportError(SymattnError):
    """A text cannot be written: to this place, in this notation, or from this script."""

    exit_code = 2


class MissingExtra(SymattnError):
    """An optional dependency that was asked for is not installed; the message says how to install it."""

    exit_code = 4


def layout(what: str, pairs: Iterable[tuple[str, str]] = (), note: str = "") -> str:
    """The text of an error: `what`, then the pairs with their right sides aligned, then the note.

    >>> print(layout("cannot multiply", [("X @ Q", "n×k"), ("K", "d×k")], "the inner sizes differ: k ≠ d."))
    cannot multiply
        X @ Q : n×k
        K     : d×k
      the inner sizes differ: k ≠ d.
    """
    rows = list(pairs)
    width = max((len(left) for left, _ in rows), default=0)
    lines = [what, *(f"    {left:<{width}} : {right}" for left, right in rows)]
    return "\n".join([*lines, *(f"  {line}" for line in note.splitlines())])


def unknown_name(name: str, known: Iterable[str], *, kind: str = "theorem") -> UnknownName:
    """The error for a name that nothing has, with the nearest names that exist."""
    near = near_names(name, known)
    note = f"Did you mean {', '.join(near)}?" if near else ""
    return UnknownName(layout(f"no {kind} is called {name}", note=note))


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """The names that one may have meant, the nearest first.

    >>> near_names("sofmax", ["score", "softmax"])
    ['softmax']
    """
    return get_close_matches(name, sorted(set(known)), n=3)
