"""Chapter 2, the forms of tied heads: what is stated is proved, and a slip in a statement or a step is found."""

from __future__ import annotations

from typing import Any

from symattn.language import PSD, Equal, Exists, Rank
from symattn.proof import Statement
from symattn.theory import tied_forms as ch

STATEMENTS = {name: value for name, value in vars(ch).items() if isinstance(value, Statement)}
k, W, Q, G, F = ch.k, ch.W, ch.Q, ch.G, ch.F
tied, gram = Exists(Q, Equal(W, Q @ Q.T)), Exists(F, Equal(G, F @ F.T))

FALSE: dict[str, tuple[Any, Any]] = {
    "a Gram matrix need not be the square of a number": (Equal(G, k * G), gram),
    "a tied form is not negative": (PSD(-W), tied),
    "its rank is at most k, not below": (Rank(W) >= k, tied),
    "symmetric and of low rank is not enough": (PSD(W), (Equal(W, W.T), Rank(W) <= k)),
    "nor is low rank": (Equal(W, W.T), Rank(W) <= k),
}
UNPROVED: dict[str, tuple[Any, Any]] = {
    "without the rank": (tied, PSD(W)),
    "without the sign": (tied, (Equal(W, W.T), Rank(W) <= k)),
    "without the symmetry": (tied, (Equal(ch.R_any @ W, W) if hasattr(ch, "R_any") else Rank(W) <= k)),
    "with a width more of rank": (tied, (PSD(W), Rank(W) <= k + 1)),
}
