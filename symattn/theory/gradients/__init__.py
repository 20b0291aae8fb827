"""Chapter 5.  Gradients of a head (`of_a_head`), also under a causal mask (`causal`), the laws that all of them obey
(`conservation`), and what is left of both where positions are rotations (`rotary_biases`, `rotary_balance`), and
nothing besides (`rotary_laws`).  How far attention moves when tokens do: to first order (`sensitivity`, `lengths`), and
in all (`lipschitz/`).
"""
