"""Embeddings and context.

A word becomes a vector by looking up a row of a matrix, which knows nothing of the words around it.  Attention mixes in
the other words, as a weighted sum.  This chapter says what a single row cannot know, when attention makes a token
depend on its context, and what it still cannot see: the order of the tokens.

    E, F     N×u   word vectors, one word a row;  e[i] is row i of them, c[i] how much of it
    A, w, B        the rows of E above one word, that word, the rows below:  a×u, 1×u, b×u
    G        N×N   any function of one word
    X        n×d   tokens, one a row;  X[j] is row j of them
    x        1×d   the token that is looked at;  y, z other tokens
    Y        m×d   its context, the other tokens;  Z  r×d  more of them
    W        d×d   the form of a score, Q Kᵀ
    Q, K     d×k   queries and keys;  V  d×v  values, O  v×d  output;  Q[h], … those of head h
    U, D           the two matrices of a feed-forward layer, d×k and k×d
    Pi       n×n   a permutation of the tokens
    tau            the scale of the scores

Main results
    onehot_row_pick                 a one-hot row times E is one row of E
    positionwise_blind              no function of one token alone gives the token before it
    attention_is_weighted_sum       attention averages the values, with positive weights that sum to 1
    context_dependence_iff          a token notices its context exactly when V is not 0
    contexts_differ_almost_always   and then in almost all pairs of contexts
    permutation_equivariance        permuted tokens give permuted outputs, for any number of heads
    shift_needs_position            without positions no layer gives every token the one before it
"""

from __future__ import annotations

from typing import Any

from symattn.language import (
    And,
    Equal,
    Exists,
    ForAll,
    Iff,
    Not,
    Positive,
    T,
    column,
    concat_heads,
    exp,
    family,
    hadamard,
    head,
    hstack,
    identity,
    index,
    matrix,
    ones,
    reciprocal,
    row,
    rowsum,
    scalar,
    sizes,
    softmax,
    stack_heads,
    sum_heads,
    total,
    unit,
    vstack,
    zeros,
)
from symattn.proof import calc, prove, theorem

N, u, a, b = sizes("N u a b")
d, k, v, H, r = sizes("d k v H r")
n, m, d_some = sizes("n", min=1), sizes("m", min=1), sizes("d", min=1)

E, F = matrix("E", N, u), matrix("F", N, u)
A, w, B = matrix("A", a, u), row("w", u), matrix("B", b, u)
word = index("i", N)
vectors, share = family("e", N, 1, u), family("c", N, 1, 1)

X, Xp = matrix("X", n, d), matrix("X2", n, d)
x, y, z = row("x", d), row("y", d), row("z", d)
Y, Z = matrix("Y", m, d), matrix("Z", r, d)
Q, K, V, W = matrix("Q", d, k), matrix("K", d, k), matrix("V", d, v), matrix("W", d, d)
Pi = matrix("Pi", n, n, permutation=True)
S = matrix("S", n, n)
tau = scalar("tau", positive=True)
h = index("h", H)
Qh, Kh, Vh, Oh = family("Q", H, d, k)[h], family("K", H, d, k)[h], family("V", H, d, v)[h], family("O", H, v, d)[h]


def read(x: Any, context: Any, W: Any = W, V: Any = V) -> Any:
    """What the token x reads from itself and its context: softmax(x W [x; Y]ᵀ) [x; Y] V."""
    tokens = vstack(x, context)
    return softmax(x @ W @ T(tokens)) @ tokens @ V


@theorem(says=Equal(hstack(zeros(1, a), identity(1), zeros(1, b)) @ vstack(A, w, B), w), section="1.1")
def onehot_row_pick():
    """A one-hot row times the word vectors is one row of them.

    The 1 stands after a zeros, and picks the row that has a rows above it.
    """
    ...


@theorem(
    says=Equal(
        concat_heads(share[word], word) @ stack_heads(vectors[word], word), sum_heads(share[word] @ vectors[word], word)
    ),
    section="1.1",
)
def embedding_is_linear():
    """Any row times the word vectors mixes them, each as much as the entry that stands for its word."""
    ...


@theorem(says=Iff(ForAll(row("c", N), Equal(row("c", N) @ E, row("c", N) @ F)), Equal(E, F)), section="1.1")
def onehot_determines():
    """Two linear maps of rows are equal everywhere exactly when their matrices are, as the one-hot rows show."""
    ...


