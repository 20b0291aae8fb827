"""The induction head under a causal mask, with the true order of the tokens.

The first token has none before it and sees none but itself.  Each later one looks for the token before it, by one-hot
places.  The last token then looks for tokens that follow one like itself.

    n           how many tokens there are after the first
    S           (n+1)×(n+1)   shift(n + 1): 1 where the key stands just before the query
    β₁, β₂      how sharp the two layers are
    P           (n+1)×(n+1)   softmax(β₁ S, mask=causal(n + 1)), the weights of the first layer
    h           (n+1)×1   1 where a token is like the last one, else 0
    ε           n/(e^{β₁} + n), more than any token of the first layer leaks
    v, u, w, y  n×1   marks, scores, what is added to them, and scores once more
    c, g        others score at most c, what is marked at least c + g
    A, F        n×N   weights, and where each row is meant to look, by entries 0 and 1

Main results
    marked_weight_rises      when marked scores rise and no others do, the weight of what is marked does not fall
    marked_weight_least      m of n keys that score g more than the others get m e^g/(m e^g + n - m) or more
    prevtoken_causal         token i gives the weight e^β/(e^β + i - 1) to the one before it, and the first reads itself
    prevtoken_causal_error   so no token leaks more than n/(e^β + n)
    induction_causal         and the last token finds what followed those like it, unless the first is like it
"""

from __future__ import annotations

from functools import cache
from typing import Any

