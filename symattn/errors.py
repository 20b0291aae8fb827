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
    "unknown_name",
]


class SymattnError(Exception):
    """Anything that symattn refuses.  `exit_code` is what the command line returns."""

    exit_code = 1


class ShapeError(SymattnError):
    """Two sizes that must agree do not."""

    exit_code = 2


class LanguageError(SymattnError):
    """An expression outside the language: an undeclared inverse, a softmax over an empty size, an unknown node."""

    exit_code = 2


class StatementError(SymattnError):
    """The text given to `symattn prove` is not a statement."""

    exit_code = 2


class UnknownName(SymattnError):
    """No theorem has this name."""

    exit_code = 2


class CertificateError(SymattnError):
    """A certificate does not replay."""


class StepError(SymattnError):
    """A line of a calculation does not follow from the line before it."""


class TheoremError(SymattnError):
    """A proof concludes something else than its statement, or uses a hypothesis that is not stated."""


class KernelError(SymattnError):
    """A rule of the kernel refused its premises."""


class Refuted(SymattnError):
    """The claim is false; `counterexample` makes it fail and `verdict` is the whole answer."""

    def __init__(self, message: str, *, counterexample: object = None, verdict: object = None) -> None:
        super().__init__(message)
        self.counterexample = counterexample
        self.verdict = verdict


class Undecided(SymattnError):
    """The claim was neither proved nor refuted; `reason` says where the search stopped."""

    exit_code = 3

    def __init__(self, message: str, *, reason: str = "", verdict: object = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.verdict = verdict


class Contradiction(SymattnError):
    """The kernel proves what numbers refute: a fault of the package.  `theorem` and `counterexample` are the two."""

    exit_code = 5

    def __init__(self, message: str, *, theorem: object = None, counterexample: object = None) -> None:
        super().__init__(message)
        self.theorem = theorem
        self.counterexample = counterexample


class WeightsError(SymattnError):
    """A file of weights cannot be read as asked."""

    exit_code = 2


class WeightsWarning(UserWarning):
    """Weights were read on an assumption, or the numbers about them leave a part of the model out."""


class ExportError(SymattnError):
    """A text cannot be written: to this place, in this notation, or from this script."""

    exit_code = 2


class MissingExtra(SymattnError):
    """An optional dependency that was asked for is not installed."""

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
    near = get_close_matches(name, sorted(known), n=3)
    note = f"Did you mean {', '.join(near)}?" if near else ""
    return UnknownName(layout(f"no {kind} is called {name}", note=note))