words = sizes("N", min=2)
G = matrix("G", words, words)
first, second = unit(words, 0), unit(words, 1)


@theorem(says=ForAll(G, Not(And(Equal(first @ G, first), Equal(first @ G, second)))), section="1.2")
def positionwise_blind():
    """No function of one token alone gives the token before it, as soon as there are two words.

    When the first word comes after itself, and when it comes after the second word, the function sees the same and
    should give different words.  Words are one-hot rows here, and every function of a one-hot row is a matrix.
    """
    ...


up, down = matrix("U", d, k), matrix("D", k, d)
above, below = matrix("X1", a, d), matrix("X2", b, d)


def feed_forward(X: Any) -> Any:
    """Two matrices with a square, entry by entry, between them."""
    return hadamard(X @ up, X @ up) @ down


@theorem(
    says=Equal(
        feed_forward(vstack(above, x, below)), vstack(feed_forward(above), feed_forward(x), feed_forward(below))
    ),
    section="1.2",
)
def feed_forward_is_positionwise():
    """A feed-forward layer, here with squares between its two matrices, gives each token what it would alone."""
    ...


token = index("j", n)
tokens = family("X", n, 1, d)


def score_of(j: Any) -> Any:
    return total(tau * x @ Q @ K.T @ tokens[j].T)


stacked = stack_heads(tokens[token], token)
weights = softmax(tau * x @ Q @ K.T @ T(stacked))
other = index("l", n)
weight = exp(score_of(token)) * reciprocal(sum_heads(exp(score_of(other)), other))


@theorem(
    says=And(
        Equal(weights @ stacked @ V, sum_heads(weight * tokens[token] @ V, token)),
        Positive(weights),
        Equal(rowsum(weights), ones(1, 1)),
    ),
    section="1.3",
)
def attention_is_weighted_sum():
    """What a token reads is the sum of the values X[j] V, with positive weights that sum to 1.

    The weight of token j is exp(s_j) / Σ_l exp(s_l), where s_j = τ x Q Kᵀ X[j]ᵀ.
    """
    ...


copies = ones(m, 1) @ x
constant = ForAll(Y, Equal(read(x, Y), read(x, copies)))


@theorem(says=Iff(constant, Equal(V, zeros(d, v))), section="1.4")
def context_dependence_iff():
    """What a token reads is the same in every context, as among copies of itself, exactly when V is 0.

    Among copies of x + y instead, it moves by y V times a positive weight.
    """
    moves = prove(ForAll(y, Equal(y @ V, zeros(1, v))), constant, hints=[copies + ones(m, 1) @ y])
    return prove(context_dependence_iff.says, using=[prove(Equal(V, zeros(d, v)), constant, using=[moves])])


shifted, another = copies + ones(m, 1) @ y, matrix("Y2", m, d)
probe, first_in, first_out = column("w", v), unit(d, 0), unit(v, 0)
free = (identity(d) - first_in.T @ first_in) @ matrix("R", d, v)


@theorem(
    says=Exists((Y, another), Not(Equal(read(x, Y), read(x, another))), (copies, shifted)),
    given=Equal(total(y @ V @ probe), 1),
    instances=({y: first_in, probe: first_out.T, V: first_in.T @ first_out + free},),
    section="1.4",
)
def contexts_differ_almost_always():
    """When V is not 0, what a token reads differs between some two contexts, and so between almost all.

    That V is not 0 is said by y V w = 1.  What a token reads is an analytic function of its context, so two contexts in
    which it reads the same lie on a proper analytic subset of all pairs, which has no volume.
    """
    equal = Equal(read(x, copies), read(x, shifted))
    still = prove(Equal(y @ V, zeros(1, v)), equal)
    none = prove(Equal(total(y @ V @ probe), 0), equal, using=[still])
    return prove(contexts_differ_almost_always.says, contexts_differ_almost_always.given, using=[none])


@theorem(says=Equal(softmax(x @ W @ x.T) @ x @ V, x @ V), section="1.4")
def alone_reads_itself():
    """A token without context reads its own value, whatever the scores are."""
    ...


shuffle = matrix("Pi", m, m, permutation=True)


@theorem(says=Equal(read(x, shuffle @ Y), read(x, Y)), section="1.4")
def context_order_is_invisible():
    """What a token reads does not depend on the order of its context."""
    ...


