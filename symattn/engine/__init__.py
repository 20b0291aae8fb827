"""The engine: decides by a normal form, and finds the steps that the kernel checks.  Nothing here is trusted.

normal      the normal form: equal terms, for all sizes, have the same one
finder      from a term that is zero to the steps and orders by which the kernel sees it
labelling   canonical names for the nodes of a graph, which both of them rest on
pendants    the same where trees hang from it
probing     a look at numbers, before steps are looked for in vain
grouping    what hangs together by what it has in common
certificates  a proof written as JSON
reading     what the proof layer may read of normal forms
rules       the rules of the kernel, called as if they looked for steps themselves: what proofs are made with
"""
