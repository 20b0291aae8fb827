"""Sabotage: lines of what is not trusted are changed at random, and nothing false may be proved afterwards.

    python -m tests.sabotage --lines 200 --seed 1

`false_claims` are the statements that must not be proved, `changes` says what is done to a line, `run` does it to a
copy of the package and asks.
"""
