"""Ways to find a bound.  Each gives a theorem of the kernel, or nothing.

sums_of_squares     equal to something visibly >= 0          quadratic_forms    v A vᵀ as a sum of squares
dominance           forms that are large on the diagonal     by_masks           every case of what is 0 or 1
division            a multiple of a known bound, and a rest  vanishing          a sum of squares that is 0
known_signs         seen where the signs of parts are known  known_squares      |x A|² where equations make it one
hints               equal to what is hinted                  roots              those of the squares of both sides
linear              a combination of facts, by weights that linear programming finds
"""
