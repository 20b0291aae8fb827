"""What numbers say about a claim.

at_a_sample         a claim at one sample                    judges             every kind of claim, value by value
instances           a theorem at its samples                 comparisons        values against each other
for_all             a claim at all test values               quantifiers        which values these are
points              several values side by side              forms              bounds of degree 2 for all values
existence           "there is", where it can be solved       verdicts           parts combined into a whole
exponentials        what exact numbers read as 2**x
"""
