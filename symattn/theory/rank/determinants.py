"""Determinants: the minors of a low-rank form, and the spectrum of a head in its small size.

All of it holds over any commutative ring; sizes may be 0, and the determinant of the 0×0 matrix is 1.

    Q, K     d×k    queries and keys of a head
    A, B            any two factors that meet in the width k of a head
    P, R            any combinations of the rows and of the columns of the form, such as a choice of some
    X        n×d    tokens
    V, O     d×v, v×d   values and outputs of a head
    E, U     w×d, d×w   the embedding of w words, and the map back
    S        d×d    an invertible matrix, to which something is added or beside which stand B, C and D
    lambda          a number

Main results
    thin_determinant       a product that passes through less width than it has rows has determinant 0
    minors_are_zero        so the pieces of Q Kᵀ and of the scores with more rows than k have determinant 0
    minors_factor          and those with k rows have the determinants det(P Q) det(Kᵀ R)
    minors_cauchy_binet    those of any size are det [0 P Q; -Kᵀ R 1], which is a sum over minors of the factors
    charpoly_swap          λ^k det(λ - Q Kᵀ) = λ^d det(λ - Kᵀ Q): large and small share their non-zero spectrum
    sylvester_determinant  det(1 + Q Kᵀ) = det(1 + Kᵀ Q)
    schur_determinant      det [S B; C D] = det S det(D - C S⁻¹ B)
    low_rank_determinant   det(S + Q Kᵀ) = det S det(1 + Kᵀ S⁻¹ Q): what a head adds is told by a small determinant
    rank_one_determinant   det(S + x yᵀ) = det S (1 + yᵀ S⁻¹ x)
    charpoly_circuit       the map from words to words that a head makes has the spectrum of a v×v matrix
"""

from typing import Any

from symattn.language import (
    And,
    Equal,
    ForAll,
    determinant,
    hstack,
    identity,
    inverse,
    matrix,
    scalar,
    sizes,
    trace,
    vstack,
    zeros,
)
from symattn.proof import Chain, argument, at_sizes, calc, prove, specialised, theorem

