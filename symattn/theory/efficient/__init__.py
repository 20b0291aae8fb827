"""Chapter 7.  Attention with less: kernels, caches, shared and compressed heads (`smaller_heads`, `shared_heads`),
softmax in pieces (`online_softmax`), features in the place of exp (`features`, `random_features`), its powers, and what
they miss of it (`taylor`, `power_series`, `taylor_remainder`), fewer keys (`landmarks`), memories that are written key
by key (`fast_weights`), causal linear attention in chunks (`chunks`), and as a recurrence, of all prefixes at once
(`prefixes`); latent keys under rotations (`rotary_latents`).
"""
