"""Proof: how one writes and checks.  Claims become theorems of the kernel, counterexamples, or neither.

decision          proved, refuted or undecided               text/           statements given as text
verdict           what such an answer is                     elaborate/      from SymPy objects to the kernel
second_opinion    proofs put to numbers                      search/         where proofs are found
limit             how long that may take                     refute/         where counterexamples are found
attempts/         what is tried, from one purse of time
difference        what two sides differ by, in words         write/          how people write proofs
display           what a notebook shows                      in_letters       long claims by letters for their parts

Names are looked up when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symattn.lazy import attached

if TYPE_CHECKING:
    from symattn.proof.decision import decide as decide, prove as prove, replay as replay
    from symattn.proof.refute.counterexample import Counterexample as Counterexample
    from symattn.proof.search.inequalities.vanishing import each_vanishes as each_vanishes
    from symattn.proof.text.parse import parse as parse
    from symattn.proof.verdict import Theorem as Theorem, Verdict as Verdict
    from symattn.proof.write.arguments import Argument as Argument, argument as argument
    from symattn.proof.write.calc import Chain as Chain, calc as calc
    from symattn.proof.write.gradients import gradient as gradient
    from symattn.proof.write.induction import (
        at_sizes as at_sizes,
        by_induction as by_induction,
        specialised as specialised,
    )
    from symattn.proof.write.layers import by_layers as by_layers
    from symattn.proof.write.rising import rising as rising
    from symattn.proof.write.steps import (
        cancel_identity as cancel_identity,
        follows as follows,
        has_square_root as has_square_root,
        instance as instance,
        other_side as other_side,
    )
    from symattn.proof.write.theorems import Statement as Statement, theorem as theorem
else:  # so that a misspelt name is seen by a type checker
    __getattr__, __dir__, __all__ = attached(__name__)