n, d, k, p, v, w = sizes("n d k p v w", min=0)
X = matrix("X", n, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
lam = scalar("lambda")
large = k + p + 1
A, B = matrix("A", large, k), matrix("B", k, large)


@theorem(section="3.8", says=Equal(determinant(A @ B), 0), source="textbook linear algebra")
def thin_determinant():
    """A square product that passes through a smaller width k has determinant 0.

    A with columns of zeros, times B with any rows below, is the same product; and one block of the first is 0.
    """
    nothing = (
        calc(determinant(zeros(p + 1, p + 1)))
        .eq(determinant(vstack(hstack(zeros(p, p), zeros(p, 1)), hstack(zeros(1, p), zeros(1, 1)))), by="in blocks")
        .eq(0, by="the last block is the number 0")
    )
    above, below = hstack(identity(k), zeros(k, p + 1)), hstack(zeros(p + 1, k), identity(p + 1))
    wide, tall = hstack(A, zeros(large, p + 1)), vstack(B, zeros(p + 1, large))
    blocks = vstack(hstack(above @ A, zeros(k, p + 1)), hstack(below @ A, zeros(p + 1, p + 1)))
    empty = calc(determinant(wide)).eq(determinant(blocks), by="in blocks").eq(0, by=nothing.theorem())
    return (
        calc(determinant(A @ B))
        .eq(determinant(wide @ tall), by="columns of zeros add nothing")
        .eq(determinant(wide) * determinant(tall), by="the determinant of a product")
        .eq(0, by=empty.theorem())
    )


rows, columns = matrix("P", large, d), matrix("R", d, large)
token_rows, token_columns = matrix("P'", large, n), matrix("R'", n, large)


@theorem(
    section="3.8",
    says=And(
        Equal(determinant(rows @ Q @ K.T @ columns), 0),
        Equal(determinant(token_rows @ X @ Q @ K.T @ X.T @ token_columns), 0),
    ),
    source="textbook linear algebra",
)
def minors_are_zero():
    """Every piece of Q Kᵀ, and of the scores X Q Kᵀ Xᵀ, with more than k rows and columns has determinant 0.

    P and R choose the rows and the columns, or combine them.
    """
    of_form, of_scores = minors_are_zero.says.args
    every_product = ForAll((A, B), thin_determinant.says)
    in_form, in_scores = (rows @ Q, K.T @ columns), (token_rows @ X @ Q, K.T @ X.T @ token_columns)
    with argument() as a:
        every = a.have("A and B meet in width k", every_product, by=thin_determinant, under=())
        form = a.have("A = P Q and B = Kᵀ R", of_form, by=every, hints=in_form)
        scores = a.have("A = P' X Q and B = Kᵀ Xᵀ R'", of_scores, by=every, hints=in_scores)
        a.show(minors_are_zero.says, by=(form, scores))
    return a


few_rows, few_columns = matrix("P", k, d), matrix("R", d, k)


@theorem(
    section="3.8",
    says=Equal(
        determinant(few_rows @ Q @ K.T @ few_columns), determinant(few_rows @ Q) * determinant(K.T @ few_columns)
    ),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.8.7",
)
def minors_factor():
    """A piece of Q Kᵀ with k rows and columns has the determinant det(P Q) det(Kᵀ R)."""
    return calc(determinant(few_rows @ Q @ K.T @ few_columns)).eq(
        determinant(few_rows @ Q) * determinant(K.T @ few_columns), by="the determinant of a product of k×k matrices"
    )


some_rows, some_columns = matrix("P", p, d), matrix("R", d, p)
from_rows, to_columns = some_rows @ Q, K.T @ some_columns


@theorem(
    section="3.8",
    says=Equal(
        determinant(some_rows @ Q @ K.T @ some_columns),
        determinant(vstack(hstack(zeros(p, p), from_rows), hstack(-to_columns, identity(k)))),
    ),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.8.7",
)
def minors_cauchy_binet():
    """Every minor of Q Kᵀ, of any number of rows, is one determinant of minors of the factors: det [0 P Q; -Kᵀ R 1].

    Expanded along its first rows, [0 P Q], that determinant is Cauchy and Binet's sum: over all sets L of as many
    columns, the minor of P Q in the columns L times the minor of Kᵀ R in the rows L.
    """
    both = vstack(hstack(zeros(p, p), from_rows), hstack(-to_columns, identity(k)))
    lower = vstack(hstack(identity(p), zeros(p, k)), hstack(to_columns, identity(k)))
    upper = vstack(hstack(from_rows @ to_columns, from_rows), hstack(zeros(k, p), identity(k)))
    return (
        calc(determinant(some_rows @ Q @ K.T @ some_columns))
        .eq(determinant(upper), by="a block triangular matrix")
        .eq(determinant(both @ lower), by="the product")
        .eq(determinant(both) * determinant(lower), by="the determinant of a product")
        .eq(determinant(both), by="a block triangular matrix")
    )


def swap(first: Any, second: Any) -> Any:
    """What both spectra say, for products of these two matrices."""
    rows, inner = first.shape
    return Equal(
        lam**inner * determinant(lam * identity(rows) - first @ second),
        lam**rows * determinant(lam * identity(inner) - second @ first),
    )


def _swapped(first: Any, second: Any) -> Chain:
    rows, inner = first.shape
    large, small, wide, thin = lam * identity(rows), lam * identity(inner), identity(rows), identity(inner)
    above, below = zeros(rows, inner), zeros(inner, rows)
    both = vstack(hstack(large, first), hstack(second, thin))
    upper = vstack(hstack(large - first @ second, first), hstack(below, thin))
    lower = vstack(hstack(wide, above), hstack(second, thin))
    left = vstack(hstack(wide, above), hstack(-second, small))
    last = vstack(hstack(large, first), hstack(below, small - second @ first))
    return (
        calc(lam**inner * determinant(large - first @ second))
        .eq(lam**inner * determinant(upper) * determinant(lower), by="block triangular matrices")
        .eq(lam**inner * determinant(upper @ lower), by="the determinant of a product")
        .eq(lam**inner * determinant(both), by="the product")
        .eq(determinant(left) * determinant(both), by="a block triangular matrix")
        .eq(determinant(left @ both), by="the determinant of a product")
        .eq(determinant(last), by="the product")
        .eq(lam**rows * determinant(small - second @ first), by="a block triangular matrix")
    )


@theorem(section="3.9", says=swap(Q, K.T), source="Horn and Johnson, Matrix Analysis, 2nd ed., section 1.3")
def charpoly_swap():
    """But for zeros a form Q Kᵀ has the spectrum of the small matrix Kᵀ Q.

    Both sides are made of [λ Q; Kᵀ 1], times a block triangular matrix.
    """
    return _swapped(Q, K.T)


@theorem(
    section="3.9",
    says=Equal(determinant(identity(d) + Q @ K.T), determinant(identity(k) + K.T @ Q)),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 1.3",
)
def sylvester_determinant():
    """The large determinant det(1 + Q Kᵀ) is the small one det(1 + Kᵀ Q).

    [1 -Q; Kᵀ 1] is in two ways a product of block triangular matrices.
    """
    both = vstack(hstack(identity(d), -Q), hstack(K.T, identity(k)))
    upper = vstack(hstack(identity(d) + Q @ K.T, -Q), hstack(zeros(k, d), identity(k)))
    first = vstack(hstack(identity(d), zeros(d, k)), hstack(K.T, identity(k)))
    second = vstack(hstack(identity(d), -Q), hstack(zeros(k, d), identity(k) + K.T @ Q))
    corner = determinant(both)
    with argument() as a:
        upwards = a.have("a product of two", Equal(corner, determinant(upper @ first)))
        large_one = a.have("block triangular matrices", Equal(corner, determinant(identity(d) + Q @ K.T)), by=upwards)
        downwards = a.have("a product of two others", Equal(corner, determinant(first @ second)))
        small_one = a.have("block triangular matrices", Equal(corner, determinant(identity(k) + K.T @ Q)), by=downwards)
        a.show(sylvester_determinant.says, by=(large_one, small_one))
    return a


S = matrix("S", d, d, invertible=True)
beside, below, last = matrix("B'", d, p), matrix("C'", p, d), matrix("D'", p, p)


@theorem(
    section="3.9",
    says=Equal(
        determinant(vstack(hstack(S, beside), hstack(below, last))),
        determinant(S) * determinant(last - below @ inverse(S) @ beside),
    ),
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.8.5",
)
def schur_determinant():
    """The determinant of four blocks is that of an invertible one, times that of its Schur complement.

    [S B; C D] = [S 0; C 1] [1 S⁻¹B; 0 D - C S⁻¹B].
    """
    complement = last - below @ inverse(S) @ beside
    left = vstack(hstack(S, zeros(d, p)), hstack(below, identity(p)))
    right = vstack(hstack(identity(d), inverse(S) @ beside), hstack(zeros(p, d), complement))
    return (
        calc(determinant(vstack(hstack(S, beside), hstack(below, last))))
        .eq(determinant(left @ right), by="the product")
        .eq(determinant(left) * determinant(right), by="the determinant of a product")
        .eq(determinant(S) * determinant(complement), by="block triangular matrices")
    )


@theorem(
    section="3.9",
    says=Equal(determinant(S + Q @ K.T), determinant(S) * determinant(identity(k) + K.T @ inverse(S) @ Q)),
    where={matrix("Z", d, k): inverse(S) @ Q},
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.8.5",
)
def low_rank_determinant():
    """A form of rank k that is added to an invertible matrix changes its determinant by that of a k×k matrix.

    S + Q Kᵀ = S (1 + S⁻¹Q Kᵀ), and the second factor has the determinant of 1 + Kᵀ S⁻¹Q.
    """
    large, small = identity(d) + inverse(S) @ Q @ K.T, identity(k) + K.T @ inverse(S) @ Q
    every = prove(ForAll(Q, sylvester_determinant.says), using=(sylvester_determinant.prove(),))
    with argument() as a:
        swapped = a.have("a large determinant is a small one", specialised(every, {Q: inverse(S) @ Q}))
        a.show(
            calc(determinant(S + Q @ K.T))
            .eq(determinant(S @ large), by="S S⁻¹ = 1")
            .eq(determinant(S) * determinant(large), by="the determinant of a product")
            .eq(determinant(S) * determinant(small), by=swapped)
        )
    return a


x, y = matrix("x", d, 1), matrix("y", d, 1)


@theorem(
    section="3.9",
    says=Equal(determinant(S + x @ y.T), determinant(S) * (1 + trace(y.T @ inverse(S) @ x))),
    where={matrix("z", d, 1): inverse(S) @ x},
    source="Horn and Johnson, Matrix Analysis, 2nd ed., section 0.8.5",
)
def rank_one_determinant():
    """A product x yᵀ of two columns, added to an invertible matrix, multiplies its determinant by 1 + yᵀ S⁻¹ x."""
    every = prove(ForAll((Q, K), low_rank_determinant.says), using=(low_rank_determinant.prove(),))
    thin = at_sizes(every, {k: 1})
    here = specialised(thin, dict(zip(thin.claim.variables, (x, y), strict=True)))
    with argument() as a:
        factored = a.have("what is added is a form of rank 1", here)
        a.show(rank_one_determinant.says, by=factored, words="a 1×1 matrix is its own determinant")
    return a


V, O = matrix("V", d, v), matrix("O", v, d)
E, U = matrix("E", w, d), matrix("U", d, w)


@theorem(
    section="3.9",
    says=swap(E @ V, O @ U),
    source="Elhage et al.: A Mathematical Framework for Transformer Circuits, 2021",
)
def charpoly_circuit():
    """The w×w map E V O U from words to words has, but for zeros, the spectrum of the v×v matrix O U E V.

    So what a head does to words, such as copying them, is read off a matrix as small as the head.
    """
    return _swapped(E @ V, O @ U)
