"""Layer cli: how often a process of our own looks for cycles in its memory."""

SELDOM = (100_000, 20, 100)
"""Thresholds of the garbage collector.  Terms make no cycles, and to walk over all of them takes a quarter of the time
of a proof.  Whoever imports the package keeps the settings of Python."""
