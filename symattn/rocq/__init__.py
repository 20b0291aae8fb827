"""Every theorem once more, by Rocq over MathComp, so that nobody has to trust our kernel.

The .v files here are the library: definitions.v and dual.v are what statements are made of and have to be read; the
others are lemmas, which Rocq checks.  Statements are printed by printing/ from the SymPy trees; proofs/ has one file
a chapter, tactics only.
"""

from symattn.rocq.audit import Result, audit, rocq_witness, write
from symattn.rocq.library import RocqError
from symattn.rocq.refused_mutants import Refusal, refusals

__all__ = ["Refusal", "Result", "RocqError", "audit", "refusals", "rocq_witness", "write"]
