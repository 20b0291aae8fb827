"""Engine, the finder: the steps and orders by which the kernel sees that a term is zero.  Nothing here is trusted.

skeletons               what a monomial or a function is when its variables have no names
naming, collecting      texts and orders that are the same for all monomials equal up to names; those collected
turning                 the same orders where symmetric and skew letters may be turned
writing, products       monomials written as terms again, and taken to pieces
contracting, angles, applying   promise `search` the steps that may be taken at one monomial
ordering, joining       the same by the order of places, and for sums that begin and end at different ones
counting                refuses what is too long before it is written
search                  takes steps until nothing is left, or nothing is to be done
"""

from symattn.engine.finder.search import Stuck, applied, find, forget_steps

__all__ = ["Stuck", "applied", "find", "forget_steps"]
