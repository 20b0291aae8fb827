"""Chapter 6.  Positions: waves and rotations (`rotations`), biases of scores (`biases`), and what a causal mask alone
tells (`causal`).
"""
