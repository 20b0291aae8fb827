"""Chains of equations, checked line by line as they are written.

calc(T(X @ Q @ K.T @ X.T))
    .eq(T(X.T) @ T(K.T) @ Q.T @ X.T, by="transpose reverses a product")
    .eq(X @ K @ Q.T @ X.T, by="transposing twice does nothing")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sympy import Expr

from symattn import language as lang
from symattn.engine import rules
from symattn.engine.normal import normal
from symattn.errors import KernelError, StepError, SymattnError, layout
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import formulas, terms
from symattn.language import Claim, Equal
from symattn.proof.decision import check_expression, decide
from symattn.proof.difference import text_of
from symattn.proof.display import Shown
from symattn.proof.elaborate.claims import formula_of
from symattn.proof.search.equations.derived import equation_of, swapped, use
from symattn.proof.second_opinion import confirm
from symattn.proof.verdict import Theorem


@dataclass(frozen=True)
class Line:
    """One line: the expression, why it equals the one above, and the kernel's theorem that it does.

    `reasons` are the parts of why: words, theorems and claims.
    """

    expression: Any
    by: str
    theorem: Theorem | None = None
    reasons: tuple[Any, ...] = ()


@dataclass(frozen=True, repr=False)
class Chain(Shown):
    """Expressions that are equal, each to the one above it.  `calc` begins one, `eq` adds a line.

    lines    the lines, each with its expression and why it follows
    given    the claims under which they follow

    >>> A = matrix("A", *sizes("n d"))
    >>> chain = calc(T(T(A))).eq(A, by="transposing twice does nothing")
    >>> chain.theorem().claim
    T(T(A)) = A
    """

    lines: tuple[Line, ...]
    given: tuple[Claim, ...] = ()

    def eq(self, expression: Expr, by: Any = "") -> Chain:
        """One more line.  `by` is prose, or a theorem or one of the given claims that the line uses.

        Raises    StepError when the line does not follow, with both sides and what they differ by
        """
        above = self.lines[-1].expression
        using = [b for b in _several(by) if hasattr(b, "kernel") or hasattr(b, "prove")]
        proved = [b.prove() if hasattr(b, "prove") else b for b in using]
        claim = lang.Equal(above, expression)
        if (found := _said(claim, proved, self.given)) is None:
            verdict = decide(claim, self.given, using=proved, check=False)
            if (found := verdict.theorem) is None:
                raise StepError(_complaint(len(self.lines), above, expression, verdict))
        reasons = _several(by)
        return Chain((*self.lines, Line(expression, worded(reasons), found, reasons)), self.given)

    @property
    def headline(self) -> str:
        return f"of {len(self.lines)} lines: {lang.text(self.claim)}"

    @property
    def claim(self) -> Equal:
        return lang.Equal(self.lines[0].expression, self.lines[-1].expression)

    def theorem(self) -> Theorem:
        """The first expression equals the last."""
        return confirm(self.joined)

    @cached_property
    def joined(self) -> Theorem:
        """The same without a look at numbers, for what is a step of something that they are asked about."""
        steps = [line.theorem.kernel for line in self.lines if line.theorem is not None]
        if not steps:
            raise StepError("a calculation of one line proves nothing: add lines with .eq(…)")
        try:
            return Theorem(self.claim, self.given, _joined(steps, formula_of(self.claim)))
        except KernelError:  # some lines are cut into blocks where others are not
            using = [line.theorem for line in self.lines if line.theorem]
            verdict = decide(self.claim, self.given, using=using, check=False)
        if verdict.theorem is None:
            raise StepError(f"the lines are cut into blocks in different ways, and nothing joins them: {verdict}")
        return verdict.theorem


def _said(claim: Equal, theorems: Iterable[Theorem], given: Sequence[Claim]) -> Theorem | None:
    """The claim, where one of the theorems says it, or says it from right to left."""
    for theorem in theorems:
        proof, said = theorem.kernel, theorem.claim
        if isinstance(said, Equal) and isinstance(proof.conclusion, formulas.Equation):
            if all(h in given for h in theorem.given) and claim in (said, Equal(said.right, said.left)):
                return Theorem(claim, theorem.given, proof if claim == said else swapped(proof))
    return None


def _joined(steps: list[Proof], goal: Any) -> Proof:
    if not isinstance(goal, formulas.And):
        return _chain(steps, goal)
    return rules.conjoin([_chain([rules.project((s,), k) for s in steps], part) for k, part in enumerate(goal.parts)])


def _chain(steps: list[Proof], goal: Any) -> Proof:
    uses = (use(which, equation_of(step).indices, goal.indices) for which, step in enumerate(steps))
    return rules.combine(tuple(steps), goal, tuple(uses))


def calc(expression: Expr, given: Claim | Sequence[Claim] = ()) -> Chain:
    """The first line of a calculation, under the given claims; every line after it is checked as it is written.

    expression    what the calculation begins with
    given         a claim, or several, that lines may use

    >>> n, d, k = sizes("n d k")
    >>> X, Q, K = matrix("X", n, d), matrix("Q", d, k), matrix("K", d, k)
    >>> steps = calc(T(X @ Q @ K.T @ X.T)).eq(T(X.T) @ T(K.T) @ Q.T @ X.T, by="transpose reverses a product")
    >>> print(steps.eq(X @ K @ Q.T @ X.T, by="transposing twice does nothing").theorem())
    for all n, d, k: T(X Q Kᵀ Xᵀ) = X K Qᵀ Xᵀ  (over any commutative ring)
    >>> steps.eq(X @ Q @ K.T @ X.T)
    Traceback (most recent call last):
        ...
    symattn.errors.StepError: line 3 of the calculation does not follow
        the line above : T(Xᵀ) T(Kᵀ) Qᵀ Xᵀ
        this line      : X Q Kᵀ Xᵀ
      n=2, d=2, k=1, X = [[0, 1], [1, 0]], K = [[0], [1]], Q = [[1], [0]]: entry (0,1) is 1, but 0

    Raises    ShapeError, LanguageError for what is no expression of the language
    """
    check_expression(expression)
    return Chain((Line(expression, ""),), tuple(given) if isinstance(given, Sequence) else (given,))


def _several(by: Any) -> tuple[Any, ...]:
    return tuple(by) if isinstance(by, tuple | list) else (by,)


def worded(reasons: Iterable[Any]) -> str:
    """Reasons in words, one after the other."""
    return ", ".join(map(_words, reasons))


def _words(by: Any) -> str:
    if isinstance(by, str):
        return by
    name = getattr(by, "title", None) or lang.text(getattr(by, "claim", by))
    return str(name)


def _complaint(number: int, above: Any, below: Any, verdict: Any) -> str:
    pairs = [("the line above", lang.text(above)), ("this line", lang.text(below))]
    note = verdict.counterexample or f"{verdict.reason}\n  they differ by {difference(above, below)}"
    return layout(f"line {number + 1} of the calculation does not follow", pairs, str(note))


def difference(left: Any, right: Any) -> str:
    """The normal form of left - right, in words."""
    try:
        claim = lang.Equal(left, right)
        check_expression(claim)
        goal = formula_of(claim)
        first = goal.parts[0] if isinstance(goal, formulas.And) else goal
        if not isinstance(first, formulas.Equation):
            return f"something without a normal form: {lang.text(claim)}"
        return text_of(normal(terms.subtract(first.left, first.right)))
    except SymattnError as error:
        return f"something without a normal form: {error}"
