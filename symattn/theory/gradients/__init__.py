"""Chapter 5.  Gradients of a head (`of_a_head`), also under a causal mask (`causal`), and the laws that all of them
obey (`conservation`).
"""
