"""LayerNorm and RMSNorm.

LayerNorm takes the mean off a token and divides it by its standard deviation, RMSNorm divides it by the root of its
mean square.  Both add ε under the root, so the factor is the positive ρ with ρ² (variance + ε) = 1.

    n, d, k   at least 1, tokens, their width;  width of what reads them
    x, X      1×d, n×d   a token, tokens
    C         d×d    1 - 1 1ᵀ/d, which takes the mean off
    ρ         n×1    the factors of LayerNorm or RMSNorm, one for each token;  for one token a number
    γ, b      1×d    gain and bias
    W, c      d×k, 1×k   what reads the normalised tokens: a matrix and a bias

Main results
    layernorm_fold          gain and bias are part of the matrix that reads the tokens
    layernorm_center_fold   LayerNorm is RMSNorm of x C, and of x itself where all that writes to x is centred
    rmsnorm_bounds          |RMSNorm(x)|² = d (1 - ε ρ²) is below d, and equal to d exactly for ε = 0
    rmsnorm_jacobian        the derivative of RMSNorm takes the token itself to ε ρ³ times it
    rmsnorm_scale_iff       a factor c on x changes nothing exactly when ε (c² - 1) x = 0
"""

from typing import Any

from sympy import Integer, Rational

from symattn.language import (
    And,
    AtMost,
    Equal,
    Iff,
    Implies,
    Jacobian,
    T,
    column,
    diag,
    exp,
    family,
    hadamard,
    identity,
    index,
    inner,
    log,
    matrix,
    normsquared,
    ones,
    row,
    scalar,
    sizes,
    sum_heads,
    total,
    zeros,
)
from symattn.proof import argument, calc, prove, theorem

n, d = sizes("n d", min=1)
k = sizes("k", min=0)
X, scales = matrix("X", n, d), column("rho", n)
C = identity(d) - ones(d, d) / d
gain, bias = row("gamma", d), row("b", d)
W, c = matrix("W", d, k), row("c", k)
one = ones(n, 1)
standard = diag(scales) @ X @ C


@theorem(
    section="10.1",
    says=Equal(
        (hadamard(standard, one @ gain) + one @ bias) @ W + one @ c, standard @ (diag(gain) @ W) + one @ (bias @ W + c)
    ),
    source="textbook linear algebra",
)
def layernorm_fold():
    """The gain and bias of LayerNorm fold into the matrix and the bias that read it, whatever ε is."""
    return (
        calc(layernorm_fold.says.left)
        .eq((standard @ diag(gain) + one @ bias) @ W + one @ c, by="a gain is a diagonal matrix")
        .eq(layernorm_fold.says.right, by="and the products are linear")
    )


x, rho, epsilon = row("x", d), scalar("rho", positive=True), scalar("epsilon")
mean = total(x) / d
centred = x - mean * ones(1, d)


def mean_square(token: Any) -> Any:
    """The mean of the squares of the coordinates."""
    return normsquared(token) / d


def factor_of(rho: Any, spread: Any) -> Any:
    """That ρ is the factor for this variance or mean square."""
    return Equal(rho**2 * (spread + epsilon), 1)


variance = mean_square(x) - mean**2


@theorem(
    section="10.2",
    says=And(Equal(centred, x @ C), Equal(mean_square(x @ C), variance)),
    source="Jiang et al.: Pre-RMSNorm and Pre-CRMSNorm Transformers, arXiv:2305.14858",
)
def layernorm_is_rms_of_centred():
    """LayerNorm of x is RMSNorm of x C: C takes the mean off, and the mean square of x C is the variance of x.

    So LayerNorm is ρ x C with the factor ρ of RMSNorm for x C.
    """
    off, spread = layernorm_is_rms_of_centred.says.args
    with argument() as proof:
        off = proof.have("each coordinate of x 1 1ᵀ/d is the mean", off)
        spread = proof.have("mean of the squares minus the square of the mean", spread)
        proof.show(layernorm_is_rms_of_centred.says, by=(off, spread))
    return proof


h = index("h", sizes("H", min=1))
u, writers = family("u", h.size, 1, k), family("O", h.size, k, d)
WRITTEN = Equal(x, sum_heads(u[h] @ writers[h] @ C, h))


