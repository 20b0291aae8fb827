"""Statements as text, such as `Q:d*k K:d*k |- T(Q@K.T) == K@Q.T`.  The text is read as syntax and never run.

parse           the whole statement, the only door           declarations    what stands before `|-`
respelling      `A'`, `A^T`, `=`, `∘` in Python's syntax     source          Python's syntax of it, and columns
reader          from syntax to objects of the language       products        `@ * ∘ /`, and what they could mean
powers          `A ** 2`, `x ^ 2`, and numbers               implied/        inverses, roots, abs, relu, max, E and Var
indexing        entries, slices, `[[a, b], [c, d]]`          index_sums      `sum(A[i, j] for i in n for j in m)`
scope           what the names stand for                     signatures      the functions of the language
axes            `sum(A, axis=1)`, `softmax(S, dim=0)`
"""
