"""What numbers say about a claim.

at_a_sample         a claim at one sample                    comparisons        values against each other
quantifiers         "for all", at test values                existence          "there is", where it can be solved
verdicts            parts combined into a whole              forms              bounds of degree 2 for all values
"""
