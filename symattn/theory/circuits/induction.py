"""Induction heads: after a b … a, predict b.

A first layer writes into each token which token stood before it.  A second layer lets the last token look for those
that follow a token like itself.  Neither layer is exact, and the theorem says what comes out all the same.

    A, B        m×N, n×N   weights of the first layer: of the m tokens that follow one like the last, and of n others
    h           N×1   1 where a token is like the last one, else 0
    F, G        m×N, n×N   where the first layer is meant to look, by entries 0 and 1: one before, and for the first
                token of all at itself, since it sees no other
    ε           how much weight of the first layer goes elsewhere, at most
    β           how sharp the second layer is
    s, t        1×m, 1×n   scores: at least c + g, and at most c
    X, x        N×d, 1×d   embeddings of the tokens, and of the last one
    x_a, …      1×d   four tokens, W_h, M_h  d×d  what H heads compare and write

Main results
    mass_of_matches                m scores that are g above n others get at least m e^g/(m e^g + n)
    induction_head_exact           so m matches get at least that with g = β (1 - 2 ε), whatever the first layer leaks
    induction_head_scores          which are the scores of a head whose keys are what the first layer wrote
    induction_needs_a_first_token  when the first token is like the last, the matches get at most m/(m + 1), for all β
    one_layer_nope_no_induction    one layer without positions gives the same after a b c d as after a d c b
    one_layer_gives_one_answer     so it does not answer b after the one and d after the other
"""

from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    Not,
    T,
    exp,
    family,
    hadamard,
    hstack,
    identity,
    index,
    matrix,
    ones,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    sum_heads,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem

m, n, N, H, d = sizes("m n N H d", min=1)
f, r = sizes("f r", min=0)
beta, epsilon = scalar("beta", positive=True), scalar("epsilon")
c, g = scalar("c"), scalar("g")
s, t = row("s", m), row("t", n)


def mass(matches: Any, others: Any) -> Any:
    """The weight of the first m keys, of m + n."""
    return total(softmax(hstack(matches, others)) @ vstack(identity(m), zeros(n, m)))


ABOVE, BELOW = AtMost((c + g) * ones(1, m), s), AtMost(t, c * ones(1, n))


@theorem(
    section="8.11",
    says=AtMost(m * exp(g) / (m * exp(g) + n), mass(s, t)),
    given=(ABOVE, BELOW),
    instances=({s: (c + g) * ones(1, m) + hadamard(s, s), t: c * ones(1, n) - hadamard(t, t)},),
    source="not found stated elsewhere",
)
def mass_of_matches():
    """When m keys score at least c + g and n others at most c, the m have the weight m e^g/(m e^g + n) or more."""
    x, y, z, e = (scalar(name, positive=True) for name in "xyze")
    above, below = total(exp(s)), total(exp(t))
    with argument(ABOVE, BELOW) as proof:
        many = proof.have("exp keeps the order", AtMost(m * exp(c) * exp(g), above), by=ABOVE)
        few = proof.have("on both sides", AtMost(below, n * exp(c)), by=BELOW)
        share = AtMost(m * e / (m * e + n), x / (x + y))
        share = proof.have("and shares", share, by=(AtMost(m * z * e, x), AtMost(y, n * z)))
        share = proof.at("so of these", share, {x: above, y: below, z: exp(c), e: exp(g)}, by=(many, few))
        whole = Equal(mass(s, t), above / (above + below))
        whole = proof.have("which the weights are", whole)
        proof.show(mass_of_matches.says, by=(share, whole))
    return proof


S, R = matrix("S", m, N), matrix("R", n, N)
A, B = softmax(S), softmax(R)
F, G, h = matrix("F", m, N, mask=True), matrix("G", n, N, mask=True), matrix("h", N, 1, mask=True)
like_A, like_B = ones(m, 1) @ h.T, ones(n, 1) @ h.T
FOLLOW, OTHERS = Equal(hadamard(F, like_A), F), Equal(hadamard(G, like_B), zeros(n, N))
MOST_A = AtMost((1 - epsilon) * ones(m, 1), rowsum(hadamard(F, A)))
MOST_B = AtMost((1 - epsilon) * ones(n, 1), rowsum(hadamard(G, B)))
gap = beta * (1 - 2 * epsilon)


def _square(matrix_: Any) -> Any:
    return hadamard(matrix_, matrix_)


