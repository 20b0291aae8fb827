"""Layer cli: how often a process of our own looks for cycles in its memory."""

SELDOM = (10_000_000, 20, 100)
"""Thresholds of the garbage collector.  Terms make no cycles, and to walk over all of them takes a quarter of the time
of a proof; a run over all theorems leaves two million objects, four hundred megabytes with all else, and so is never
walked over.  Whoever imports the package, or calls `main`, keeps Python's settings."""