@theorem(says=Equal(read(x, vstack(Z, x, Z)), read(x, Z)), section="1.4")
def repetition_is_invisible():
    """What a token reads does not change when the whole sequence is repeated."""
    ...


x_s, y_s, z_s = row("x", d_some), row("y", d_some), row("z", d_some)
W_s, V_s, Z_s = matrix("W", d_some, d_some), matrix("V", d_some, v), matrix("Z", r, d_some)


@theorem(
    says=Exists(
        (y_s, z_s),
        And(
            Not(Equal(vstack(y_s, z_s, Z_s), vstack(z_s, y_s, Z_s))),
            Equal(read(x_s, vstack(y_s, z_s, Z_s), W_s, V_s), read(x_s, vstack(z_s, y_s, Z_s), W_s, V_s)),
        ),
        (unit(d_some, 0), zeros(1, d_some)),
    ),
    section="1.4",
)
def other_context_same_output():
    """A token in two different sequences may still read the same: its output need not tell the sequences apart.

    This holds for all scores and values, as soon as there are two more tokens.
    """
    ...


@theorem(says=Equal(softmax(Pi @ S @ Pi.T), Pi @ softmax(S) @ Pi.T), section="1.5")
def softmax_permuted():
    """Permuting the rows and columns of the scores permutes the rows and columns of the weights."""
    ...


def attend(X: Any) -> Any:
    """One head: softmax(τ X Q Kᵀ Xᵀ) X V."""
    return softmax(tau * X @ Q @ K.T @ X.T) @ X @ V


@theorem(says=Equal(attend(Pi @ X), Pi @ attend(X)), section="1.5")
def permutation_equivariance():
    """Without positions and masks, a head that sees permuted tokens gives the same outputs, permuted."""
    scores = tau * X @ Q @ K.T @ X.T
    return (
        calc(attend(Pi @ X))
        .eq(softmax(Pi @ scores @ Pi.T) @ Pi @ X @ V, by="the scores are permuted on both sides")
        .eq(Pi @ softmax(scores) @ Pi.T @ Pi @ X @ V, by="softmax permutes with its scores")
        .eq(Pi @ attend(X), by="a permutation and its transpose cancel")
    )


def layer(X: Any) -> Any:
    """Several heads and a feed-forward part, each added to what comes in."""
    attended = X + sum_heads(head(X, Qh, Kh, Vh, Oh, tau), h)
    return attended + feed_forward(attended)


@theorem(says=Equal(layer(Pi @ X), Pi @ layer(X)), section="1.5")
def layer_equivariance():
    """A layer of several heads and a feed-forward part, with residual connections, permutes with its tokens."""
    ...


@theorem(says=Equal(layer(Xp), Pi @ layer(X)), given=Equal(Xp, Pi @ X), instances=({Xp: Pi @ X},), section="1.5")
def depth_equivariance():
    """When what comes into a layer is permuted, so is what comes out; hence the same for any number of layers."""
    ...


Q_s, K_s = family("Q", H, d_some, k)[h], family("K", H, d_some, k)[h]
V_h, O_s = family("V", H, d_some, v)[h], family("O", H, v, d_some)[h]


def third_token(first: Any, second: Any) -> Any:
    """What a layer of several heads gives the third token, z, of the sequence first, second, z, Z."""
    tokens = vstack(first, second, z_s, Z_s)
    return z_s + sum_heads(softmax(tau * z_s @ Q_s @ K_s.T @ T(tokens)) @ tokens @ V_h @ O_s, h)


@theorem(says=Equal(third_token(x_s, y_s), third_token(y_s, x_s)), section="1.6")
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
)
def shift_needs_position():
    """Without positions, no layer gives the third token the second one in every sequence.

    It gives the same after y, x as after x, y, and so does any number of layers, by depth_equivariance.  With two
    tokens in all there is no third one.
    """
    ...


swap, pair = matrix("Pi", 2, 2, permutation=True), matrix("X", 2, d)
flip = ones(2, 2) - identity(2)


@theorem(says=Equal(flip @ (swap @ pair), swap @ (flip @ pair)), section="1.6")
def other_token_is_equivariant():
    """Of two tokens, giving each one the other needs no positions: it permutes with the tokens."""
    ...
