"""Statements as text, such as `Q:d*k K:d*k |- T(Q@K.T) == K@Q.T`.  The text is read as syntax and never run.

parse           the whole statement, the only door           declarations    what stands before `|-`
respelling      `A'`, `A^T`, `=`, `∘` in Python's syntax     source          Python's syntax of it, and columns
reader          from syntax to objects of the language       products        `@ * ∘ /`, and what they could mean
powers          `A ** 2`, `x ^ 2`, and numbers               inverses        `inv(I + A@B)`, where there is one
indexing        entries, slices, `[[a, b], [c, d]]`          index_sums      `sum(A[i, j] for i in n for j in m)`
extremes        `max(x) <= c`, `c <= min(a, b)`              scope           what the names stand for
signatures      the functions of the language                roots           of what hypotheses say is positive
"""