@theorem(
    section="10.2",
    says=And(Equal(x @ C, x), Iff(factor_of(rho, mean_square(x @ C)), factor_of(rho, mean_square(x)))),
    given=WRITTEN,
    instances=({x: sum_heads(u[h] @ writers[h] @ C, h)},),
    source="Jiang et al.: Pre-RMSNorm and Pre-CRMSNorm Transformers, arXiv:2305.14858",
)
def layernorm_center_fold():
    """Where all that writes to the stream is centred, O_h C in the place of O_h, LayerNorm is RMSNorm.

    LayerNorm is RMSNorm of x C, and x C = x for such a stream.  Nothing else changes: LayerNorm does not see means.
    """
    kept, same = layernorm_center_fold.says.args
    with argument(WRITTEN) as proof:
        kept = proof.have("taking the mean off twice is taking it off once: C C = C", kept, by=WRITTEN)
        same = proof.have("so both have the same factor", same, by=kept)
        proof.show(layernorm_center_fold.says, by=(kept, same))
    return proof


EPSILON, FACTOR = AtMost(0, epsilon), factor_of(rho, mean_square(x))
size = normsquared(rho * x)


@theorem(
    section="10.3",
    says=And(Equal(size, d * (1 - epsilon * rho**2)), AtMost(size, d), Iff(Equal(size, d), Equal(epsilon, 0))),
    given=(EPSILON, FACTOR),
    instances=(
        {x: ones(1, d), epsilon: Integer(3), rho: Rational(1, 2)},
        {x: ones(1, d), epsilon: Integer(0), rho: Integer(1)},
    ),
    source="Zhang, Sennrich: Root Mean Square Layer Normalization, 2019",
)
def rmsnorm_bounds():
    """RMSNorm makes tokens of squared length d (1 - ε ρ²): d exactly when ε = 0, and less for ε > 0."""
    length, _, edge = rmsnorm_bounds.says.args
    l = scalar("l")
    made = Equal(l, d * (1 - epsilon * rho**2))
    with argument(EPSILON, FACTOR) as proof:
        length = proof.have("ρ² |x|² = d (1 - ε ρ²), by the choice of ρ", length, by=FACTOR)
        below = proof.have("d ε ρ² is at least 0", AtMost(l, d), by=(made, EPSILON))
        below = proof.at("for l = |ρ x|²", below, {l: size}, by=length)
        shown = proof.have("what is left", Equal(d * epsilon * rho**2, d - l), by=made)
        none = proof.have("and 0 if l = d", Equal(d * epsilon * rho**2, 0), by=(shown, Equal(l, d)))
        none = proof.have("d and ρ are positive", Equal(epsilon, 0), by=none)
        none = proof.at("for l = |ρ x|²", none, {l: size}, by=(length, edge.left))
        there = proof.have("", Implies(*edge.args), by=none, under=FACTOR)
        back = proof.have("back, ε = 0 leaves d", Equal(l, d), by=(made, edge.right))
        back = proof.at("for l = |ρ x|²", back, {l: size}, by=length)
        back = proof.have("", Implies(*reversed(edge.args)), by=back, under=FACTOR)
        proof.show(rmsnorm_bounds.says, by=(length, below, there, back))
    return proof


scale, other = scalar("c'", positive=True), scalar("sigma", positive=True)
y, z, a, b = row("y", d), row("z", d), scalar("a"), scalar("b")
SCALED = factor_of(other, scale**2 * normsquared(x) / d)
nothing = zeros(1, d)


