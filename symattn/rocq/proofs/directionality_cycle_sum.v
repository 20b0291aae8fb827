rewrite -[LHS]totalT tr_hadamard S_symmetric //.
