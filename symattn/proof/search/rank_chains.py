"""Ranks compared by way of others: rank A <= rank B <= … <= rank C, each of which is known."""

from __future__ import annotations

from collections.abc import Iterable

from symattn.engine import rules
from symattn.engine.normal import is_zero
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.definitions import sandwich
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Array, Equation, RankAtMost, identity_array
from symattn.proof.search.equations.derived import moved


def chained(goal: RankAtMost, facts: Iterable[Proof]) -> Proof | None:
    """The goal from known comparisons of ranks, one after the other."""
    steps = [f for f in facts if isinstance(f.conclusion, RankAtMost)]
    reached: list[tuple[Array, Proof | None]] = [(goal.lower, None)]
    for here, so_far in reached if steps else ():
        for step in [s for s in steps if _alike(s.conclusion.lower, here)]:
            steps.remove(step)
            try:
                further = _joined(so_far, step, RankAtMost(goal.lower, here))
                if _alike(step.conclusion.upper, goal.upper):
                    return _joined(
                        further, _same(step.conclusion.upper, goal.upper), RankAtMost(goal.lower, step.conclusion.upper)
                    )
            except KernelError:
                continue
            reached.append((step.conclusion.upper, further))
    return None


def _joined(first: Proof | None, second: Proof, said: RankAtMost) -> Proof:
    """`rank A <= rank C` from what was said of A and B, and of B and C, whose B may be in other words."""
    middle = _same(said.upper, second.conclusion.lower)
    start = middle if first is None else rules.rank_chain((first, middle))
    return rules.rank_chain((start, second))


def _alike(one: Array, other: Array) -> bool:
    if one.sizes != other.sizes:
        return False
    return one == other or is_zero(terms.subtract(_at(other, one), one.body))


def _at(array: Array, like: Array) -> terms.Term:
    return moved(array.body, dict(zip(array.indices, like.indices, strict=True)))


def _same(one: Array, other: Array) -> Proof:
    """`rank A <= rank B`, where A = 1 B 1."""
    claim, (left, right) = RankAtMost(one, other), map(identity_array, one.sizes)
    whole = sandwich(one.indices, left, other, right)
    return rules.rank_by_factors((rules.identity((), Equation(one.indices, one.body, whole)),), claim, left, right)
