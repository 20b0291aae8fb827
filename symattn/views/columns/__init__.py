"""The column convention: a statement about rows, said of columns, and proved again.

expressions         the transposed statement                 proofs             a proof with its letters transposed
restatement         the two together
"""