@theorem(
    section="10.3",
    says=Iff(Equal(other * (scale * x), rho * x), Equal(epsilon * (scale**2 - 1) * x, nothing)),
    given=(FACTOR, SCALED),
    instances=(
        {x: ones(1, d), epsilon: Integer(0), rho: Integer(1), other: 1 / scale},
        {x: ones(1, d), epsilon: Integer(3), rho: Rational(1, 2), scale: Integer(1), other: Rational(1, 2)},
        {x: zeros(1, d), epsilon: Integer(4), rho: Rational(1, 2), other: Rational(1, 2)},
    ),
    source="not found stated elsewhere",
)
def rmsnorm_scale_iff():
    """A factor c on the token leaves RMSNorm as it is exactly when ε (c² - 1) x = 0.

    So RMSNorm is scale-invariant exactly when ε = 0; with ε > 0 a larger token has a longer norm.
    """
    same, zero = rmsnorm_scale_iff.says.args
    sum_, gap = scale * other + rho, other * (scale * x) - rho * x
    product = rho**2 * other**2
    made = Equal(sum_ * gap, product * (epsilon * (scale**2 - 1) * x))
    by_product = prove(Equal(z, nothing), Equal(product * z, nothing), check=False)
    by_sum = prove(Equal(z, nothing), Equal(sum_ * z, nothing), check=False)
    times = prove(Equal(a * x, b * x), Equal(a, b), check=False)
    equal = prove(Equal(y, nothing), (Equal(y, a * z), Equal(z, nothing)), check=False)
    with argument(FACTOR, SCALED) as proof:
        squares = Equal((scale * other) ** 2 - rho**2, product * epsilon * (scale**2 - 1))
        squares = proof.have("c² σ² - ρ² = ρ² σ² ε (c² - 1), by the choice of ρ and σ", squares, by=proof.given)
        values = dict(zip((a, b), squares.claim.args, strict=True))
        made = proof.have("", made, by=proof.at("times x", times, values, by=squares))
        there = proof.have("equal norms have no gap", Equal(gap, nothing), by=same)
        values = {y: made.claim.right, a: sum_, z: gap}
        there = proof.at("so the right side is 0", equal, values, by=(made, there))
        there = proof.at("ρ² σ² is positive", by_product, {z: zero.left}, by=there)
        there = proof.have("", Implies(same, zero), by=there, under=proof.given)
        back = proof.at(
            "back, the left side is 0", equal, {y: made.claim.left, a: product, z: zero.left}, by=(made, zero)
        )
        back = proof.at("c σ + ρ is positive", by_sum, {z: gap}, by=back)
        back = proof.have("", same, by=back)
        back = proof.have("", Implies(zero, same), by=back, under=proof.given)
        proof.show(rmsnorm_scale_iff.says, by=(there, back))
    return proof


slope = row("g", d)
SLOPE = Equal(rho * x / d + (mean_square(x) + epsilon) * slope, nothing)


@theorem(
    section="10.3",
    says=Equal(rho * x + inner(slope, x) * x, epsilon * rho**3 * x),
    given=(FACTOR, SLOPE),
    instances=({x: ones(1, d), epsilon: Integer(3), rho: Rational(1, 2), slope: -ones(1, d) / (8 * d)},),
    source="not found stated elsewhere",
)
def rmsnorm_along_token():
    """Along the token itself the derivative of RMSNorm is ε ρ³ x, which is 0 exactly for ε = 0.

    The derivative of ρ x along y is ρ y + (g·y) x, where g is the gradient of ρ: that of ρ² (|x|²/d + ε) = 1 says
    ρ x/d + (|x|²/d + ε) g = 0.
    """
    with argument(FACTOR, SLOPE) as proof:
        g = proof.have("times ρ²", Equal(slope, -(rho**3) * x / d), by=proof.given)
        along = proof.have("so along x the factor changes by", Equal(inner(slope, x), -(rho**3) * mean_square(x)), by=g)
        rest = proof.have("of which ε ρ³ is left", Equal(rho + inner(slope, x), epsilon * rho**3), by=(along, FACTOR))
        proof.show(rmsnorm_along_token.says, by=rest)
    return proof


small = scalar("epsilon", positive=True)
scaled_by = exp(-log(normsquared(x) / d + small) / 2)
normed = scaled_by * x


@theorem(
    section="10.3",
    says=And(
        Equal(Jacobian(normed, x), scaled_by * (identity(d) - normed.T @ normed / d)),
        Equal(Jacobian(normed, x) @ x.T, small * scaled_by**3 * x.T),
    ),
    source="Zhang, Sennrich: Root Mean Square Layer Normalization, 2019",
)
def rmsnorm_jacobian():
    """The derivative of RMSNorm y = ρ x is ρ (1 - yᵀ y / d), which takes x itself to ε ρ³ x: nearly to 0.

    Here ρ = (|x|²/d + ε)^-½, so ρ² |x|²/d is 1 - ε ρ².
    """
    slope, along = rmsnorm_jacobian.says.args
    with argument() as proof:
        slope = proof.have("differentiate the root", slope)
        rest = Equal(rho * (x.T - T(rho * x) @ (rho * x) @ x.T / d), epsilon * rho**3 * x.T)
        rest = proof.have("ρ² |x|²/d is 1 - ε ρ²", rest, by=FACTOR)
        root = proof.have("ρ² is one over |x|²/d + ε", Equal(scaled_by**2 * (normsquared(x) / d + small), 1))
        rest = proof.at("for this ρ", rest, {rho: scaled_by, epsilon: small}, by=root)
        along = proof.have("so along x", along, by=(slope, rest))
        proof.show(rmsnorm_jacobian.says, by=(slope, along))
    return proof
