"""Chapter 1.  Embeddings and context: what a word alone can know.

words     a vector for each word          order    what attention makes of the order of tokens: nothing
context   what a token reads from others           depth    any number of layers
"""
