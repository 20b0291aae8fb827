"""What rounding can do, and no more.  Every bound is itself computed so that it can only be too large.

rounding            the error of sums and products           formats            what a format can hold
balls               a value and how far it may be off        propagation        what radii become
contracts           what an implementation promises          any_order          the same steps in any order
any_softmax         softmax shifted, blocked or fused    mixtures           and its products with values
error_free          sums and products with their rest    pairs              double-double numbers
pair_functions      and their reciprocals, exp, log, cos, sin
shifts              what autograd leaves of a shift
"""
