"""One sample of tensors: how it is drawn, what a function does with it, and what it should have done.

sizes        which sizes and probes, in which order          draws       tensors for them
problem      inputs as the arrays that the formula takes     reference   exact values and bounds
calls        calling the function on its own tensors         arguments   how it is given what it asks for
turning      turns of queries and keys by tables             changes     a mistake as data
variants     the spec with one thing wrong                   slips       functions with one thing wrong
hiding       mistakes of what is seen                        preparations    of norms and turns
comparing    what came out beside what should                verdict     which mistake it looks like; does a pass tell?
"""
