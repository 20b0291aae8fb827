"""Layer cli: how often a process of our own looks for cycles in its memory."""

SELDOM = (2_000_000, 20, 100)
"""Thresholds of the garbage collector.  Terms make no cycles, and to walk over all of them takes a quarter of the time
of a proof; what a run keeps are some hundreds of megabytes.  Whoever imports the package keeps Python's settings."""
