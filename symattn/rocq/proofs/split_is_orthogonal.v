have h := half_half unit_2; move: (2%:R^-1) h => t h.
rewrite !(hadamardDl, hadamardDr, hadamardNl, hadamardNr, hadamardZl, hadamardZr, totalD, totalZ, totalN).
rewrite (hadamardC W^T W) -tr_hadamard totalT.
rewrite -[LHS]mul1r -[1](mul1r 1) -h; ering.
