"""The engine: finds the steps that the kernel checks.  Nothing here is trusted.

naming      an order of bound indices that is the same for all monomials that are equal up to names
writing     monomials back to terms, and their connected pieces
contracting, applying    the steps that may be taken at a monomial
finder      takes steps until nothing is left, or nothing is to be done
"""
