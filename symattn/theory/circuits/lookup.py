"""Looking up one key: the head that reads the token before, and what exact lookup costs.

With one-hot positions a form that shifts them lets each token score the one before it β, and all others 0.  That is
never exact, but as sharp as β makes it; and it takes a form of rank one less than there are keys.

    a, b        keys before the one that is looked up, and after it;  a + b others, of m + 1 in all
    β           the score of that key;  all others score 0
    w           1×(a+1+b)   its weights, softmax([0 β 0])
    M           n×(m+1)     1 at the key that a token wants, and 0 elsewhere
    c, V, V'    1×v, a×v, b×v   the value that is looked up, and those of the others
    ε, r        an error, and the odds for which ε = 1/(1 + r)
    Q, K        (m+1)×k   queries and keys of m + 1 one-hot tokens, of width k

Main results
    prevtoken_exact                the weights of all others together are (a + b)/(e^β + a + b)
    prevtoken_weights              the same for all tokens at once, each of which wants another key
    prevtoken_output               and by that part the output is pulled to the mean of the other values
    prevtoken_sharpness            the error is at most ε exactly when (a + b)(1 - ε) ≤ ε e^β
    prevtoken_least_score          which for ε = 1/(1 + r) says that β is at least log((a + b) r)
    first_token_has_no_previous    with no token before, all weights are equal
    prevtoken_form_rank            the form that shifts m + 1 positions by one has rank m
    onehot_lookup_rank             scores β 1 of m + 1 one-hot keys have rank at least m, however their rows are shifted
    onehot_lookup_attained         and rank m when each row has the mean 0
    onehot_lookup_needs_width      so a head that looks up m + 1 keys by these weights has at least width m
"""

