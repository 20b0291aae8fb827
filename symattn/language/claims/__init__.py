"""Claims: what is said of expressions, and can be proved or refuted.

claims         what a claim is, equations and bounds, and claims made of claims
ranks          of the rank of a matrix
quantifiers    of all letters, and of some
"""
