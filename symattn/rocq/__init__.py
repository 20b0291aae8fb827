"""Layer rocq: every theorem once more, by Rocq over MathComp, so that nobody has to trust our kernel.

The .v files here are the library: definitions.v and dual.v are what statements are made of and have to be read; the
others are lemmas, which Rocq checks.  Statements are printed by symattn/views/rocq.py from the SymPy trees; proofs/ has
one script a theorem, tactics only.
"""

from .audit import Result, audit, rocq_witness, write
from .library import RocqError
from .refusals import Refusal, refusals

__all__ = ["Refusal", "Result", "RocqError", "audit", "refusals", "rocq_witness", "write"]
