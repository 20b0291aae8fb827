"""Statements as text, such as `Q:d*k K:d*k |- T(Q@K.T) == K@Q.T`.  The text is read as syntax and never run.

parse           the whole statement, the only door           signatures      the functions of the language
source          Python's syntax of it, and columns           declarations    what stands before `|-`
reader          from syntax to objects of the language       scope           what the names stand for
"""