from symattn.language import (
    And,
    AtMost,
    Equal,
    Iff,
    Rank,
    column,
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
from symattn.proof import argument, prove, theorem
from symattn.theory.softmax.convexity import below_log, x, y

a, v, k = sizes("a v k", min=0)
b, n, m = sizes("b n m", min=1)
beta, epsilon, r = scalar("beta"), scalar("epsilon"), scalar("r", positive=True)
one, others = identity(1), a + b
weights = softmax(hstack(zeros(1, a), beta * one, zeros(1, b)))
found = total(weights @ vstack(zeros(a, 1), one, zeros(b, 1)))
elsewhere = total(weights @ vstack(ones(a, 1), zeros(1, 1), ones(b, 1)))
wanted = matrix("M", n, m + 1, mask=True)
before, value, after = matrix("V", a, v), row("c", v), matrix("V'", b, v)


@theorem(
    section="8.10",
    says=And(Equal(1 - found, others / (exp(beta) + others)), Equal(elsewhere, others / (exp(beta) + others))),
    source="not found stated elsewhere",
    sketch="The exponentials are e^β once and 1 for each other key.",
)
def prevtoken_exact():
    """When one key scores β and all others 0, the others together get the weight (a + b)/(e^β + a + b).

    That is the error of a previous-token head with one-hot positions: of n tokens n - 1 are others; under a causal mask
    token i sees i - 1 others, a = i - 2 before and itself after.  In total variation the weights are just as far from a
    one-hot, since all that is elsewhere is missing at the key.
    """
    ...


@theorem(
    section="8.10",
    says=Equal(softmax(beta * wanted), (ones(n, m + 1) + (exp(beta) - 1) * wanted) / (exp(beta) + m)),
    given=Equal(wanted @ ones(m + 1, 1), ones(n, 1)),
    instances=({wanted: hstack(ones(n, 1), zeros(n, m))},),
    source="not found stated elsewhere",
    sketch="An entry of M is 0 or 1, so e^{βM} is 1 + (e^β - 1) M entry by entry; its rows add up to m + e^β.",
)
def prevtoken_weights():
    """When every token scores the one key that it wants β, wherever it stands, the wanted key gets e^β/(e^β + m).

    All at once, for the whole matrix of weights: of m + 1 keys the others get 1/(e^β + m) each.
    """
    ...


@theorem(
    section="8.10",
    says=Equal(
        weights @ vstack(before, value, after) - value,
        (1 - found) * ((ones(1, a) @ before + ones(1, b) @ after) / others - value),
    ),
    source="not found stated elsewhere",
    sketch="All others have the same weight, so what they bring is their mean, as often as they are not found.",
)
def prevtoken_output():
    """What such a head gives is off by the error times the way from the right value to the mean of the others."""
    ...


@theorem(
    section="8.10",
    says=Iff(AtMost(1 - found, epsilon), AtMost(others * (1 - epsilon), epsilon * exp(beta))),
    source="not found stated elsewhere",
    sketch="(a + b)/(e^β + a + b) ≤ ε, times the positive e^β + a + b.",
)
def prevtoken_sharpness():
    """The error is at most ε exactly when (a + b)(1 - ε) ≤ ε e^β; for no β is it 0."""
    ...


@theorem(
    section="8.10",
    says=Iff(AtMost(1 - found, 1 / (1 + r)), AtMost(log(others * r), beta)),
    source="not found stated elsewhere",
)
def prevtoken_least_score():
    """An error of at most ε takes a score of at least log((a + b)(1 - ε)/ε); here ε = 1/(1 + r)."""
    z, o = scalar("z", positive=True), scalar("o", positive=True)
    e, u, c = scalar("e"), scalar("u"), scalar("c")
    share = prevtoken_exact.says.args[0].right
    with argument() as proof:
        exact = proof.have("", prevtoken_exact.says.args[0], by=prevtoken_exact)
        same = proof.have("the same number may stand for it", Iff(AtMost(e, c), AtMost(u, c)), by=Equal(e, u))
        same = proof.at("here", same, {e: 1 - found, u: share, c: 1 / (1 + r)}, by=exact)
        small = proof.have("times the denominators", Iff(AtMost(o / (z + o), 1 / (1 + r)), AtMost(o * r, z)))
        small = proof.at("here", small, {z: exp(beta), o: others})
        logs = proof.at("log keeps the order", below_log(), {y: others * r, x: beta})
        proof.show(prevtoken_least_score.says, by=(same, small, logs))
    return proof


@theorem(
    section="8.10",
    says=And(Equal(softmax(zeros(1, n)), ones(1, n) / n), Equal(softmax(zeros(1, 1)), one)),
    source="textbook calculus",
    sketch="All exponentials are 1.",
)
def first_token_has_no_previous():
    """The first token has no token before it: all keys score 0, so it reads them all alike, or itself if causal."""
    ...


shift = vstack(hstack(zeros(1, m), zeros(1, 1)), hstack(identity(m), zeros(m, 1)))
keep, drop = hstack(identity(m), zeros(m, 1)), hstack(zeros(m, 1), identity(m))


@theorem(
    section="8.10",
    says=And(Rank(shift) <= m, Rank(shift) >= m),
    source="textbook linear algebra",
    sketch="[0 0; 1 0] = [0; 1] [1 0] passes through width m; its last rows and first columns are the identity.",
)
def prevtoken_form_rank():
    """The form that takes m + 1 one-hot positions to the position before has rank m.

    Preferring the key before takes rank 2 only, by hard_pattern_k2, when it need not score all others the same.
    """
    return prove(prevtoken_form_rank.says, hints=[drop.T, keep, drop, keep.T])


scale, shifts = scalar("beta", positive=True), column("c", m + 1)
lookup = scale * identity(m + 1)
differences = vstack(identity(m), -ones(1, m))


@theorem(
    section="8.16",
    says=Rank(lookup + shifts @ ones(1, m + 1)) >= m,
    source="not found stated elsewhere",
    sketch="On differences of columns, [1; -1ᵀ], the shifts vanish, and the first m rows are β times the identity.",
)
def onehot_lookup_rank():
    """Scores β 1 of m + 1 one-hot keys have rank at least m, whatever is added to each of their rows.

    By softmax_shift these are all scores with the weights softmax(β 1).  That a key wins takes rank 2 only, by
    hard_pattern_k2.
    """
    return prove(onehot_lookup_rank.says, hints=[keep / scale, differences])


centred = scale * (identity(m + 1) - ones(m + 1, m + 1) / (m + 1))


@theorem(
    section="8.16",
    says=And(Equal(softmax(centred), softmax(lookup)), Rank(centred) <= m),
    source="not found stated elsewhere",
    sketch="The mean of a row does not change its softmax; and the last column is minus the sum of the others.",
)
def onehot_lookup_attained():
    """With the mean taken off each row, the scores β 1 of m + 1 one-hot keys have rank m and the same weights."""
    return prove(onehot_lookup_attained.says, hints=[centred @ keep.T, hstack(identity(m), -ones(m, 1))])


Q, K = matrix("Q", m + 1, k), matrix("K", m + 1, k)
EXACT = Equal(softmax(Q @ K.T), softmax(lookup))


@theorem(
    section="8.16",
    says=And(Rank(Q) >= m, Rank(K) >= m),
    given=EXACT,
    instances=({k: m + 1, Q: lookup, K: identity(m + 1)},),
    source="not found stated elsewhere",
)
def onehot_lookup_needs_width():
    """A head that gives m + 1 one-hot keys the weights softmax(β 1) has queries and keys of rank m, so width m or more.

    That is one less than there are keys, as for every pattern, by lowrank_bottleneck_bound.
    """
    ends = keep / scale, differences
    with argument(EXACT) as proof:
        logs = Equal(log(softmax(Q @ K.T)), log(softmax(lookup)))
        logs = proof.have("the logarithms of the weights are the same", logs, by=EXACT)
        words = "differences in a row are those of the scores"
        scored = [proof.have(words, Equal(log(softmax(S)) @ ends[1], S @ ends[1])) for S in (Q @ K.T, lookup)]
        unit = Equal(ends[0] @ Q @ K.T @ ends[1], identity(m))
        unit = proof.have("so the identity of size m is made of Q Kᵀ", unit, by=(logs, *scored))
        queries = proof.have("with Q on the way", Rank(Q) >= m, by=unit, hints=(ends[0], K.T @ ends[1]))
        keys = proof.have("and K", Rank(K.T) >= m, by=unit, hints=(ends[0] @ Q, ends[1]))
        keys = proof.have("which has the rank of Kᵀ", Rank(K) >= m, by=keys)
        proof.show(onehot_lookup_needs_width.says, by=(queries, keys))
    return proof
