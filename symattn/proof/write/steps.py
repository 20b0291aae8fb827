"""One step from what is known, under no more than that; what a long proof is made of.

`prove` looks at everything that it is given, and the more that is the longer it looks.  A step is proved from just what
it rests on, and then carried to the hypotheses of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy

from symattn import language as lang
from symattn.engine import rules
from symattn.errors import KernelError, TheoremError, layout
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.ranks import beside_identity, unit_equation
from symattn.kernel.syntax.formulas import Array, NonNegative, RankAtMost
from symattn.kernel.syntax.sizes import size_of
from symattn.kernel.syntax.terms import Letter
from symattn.language import Claim, Exists, ForAll, Implies
from symattn.proof.decision import prove
from symattn.proof.elaborate.claims import array, formula_of, statement
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.known import Known
from symattn.proof.search.search import NoProof, search, worded
from symattn.proof.verdict import Theorem
from symattn.proof.write.induction import specialised


def follows(claim: Claim, *known: Theorem | Claim, hints: Iterable[sympy.Expr] = ()) -> Theorem:
    """The claim from these theorems and claims alone, under the hypotheses of the theorems and the claims.

    claim    what shall follow
    known    theorems, and claims, which are assumed
    hints    expressions worth trying, as for `decide`

    >>> A, B, C = (matrix(name, *sizes("n d")) for name in "ABC")
    >>> first = prove(Equal(A, B), given=Equal(B, A))
    >>> print(sa.proof.follows(Equal(A, C), first, Equal(B, C)))
    for all n, d, B = A, B = C: A = C  (over any commutative ring)

    Raises    Refuted, Undecided, as `prove` does
    """
    if (said := next((k for k in known if isinstance(k, Theorem) and k.claim == claim), None)) is not None:
        return said
    link = prove(claim, tuple(k.claim if isinstance(k, Theorem) else k for k in known), hints=hints, check=False)
    theorems = [k for k in known if isinstance(k, Theorem)]
    if not theorems:
        return link
    given = tuple(dict.fromkeys(h for k in known for h in (k.given if isinstance(k, Theorem) else (k,))))
    found, stated = _cut(link.kernel, theorems), [formula_of(g) for g in given]
    if found.conclusion == formula_of(claim) and all(h in stated for h in found.hypotheses):
        return Theorem(claim, given, found)
    return prove(claim, given, using=[*theorems, link], check=False)


def _cut(proof: Proof, theorems: Iterable[Theorem]) -> Proof:
    """The proof with the theorems in the place of what it assumes, where they say it in the very words."""
    for theorem in theorems:
        if (said := theorem.kernel.conclusion) in proof.hypotheses:
            proof = rules.apply((rules.discharge((proof,), said), theorem.kernel))
    return proof


def instance(lemma: Theorem, values: Mapping[Any, sympy.Expr | int], *known: Theorem | Claim) -> Theorem:
    """What `for all …: A implies B` gives at these values, from what says A.

    lemma     a theorem of that form
    values    an expression for each letter of the `for all`
    known     theorems, and claims, that say A at these values

    >>> d = sizes("d")
    >>> W, V = matrix("W", d, d), matrix("V", d, d)
    >>> lemma = prove(ForAll(W, Equal(W, W.T) >> Equal(W @ W, T(W @ W))))
    >>> print(sa.proof.instance(lemma, {W: V + V.T}))
    for all d: (V + Vᵀ) (V + Vᵀ) = T((V + Vᵀ) (V + Vᵀ))  (over any commutative ring)

    Raises    TheoremError when the lemma is not of that form; Refuted, Undecided, as `prove` does
    """
    if not isinstance(lemma.claim, ForAll) or not isinstance(lemma.claim.claim, Implies):
        raise TheoremError(f"{lemma}\n    does not say for all letters that one claim implies another")
    at = specialised(lemma, values)
    return follows(at.claim.conclusion, at, *known)


def cancel_identity(theorem: Theorem, size: sympy.Expr | int, bound: sympy.Expr | int) -> Theorem:
    """From `rank diag(1_s, A) >= s + r`, the theorem `rank A >= r`; and the same with <=.

    theorem    the bound on vstack(hstack(identity(s), zeros), hstack(zeros, A))
    size       s
    bound      r

    >>> s, m, n, r = sizes("s m n r")
    >>> A = matrix("A", m, n)
    >>> block = vstack(hstack(identity(s), zeros(s, n)), hstack(zeros(m, s), A))
    >>> bound = Rank(block) <= s + r
    >>> print(sa.proof.cancel_identity(prove(bound, given=bound), s, r))
    for all m, n, r, rank([[identity(s) | zeros(s, n)]; [zeros(m, s) | A]]) ≤ r + s: rank(A) ≤ r  (over any field)

    Raises    TheoremError when the theorem is not a bound of that form
    """
    block = getattr(theorem.claim, "arg", None)
    corner = block.args[-1].args[-1] if isinstance(block, lang.VStack) else None
    if corner is None or not isinstance(theorem.claim, lang.RankAtLeast | lang.RankAtMost):
        raise TheoremError(f"not a bound of the form rank diag(1, A) >= s + r:\n    {theorem}")
    claim = theorem.claim.func(corner, bound)
    goal = formula_of(claim)
    e = Elaborator(prefix="s")
    known, width = theorem.kernel.conclusion, e.size(size)
    lower, upper = (beside_identity(width, a) for a in (goal.lower, goal.upper))
    try:
        before, after = _at_most(e, lower, known.lower), _at_most(e, known.upper, upper)
    except NoProof as error:
        raise TheoremError(f"{lang.text(bound)} beside the identity is not the bound of {theorem}: {error}") from None
    padded = rules.rank_chain((rules.rank_chain((before, theorem.kernel)), after))
    return Theorem(claim, theorem.given, rules.rank_cancel((padded,), goal, width))


def _at_most(e: Elaborator, lower: Array, upper: Array) -> Proof:
    return search(e, None, RankAtMost(lower, upper), Known())


def has_square_root(theorem: Theorem, claim: Exists) -> Theorem:
    """From `0 <= A`, that a root exists: `Exists(S, Equal(hadamard(S, S), A))`, or S @ S for 1×1, or s**2 for a scalar.

    theorem    that 0 <= A
    claim      that its A has a root

    Shapes    A, S  n×m, or both scalars

    >>> x, s = row("x", sizes("d")), scalar("s")
    >>> print(sa.proof.has_square_root(prove(AtMost(0, normsquared(x))), Exists(s, Equal(s**2, normsquared(x)))))
    for all d: ∃ s: s² = normsquared(x)  (over the real numbers)

    Raises    TheoremError when the theorem is no such bound, or the claim is not that its A has a root
    """
    e = Elaborator()
    said, goal = theorem.kernel.conclusion, statement(e.names, claim)
    try:
        if not isinstance(said, NonNegative):
            raise KernelError("the theorem is not a bound")
        statement(e.names, theorem.claim)
        letter = Letter(e.unused("root"), tuple(map(size_of, said.indices)))
        return Theorem(claim, theorem.given, worded(rules.root((theorem.kernel,), letter), goal))
    except (KernelError, NoProof) as error:
        pairs = [("theorem", lang.text(theorem.claim)), ("claim", lang.text(claim))]
        note = "accepted is 0 <= A for the claim Exists(S, Equal(hadamard(S, S), A))"
        raise TheoremError(layout(f"no square root: {error}", pairs, note)) from None


def other_side(theorem: Theorem) -> Theorem:
    """From `A B = 1`, for square matrices A and B, the theorem `B A = 1`.

    theorem    that A B = 1

    >>> n = sizes("n")
    >>> A, B = matrix("A", n, n), matrix("B", n, n)
    >>> inverse_of = Equal(A @ B, identity(n))
    >>> print(sa.proof.other_side(prove(inverse_of, given=inverse_of)))
    for all n, A B = I: B A = I  (over any commutative ring)

    Raises    TheoremError when the theorem is not of that form
    """
    product, unit = theorem.claim.args if isinstance(theorem.claim, lang.Equal) else (None, None)
    if not isinstance(product, sympy.MatMul) or len(product.args) != 2 or not isinstance(unit, sympy.Identity):
        raise TheoremError(f"not of the form A B = 1:\n    {theorem}")
    left, right = product.args
    e, claim = Elaborator(prefix="s"), lang.Equal(right @ left, unit)
    try:
        a, b = array(e, left), array(e, right)
        found = search(e, None, unit_equation(a, b), Known(facts=[theorem.kernel]))
        known = Known().with_fact(e, rules.other_side((found,), a, b))
        return Theorem(claim, theorem.given, search(e, claim, formula_of(claim), known))
    except NoProof as error:
        raise TheoremError(f"{lang.text(claim)} does not follow from {theorem}: {error}") from None
