"""In which numbers a formula is evaluated.  `registry` has them by name, ../arithmetic.py says what they offer.

exact               fractions                                modular            integers modulo a prime
floats              floating point with bounds, computed     interval           mpmath's intervals
                    by engines: NumPy, by_torch, by_jax,     by_flint           balls of python-flint
                    by_mpmath                                enclosures         what intervals and balls share
double_double       pairs of float64, about 30 digits
tolerance           all results of everybody who keeps a contract
fused               the same where tensors are stored between one kernel and the next
"""
