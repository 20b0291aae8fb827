"""The kernel: what is trusted.  Standard library only.

    sizes, letters, terms
                        typed expressions in the entries of matrices
    signs, slopes       what is visibly positive; derivatives
    expansion           a term as a sum of monomials, with every sum in front
    comparison          do monomials add up to nothing, under an order of bound indices that is given?
    laws, plain         is a term zero?  The steps are given, and checked one by one
    formulas, substitution, theorem
                        what can be claimed; letters replaced; theorems, which are nothing until they are replayed
    rules               what follows from what: the page of all rules, which stand in logic, definitions, inequalities,
                        rank_rules, determinant_rules and induction
    values, certificate, printing, deadline
                        proofs as JSON, `python -m symattn.kernel proof.json`
    ground              over which rings or fields a theorem holds

Nothing is looked for here: `engine` does that, and derives more rules from these.  Nothing outside of this folder can
make a false theorem: `replay` applies every rule again.
"""

from symattn.kernel import rules
from symattn.kernel.theorem import Theorem, replay

__all__ = ["Theorem", "replay", "rules"]
