"""What a head does to all sequences determines what it is.

Heads that agree on all sequences of m + 1 tokens write by the same form M, and compare by the same form W unless M is
0.  The sequences y + u, y, …, y are enough: there the first token reads y + p u, where p depends on one score alone.

    z, Y        1×d, m×d   a token and m others, the sequence [z; Y]
    W, M        d×d   what a head compares and writes;  W', M' those of another head
    y, u        1×d   a token, and how another one differs from it
    s           a score of the other tokens less that of the token itself;  p = 1/(1 + m e^s)
    w           d×1   a direction in which u M is seen: u M w = 1, so M is not 0

Main results
    head_values_identifiable      heads that agree on all sequences of m + 1 tokens have M = M'
    head_identifiability          and where M is not 0, they agree exactly when W = W' and M = M'
    silent_heads_agree            where M is 0 they agree whatever W is
    one_token_identifies_no_form  on sequences of one token W does not matter
"""

from typing import Any

from symattn.language import (
    And,
    Equal,
    ForAll,
    Iff,
    Implies,
    T,
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
    unit,
    vstack,
    zeros,
)
from symattn.proof import Argument, Theorem, argument, calc, prove, specialised, theorem

m, d = sizes("m d", min=1)
z, others, y, u, v, x = row("z", d), matrix("Y", m, d), row("y", d), row("u", d), row("v", d), row("x", d)
w, p, q, t = column("w", d), scalar("p"), scalar("q"), scalar("t")
W, other_W, M, other_M = (matrix(name, d, d) for name in ("W", "W'", "M", "M'"))


def does(W: Any, M: Any, first: Any = z, rest: Any = others) -> Any:
    """What a head with the forms W and M makes of the sequence [first; rest]."""
    tokens = vstack(first, rest)
    return softmax(tokens @ W @ T(tokens)) @ tokens @ M


SAME = ForAll((z, others), Equal(does(W, M), does(other_W, other_M)))
SEEN = Equal(total(u @ M @ w), 1)
copies = y + u, ones(m, 1) @ y


def gap(W: Any) -> Any:
    """How much more the token y + u scores with y than with itself."""
    return total((y + u) @ W @ y.T) - total((y + u) @ W @ T(y + u))


def share(W: Any) -> Any:
    """How often the first of y + u, y, …, y reads itself."""
    return 1 / (1 + m * exp(gap(W)))


def _of_copies() -> Argument:
    """The first token of y + u, y, …, y reads y + p u."""
    pick = hstack(identity(1), zeros(1, m))
    with argument(SAME) as proof:
        here = specialised(prove(SAME, SAME), {z: copies[0], others: copies[1]})
        here = proof.have("take the sequence y + u, y, …, y", here, by=SAME)
        first = Equal(pick @ does(W, M, *copies), pick @ does(other_W, other_M, *copies))
        first = proof.have("its first token", first, by=here)
        reads = Equal(pick @ does(W, M, *copies), share(W) * u @ M + y @ M)
        reads = proof.have("reads y + p u", reads)
        also = proof.at("in the other head, too", reads, {W: other_W, M: other_M})
        both = Equal(share(W) * u @ M + y @ M, share(other_W) * u @ other_M + y @ other_M)
        proof.show(both, by=(first, reads, also), words="so these are the same")
    return proof


def _values(proof: Argument, both: Theorem) -> Theorem:
    """M = M', from what is read of y alone."""
    alone = proof.at("with u = 0 nothing else is read", both, {u: zeros(1, d)}, by=SAME)
    each = proof.have("so y M = y M'", Equal(y @ M, y @ other_M), by=alone)
    every = proof.have("for every y", ForAll(y, each.claim), by=each, under=SAME)
    return proof.have("so M = M'", Equal(M, other_M), by=every)


@theorem(
    section="8.3",
    says=Implies(SAME, Equal(M, other_M)),
    instances=({other_M: M, other_W: W},),
    source="Tran et al.: Equivariant Neural Functional Networks for Transformers, arXiv:2410.04209",
)
def head_values_identifiable():
    """Heads that agree on all sequences of m + 1 tokens write by the same form M = V O."""
    with argument() as proof:
        proof.suppose("the heads agree", SAME)
        both = proof.have("", _of_copies())
        values = _values(proof, both)
        proof.show(head_values_identifiable.says, by=values)
    return proof


