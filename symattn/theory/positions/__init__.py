"""Chapter 6.  Positions: rotations whose cosines and sines are letters (`rotations`), and those by angles (`turns`);
biases of scores (`biases`), and what a causal mask alone tells (`causal`).
"""
