"""The score as a bilinear form.

score(x, y) = x Q Kᵀ yᵀ compares two tokens.  This says what kind of comparison that is, when it is symmetric, and why
it need not be.  `comparisons` says what forms can tell apart, `symmetry` takes them apart into a symmetric and a skew
one, and `symmetric_attention` says what symmetric scores make attention do.

    x, y, z  1×d   tokens;  u another row, which shows that x is not 0 by x uᵀ = 1
    s              any bilinear map of two tokens
    Q, K     d×k   queries and keys
    W        d×d   the form itself, such as Q Kᵀ

Main results
    bilinear_representation         every bilinear score is x W yᵀ for exactly one W
    score_symmetric_iff             the score is symmetric exactly when W is
    asymmetry_witness               for every d ≥ 2 and k ≥ 1 some head is not symmetric; for all other widths none is
    pair_asymmetry_iff              all forms score a pair alike both ways exactly when xᵀ y is symmetric,
    pair_dependent_iff              which is when one token is a multiple of the other
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Not,
    Rank,
    T,
    bilinear,
    identity,
    matrix,
    matrix_of,
    row,
    scalar,
    sizes,
    total,
    unit,
    vstack,
)
from symattn.proof import argument, calc, theorem

n, d, k, r = sizes("n d k r")
x, y, z, u = row("x", d), row("y", d), row("z", d), row("u", d)
a, b = scalar("a"), scalar("b")
W = matrix("W", d, d)
Q, K = matrix("Q", d, k), matrix("K", d, k)
s = bilinear("s", d)


def score(x: Any, y: Any, form: Any = W) -> Any:
    """The number x W yᵀ."""
    return total(x @ form @ y.T)


@theorem(
    says=Iff(ForAll((x, y), Equal(s(x, y), score(x, y))), Equal(W, matrix_of(s))),
    section="2.1",
    source="textbook linear algebra",
    sketch=(
        "Tokens are sums of one-hot rows, so the score is the sum of x_a s(e_a, e_b) y_b over a and b.  "
        "Back, the scores of one-hot rows are the entries of W."
    ),
)
def bilinear_representation():
    """Every bilinear score of two tokens is x W yᵀ for exactly one W, whose entries are the scores of one-hot rows."""
    ...


@theorem(
    says=And(
        Equal(score(a * x + b * y, z), a * score(x, z) + b * score(y, z)),
        Equal(score(z, a * x + b * y), a * score(z, x) + b * score(z, y)),
    ),
    section="2.1",
    source="textbook linear algebra",
    sketch="Matrix products distribute over sums, and numbers come out of them.",
)
def every_form_is_bilinear():
    """The score x W yᵀ is linear in each of the two tokens, for every W."""
    ...


@theorem(
    says=Iff(ForAll((x, y), Equal(score(x, y), score(y, x))), Equal(W, W.T)),
    section="2.3",
    source="textbook linear algebra",
    sketch=(
        "A number is its own transpose, so score(y, x) is x Wᵀ yᵀ.  Scores of one-hot rows are entries, so "
        "W and Wᵀ score all pairs alike exactly when they are equal."
    ),
)
def score_symmetric_iff():
    """The score is symmetric exactly when its form is."""
    ...


@theorem(
    says=Iff(ForAll((x, y), Equal(score(x, y, Q @ K.T), score(y, x, Q @ K.T))), Equal(Q @ K.T, K @ Q.T)),
    section="2.3",
    source="textbook linear algebra",
    sketch="This is score_symmetric_iff for W = Q Kᵀ, whose transpose is K Qᵀ.",
)
def head_symmetric_iff():
    """A head scores all pairs alike both ways exactly when Q Kᵀ = K Qᵀ."""
    ...


@theorem(
    says=Equal(score(x, y, identity(d)), score(y, x, identity(d))), section="2.3", source="textbook linear algebra"
)
def dot_product_symmetric():
    """The dot product, the score with W = 1, is symmetric."""
    return (
        calc(score(x, y, identity(d)))
        .eq(total(T(x @ y.T)), by="a number is its own transpose")
        .eq(score(y, x, identity(d)), by="transpose reverses a product")
    )


def both_ways(width: Any, head_width: Any) -> Any:
    """Two tokens and a head of these widths, and the claim that it scores them alike both ways."""
    x, y = row("x", width), row("y", width)
    Q, K = matrix("Q", width, head_width), matrix("K", width, head_width)
    return (x, y, Q, K), Equal(score(x, y, Q @ K.T), score(y, x, Q @ K.T))


d_two, d_one, k_one = sizes("d", min=2), sizes("d", min=1), sizes("k", min=1)
letters, alike = both_ways(d_two, k_one)
e_0, e_1, f_0 = unit(d_two, 0), unit(d_two, 1), unit(k_one, 0)


@theorem(
    says=Exists(letters, Not(alike), (e_0, e_1, e_0.T @ f_0, e_1.T @ f_0)),
    section="2.4",
    source="not found stated elsewhere",
    sketch=(
        "The form of these queries and keys is e_0ᵀ e_1, with a single entry 1.  So e_0 scores 1 with e_1, "
        "and e_1 scores 0 with e_0."
    ),
)
def asymmetry_witness():
    """For every width d ≥ 2 and head width k ≥ 1 some head scores two tokens differently one way and the other.

    Q = E₁₁ and K = E₂₁ make Q Kᵀ = E₁₂, so the first one-hot row scores 1 with the second, and 0 the other way.
    """
    ...


@theorem(
    says=both_ways(1, k)[1],
    section="2.4",
    source="textbook linear algebra",
    sketch="Tokens of width 1 are numbers, and so is Q Kᵀ; numbers commute.",
)
def width_one_is_symmetric():
    """Tokens of width 1 are scored alike both ways by every head."""
    ...


@theorem(
    says=both_ways(0, k)[1],
    section="2.4",
    source="textbook linear algebra",
    sketch="Both scores are empty sums, which are 0.",
)
def width_zero_is_symmetric():
    """Tokens of width 0 are scored alike both ways by every head: every score is 0."""
    ...


@theorem(
    says=both_ways(d, 0)[1],
    section="2.4",
    source="textbook linear algebra",
    sketch="Every entry of Q Kᵀ is an empty sum, so the form is 0.",
)
def no_head_width_is_symmetric():
    """Tokens of any width are scored alike both ways by a head of width 0: every score is 0."""
    ...


every_form = ForAll(W, Equal(score(x, y), score(y, x)))


@theorem(
    says=Iff(every_form, Equal(x.T @ y, y.T @ x)),
    section="2.5",
    source="not found stated elsewhere",
    sketch=(
        "The two scores differ by the sum of W_ab (x_a y_b - y_a x_b) over a and b.  That is 0 for all W, "
        "as for those with a single 1, exactly when every bracket is 0."
    ),
)
def pair_asymmetry_iff():
    """Two tokens are scored alike both ways by every form exactly when xᵀ y is symmetric.

    The difference of the two scores is the sum of the entries of W times those of xᵀ y - yᵀ x.
    """
    ...


x_1, y_1, u_1 = (row(name, d_one) for name in "xyu")
W_1 = matrix("W", d_one, d_one)
start = unit(d_one, 0)


@theorem(
    says=Iff(ForAll(W_1, Equal(score(x_1, y_1, W_1), score(y_1, x_1, W_1))), Rank(vstack(x_1, y_1)) <= 1),
    given=Equal(total(x_1 @ u_1.T), 1),
    instances=({x_1: start, u_1: start + u_1 - u_1 @ start.T @ start},),
    section="2.5",
    source="not found stated elsewhere",
)
def pair_dependent_iff():
    """A token x other than 0 is scored alike both ways with y by every form exactly when y is a multiple of x.

    Other than 0 means that x uᵀ = 1 for some u; then y = (y uᵀ) x.
    """
    with argument(*pair_dependent_iff.given) as a:
        alike = a.suppose("all forms score the pair alike", pair_dependent_iff.says.left)
        mirrored = a.have("take every W with a single 1", Equal(x_1.T @ y_1, y_1.T @ x_1), by=alike)
        lines = (
            calc(y_1, (*pair_dependent_iff.given, alike.claim))
            .eq(total(x_1 @ u_1.T) * y_1, by="x uᵀ = 1")
            .eq(u_1 @ (x_1.T @ y_1), by="other brackets")
            .eq(u_1 @ (y_1.T @ x_1), by=mirrored)
        )
        multiple = a.have("so y is a multiple of x", lines)
        factors = [vstack(identity(1), y_1 @ u_1.T), x_1]
        back = "so [x; y] is [1; y uᵀ] times x; back, rows of rank 1 are multiples of one row"
        a.show(pair_dependent_iff.says, by=multiple, words=back, hints=factors)
    return a


Q_1, K_1 = matrix("Q", d, k_one), matrix("K", d, k_one)
every_head = ForAll((Q_1, K_1), Equal(score(x, y, Q_1 @ K_1.T), score(y, x, Q_1 @ K_1.T)))


@theorem(says=Iff(every_head, Equal(x.T @ y, y.T @ x)), section="2.5", source="not found stated elsewhere")
def pair_asymmetry_of_heads():
    """Two tokens are scored alike both ways by every head of some width k ≥ 1 exactly when xᵀ y is symmetric.

    So heads tell as much as all forms.  Already Q = zᵀ e₀ and K = uᵀ e₀ give every form zᵀ u.
    """
    products = ForAll((z, u), Equal(total(x @ z.T) * total(u @ y.T), total(y @ z.T) * total(u @ x.T)))
    with argument() as a:
        alike = a.suppose("all heads score the pair alike", every_head)
        columns = a.have("take Q = zᵀ e_0 and K = uᵀ e_0", products, by=alike, hints=[z.T @ f_0, u.T @ f_0])
        mirrored = a.have("take all one-hot z and u", Equal(x.T @ y, y.T @ x), by=columns)
        a.show(pair_asymmetry_of_heads.says, by=(mirrored, pair_asymmetry_iff), words="back, heads are forms")
    return a
