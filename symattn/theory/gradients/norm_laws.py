"""Norms of forms and values: what training does not conserve.

Linear attention, and attention through a ReLU, is of the same degree in the form W of the scores as in the values V, so
that ‖W‖² - ‖V‖² stands still under gradient flow.  Softmax is not, and it does not: with a single token W stands still
and V moves.

    n, d, v   at least 1, number of tokens; widths of tokens and of values
    X         n×d    tokens;  x  1×d  one token alone
    W, V      d×d, d×v   forms of scores and of values
    B         n×n    any weights of the scores, such as the 0 and 1 of a mask, or of where a ReLU is open
    G         n×v    gradient of the loss in the output;  g  1×v

Main results
    norm_law_of_linear_attention  ⟨W, dW⟩ = ⟨V, dV⟩ for (B ∘ X W Xᵀ) X V
    qk_vs_v_norm_law_false        for softmax it fails: dW = 0 and ⟨V, dV⟩ = ⟨g, x V⟩ for one token
"""

from symattn.language import And, Equal, Gradient, hadamard, inner, matrix, row, scalar, sizes, softmax, zeros
from symattn.proof import argument, theorem

n, d, v = sizes("n d v", min=1)
X, B, G = matrix("X", n, d), matrix("B", n, n), matrix("G", n, v)
x, g = row("x", d), row("g", v)
W, V = matrix("W", d, d), matrix("V", d, v)
tau = scalar("tau", positive=True)
linear = inner(G, hadamard(B, X @ W @ X.T) @ X @ V)


@theorem(
    section="5.9",
    says=Equal(inner(W, Gradient(linear, W)), inner(V, Gradient(linear, V))),
    source="Euler's theorem on homogeneous functions; textbook calculus",
)
def norm_law_of_linear_attention():
    """Linear attention, whatever its mask, has ⟨W, dW⟩ = ⟨V, dV⟩, so gradient flow conserves ‖W‖² - ‖V‖².

    The same holds through a ReLU, which near any scores but 0 is a mask.
    """
    with argument() as proof:
        forms = proof.have("the loss is linear in W", Equal(inner(W, Gradient(linear, W)), linear))
        values = proof.have("and linear in V", Equal(inner(V, Gradient(linear, V)), linear))
        proof.show(norm_law_of_linear_attention.says, by=(forms, values))
    return proof


alone = inner(g, softmax(tau * x @ W @ x.T) @ x @ V)


@theorem(
    section="5.9",
    says=And(
        Equal(Gradient(alone, W), zeros(d, d)),
        Equal(Gradient(alone, V), x.T @ g),
        Equal(inner(V, Gradient(alone, V)), inner(g, x @ V)),
    ),
    source="not found stated elsewhere",
)
def qk_vs_v_norm_law_false():
    """Softmax attention of one token leaves its form W alone and moves its values V: no law joins their norms.

    Its only weight is 1.  So ⟨W, dW⟩ is 0 while ⟨V, dV⟩ = ⟨g, x V⟩ is not, in general.
    """
    still, moves, law = qk_vs_v_norm_law_false.says.args
    with argument() as proof:
        still = proof.have("the weight is 1, whatever the score", still)
        moves = proof.have("so the output is x V", moves)
        law = proof.have("which is linear in V", law, by=moves)
        proof.show(qk_vs_v_norm_law_false.says, by=(still, moves, law))
    return proof
