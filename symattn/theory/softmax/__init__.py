"""Chapter 4.  Softmax: scores as weights (`weights`), how these move when the scores do (`derivatives`), and under
a causal mask (`causal`); and weights without it (`stick_breaking`).
"""
