"""Language: what can be said.  SymPy objects for sizes, matrices, softmax, heads and claims; no proofs.

A name in lower case builds an expression; a capitalised one is the node that it builds, for reading a tree.  Nodes
that stand for SymPy's own are subclasses of them (Matrix of MatrixSymbol, Hadamard of HadamardProduct, Entry of
MatrixElement), so a reader tests them with isinstance.
"""

from symattn.language.attention import attention, form, head, scores
from symattn.language.bilinear import Bilinear, BilinearMap, MatrixOf, bilinear, matrix_of
from symattn.language.blocks import HStack, VStack, hstack, vstack
from symattn.language.calculus import Gradient, Jacobian, Partial
from symattn.language.claims.claims import PSD, And, AtMost, Claim, Equal, Iff, Implies, Not, Positive
from symattn.language.claims.quantifiers import Exists, ForAll
from symattn.language.claims.ranks import Rank, RankAtLeast, RankAtMost, at_most
from symattn.language.claims.recurrences import Recurrence, recurrence, recurrence_in
from symattn.language.entrywise import (
    ElementwiseCos,
    ElementwiseExp,
    ElementwiseLog,
    ElementwiseSin,
    Hadamard,
    Reciprocal,
    cos,
    exp,
    hadamard,
    log,
    reciprocal,
    sin,
)
from symattn.language.heads import Family, HeadIndex, Member, Pair, family, group, index, place_of
from symattn.language.matrices import Matrix, Scalar, T, column, inverse, matrix, row, scalar
from symattn.language.nodes import Before, Diag, Shift, Softmax, Unit, diag, entry, identity, ones, softmax, unit, zeros
from symattn.language.over_heads import (
    HeadConcat,
    HeadStack,
    HeadSum,
    ScalarHeadSum,
    concat_heads,
    stack_heads,
    sum_heads,
)
from symattn.language.printing.code import code
from symattn.language.printing.latex import latex
from symattn.language.printing.text import text
from symattn.language.shapes.shapes import check, language_nodes, shape
from symattn.language.sizes import Size, is_size, lower_bound, same_size, sizes
from symattn.language.spellings.algebra import blockdiag, dot, hessian, logdet, matrix_power, one_hot
from symattn.language.spellings.attention import scaled_dot_product_attention
from symattn.language.spellings.averages import cross_entropy, entropy, kl, layernorm, mean, norm, rmsnorm, var
from symattn.language.spellings.entrywise import log_softmax, quotient, sigmoid, silu, softplus, sqrt, square, tanh
from symattn.language.spellings.moments import expectation
from symattn.language.spellings.order import causal, order, positions, tril, triu, window
from symattn.language.spellings.pairs import kron, vec
from symattn.language.spellings.turns import rope
from symattn.language.streams import Circuit, Layers, Reading, Stream, circuit, layers, reading, shift, stream
from symattn.language.sums import (
    Determinant,
    RowSum,
    Total,
    determinant,
    inner,
    logsumexp,
    normsquared,
    rowsum,
    total,
    trace,
)
from symattn.language.trees.abbreviations import folded, unfolded
from symattn.language.trees.base import Entry
from symattn.language.walk import letters_of, sizes_of

# the names that NumPy, torch and textbooks have for them
det, tr, eye, lse = determinant, trace, identity, logsumexp
inv, rank, grad, jacobian = inverse, Rank, Gradient, Jacobian
