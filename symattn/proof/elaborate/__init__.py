"""From SymPy objects to what the kernel reads.  Every shape is checked on the way, and an unknown node is refused.

elaborator      the walk, and the names that it gives        claims          claims as formulas
matrix_nodes    one short function a node: matrices,         axes            what an axis is made of: blocks, heads
scalar_nodes    numbers,                                     block_nodes     blocks and heads
values          parts of an equality under letters           sharing         which parts are worth a letter,
runs            and which runs of factors
"""
