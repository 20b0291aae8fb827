"""How long proofs take, against SymPy on explicit matrices and against tensorgrad: `python -m benchmarks`.

The modules here import no benchmarked package at their top, so that a child process loads only what it is to time.
"""
