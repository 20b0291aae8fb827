"""Random pairs of expressions: no verdict disagrees with exact evaluation, and polynomials are always decided."""

from __future__ import annotations

from collections import Counter

import symattn as sa
from tests.proof.fuzzing.fuzz import Pair, agree, pair
from tests.proof.fuzzing.judge import fails

PAIRS = 2100


def kind(drawn: Pair) -> str:
    return "polynomial" if drawn.polynomial else "with exp" if drawn.real else "with facts"


def complaint(drawn: Pair, alike: bool, verdict: sa.Verdict) -> str | None:
    """What is wrong with the verdict, if anything is."""
    if not alike and not drawn.wrong:
        return "equal by construction, but not in numbers"
    if verdict.status == "proved" and not alike:
        return "proved, but not equal in numbers"
    if verdict.status == "refuted" and not fails(verdict.claim, verdict.counterexample):
        return f"refuted, but equal at {verdict.counterexample}"
    if verdict.status == "undecided" and drawn.polynomial:
        return f"undecided: {verdict.reason}"
    return None


def test_no_verdict_on_random_pairs_disagrees_with_exact_evaluation() -> None:
    counts: Counter[tuple[str, str, str]] = Counter()
    wrong = []
    for seed in range(PAIRS):
        drawn = pair(seed)
        verdict = sa.decide(sa.Equal(drawn.left, drawn.right))
        counts[kind(drawn), "with a mistake" if drawn.wrong else "equal", verdict.status] += 1
        if found := complaint(drawn, agree(drawn, seed), verdict):
            wrong.append(f"{seed}: {found}\n    {drawn.left}\n    {drawn.right}")
    for (of, made, status), count in sorted(counts.items()):
        print(f"{of:<10}  {made:<14}  {status:<9}  {count:5}")
    assert not wrong, "\n".join(wrong)
    assert sum(counts.values()) == PAIRS
    assert sum(n for (_, _, status), n in counts.items() if status == "undecided") <= PAIRS // 100
    for of in ("polynomial", "with exp", "with facts"):
        assert counts[of, "equal", "proved"] > 200, counts
        assert counts[of, "with a mistake", "refuted"] > 150, counts
