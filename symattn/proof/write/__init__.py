"""How one writes proofs: calculations line by line, single steps from what is known, theorems with names.

calc                chains of equations                      theorems           `@theorem`
induction           over a size; other sizes and letters     gradients          gradients as matrix formulas
rising              what holds at 0 and never falls      names              letters for parts of a gradient
layers              after any number of layers               recurrences        the same, found by itself
powers              what is known of powers by a size        squares            bounds for roots, by their squares
steps               one step: what follows, an instance, a square root, the other side of an inverse
"""
