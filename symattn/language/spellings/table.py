"""Names.  Other names for what the language has, and names that it refuses, each with what to write instead.

Statements given as text and attributes of the package are both looked up here.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection

__all__ = ["ALIASES", "INSTEAD", "instead", "nearest_names"]

ALIASES = {
    "KL": "kl",
    "Hessian": "hessian",
    "Tr": "trace",
    "block_diag": "blockdiag",
    "det": "determinant",
    "exists": "Exists",
    "eye": "identity",
    "forall": "ForAll",
    "grad": "Gradient",
    "gradient": "Gradient",
    "iff": "Iff",
    "implies": "Implies",
    "inv": "inverse",
    "jacobian": "Jacobian",
    "logsoftmax": "log_softmax",
    "lse": "logsumexp",
    "norm2": "norm",
    "partial": "Partial",
    "psd": "PSD",
    "rank": "Rank",
    "sdpa": "scaled_dot_product_attention",
    "sum": "total",
    "swish": "silu",
    "tr": "trace",
    "transpose": "T",
}
"""A name, and what it is called here.  `gradient` is a function of the package that proves; as text it is a node."""

_MASK = "There are causal(n) and window(n, left, right), and a letter can be a mask: M:n*n:mask in softmax(S, mask=M)."
_CASES = "Texts have it: decide('x:1*n |- relu(x) - relu(-x) == x'); a mask says in which case each entry is."
_STEP = "Texts have abs, relu, sign, max, min and clip; of a step write the cases as hypotheses, x > 0 and x < 0."
_TURNS = "Rotations are rope(A, t, theta), or a letter, R:d*d:orthogonal."
_PAIRS = "Write it with products, hadamard, inner and trace, or kron(A, B) and vec(A)."
_ROWS = "The columns of A one under the other are vec(A), its rows side by side T(vec(A.T)); norms need neither."
_MEAN = "Texts have E, Var and Cov of random letters: decide('q:1*d:gaussian k:1*d:gaussian |- Var(q@k.T) == d')."
_BLOCKS = "Write hstack(A, B) for side by side, vstack(A, B) for one under the other."
_HEADS = "Over heads h<H there are sum_heads(A[h], h), concat_heads(A[h], h) and stack_heads(A[h], h)."
_LIMIT = "The language has no limits: state a bound for every t, or a derivative, Partial(f, t)."

INSTEAD = {
    **dict.fromkeys(
        ("abs", "sign", "relu", "maximum", "minimum", "clip", "clamp", "max", "amax", "min", "amin"), _CASES
    ),
    **dict.fromkeys(("argmax", "argmin", "heaviside"), _STEP),
    "leaky_relu": "Write a*x + (1 - a)*relu(x), in a text.",
    "gelu": "It needs the integral of exp(-x**2), which the language has not; silu(x) = x*sigmoid(x) is there.",
    "erf": "The language has exp, log, cos, sin, 1/x and roots; sigmoid and tanh are made of them.",
    "tan": "It is not there where cos is 0: write sin(x)/cos(x).",
    **dict.fromkeys(("rot", "rotate"), _TURNS),
    **dict.fromkeys(("where", "masked_fill", "mask_fill", "causal_mask"), _MASK),
    "cumsum": "The sums of the first rows are causal(n) @ A, those of the last ones causal(n).T @ A.",
    **dict.fromkeys(("reshape", "flatten", "ravel"), _ROWS),
    "outer": "Of two rows write x.T @ y.",
    "einsum": _PAIRS,
    **dict.fromkeys(("E", "Var", "Cov"), _MEAN),
    **dict.fromkeys(("concat", "concatenate", "cat", "stack", "block"), _BLOCKS),
    **dict.fromkeys(("limit", "lim", "taylor"), _LIMIT),
    **dict.fromkeys(("prod", "cumprod", "scan"), _HEADS),
    "pow": "Write t**2 of a number, matrix_power(A, 2) or square(A) of a matrix.",
    "multiply": "Write A @ B, or hadamard(A, B) entry by entry.",
    "mul": "Write A @ B, or hadamard(A, B) entry by entry.",
    "matmul": "Write A @ B.",
    "mm": "Write A @ B.",
    "add": "Write A + B.",
    "norm1": _CASES,
    "kl_div": "torch takes logarithms, and the second one first.  Write kl(p, q), the sum of p_i (log p_i - log q_i).",
    "std": "It may be 0, where it has no root: write var(x, ddof=0), its square, or sqrt(var(x, ddof=0) + e).",
    "variance": "Write var(x, ddof=0).",
    "conj": "Every matrix is real.",
    "pinv": "Write P with the hypotheses that say what it is: A@P@A == A, P@A@P == P.",
    **dict.fromkeys(("eigenvalues", "eigvals", "eigvalsh"), "That none is negative is PSD(A), of a symmetric A."),
    "nullity": "It is the number of columns less the rank: n - rank(A), for A:m*n.",
    "eig": "An eigenvector is a letter: v@A == t*v as a hypothesis.",
    "svd": "Its factors are letters: A == U@diag(s)@V.T, with U:n*n:orthogonal V:n*n:orthogonal s:1*n.",
    "expm": "The language has no exponential of a matrix; exp(A) is that of every entry.",
    "logm": "The language has no logarithm of a matrix; log(A) is that of every entry.",
    "sqrtm": "A root is a letter: R@R == A as a hypothesis.",
    "cond": "State it by bounds, as ForAll(x, normsquared(x@A) <= c*normsquared(x)).",
    "float": "Numbers are exact: 0.5 is 1/2.",
    "inf": "A mask hides what is -inf elsewhere: softmax(S, mask=M) with M:n*m:mask.",
    "I": "The identity says its size: identity(n).",
    "e": "Write exp(x) for e^x, and exp(1) for the number.",
    "pi": "Numbers are made of whole numbers, roots, exp and log: an angle is a letter.",
}
"""A name that people write for what the language has not, or not in one meaning."""


def nearest_names(name: str, known: Collection[str]) -> list[str]:
    """Those of the known names of which it may be a slip: a name that means something else is worse than none."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.75)
    return near or [other for other in known if other.lower() == name.lower()]


def instead(name: str, known: Collection[str]) -> str:
    """What to write in place of a name that is not known, or nothing."""
    if name in INSTEAD:
        return INSTEAD[name]
    if name in ALIASES and ALIASES[name] in known:
        return f"It is called {ALIASES[name]} here."
    near = nearest_names(name, known)
    return f"Did you mean {' or '.join(near)}?" if near else ""
