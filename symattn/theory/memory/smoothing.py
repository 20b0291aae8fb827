"""Attention as smoothing by a kernel.

Attention is the mean of Nadaraya and Watson with the exponential kernel exp(τ q·κ).  The Gaussian kernel
exp(-τ |q - κ|²/2), whose variance is 1/τ, makes other weights, unless all keys are of one length.

    n, m      at least 1, number of keys, of queries
    k, v      width of keys and queries, of values
    τ         a positive number, the scale
    q, Q      1×k, m×k   a query, queries
    B         n×k    keys, κ_j in row j
    C         n×v    values
    lengths   1×n    |κ_j|², the squared lengths of the keys

Main results
    nadaraya_watson           attention is the mean of Nadaraya and Watson with the kernel exp(τ q·κ)
    gaussian_smoothing_bias   Gaussian weights are those of attention with the bias -τ|κ_j|²/2 on the scores
    gaussian_smoothing_iff    so they are those of attention exactly when all keys have the same length
"""

from symattn.language import (
    Equal,
    Exists,
    Iff,
    Implies,
    T,
    diag,
    exp,
    hadamard,
    matrix,
    normsquared,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    total,
)
from symattn.proof import argument, calc, theorem
from symattn.theory.softmax.weights import n, s, softmax_shift, t

m = sizes("m", min=1)
k, v = sizes("k v", min=0)
tau = scalar("tau", positive=True)
q, Q, B, C = row("q", k), matrix("Q", m, k), matrix("B", n, k), matrix("C", n, v)
one = ones(1, n)
kernel = exp(tau * Q @ B.T)


@theorem(
    section="9.3",
    says=Equal(softmax(tau * Q @ B.T) @ C, diag(reciprocal(rowsum(kernel))) @ kernel @ C),
    source="Tsai et al.: Transformer Dissection, 2019",
    sketch="Softmax is the exponentials over their row sums, and these are the kernel.",
)
def nadaraya_watson():
    """Attention is the mean of Nadaraya and Watson with the kernel e^(τ q·κ): Σ_j e^(τ q·κ_j) c_j / Σ_l e^(τ q·κ_l)."""
    ...


gaps = B - ones(n, 1) @ q
distances, lengths = T(rowsum(hadamard(gaps, gaps))), T(rowsum(hadamard(B, B)))
gaussian, plain = softmax(-tau / 2 * distances), softmax(tau * q @ B.T)
biased = tau * q @ B.T - tau / 2 * lengths


@theorem(section="9.3", says=Equal(gaussian, softmax(biased)), source="not found stated elsewhere")
def gaussian_smoothing_bias():
    """Weights of the Gaussian kernel exp(-τ |q - κ_j|²/2) are those of attention with the bias -τ |κ_j|²/2."""
    return (
        calc(gaussian)
        .eq(softmax(biased - tau / 2 * normsquared(q) * one), by="|q - κ|² = |q|² - 2 q·κ + |κ|²")
        .eq(softmax(biased), by="a common shift changes no weight")
    )


c, r = scalar("c"), row("r", n)
mean = total(lengths) / n
same, level = Equal(gaussian, plain), Equal(lengths, c * one)


@theorem(
    section="9.3",
    says=Iff(same, Exists(c, level, witness=mean)),
    instances=({B: ones(n, 1) @ row("b", k)},),
    source="not found stated elsewhere",
)
def gaussian_smoothing_iff():
    """Attention is smoothing by a Gaussian kernel exactly when all keys have the same length, whatever the query.

    So "attention is Gaussian kernel smoothing" is false: a longer key has less weight there than in attention.
    """
    with argument() as proof:
        bias = proof.have("Gaussian weights are those of biased scores", gaussian_smoothing_bias)
        shift = proof.at(
            "which are those of attention only for a constant bias",
            softmax_shift.prove(),
            {s: biased, t: tau * q @ B.T},
        )
        words = "scores of equal weights differ by a constant, so |κ_j|² is -2/τ times that"
        some = proof.have(words, Exists(c, level), by=(bias, shift, same), hints=(-2 * c / tau,))
        alike = proof.have("which is the mean", Equal(r, total(r) / n * one), by=Equal(r, c * one))
        alike = proof.at("of these", alike, {r: lengths}, by=level)
        alike = proof.have("", Equal(lengths, mean * one), by=(some, alike), under=same)
        alike = proof.have("", Implies(same, alike.claim), by=alike, under=())
        back = proof.have("back, a constant bias changes no weight", same, by=(bias, level))
        proof.show(gaussian_smoothing_iff.says, by=(alike, back))
    return proof
