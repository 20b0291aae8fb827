"""Induction over layers: what holds after any number of steps, each of which makes the next state of the one before.

States are a family X over L + 1 places, and `ForAll(l, Equal(X[l + 1], …X[l]…))` says what the steps are.  The claim is
about all families for which it holds; with one more step the first states are such a family.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from symattn import language as lang
from symattn.errors import TheoremError
from symattn.proof.decision import prove
from symattn.proof.verdict import Theorem
from symattn.proof.write.arguments import Argument
from symattn.proof.write.induction import by_induction, specialised

__all__ = ["by_layers", "first_members"]

Step = Callable[..., None]


def by_layers(claim: lang.Claim, *, over: lang.Size, step: Step, base: Theorem | None = None) -> Theorem:
    """The claim for any number of steps, where one more step keeps it.

    claim    ForAll(letters, Implies(what is given, what holds at the end)), about families over `over` steps, and
             over the states, of which there is one more
    over     the size L, how many steps there are
    base     the claim at the least value of L, where it is not seen to hold
    step     a function of an argument, of the theorem that the claim holds one step before the end, and of the letters
             for one step more, in their order: it takes the steps of the argument up to `.show` of what holds at the
             end.  The argument assumes what is given for these letters, part by part

    >>> L, n, d = sizes("L n d")
    >>> l, X = index("l", L), family("X", L + 1, n, d)
    >>> still = ForAll(X, Implies(ForAll(l, Equal(X[l + 1], X[l])), Equal(X[L], X[0])))
    >>> def step(a, before, Y):
    ...     last = a.have("the last step", Equal(Y[L + 1], Y[L]), by=a.given)
    ...     a.show(Equal(Y[L + 1], Y[0]), by=(before, last))
    >>> by_layers(still, over=L, step=step).claim == still
    True

    Raises    TheoremError for a claim that is not of that form; StepError, Undecided when a part does not follow
    """
    if not isinstance(claim, lang.ForAll) or not isinstance(claim.claim, lang.Implies):
        raise TheoremError(f"{lang.text(claim)}\n    is no claim ForAll(letters, Implies(what is given, what holds))")
    letters = _one_more(claim, over)
    longer = claim.claim.xreplace({over: over + 1}).xreplace(letters)
    kept = {old: first_members(old, letters[old.xreplace({over: over + 1})]) for old in claim.variables}
    shorter = specialised(prove(claim, claim, check=False), kept)
    given = longer.hypothesis.args if isinstance(longer.hypothesis, lang.And) else (longer.hypothesis,)
    with Argument((claim, *given), check=False) as a:
        start = a.have("all steps but the last are such steps", shorter.claim.hypothesis, by=given)
        before = a.have("so it holds before the last", shorter.claim.conclusion, by=(shorter, start))
        step(a, before, *letters.values())
    bound = lang.ForAll(tuple(letters.values()), longer)
    onward = prove(bound, claim, using=[a.theorem()], check=False)
    first = base or prove(claim.xreplace({over: sympy.Integer(over.minimum)}))
    return by_induction(claim, over=over, base=first, step=onward)


def _one_more(claim: Any, over: Any) -> dict[Any, Any]:
    """The letters with one step more, each with a name of its own."""
    taken = {letter.name for letter in lang.letters_of(claim, bound_too=True)}
    found: dict[Any, Any] = {}
    for letter in claim.variables:
        name = f"{letter.name}'"
        while name in taken:
            name += "'"
        taken.add(name)
        more = letter.xreplace({over: over + 1})
        found[more] = more.renamed(name)
    return found


def first_members(letter: Any, more: Any) -> Any:
    """As many members of the longer family as the letter has; any other letter as it is."""
    if not isinstance(letter, lang.Family):
        return more
    head = lang.index(f"{letter.name}_place", letter.heads)
    return lang.stack_heads(more[head], head)
