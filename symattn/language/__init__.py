"""Language: what can be said.  SymPy objects for sizes, matrices, softmax, heads and claims; no proofs.

A name in lower case builds an expression; a capitalised one is the node that it builds, for reading a tree.  Nodes
that stand for SymPy's own are subclasses of them (Matrix of MatrixSymbol, Hadamard of HadamardProduct, Entry of
MatrixElement), so a reader tests them with isinstance.
"""

from symattn.language.attention import attention, form, head, scores
from symattn.language.bilinear import Bilinear, BilinearMap, MatrixOf, bilinear, matrix_of
from symattn.language.blocks import HStack, VStack, hstack, vstack
from symattn.language.calculus import Gradient, Jacobian, Partial
from symattn.language.claims import (
    PSD,
    And,
    AtMost,
    Claim,
    Equal,
    Iff,
    Implies,
    Not,
    Positive,
    Rank,
    RankAtLeast,
    RankAtMost,
    at_most,
)
from symattn.language.entrywise import (
    ElementwiseExp,
    ElementwiseLog,
    Hadamard,
    Reciprocal,
    exp,
    hadamard,
    log,
    reciprocal,
)
from symattn.language.heads import (
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
from symattn.language.matrices import Matrix, Scalar, T, column, inverse, matrix, row, scalar
from symattn.language.nodes import (
    Determinant,
    Diag,
    RowSum,
    Softmax,
    Total,
    Unit,
    determinant,
    diag,
    entry,
    identity,
    inner,
    logsumexp,
    normsquared,
    ones,
    rowsum,
    softmax,
    total,
    trace,
    unit,
    zeros,
)
from symattn.language.printing.code import code
from symattn.language.printing.latex import latex
from symattn.language.printing.text import text
from symattn.language.quantifiers import Exists, ForAll
from symattn.language.shapes.shapes import check, language_nodes, shape
from symattn.language.sizes import Size, is_size, lower_bound, same_size, sizes
from symattn.language.trees.base import Entry
from symattn.language.walk import letters_of, sizes_of
