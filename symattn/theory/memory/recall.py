"""What a memory can hold.

A matrix W recalls the value v_i of the key κ_i when κ_i W = v_i.  It can do so for whatever values exactly when the
keys are linearly independent, so for at most as many as they are wide.  Softmax needs keys of width 2 only.

    n, k   keys, and their width;  k + 1 + r more keys than that
    K      n×k    keys, one in each row
    V      n×n    values, whatever they are
    W      k×n    the memory
    p, x   1×m, 1    positions of m + 1 keys (p_j, -p_j²), that of the one that is sought last; its query is (2 x, 1)
    β      a positive number, how sharp

Main results
    linear_memory_capacity    any values can be recalled by a matrix exactly when the keys have rank n
    linear_memory_overflow    no k + 1 + r keys of width k can hold whatever values
    softmax_memory_capacity   keys of width 2, 1 apart, put at least 1/(1 + m e^-β) of the weight on the right value
"""

from symattn.language import (
    And,
    AtMost,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    Rank,
    exp,
    hadamard,
    hstack,
    identity,
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

n, m, k, r = sizes("n m k r", min=0)
K, V, W = matrix("K", n, k), matrix("V", n, n), matrix("W", k, n)
recalled = ForAll(V, Exists(W, Equal(K @ W, V)))
inverse = Exists(W, Equal(K @ W, identity(n)))


@theorem(
    section="9.8",
    says=Iff(recalled, Rank(K) >= n),
    instances=({K: hstack(identity(n), matrix("B", n, r)), k: n + r},),
    source="textbook linear algebra",
)
def linear_memory_capacity():
    """A matrix can recall whatever values exactly when the keys are linearly independent, which takes n ≤ k."""
    with argument() as proof:
        some = proof.have("take one-hot values", Implies(recalled, inverse), hints=(identity(n),))
        each = proof.have("from one-hot values make any others", Implies(inverse, recalled), hints=(W @ V,))
        full = proof.have("one-hot values can be recalled exactly at rank n", Iff(inverse, Rank(K) >= n))
        proof.show(linear_memory_capacity.says, by=(some, each, full))
    return proof


many = k + 1 + r
over = matrix("K", many, k)
value, memory = matrix("V", many, many), matrix("W", k, many)


@theorem(
    section="9.8",
    says=Exists(value, ForAll(memory, Not(Equal(over @ memory, value))), (identity(many),)),
    source="textbook linear algebra",
    sketch="Recalling one-hot values would make an identity of size k + 1 + r as a product through width k.",
)
def linear_memory_overflow():
    """Of more keys than they are wide some values, such as one-hot ones, cannot be recalled by any matrix."""
    fails = prove(Not(Equal(over @ memory, identity(many))))
    return prove(linear_memory_overflow.says, using=[fails])


p, x = row("p", m), scalar("x")
beta, epsilon = scalar("beta", positive=True), scalar("epsilon")
query = hstack(2 * x * identity(1), identity(1))
keys = vstack(hstack(p.T, -hadamard(p, p).T), hstack(x * identity(1), -(x**2) * identity(1)))
own = total(softmax(beta * query @ keys.T) @ vstack(zeros(m, 1), identity(1)))
gaps = p - x * ones(1, m)
APART = AtMost(ones(1, m), hadamard(gaps, gaps))
ENOUGH = AtMost(m * (1 - epsilon), epsilon * exp(beta))


@theorem(
    section="9.8",
    says=And(AtMost(1 / (1 + m * exp(-beta)), own), Implies(ENOUGH, AtMost(1 - epsilon, own))),
    given=APART,
    instances=({p: (x + 1) * ones(1, m) + hadamard(row("q", m), row("q", m))},),
    source="not found stated elsewhere",
)
def softmax_memory_capacity():
    """Softmax with keys of width 2 recalls any number of values: one of m + 1 has the weight 1/(1 + m e^-β) or more.

    The keys are (p, -p²) at positions that are at least 1 apart, the query is (2 x, 1) at the position x of its key,
    which stands last; so each of them can be asked.  To err by at most ε it takes e^β ≥ m (1 - ε)/ε: β grows as log m.
    """
    low, sharp = softmax_memory_capacity.says.args
    others = total(exp(-beta * hadamard(gaps, gaps)))
    a, b, c = (scalar(name) for name in "abc")
    between = prove(AtMost(a, c), (AtMost(a, b), AtMost(b, c)), check=False)
    values = {a: 1 - epsilon, b: 1 / (1 + m * exp(-beta)), c: own}
    with argument(APART) as proof:
        share = proof.have(
            "2 x p - p² = x² - (p - x)², so the weight is 1 / (1 + Σ_j exp(-β (p_j - x)²))",
            Equal(own, 1 / (1 + others)),
        )
        scores = proof.have("which are at least 1", AtMost(-beta * hadamard(gaps, gaps), -beta * ones(1, m)), by=APART)
        most = proof.have("exp rises", AtMost(exp(-beta * hadamard(gaps, gaps)), exp(-beta) * ones(1, m)), by=scores)
        sum_ = proof.have("add up", AtMost(others, m * exp(-beta)), by=most)
        low = proof.have("so the weight is that large", low, by=(share, sum_))
        enough = AtMost(1 - epsilon, 1 / (1 + m * exp(-beta)))
        enough = proof.have("which for such a β is 1 - ε or more", enough, by=ENOUGH)
        sharp = proof.have("", sharp, by=proof.at("both together", between, values, by=(enough, low)), under=APART)
        proof.show(softmax_memory_capacity.says, by=(low, sharp))
    return proof
