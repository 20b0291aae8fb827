"""Engine, the normal form: equal terms, for all sizes, have the same one.  Nothing here is trusted.

polynomial      sums of products of factors, the shape of every normal form: promises all others one order of factors
atoms           entries and deltas as factors, and what is declared of letters
functions       exp, log, reciprocal and powers as factors
leads           what a denominator has in common with what is above it, and partial fractions
turns           cos and sin as factors
components      a connected sum as one factor, canonical by `labelling`
sums            promises `form` the sum of any polynomial over any indices
cuts            where steps by places may tell what the normal form does not
determinants    the determinant of a matrix as one factor
form            the normal form of a term, its derivatives, and the test for zero: what the rest of the package asks for
"""

from symattn.engine.normal.form import cleared, derive, forget, is_zero, normal, rational_value, remembered

__all__ = ["cleared", "derive", "forget", "is_zero", "normal", "rational_value", "remembered"]
