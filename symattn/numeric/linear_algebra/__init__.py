"""Ranks, inverses and definiteness, where every step is certain.

elimination         exact or enclosed entries                exact_matrices     fractions, by flint if it pays
spectra             floating-point balls                     denominators       fractions over a common one
"""
