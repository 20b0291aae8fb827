"""Ways to find an equation.  Each takes what is known and gives theorems of the kernel, or nothing.

derived             from normal forms alone                  reduction       a combination of known ones
unfolding           a known one used inside of functions     congruence      a hypothesis inside of a function
case_split          what is 0 or 1 inside of one
positive_factors    what divides out                         inverses        `A B = 1` turned round
factorisations      A = L B R through a smaller size         determinants    of products and of blocks
cancelling          multiplied by invertible letters         side_conditions where a derivative needs x > 0 or A⁻¹
slopes_of_determinants    of products, as those of the factors
matching            known ones made ready for matching       back_to_terms   normal forms as terms again
"""
