"""What an answer looks like: how wide a line may be, and how what is said fits on it, in Unicode or without.

width       how many columns there are           tables      rows that fit, by rich where it is installed
spelling    ASCII for whoever cannot show ᵀ      formulas    claims cut where a reader would cut them
matrices    values side by side                  progress    what is said while the work goes on
"""