def _gaps(proof: Argument, both: Theorem, values: Theorem) -> Theorem:
    """The gaps of both heads are the same, where u M w = 1."""
    named = Equal(p * u @ M + y @ M, q * u @ other_M + y @ other_M)
    plain = proof.have("take y M away", Equal(p * u @ M + y @ M, q * u @ M + y @ M), by=(named, values))
    number = proof.have("and look along w", Equal(p * total(u @ M @ w), q * total(u @ M @ w)), by=plain)
    scaled, one = Equal(p * t, q * t), Equal(t, 1)
    lines = calc(p, given=(scaled, one)).eq(p * t, by=one).eq(q * t, by=scaled).eq(q, by=one)
    same = proof.have("p t = q t and t = 1 give p = q", lines)
    same = proof.at("t is u M w", same, {t: total(u @ M @ w)}, by=(number, SEEN))
    shares = proof.at("so the shares are the same", same, {p: share(W), q: share(other_W)}, by=(both, values, SEEN))
    equal, P, Q = Equal(1 / (1 + m * exp(p)), 1 / (1 + m * exp(q))), p * identity(1), q * identity(1)
    under = proof.have("shares determine exponentials", Equal(exp(P), exp(Q)), by=equal)
    lines = calc(p, given=equal).eq(total(log(exp(P))), by="log undoes exp")
    lines = lines.eq(total(log(exp(Q))), by=under).eq(q, by="log undoes exp")
    logs = proof.have("and these their exponents", lines)
    return proof.at("so the gaps are the same", logs, {p: gap(W), q: gap(other_W)}, by=shares)


def _forms(proof: Argument, gaps: Theorem) -> Theorem:
    """W = W', from gaps that are the same wherever u M w = 1."""
    moved = proof.at("with y + u = x", gaps, {y: x - u}, by=(SAME, SEEN))
    flat = proof.have("the gap is -x W uᵀ", Equal(total(x @ (W - other_W) @ u.T), 0), by=moved)
    shifted = v + (1 - total(v @ M @ w)) * u
    one = proof.have("any v, with a multiple of u, is seen so too", Equal(total(shifted @ M @ w), 1), by=SEEN)
    along = proof.at("so the same holds for that", flat, {u: shifted}, by=(SAME, one))
    every = proof.have("and for v itself", Equal(total(x @ (W - other_W) @ v.T), 0), by=(along, flat))
    every = proof.have("for all x and v", ForAll((x, v), every.claim), by=every, under=(SAME, SEEN))
    return proof.have("so W = W'", Equal(W, other_W), by=every)


@theorem(
    section="8.3",
    says=Iff(SAME, And(Equal(M, other_M), Equal(W, other_W))),
    given=SEEN,
    instances=({M: identity(d), u: unit(d, 0), w: unit(d, 0).T, other_M: identity(d), other_W: W},),
    source="Tran et al.: Equivariant Neural Functional Networks for Transformers, arXiv:2410.04209",
)
def head_identifiability():
    """Heads of which one writes something agree on all sequences of m + 1 tokens exactly when W = W' and M = M'.

    So with factors of full rank the heads that do the same are those of one gauge, by gauge_uniqueness for Q, K and
    for V, O.  Any number of tokens from two on is enough.
    """
    whole = head_identifiability.says.right
    with argument(SEEN) as proof:
        proof.suppose("the heads agree", SAME)
        both = proof.have("", _of_copies())
        values = _values(proof, both)
        gaps = _gaps(proof, both, values)
        forms = _forms(proof, gaps)
        there = proof.have("both", whole, by=(values, forms))
        there = proof.have("where the heads agree", Implies(SAME, whole), by=there, under=SEEN)
        back = proof.have("back, the same forms do the same", Implies(whole, SAME))
        proof.show(head_identifiability.says, by=(there, back))
    return proof


@theorem(
    section="8.3",
    says=Equal(does(W, M), does(other_W, M)),
    given=Equal(M, zeros(d, d)),
    instances=({M: zeros(d, d)},),
    source="textbook linear algebra",
    sketch="Both are 0.",
)
def silent_heads_agree():
    """A head that writes nothing, M = 0, does the same whatever it compares by: W cannot be found out."""
    ...


@theorem(
    section="8.3",
    says=Equal(softmax(x @ W @ x.T) @ x @ M, softmax(x @ other_W @ x.T) @ x @ M),
    source="textbook calculus",
    sketch="A token alone reads itself with weight 1, whatever it scores.",
)
def one_token_identifies_no_form():
    """On sequences of a single token all W do the same."""
    ...
