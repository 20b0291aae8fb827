"""The value of an expression at a sample, in any arithmetic.

walk                from the leaves up, each part once       environment        what a rule may ask of the walk
lookup              the rule of a node; unknown is refused   rules_algebra      matrices and numbers
room                how many numbers that will hold          rules_heads        families, heads, derivatives
stacks              several values side by side              occurrences        which parts have some letters
"""
