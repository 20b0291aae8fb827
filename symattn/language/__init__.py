"""Language: what can be said.  SymPy objects for sizes, matrices, softmax, heads and claims; no proofs.

A name in lower case builds an expression; a capitalised one is the node that it builds, for reading a tree.  Nodes
that stand for SymPy's own are subclasses of them (Matrix of MatrixSymbol, Hadamard of HadamardProduct, Entry of
MatrixElement), so a reader tests them with isinstance.
"""

from .attention import attention, form, head, scores
from .base import Entry
from .bilinear import Bilinear, BilinearMap, MatrixOf, bilinear, matrix_of
from .blocks import HStack, VStack, hstack, vstack
from .calculus import Gradient, Jacobian, Partial
from .claims import (
    PSD,
    And,
    AtMost,
    Claim,
    Equal,
    Exists,
    ForAll,
    Iff,
    Implies,
    Not,
    Positive,
    Rank,
    RankAtLeast,
    RankAtMost,
    at_most,
)
from .code import code
from .heads import (
    Family,
    HeadConcat,
    HeadIndex,
    HeadStack,
    HeadSum,
    Member,
    Pair,
    ScalarHeadSum,
    concat_heads,
    family,
    group,
    index,
    stack_heads,
    sum_heads,
)
from .latex import latex
from .matrices import Matrix, Scalar, T, column, inverse, matrix, row, scalar
from .nodes import (
    Determinant,
    Diag,
    ElementwiseExp,
    ElementwiseLog,
    Hadamard,
    Reciprocal,
    RowSum,
    Softmax,
    Total,
    Unit,
    determinant,
    diag,
    entry,
    exp,
    hadamard,
    identity,
    inner,
    log,
    logsumexp,
    normsquared,
    ones,
    reciprocal,
    rowsum,
    softmax,
    total,
    trace,
    unit,
    zeros,
)
from .shapes import check, language_nodes, shape
from .sizes import Size, is_size, lower_bound, same_size, sizes
from .text import text
from .walk import letters_of, sizes_of
