"""Chapter 10.  Normalisation of tokens and of scores, sinks for their weight, and what keeps tokens apart."""
