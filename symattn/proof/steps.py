"""Proof: one step from what is known, under no more than that; what a long proof is made of.

`prove` looks at everything that it is given, and the more that is the longer it looks.  A step is proved from just what
it rests on, and then carried to the hypotheses of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symattn.errors import TheoremError
from symattn.language import ForAll, Implies
from symattn.proof.decide import prove
from symattn.proof.induction import specialised
from symattn.proof.verdict import Theorem


def follows(claim: Any, *known: Any, hints: Any = ()) -> Theorem:
    """The claim from these theorems and claims alone, under the hypotheses of the theorems and the claims.

    Raises    Refuted, Undecided, as `prove` does
    """
    link = prove(claim, tuple(k.claim if isinstance(k, Theorem) else k for k in known), hints=hints, check=False)
    theorems = [k for k in known if isinstance(k, Theorem)]
    given = [h for k in known for h in (k.given if isinstance(k, Theorem) else (k,))]
    return prove(claim, tuple(dict.fromkeys(given)), using=[*theorems, link], check=False) if theorems else link


def instance(lemma: Theorem, values: Mapping[Any, Any], *known: Any) -> Theorem:
    """What `for all …: A implies B` gives at these values, from what says A.

    Raises    TheoremError when the lemma is not of that form; Refuted, Undecided, as `prove` does
    """
    if not isinstance(lemma.claim, ForAll) or not isinstance(lemma.claim.claim, Implies):
        raise TheoremError(f"{lemma}\n    does not say for all letters that one claim implies another")
    at = specialised(lemma, values)
    return follows(at.claim.conclusion, at, *known)
