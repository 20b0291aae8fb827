"""The kernel: what is trusted.  Standard library only.

    sizes, terms        typed expressions in the entries of matrices
    polynomial, atoms, functions, sums, labelling, normal
                        their normal form: equal terms, for all sizes, have the same one
    formulas, theorem, rules
                        what can be claimed, and what follows from what

Nothing outside this folder can make a false theorem: `replay` applies every rule again.
"""

from symattn.kernel import rules
from symattn.kernel.theorem import Theorem, replay

__all__ = ["Theorem", "replay", "rules"]
