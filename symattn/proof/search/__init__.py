"""The search for a proof.  Nothing here is trusted: it only calls rules, which the kernel checks.

search          the order in which everything is tried       known           what a proof may use, taken apart
rewording       the same said in other words                 standing_facts  what holds of every number
by_blocks       an equation or a bound block by block        existence       what may stand for `there is`
ranks           below sums of ranks, and around inverses     lemmas          theorems in other letters
rank_chains     ranks by way of others                   positive_parts  under letters of their own
by_values       an equality with parts under letters         by_adjoints     a gradient with such parts, backwards
likenesses      letters of such parts that are one another
equations/      one file a way to find an equation           inequalities/   one file a way to find a bound
"""
