"""The engine: decides by a normal form, and finds the steps that the kernel checks.  Nothing here is trusted.

polynomial, atoms, functions, sums, components, determinants, labelling, normal
                        the normal form: equal terms, for all sizes, have the same one
naming, shapes          an order of bound indices that is the same for all monomials equal up to names
writing, products       monomials written as terms again, and taken to pieces
contracting, applying   the steps that may be taken at a monomial
finder                  takes steps until nothing is left, or nothing is to be done
rules                   the rules of the kernel, called as if they looked for steps themselves
"""
