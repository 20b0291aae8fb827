"""What attention makes of the order of the tokens: nothing.

Permuted tokens give permuted outputs, for any number of heads and layers, so without positions no token can be given
the one before it.

    X        n×d   tokens, one a row;  X2  what they become
    x, y, z  1×d   the first three tokens;  Z  r×d  the others
    Q, K     d×k   queries and keys;  V  d×v  values, O  v×d  output;  Q[h], … those of head h
    S        n×n   scores
    Pi       n×n   a permutation of the tokens
    tau            the scale of the scores

Main results
    permutation_equivariance        permuted tokens give permuted outputs
    layer_equivariance              for any number of heads, and with a feed-forward part
    shift_needs_position            without positions no layer gives every token the one before it
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    Not,
    T,
    family,
    head,
    identity,
    index,
    matrix,
    ones,
    row,
    sizes,
    softmax,
    sum_heads,
    unit,
    vstack,
    zeros,
)
from symattn.proof import argument, calc, theorem
from symattn.theory.embedding.context import tau
from symattn.theory.embedding.words import feed_forward

d, k, v, H, r = sizes("d k v H r")
n, d_some = sizes("n", min=1), sizes("d", min=1)
X, Xp = matrix("X", n, d), matrix("X2", n, d)
Q, K, V = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v)
Pi = matrix("Pi", n, n, permutation=True)
S = matrix("S", n, n)
h = index("h", H)
Qh, Kh, Vh, Oh = family("Q", H, d, k)[h], family("K", H, d, k)[h], family("V", H, d, v)[h], family("O", H, v, d)[h]
x_s, y_s, z_s, Z_s = row("x", d_some), row("y", d_some), row("z", d_some), matrix("Z", r, d_some)


@theorem(
    says=Equal(softmax(Pi @ S @ Pi.T), Pi @ softmax(S) @ Pi.T),
    section="1.5",
    source="TorchLean, NN.Proofs.Models.Attention.PermutationEquivariance, machine-checked",
    sketch=(
        "The exponentials move with the scores, and the sum of a row moves with the row but does not depend"
        " on the order of the columns."
    ),
)
def softmax_permuted():
    """Permuting the rows and columns of the scores permutes the rows and columns of the weights."""
    ...


def attend(X: Any) -> Any:
    """One head: softmax(τ X Q Kᵀ Xᵀ) X V."""
    return softmax(tau * X @ Q @ K.T @ X.T) @ X @ V


@theorem(
    says=Equal(attend(Pi @ X), Pi @ attend(X)),
    section="1.5",
    source=(
        "Xu et al., Permutation Equivariance of Transformers and Its Applications, arXiv:2304.07735; "
        "TorchLean, NN.Proofs.Models.Attention.PermutationEquivariance, machine-checked"
    ),
)
def permutation_equivariance():
    """Without positions and masks, a head that sees permuted tokens gives the same outputs, permuted."""
    scores = tau * X @ Q @ K.T @ X.T
    return (
        calc(attend(Pi @ X))
        .eq(softmax(Pi @ scores @ Pi.T) @ Pi @ X @ V, by="the scores are permuted on both sides")
        .eq(Pi @ softmax(scores) @ Pi.T @ Pi @ X @ V, by="softmax permutes with its scores")
        .eq(Pi @ attend(X), by="a permutation and its transpose cancel")
    )


def attended(X: Any) -> Any:
    """Several heads, added to what comes in."""
    return X + sum_heads(head(X, Qh, Kh, Vh, Oh, tau), h)


def layer(X: Any) -> Any:
    """Several heads and a feed-forward part, each added to what comes in."""
    return attended(X) + feed_forward(attended(X))


A, B, Y, Y_2 = (matrix(name, n, d) for name in ("A", "B", "Y", "Y2"))


@theorem(
    says=Equal(layer(Pi @ X), Pi @ layer(X)),
    section="1.5",
    source="Xu et al., Permutation Equivariance of Transformers and Its Applications, arXiv:2304.07735",
    where={Y: attended(X), Y_2: attended(Pi @ X)},
)
def layer_equivariance():
    """A layer of several heads and a feed-forward part, with residual connections, permutes with its tokens.

    Sums of maps that permute with the tokens do so too.
    """
    with argument() as proof:
        heads = Equal(attended(Pi @ X), Pi @ attended(X))
        heads = proof.have("every head permutes with its tokens", heads)
        whole = Equal(B + feed_forward(B), Pi @ (A + feed_forward(A)))
        whole = proof.have("and a feed-forward part, which acts on each row by itself", whole, by=Equal(B, Pi @ A))
        whole = proof.at("so do both", whole, {A: attended(X), B: attended(Pi @ X)}, by=heads)
        proof.show(layer_equivariance.says, by=whole)
    return proof


@theorem(
    says=Equal(layer(Xp), Pi @ layer(X)),
    given=Equal(Xp, Pi @ X),
    instances=({Xp: Pi @ X},),
    section="1.5",
    source="Xu et al., Permutation Equivariance of Transformers and Its Applications, arXiv:2304.07735",
    where={Y: attended(X), Y_2: attended(Xp)},
)
def depth_equivariance():
    """When what comes into a layer is permuted, so is what comes out; hence the same for any number of layers."""
    with argument(Equal(Xp, Pi @ X)) as proof:
        same = proof.have("what comes in may stand for Pi X", Equal(layer(Xp), layer(A)), by=Equal(Xp, A))
        same = proof.at("so it does", same, {A: Pi @ X}, by=proof.given)
        lines = calc(layer(Xp), proof.given).eq(layer(Pi @ X), by=same)
        proof.show(lines.eq(Pi @ layer(X), by=layer_equivariance))
    return proof


Q_s, K_s = family("Q", H, d_some, k)[h], family("K", H, d_some, k)[h]
V_h, O_s = family("V", H, d_some, v)[h], family("O", H, v, d_some)[h]


def third_token(first: Any, second: Any) -> Any:
    """What a layer of several heads gives the third token, z, of the sequence first, second, z, Z."""
    tokens = vstack(first, second, z_s, Z_s)
    return z_s + sum_heads(softmax(tau * z_s @ Q_s @ K_s.T @ T(tokens)) @ tokens @ V_h @ O_s, h)


@theorem(
    says=Equal(third_token(x_s, y_s), third_token(y_s, x_s)),
    section="1.6",
    source="not found stated elsewhere",
    sketch=(
        "When the first two tokens change places, two terms change places in the sum of exp(score) times "
        "value, and two in the sum of the exponentials."
    ),
    where={
        matrix("X", 3 + r, d_some): vstack(x_s, y_s, z_s, Z_s),
        matrix("X2", 3 + r, d_some): vstack(y_s, x_s, z_s, Z_s),
    },
)
def first_two_are_exchangeable():
    """Without positions, the third token gets the same from a layer when the first two change places."""
    ...


@theorem(
    says=Exists(
        (x_s, y_s),
        Not(And(Equal(third_token(x_s, y_s), y_s), Equal(third_token(y_s, x_s), x_s))),
        (unit(d_some, 0), zeros(1, d_some)),
    ),
    section="1.6",
    source="not found stated elsewhere",
    sketch=(
        "The third token gets the same after e_0 and 0 as after 0 and e_0 (first_two_are_exchangeable).  It"
        " should get 0 the first time, e_0 the second."
    ),
)
def shift_needs_position():
    """Without positions, no layer gives the third token the second one in every sequence.

    It gives the same after y, x as after x, y, and so does any number of layers, by depth_equivariance.  With two
    tokens in all there is no third one.
    """
    ...


swap, pair = matrix("Pi", 2, 2, permutation=True), matrix("X", 2, d)
flip = ones(2, 2) - identity(2)


@theorem(
    says=Equal(flip @ (swap @ pair), swap @ (flip @ pair)),
    section="1.6",
    source="textbook linear algebra",
    sketch=(
        "A permutation commutes with the matrix of ones and with the identity, and so with their difference, "
        "which is the flip."
    ),
)
def other_token_is_equivariant():
    """Of two tokens, giving each one the other needs no positions: it permutes with the tokens."""
    ...
