"""Counterexamples: whole numbers at the smallest sizes first, judged on the statement itself and not by the kernel.

questions           what would refute a claim                attempts           which values are tried
counterexample      the search, and what was found         values                values made of those that are drawn
masks               those that say in which case x is
"""
