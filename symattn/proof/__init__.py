"""Proof: how one writes and checks.  Claims become theorems of the kernel, counterexamples, or neither."""

from symattn.proof.calc import Chain, calc
from symattn.proof.calculus import gradient
from symattn.proof.cancel import cancel_identity
from symattn.proof.counterexample import Counterexample
from symattn.proof.decide import decide, prove, replay
from symattn.proof.induction import at_sizes, by_induction, specialised
from symattn.proof.roots import has_square_root
from symattn.proof.statement import Statement, catalogue, theorem
from symattn.proof.steps import follows, instance
from symattn.proof.turned import other_side
from symattn.proof.vanishing import each_vanishes
from symattn.proof.verdict import Theorem, Verdict

__all__ = [
    "Chain",
    "Counterexample",
    "Statement",
    "Theorem",
    "Verdict",
    "at_sizes",
    "by_induction",
    "calc",
    "cancel_identity",
    "catalogue",
    "decide",
    "each_vanishes",
    "follows",
    "gradient",
    "has_square_root",
    "instance",
    "other_side",
    "prove",
    "replay",
    "specialised",
    "theorem",
]
