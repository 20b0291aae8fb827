"""Is a term zero?  It is written out as sums of products, by steps that are given, and added up.

monomials       products under sums, every index named       laws        terms that are always equal
expansion       a term as a sum of monomials                 checking    the steps, one by one
comparison      do monomials add up to nothing?              signs       what is visibly positive
places          which of two indices is the greater      order       laws of places
slopes          derivatives
"""
