"""The kernel: what is trusted.  Standard library only.

syntax/         sizes, letters, terms, formulas              proofs      lines by rules, nothing until they are replayed
plain/          is a term zero?  The steps are given         ground      over which rings or fields they hold
rules/          what follows from what: one page of all      replay      every rule again, from nothing
values          how what is in a proof is taken apart
certificate     proofs as JSON, `python -m symattn.kernel`   printing    theorems as text

Nothing is looked for here: `engine` does that, and derives more rules from these.  Nothing outside of this folder can
make a false theorem: `replay` applies every rule again.
"""

from symattn.kernel import rules as rules
from symattn.kernel.proofs import Proof
from symattn.kernel.replay import replay

__all__ = ["Proof", "replay", "rules"]
