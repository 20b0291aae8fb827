"""What an answer looks like: how what is said fits on the lines that `views.screen` has room for.

tables      rows that fit, by rich where it is installed      matrices    values side by side
formulas    claims cut where a reader would cut them          progress    what is said while the work goes on
"""