@theorem(
    section="8.11",
    says=AtMost(m * exp(gap) / (m * exp(gap) + n), mass(beta * T(A @ h), beta * T(B @ h))),
    given=(FOLLOW, OTHERS, MOST_A, MOST_B),
    instances=(
        {h: ones(N, 1), F: ones(m, N), G: zeros(n, N), epsilon: 1 + exp(epsilon)},
        {h: unit(N, 0).T, F: ones(m, 1) @ unit(N, 0), G: zeros(n, N), epsilon: 1 + exp(epsilon)},
    ),
    source="the construction of Olsson et al.: In-context Learning and Induction Heads, arXiv:2209.11895",
)
def induction_head_exact():
    """m tokens that follow one like the last get at least m e^g/(m e^g + n) of its weight, g = β (1 - 2 ε).

    F says that the m tokens stand behind one like the last, G that the n others do not, the first token included: it
    must not be like the last, as a token that only begins the text is not.  ε is the most that a row of the first layer
    leaks.  No order of the tokens is needed, and no mask.
    """
    found, lost = ones(m, N) - F, ones(n, N) - G - like_B
    with argument(*induction_head_exact.given) as proof:
        first = AtMost(hadamard(F, A), hadamard(A, like_A))
        kept = hadamard(A, hadamard(_square(found), _square(like_A)))
        first = proof.have("what F marks is like the last token", first, by=FOLLOW, hints=[kept])
        first = proof.have("add up each row", AtMost(rowsum(hadamard(F, A)), A @ h), by=first)
        words = "so tokens that follow one read at least 1 - ε like the last"
        above = proof.have(words, AtMost((1 - epsilon) * ones(m, 1), A @ h), by=(first, MOST_A))
        second = AtMost(hadamard(B, like_B), B - hadamard(G, B))
        second = proof.have("what G marks is not", second, by=OTHERS, hints=[hadamard(B, _square(lost))])
        second = proof.have("add up each row", AtMost(B @ h, rowsum(B) - rowsum(hadamard(G, B))), by=second)
        sums = proof.have("weights sum to 1", Equal(rowsum(B), ones(n, 1)))
        below = proof.have("so others read at most ε", AtMost(B @ h, epsilon * ones(n, 1)), by=(second, sums, MOST_B))
        high = AtMost((beta * epsilon + gap) * ones(1, m), beta * T(A @ h))
        high = proof.have("times β", high, by=above)
        low = proof.have("and for the others", AtMost(beta * T(B @ h), beta * epsilon * ones(1, n)), by=below)
        values = {s: beta * T(A @ h), t: beta * T(B @ h), c: beta * epsilon, g: gap}
        shown = proof.at("so mass_of_matches applies", mass_of_matches.prove(), values, by=(high, low))
        proof.show(shown)
    return proof


X, x, weights = matrix("X", N, d), row("x", d), matrix("A", m, N)
reads_token, reads_written = vstack(identity(d), zeros(d, d)), vstack(zeros(d, d), identity(d))
query = hstack(x, zeros(1, d))
below_X = hstack(ones(m, 1) @ x, weights @ X)


@theorem(
    section="8.11",
    says=Equal(beta * query @ reads_token @ reads_written.T @ T(below_X), beta * T(weights @ (X @ x.T))),
    source="the construction of Olsson et al.: In-context Learning and Induction Heads, arXiv:2209.11895",
)
def induction_head_scores():
    """With A X in a slot of its own, a head that compares the token of the query with that slot scores β A X xᵀ.

    X xᵀ is h when tokens are one-hot.
    """
    return (
        calc(induction_head_scores.says.left)
        .eq(beta * x @ T(weights @ X), by="the query reads the token, the key what was written")
        .eq(induction_head_scores.says.right, by="transpose reverses a product")
    )


spurious = hstack(beta * ones(1, m), beta * identity(1), zeros(1, r))
share = total(softmax(spurious) @ vstack(identity(m), zeros(1, m), zeros(r, m)))


@theorem(section="8.11", says=AtMost(share, m / (m + 1)), source="not found stated elsewhere")
def induction_needs_a_first_token():
    """When the first token is like the last, m matches get at most m/(m + 1), however sharp both layers are.

    The first token sees only itself, so an exact first layer tells it that a token like the last stood before it.  So
    "induction heads always work" is false; it takes a first token that stands nowhere else.
    """
    exact = m * exp(beta) / (m * exp(beta) + exp(beta) + r)
    with argument() as proof:
        weight = proof.have("m + 1 exponentials are e^β, and r others 1", Equal(share, exact))
        less = proof.have("r is not negative", AtMost(exact, m / (m + 1)))
        proof.show(induction_needs_a_first_token.says, by=(weight, less))
    return proof


x_a, x_b, x_c, x_d = (row(f"x_{name}", d) for name in "abcd")
number = index("h", H)
W, M, U, D = family("W", H, d, d), family("M", H, d, d), matrix("U", d, f), matrix("D", f, d)


def attended(second: Any, fourth: Any) -> Any:
    """The same before the feed-forward part."""
    tokens = vstack(x_a, second, x_c, fourth, x_a)
    return x_a + sum_heads(softmax(x_a @ W[number] @ T(tokens)) @ tokens @ M[number], number)


def after(second: Any, fourth: Any) -> Any:
    """What a layer of heads and a feed-forward part gives the last token of a, second, c, fourth, a."""
    seen = attended(second, fourth)
    return seen + hadamard(seen @ U, seen @ U) @ D


seen = {row("y", d): attended(x_b, x_d), row("z", d): attended(x_d, x_b)}


@theorem(
    section="8.12",
    says=Equal(after(x_b, x_d), after(x_d, x_b)),
    source="not found stated elsewhere",
    sketch="Two terms change places in the sum of exp(score) times value, and two in the sum of the exponentials.",
    where=seen,
)
def one_layer_nope_no_induction():
    """Without positions one layer, of any heads and a feed-forward part, gives a the same after a b c d and a d c b.

    The last token sees all tokens with a causal mask, too.
    """
    ...


@theorem(
    section="8.12",
    says=Exists(
        (x_b, x_d), Not(And(Equal(after(x_b, x_d), x_b), Equal(after(x_d, x_b), x_d))), (unit(d, 0), zeros(1, d))
    ),
    source="not found stated elsewhere",
    sketch="The layer gives the same after both (one_layer_nope_no_induction), and should give e_0 once and 0 once.",
    where=seen,
)
def one_layer_gives_one_answer():
    """So no such layer is an induction head: it does not give b after a b c d, and d after a d c b, for all b and d."""
    ...
