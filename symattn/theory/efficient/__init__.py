"""Chapter 7.  Attention with less: kernels, caches, shared and compressed heads (`smaller_heads`), softmax in pieces
(`online_softmax`).
"""
