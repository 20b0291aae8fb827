"""Ways to find a bound.  Each gives a theorem of the kernel, or nothing.

sums_of_squares     equal to something visibly >= 0          quadratic_forms    v A vᵀ as a sum of squares
dominance           forms that are large on the diagonal
division            a multiple of a known bound, and a rest  vanishing          a sum of squares that is 0
"""
