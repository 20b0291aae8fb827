"""Statements of Rocq, printed from the SymPy tree over MathComp and definitions.v.

claims              claims round terms                       terms              matrices and numbers
sizes               sizes and shapes                   masks              which hold 0 and 1 alone
"""
