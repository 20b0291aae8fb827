"""The replay that gives proofs their authority: every rule is applied again, from nothing."""

from __future__ import annotations

from symattn.errors import KernelError
from symattn.kernel import rules
from symattn.kernel.proofs import Proof, lines
from symattn.kernel.syntax.sizes import need

RULES = {name: getattr(rules, name) for name in rules.__all__}
"""What is not on the page of rules is none."""


def replay(proof: Proof) -> Proof:
    """The same conclusion, proved again from nothing; anything that does not come out the same is refused."""
    again: dict[int, Proof] = {}
    for line in lines(proof):
        need(line.rule in RULES, f"there is no rule {line.rule!r}")
        made = RULES[line.rule]([again[id(p)] for p in line.premises], *line.data)
        if (made.hypotheses, made.conclusion) != (line.hypotheses, line.conclusion):
            raise KernelError(f"a line claims\n    {line.conclusion}\nbut {line.rule} gives\n    {made.conclusion}")
        again[id(line)] = made
    return again[id(proof)]
