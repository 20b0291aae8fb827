"""Sinks: somewhere for weight to go.

Softmax has to give its weight to some key.  Adding 1 to the sum of the exponentials, or a token of its own to attend
to, lets a query attend to nothing: both are one key more.

    n, v   at least 1, keys;  width of a value
    s      1×n    scores
    C      n×v    values
    a, c   1×1, 1×v   score and value of one key more, the sink
    p₀     weight of the sink, 1 - p₀ that of all others

Main results
    softmax1_sink         exp(s_j) / (1 + Σ exp) is softmax with a sink of score 0 and value 0
    softmax1_mass         these weights sum to 1 - 1/(1 + Σ exp), which is less than 1
    softmax1_shifted      a common shift c of the scores makes 1 + Σ exp into e^-c + Σ exp
    sink_rescale          with a sink the output is p₀ times its value plus 1 - p₀ times attention without it
"""

from sympy import Integer

from symattn.language import (
    And,
    Equal,
    Iff,
    Implies,
    Positive,
    exp,
    hstack,
    identity,
    log,
    matrix,
    ones,
    row,
    scalar,
    sizes,
    softmax,
    total,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem

n = sizes("n", min=1)
v = sizes("v", min=0)
s, C = row("s", n), matrix("C", n, v)
mass = total(exp(s))
leaky = exp(s) / (1 + mass)


@theorem(
    section="10.6",
    says=Equal(leaky @ C, softmax(hstack(zeros(1, 1), s)) @ vstack(zeros(1, v), C)),
    source="Miller: Attention Is Off By One, 2023",
    sketch="exp(0) = 1 is the weight of the sink before division, and its value 0 adds nothing.",
)
def softmax1_sink():
    """Weights exp(s_j) / (1 + Σ_l exp(s_l)) are softmax with one more key, of score 0 and value 0."""
    ...


@theorem(
    section="10.6",
    says=And(Equal(total(leaky), 1 - 1 / (1 + mass)), Positive(leaky), Positive(1 - total(leaky))),
    source="Miller: Attention Is Off By One, 2023",
)
def softmax1_mass():
    """These weights are positive and sum to 1 - 1/(1 + Σ_l exp(s_l)), which is less than 1."""
    sums, above, below = softmax1_mass.says.args
    with argument() as proof:
        sums = proof.have("the sum over one more than itself", sums)
        above = proof.have("exponentials are positive", above)
        below = proof.have("1/(1 + Σ exp) is positive", below, by=sums)
        proof.show(softmax1_mass.says, by=(sums, above, below))
    return proof


c = scalar("c")
shifted = exp(s + c * ones(1, n)) / (1 + total(exp(s + c * ones(1, n))))


@theorem(
    section="10.6",
    says=And(Equal(shifted, exp(s) / (exp(-c) + mass)), Iff(Equal(shifted, leaky), Equal(c, 0))),
    instances=({c: Integer(0)},),
    source="Miller: Attention Is Off By One, 2023",
)
def softmax1_shifted():
    """A common shift c of the scores changes these weights, unless it is 0: it makes 1 + Σ exp into e^-c + Σ exp.

    Softmax itself is blind to c; here the shift sets how much goes to the sink.
    """
    unit = ones(1, 1)
    moved, same = softmax1_shifted.says.args
    with argument() as proof:
        moved = proof.have("divide by e^c", moved)
        level = proof.have("equal weights have equal divisors", Equal(exp(-c), 1), by=(moved, same.left))
        wide = proof.have("as a matrix", Equal(exp(-c * unit), unit), by=level)
        logs = proof.have("the logarithm of 1 is 0", Equal(log(exp(-c * unit)), zeros(1, 1)), by=wide)
        none = proof.have("so c is 0", Equal(c, 0), by=logs)
        there = proof.have("", Implies(*same.args), by=none, under=())
        zero = proof.have("back, no shift", Equal(c * ones(1, n), zeros(1, n)), by=same.right)
        back = proof.have("leaves the exponentials", Equal(exp(s + c * ones(1, n)), exp(s)), by=zero)
        back = proof.have("and so the weights", same.left, by=back)
        back = proof.have("", Implies(*reversed(same.args)), by=back, under=())
        proof.show(softmax1_shifted.says, by=(moved, there, back))
    return proof


a, value = row("a", 1), row("c", v)
weights = softmax(hstack(a, s))
sink = total(weights @ vstack(identity(1), zeros(n, 1)))


@theorem(
    section="10.7",
    says=Equal(weights @ vstack(value, C), sink * value + (1 - sink) * softmax(s) @ C),
    source="Xiao et al.: Efficient Streaming Language Models with Attention Sinks, arXiv:2309.17453, for what sinks do",
)
def sink_rescale():
    """With a sink of weight p₀ the output is p₀ times the value of the sink plus 1 - p₀ times attention without it."""
    return calc(weights @ vstack(value, C)).eq(
        sink_rescale.says.right, by="exp(s_j) over all is exp(s_j) over Σ exp(s_l), times 1 - p₀"
    )
