"""Theorems at other sizes and for certain letters, and by induction over a size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import KernelError, LanguageError, ShapeError, TheoremError, layout
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.induction import resized
from symattn.kernel.syntax.formulas import Array, Formula
from symattn.kernel.syntax.sizes import ONE_SIZE, Size, SizeSymbol, constant_size
from symattn.language.trees.inert import as_sympy
from symattn.proof.elaborate.claims import array, formula_of, of_members
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.rewording import itself
from symattn.proof.search.search import NoProof, worded
from symattn.proof.second_opinion import confirm
from symattn.proof.verdict import Theorem


def at_sizes(theorem: Theorem, sizes: Mapping[lang.Size, sympy.Expr | int]) -> Theorem:
    """The theorem with other sizes in the place of size symbols, one after the other.

    theorem    the theorem, about sizes such as n
    sizes      what takes the place of each: {n: 3}, {n: m + 1}

    >>> n, m = sizes("n m")
    >>> A = matrix("A", n, m)
    >>> print(at_sizes(prove(Equal(T(T(A)), A)), {n: 2 * m}))
    for all m: T(T(A)) = A  (over any commutative ring)

    Raises    LanguageError when a size may be less than the symbol's minimum
    """
    found, claim, given = theorem.kernel, theorem.claim, theorem.given
    for symbol, size in ((symbol, as_sympy(size)) for symbol, size in sizes.items()):
        try:
            found = rules.at_size((found,), _symbol(symbol), _size(size))
        except KernelError as error:
            raise LanguageError(f"{theorem}\n    cannot be had with {symbol} = {size}: {error}") from None
        claim, given = claim.xreplace({symbol: size}), tuple(g.xreplace({symbol: size}) for g in given)
    return Theorem(claim, given, restated(found, formula_of(claim), [formula_of(g) for g in given]))


def restated(theorem: Proof, goal: Formula, stated: list[Formula]) -> Proof:
    """The theorem in the words of its claims: SymPy may have written both anew."""
    for hypothesis in theorem.hypotheses:
        if hypothesis not in stated:
            known = next((k for f in stated if (k := _tried(rules.assume((), f), hypothesis)) is not None), None)
            if known is None:
                raise NoProof("a hypothesis is none of those that are stated")
            theorem = rules.apply((rules.discharge((theorem,), hypothesis), known))
    return worded(theorem, goal)


def _tried(theorem: Proof, goal: Formula) -> Proof | None:
    try:
        return worded(theorem, goal)
    except (KernelError, NoProof):
        return None


def specialised(theorem: Theorem, values: Mapping[Any, sympy.Expr | int]) -> Theorem:
    """What a theorem says for all letters, said of these values: one for each letter, of its shape.

    theorem    a theorem whose claim is ForAll(letters, …)
    values     an expression for each of the letters; for a family another one, or
               stack_heads(A, h), whose members are A at each h

    >>> d = sizes("d")
    >>> W, x, y = matrix("W", d, d, symmetric=True), row("x", d), row("y", d)
    >>> mirrored = prove(ForAll((x, y), Equal(total(x @ W @ y.T), total(y @ W @ x.T))))
    >>> specialised(mirrored, {x: y, y: x @ W}).claim
    total(y W (x W)ᵀ) = total((x W) W yᵀ)

    >>> L = sizes("L")
    >>> l, X, Y = index("l", L), family("X", L, d, d), family("Y", L + 1, d, d)
    >>> turned = prove(ForAll(X, Equal(T(sum_heads(X[l], l)), sum_heads(X[l].T, l))))
    >>> specialised(turned, {X: stack_heads(Y[l + 1], l)}).claim
    T(Σ_l Y[l + 1]) = Σ_l Y[l + 1]ᵀ

    Raises    TheoremError when the theorem is not about all of just these letters; ShapeError
    """
    every, e = theorem.claim, Elaborator()
    if not isinstance(every, lang.ForAll) or set(every.variables) != set(values):
        names = ", ".join(map(lang.text, values))
        raise TheoremError(f"{theorem}\n    does not say something for all {names}, and nothing else")
    given = {v: sympy.sympify(values[v]) for v in every.variables}
    _fits(given)
    new = tuple(zip(formula_of(every).symbols, [_array(e, *pair) for pair in given.items()], strict=True))
    claim = every.claim.xreplace(dict(values))
    found = rules.specialise((theorem.kernel,), new)
    return Theorem(claim, theorem.given, worded(found, formula_of(claim)))


def _array(e: Elaborator, letter: Any, value: Any) -> Array:
    """The entries of a value, for any of its indices; of a family those of its members."""
    if not isinstance(letter, lang.Family):
        return array(e, value) if value.is_Matrix else Array((), e.scalar(value))
    return itself(e.letter(value)) if isinstance(value, lang.Family) else of_members(e, value)


def _fits(values: Mapping[Any, Any]) -> None:
    e = Elaborator()
    for both in values.items():
        shapes = [_dimensions(part, isinstance(both[0], lang.Family)) for part in both]
        one, other = ([e.size(n) for n in shape] for shape in shapes)
        if one != other:
            said = ("×".join(map(lang.text, shape)) or "a number" for shape in shapes)
            pairs = list(zip(map(lang.text, both), said, strict=True))
            raise ShapeError(layout("a value is of another shape than its letter", pairs))


def _dimensions(part: Any, of_family: bool) -> tuple[Any, ...]:
    if isinstance(part, lang.Family):
        return part.heads, *part.shape
    if of_family and isinstance(part, lang.HeadStack):
        return part.head.size, *part.expr.shape
    return tuple(getattr(part, "shape", ()))


def by_induction(claim: lang.Claim, over: lang.Size, *, base: Theorem, step: Theorem) -> Theorem:
    """The claim for every size, from its least value and from the step `claim |- claim with one more`.

    claim    the claim, about the size n
    over     n, a size symbol
    base     the claim at the least value that the size symbol admits
    step     the claim with n + 1 for n, under the claim itself and hypotheses that are not about n

    Every letter of the claim whose shape is about the size must be bound, by ForAll or Exists.

    >>> n = sizes("n")
    >>> claim = AtMost(n, n**2)
    >>> step = prove(AtMost(n + 1, (n + 1) ** 2), given=claim)
    >>> print(by_induction(claim, over=n, base=prove(AtMost(1, 1)), step=step))
    for all n: n ≤ n²  (over the real numbers)

    Raises    TheoremError when the premises are not of that form
    """
    goal, symbol = formula_of(claim), _symbol(over)
    given = tuple(dict.fromkeys((*base.given, *(g for g in step.given if g != claim))))
    try:
        first, then = (
            worded(premise.kernel, resized((goal,), symbol, size)[0])
            for premise, size in ((base, constant_size(symbol.minimum)), (step, _size(over) + ONE_SIZE))
        )
        return confirm(Theorem(claim, given, rules.induction((first, then), goal, symbol)))
    except (KernelError, NoProof) as error:
        pairs = [("claim", lang.text(claim)), ("base", lang.text(base.claim)), ("step", lang.text(step.claim))]
        raise TheoremError(layout(f"no induction over {over}: {error}", pairs)) from None


def _symbol(size: Any) -> SizeSymbol:
    if not isinstance(size, lang.Size):
        raise LanguageError(f"{lang.text(size)} is not a size symbol, as made by sizes('n')")
    return _size(size).terms[0][0][0]


def _size(size: Any) -> Size:
    return Elaborator().size(size)
