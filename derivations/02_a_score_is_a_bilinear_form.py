"""A score of two words is a bilinear form, and a bilinear form is a matrix.

Run it: python derivations/02_a_score_is_a_bilinear_form.py [--tex FILE] [--png FILE] [--json] [--quiet]
"""

import symattn.views.chapter.interrupts  # isort: skip  # noqa: F401  (before what takes long to load)

import numpy as np
from sympy import MatMul

from symattn import Equal, T, bilinear, calc, identity, matrix, matrix_of, scalar, sizes, total, unit
from symattn.theory.score import bilinear_form, comparisons
from symattn.views.chapter import Chapter

chapter = Chapter(2, "A score is a bilinear form")

chapter.prose("""
A score s(x, y) is a number that says how much the word with vector x wants of the word with vector y.  Which function
should it be?  Ask for proportion: twice the vector, twice the score; a sum of two vectors, the sum of their scores;
and the same for y.  Such a function is called bilinear.  That is a choice, and we come back to what it leaves out.

With vectors of two numbers, proportion alone decides nearly everything.  Write x = a e₀ + b e₁ and y = c e₀ + f e₁
with the one-hot rows e₀ and e₁, and take the sums apart:
""")

s = bilinear("s", 2)
a, b, c, f = (scalar(letter) for letter in "abcf")
e0, e1 = unit(2, 0), unit(2, 1)
x, y = a * e0 + b * e1, c * e0 + f * e1
chapter.derivation(
    calc(s(x, y))
    .eq(a * s(e0, y) + b * s(e1, y), by="linear in the first")
    .eq(a * c * s(e0, e0) + a * f * s(e0, e1) + b * c * s(e1, e0) + b * f * s(e1, e1), by="linear in the second")
    .eq(total(MatMul(x, matrix_of(s), T(y))), by="which is a row times a 2×2 matrix times a column")
)

chapter.prose("""
Four numbers are left, the scores of the one-hot rows with each other, and they are the entries of a matrix W.  So it
is in every width d: a bilinear score is x W yᵀ, for one W and no other.  W is called the form.  And every W will do.
""")
chapter.theorem(bilinear_form.bilinear_representation)
chapter.theorem(bilinear_form.every_form_is_bilinear)

chapter.prose("""
Is every comparison of two vectors of that kind?  It is sometimes said so, and it is false.  A score that is 1 for
equal vectors and 0 for others is not bilinear, since proportion makes the score of 0 with anything 0.
""")
chapter.theorem(comparisons.equality_is_not_bilinear)

chapter.prose("""
But attention does not compare all vectors, only those of its words.  Let the words of a text be the rows of X, and
let them be linearly independent: X R = I for some R, the identity.  One-hot rows are, with R = Xᵀ.  Then a form can
give all pairs any scores T that one likes.  Take W = R T Rᵀ:
""")

n, d = sizes("n d", min=0)
X, R, target = matrix("X", n, d), matrix("R", d, n), matrix("T", n, n)
independent = Equal(X @ R, identity(n))
chapter.theorem(
    comparisons.onehot_comparison_universal,
    calc(X @ (R @ target @ R.T) @ X.T, given=independent)
    .eq(MatMul(X @ R, target, T(X @ R)), by="products may be bracketed anew, and (X R)ᵀ = Rᵀ Xᵀ")
    .eq(target, by=independent),
)
chapter.prose("""
Independence is needed too, already for the plain wish to score 1 with oneself and 0 with the others; and n vectors
are independent only in width d ≥ n.  In narrower vectors words share directions, and their scores depend on each
other.
""")
chapter.theorem(comparisons.independent_tokens_needed)
chapter.theorem(comparisons.all_scores_iff_independent)
chapter.prose("""
Words that share directions have a rank r below their number, and then r² of the wishes can be granted: the tables of
scores that some form makes are C M Cᵀ, one for each r×r matrix M.
""")
chapter.theorem(comparisons.reachable_scores)

WORDS = ["dog", "bites", "man"]
TOKENS = np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]])
INVERSE = np.array([[1, -1, 1], [0, 1, -1], [0, 0, 1]])
TARGET = np.array([[0, 2, 0], [3, 0, 1], [0, 1, 0]])
FORM = INVERSE @ TARGET @ INVERSE.T

chapter.prose(f"""
An example in whole numbers.  The words "dog", "bites" and "man" have the vectors {
    ", ".join(map(str, TOKENS.tolist()))
}.  In "dog bites man" the verb is to ask for its subject, with a score of 3, and less for its
object; the nouns ask for the verb, the dog more than the man.  These are nine wishes, and R T Rᵀ grants them all:
""")
chapter.heatmap(
    FORM, rows=["e₀", "e₁", "e₂"], columns=["e₀", "e₁", "e₂"], caption="The form W = R T Rᵀ: scores of one-hot rows"
)
chapter.heatmap(
    TOKENS @ FORM @ TOKENS.T, rows=WORDS, columns=WORDS, caption="The scores X W Xᵀ, which are the wishes T"
)
chapter.prose("""
"Bites" asks 3 of "dog", and "dog" asks 2 of "bites".  The scores of two words differ one way and the other.
""")

chapter.question("""
Nobody starts with a matrix W in mind.  The score that everybody tries first is the dot product x yᵀ, where W = I.
Could it have granted those wishes?
""")

if __name__ == "__main__":
    chapter.main()
