"""Chapter 8.  Circuits: what heads are made of, how they compose (`composition`, `residual_stream`, `reads`), what
determines them (`identifiability`), and two that are built: the token before (`lookup`) and induction (`induction`,
and under a causal mask `causal_induction`).
"""