from symattn.language import (
    And,
    AtMost,
    Equal,
    T,
    causal,
    exp,
    hadamard,
    hstack,
    identity,
    matrix,
    ones,
    positions,
    reciprocal,
    rowsum,
    scalar,
    shift,
    sizes,
    softmax,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import Theorem, argument, at_sizes, follows, prove, theorem

n, N = sizes("n N", min=1)
one, none = ones(n, 1), zeros(n, 1)
v, u, w, p = (matrix(name, n, 1) for name in "vuwp")
x, z = scalar("x"), scalar("z")
marked = matrix("k", n, 1, mask=True)
PART = AtMost(none, v), AtMost(v, one)
UP, DOWN = AtMost(none, hadamard(v, w)), AtMost(hadamard(one - v, w), none)


def _weight(scores: Any, marks: Any) -> Any:
    return total(softmax(T(scores)) @ marks)


@theorem(
    section="8.11",
    says=AtMost(_weight(u, v), _weight(u + w, v)),
    given=(*PART, UP, DOWN),
    instances=({v: marked, w: hadamard(2 * marked - one, hadamard(u, u))},),
    source="not found stated elsewhere",
)
def marked_weight_rises():
    """When the scores of marked keys rise and those of the others fall, the marked keys lose no weight.

    A mark v is 1 or 0; between them w has to be 0.
    """
    before, factor, rest = exp(u), exp(w), one - v
    after = hadamard(before, factor)
    positive, upward = AtMost(none, p), AtMost(none, hadamard(p, w))
    tangent = follows(AtMost(p, hadamard(p, factor)), prove(AtMost(one + w, factor)), positive, upward)
    product = prove(AtMost(0, x * z), given=(AtMost(0, x), AtMost(0, z)))
    gain = total(hadamard(before, hadamard(v, factor) - v))
    loss = total(hadamard(before, rest - hadamard(rest, factor)))
    with argument(*PART, UP, DOWN) as proof:
        other = proof.have("what is not marked", AtMost(none, hadamard(rest, factor)), by=PART[1], hints=[factor])
        turned = AtMost(none, hadamard(hadamard(rest, factor), -w))
        turned = proof.have("falls", turned, by=DOWN, hints=[factor])
        rises = proof.at("e^w ≥ 1 + w where there is a mark", tangent, {p: v}, by=(PART[0], UP))
        falls = proof.at("e^-w ≥ 1 - w elsewhere", tangent, {p: hadamard(rest, factor), w: -w}, by=(other, turned))
        falls = proof.have("times e^w", AtMost(hadamard(rest, factor), rest), by=falls)
        gained = proof.have("so marked exponentials gain", AtMost(0, gain), by=rises, hints=[before])
        lost = proof.have("and the others lose", AtMost(0, loss), by=falls, hints=[before])
        inside = AtMost(0, total(hadamard(before, v)))
        inside = proof.have("sums of exponentials are positive", inside, by=PART[0], hints=[before])
        outside = AtMost(0, total(hadamard(before, rest)))
        outside = proof.have("also over the rest", outside, by=PART[1], hints=[before])
        pairs = {x: gain, z: total(hadamard(before, rest))}, {x: total(hadamard(before, v)), z: loss}
        first = proof.at("gain times the rest", product, pairs[0], by=(gained, outside))
        second = proof.at("what is marked times loss", product, pairs[1], by=(inside, lost))
        crossed = AtMost(total(hadamard(before, v)) * total(after), total(before) * total(hadamard(v, after)))
        crossed = proof.have("together: the fractions, times both denominators", crossed, by=(first, second))
        proof.show(marked_weight_rises.says, by=crossed)
    return proof


y, c, g = matrix("y", n, 1), scalar("c"), scalar("g")
MARKS, count = Equal(hadamard(v, v), v), total(v)
ON = AtMost(none, hadamard(v, y - (c + g) * one))
OFF = AtMost(none, hadamard(one - v, c * one - y))


@theorem(
    section="8.11",
    says=AtMost(count * exp(g) / (count * exp(g) + n - count), _weight(y, v)),
    given=(MARKS, ON, OFF),
    instances=({v: marked, y: c * one + g * marked + hadamard(2 * marked - one, hadamard(u, u))},),
    source="not found stated elsewhere",
)
def marked_weight_least():
    """When m of n keys are marked and score c + g or more, and others at most c, the m get m e^g/(m e^g + n - m)."""
    base = g * v + c * one
    share = Equal(_weight(g * v, v), count * exp(g) / (count * exp(g) + n - count))
    with argument(MARKS, ON, OFF) as proof:
        parts = [proof.have("marks are 0 or 1", part, by=MARKS) for part in PART]
        up = AtMost(none, hadamard(v, y - base))
        up = proof.have("what is marked rises above c + g", up, by=(ON, MARKS))
        down = AtMost(hadamard(one - v, y - base), none)
        down = proof.have("the rest falls below c", down, by=(OFF, MARKS))
        values = {u: base, w: y - base}
        rise = proof.at("marked_weight_rises", marked_weight_rises.prove(), values, by=(*parts, up, down))
        same = proof.have("c does not count", Equal(_weight(base, v), share.left))
        share = proof.have("and with g and 0 the sums are these", share, by=MARKS)
        proof.show(marked_weight_least.says, by=(rise, same, share))
    return proof


beta = scalar("beta")
looks, mask = shift(n + 1), causal(n + 1)
later, earlier = hstack(none, identity(n)), hstack(identity(n), none)


def _weights(sharpness: Any) -> Any:
    return softmax(sharpness * looks, mask=mask)


def _found(sharpness: Any) -> Any:
    """The weight of the token before, for every token but the first."""
    return later @ rowsum(hadamard(_weights(sharpness), looks))


def _cases(sharpness: Any) -> Equal:
    return Equal(exp(sharpness * looks), ones(n + 1, n + 1) + (exp(sharpness) - 1) * looks)


def _sum(sharpness: Any) -> Any:
    """Σ_j e^(score), for every token but the first: token i sees i - 1 others."""
    return later @ positions(n + 1) + (exp(sharpness) - 1) * one


@theorem(
    section="8.10",
    says=And(
        Equal(_found(beta), exp(beta) * reciprocal(_sum(beta))), Equal(unit(n + 1, 0) @ _weights(beta), unit(n + 1, 0))
    ),
    where={matrix("P", n + 1, n + 1): _weights(beta)},
    source="not found stated elsewhere",
    sketch="An entry s of the shift is 0 or 1, so e^{βs} is 1 + (e^β - 1) s, and these sum to i + e^β - 1.",
)
def prevtoken_causal():
    """Under a causal mask token i gives the token before it the weight e^β/(e^β + i - 1); the first reads itself."""
    return prove(prevtoken_causal.says, using=[prove(_cases(beta))])


@theorem(
    section="8.10",
    says=AtMost((1 - n / (exp(beta) + n)) * one, _found(beta)),
    source="not found stated elsewhere",
    where={p: _found(beta)},
)
def prevtoken_causal_error():
    """No token of n + 1 leaks more than n/(e^β + n) under a causal mask; the last one leaks that."""
    found, sums = _found(beta), _sum(beta)
    c, z = matrix("c", n + 1, 1), scalar("z", positive=True)
    e, f, d_, u = (matrix(name, n, 1) for name in "efdu")
    bounded = AtMost(c, (n + 1) * ones(n + 1, 1))
    rows = prove(AtMost(later @ c, (n + 1) * one), given=bounded)
    with argument() as proof:
        cases = proof.have("entries are 0 or 1", _cases(beta))
        few = proof.have("no token sees more than all", bounded.xreplace({c: positions(n + 1)}))
        few = proof.at("nor do those after the first", rows, {c: positions(n + 1)}, by=few)
        seen = later @ rowsum(hadamard(mask, exp(beta * looks)))
        score = later @ rowsum(hadamard(looks, exp(beta * looks)))
        share = proof.have(
            "the weight is one exponential of all that a token sees", Equal(hadamard(found, seen), score)
        )
        seen = proof.have("whose sum is i + e^β - 1", Equal(seen, sums), by=cases)
        score = proof.have("and whose score is β", Equal(score, exp(beta) * one), by=cases)
        known = Equal(hadamard(e, f), d_), Equal(d_, exp(beta) * one), Equal(f, u)
        share_ = proof.have("equals in their places", Equal(hadamard(e, u), exp(beta) * one), by=known)
        values = {e: found, f: seen.claim.left, d_: score.claim.left, u: sums}
        share = proof.at("so", share_, values, by=(share, score, seen))
        positive = proof.have("weights are not negative", AtMost(none, found))
        words = "the sum is at most n + e^β"
        most = AtMost(hadamard(found, sums), (n + exp(beta)) * found)
        most = proof.have(words, most, by=(few, positive), hints=[found])
        least = AtMost((1 - n / (z + n)) * one, f)
        least = proof.have("divide by n + z", least, by=(AtMost(e, (n + z) * f), Equal(e, z * one)))
        values = {e: hadamard(found, sums), f: found, z: exp(beta)}
        proof.show(proof.at("which is n + e^β", least, values, by=(most, share)))
    return proof


epsilon = scalar("epsilon")
A, F, h = matrix("A", n, N), matrix("F", n, N), matrix("h", N, 1, mask=True)
like, marks, found = one @ T(h), v @ ones(1, N), rowsum(hadamard(A, F))
WEIGHTS = AtMost(zeros(n, N), A), Equal(rowsum(A), one)
MEANT = AtMost(F, ones(n, N)), Equal(hadamard(F, like), hadamard(F, marks))
MOST = AtMost((1 - epsilon) * one, found)


@cache
def _read() -> Theorem:
    """Rows of weights that leak at most ε read at least 1 - ε where they are marked, and at most ε elsewhere."""
    right, leaks = hadamard(A, F), hadamard(A, ones(n, N) - F)
    on, off = hadamard(v, A @ h - (1 - epsilon) * one), hadamard(one - v, A @ h - epsilon * one)
    r = matrix("r", n, 1)
    with argument(*WEIGHTS, *MEANT, *PART, MARKS, MOST) as proof:
        most = proof.have("entries are 0 or 1", AtMost(like, ones(n, N)))
        part = proof.have("what is meant is a part", AtMost(right, A), by=(WEIGHTS[0], MEANT[0]))
        low = proof.have("of what is like", AtMost(hadamard(right, like), hadamard(A, like)), by=part)
        low = proof.have("as marked", AtMost(hadamard(right, marks), hadamard(A, like)), by=(low, MEANT[1]))
        low = proof.have("add up each row", AtMost(hadamard(found, v), A @ h), by=low)
        least = AtMost((1 - epsilon) * v, hadamard(found, v))
        least = proof.have("little leaks", least, by=(MOST, PART[0]), hints=[v])
        low = proof.have("together", AtMost((1 - epsilon) * v, A @ h), by=(low, least))
        rest = AtMost(hadamard(A, like), hadamard(right, like) + leaks)
        rest = proof.have("the rest leaks", rest, by=(part, most))
        high = AtMost(hadamard(A, like), hadamard(right, marks) + leaks)
        high = proof.have("as marked", high, by=(rest, MEANT[1]))
        high = proof.have("add up each row", AtMost(A @ h, hadamard(found, v) + rowsum(A) - found), by=high)
        high = proof.have("weights sum to 1", AtMost(A @ h, hadamard(found, v) + one - found), by=(high, WEIGHTS[1]))
        most = AtMost(hadamard(one - v, one - found), epsilon * (one - v))
        most = proof.have("little leaks", most, by=(MOST, PART[1]), hints=[one - v])
        high = proof.have("together", AtMost(A @ h, v + epsilon * (one - v)), by=(high, most))
        low = proof.have("times the marks", AtMost(none, on), by=(low, MARKS, PART[0]), hints=[v])
        times, bound = AtMost(hadamard(one - v, r), hadamard(one - v, high.claim.right)), AtMost(r, high.claim.right)
        times = proof.have("and the others", times, by=(bound, PART[1]))
        times = proof.have("which are 0 or 1", AtMost(off.xreplace({A @ h: r}), none), by=(times, MARKS))
        high = proof.at("so here", times, {r: A @ h}, by=(high, MARKS, PART[1]))
        proof.show(And(low.claim, high.claim), by=(low, high))
    return proof.theorem()


beta_1, beta_2 = scalar("beta_1"), scalar("beta_2", positive=True)
tokens, first = matrix("h", n + 1, 1, mask=True), unit(n + 1, 0)
follow, before = looks @ tokens, earlier @ tokens
leak, many = n / (exp(beta_1) + n), total(follow)
gap = beta_2 * (1 - 2 * leak)
scored = beta_2 * _weights(beta_1) @ tokens
FIRST = Equal(first @ tokens, zeros(1, 1))


def _larger(what: Any) -> Any:
    """The same of n + 1 tokens."""
    return what.xreplace({n: n + 1})


def _of_all(what: Any) -> Any:
    """The same with n + 1 keys for each of n queries."""
    return what.xreplace({N: n + 1, h: tokens})


@cache
def _rows() -> Theorem:
    """What the first layer reads of tokens like the last, after the first token."""
    read = later @ _weights(beta_1)
    values = {_of_all(A): read, _of_all(F): earlier, v: before, epsilon: leak}
    with argument() as proof:
        error = proof.at("the first layer leaks little", prevtoken_causal_error.prove(), {beta: beta_1})
        most = AtMost((1 - leak) * one, rowsum(hadamard(read, earlier)))
        known = [proof.have("row by row", most, by=error)]
        for claim in (*WEIGHTS, *MEANT, *PART, MARKS):
            known.append(proof.have("as asked of weights and marks", _of_all(claim).xreplace(values)))
        proof.show(proof.at("so rows are read well", at_sizes(_read(), {N: n + 1}), values, by=known))
    return proof.theorem()


@theorem(
    section="8.11",
    says=AtMost(many * exp(gap) / (many * exp(gap) + n + 1 - many), _weight(scored, follow)),
    given=FIRST,
    instances=({tokens: vstack(zeros(1, 1), marked)},),
    where={matrix("P", n + 1, n + 1): _weights(beta_1), matrix("f", n + 1, 1): follow, g: gap, scalar("m"): many},
    source="the construction of Olsson et al.: In-context Learning and Induction Heads, arXiv:2209.11895",
)
def induction_causal():
    """The m tokens that follow one like the last get at least m e^g/(m e^g + n + 1 - m) of its weight, under a mask.

    Here g = β₂ (1 - 2 ε), and ε = n/(e^{β₁} + n) is the most that the first layer leaks.  The first token, which can
    only look at itself, must not be like the last; by induction_needs_a_first_token that cannot be left out.
    """
    every, nothing, zero = ones(n + 1, 1), zeros(n + 1, 1), zeros(1, 1)
    weights, any_weights = _weights(beta_1), matrix("A", n + 1, n + 1)

    def score(found: Any) -> tuple[Any, Any]:
        scores = beta_2 * found @ tokens
        on = hadamard(follow, scores - (beta_2 * leak + gap) * every)
        return on, hadamard(every - follow, beta_2 * leak * every - scores)

    on, off = score(weights)
    read = _rows().claim.xreplace({weights: any_weights})
    scored_well = [AtMost(none, later @ part) for part in score(any_weights)]
    with argument(FIRST) as proof:
        rows = proof.have("each token but the first reads well", _rows())
        start = proof.have("none follows the first", Equal(first @ follow, zero))
        level = proof.have("which reads itself", Equal(first @ scored, zero), by=FIRST)
        square = Equal(hadamard(later @ follow, later @ follow), later @ follow)
        square = proof.have("marks are 0 or 1", square)
        square = proof.have("all of them", Equal(hadamard(follow, follow), follow), by=(square, start))
        values, (up, down) = {any_weights: weights}, (prove(part, read) for part in scored_well)
        up = proof.at("tokens that follow score at least c + g", up, values, by=rows)
        begin = proof.have("the first does not", AtMost(zero, first @ on), by=(start, level))
        up = proof.have("so", AtMost(nothing, on), by=(up, begin))
        down = proof.at("others at most c = β₂ ε", down, values, by=rows)
        begin = proof.have("and the first 0", AtMost(zero, first @ off), by=(start, level))
        down = proof.have("so", AtMost(nothing, off), by=(down, begin))
        values = {_larger(v): follow, _larger(y): scored, c: beta_2 * leak, g: gap}
        lemma = at_sizes(marked_weight_least.prove(), {n: n + 1})
        found = proof.at("marked_weight_least", lemma, values, by=(square, up, down))
        proof.show(induction_causal.says, by=found)
    return proof
