"""What is certain about a trained head, computed from its factors Q and K and never from Q Kᵀ rounded.

A floating-point number is a whole number times a power of 2, so it has a residue modulo any odd prime.  A rank modulo a
prime is at most the true rank; with the trivial upper bounds that settles the rank of nearly every trained head.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from symattn.models.factored import form_spectra, symmetric_spectra
from symattn.models.notes import Note
from symattn.models.trained import Head
from symattn.numeric.arithmetics.floats import Floats
from symattn.numeric.arithmetics.modular import LARGEST_31_BIT_PRIME as PRIME
from symattn.numeric.bounds.balls import Ball

Array = Any


@dataclass(frozen=True)
class Range:
    """A whole number that is at least `least` and at most `most`."""

    least: int
    most: int

    @property
    def exact(self) -> int | None:
        return self.least if self.least == self.most else None

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}…{self.most}"


@dataclass(frozen=True)
class HeadReport:
    """Facts about one head with the form W = Q Kᵀ.  `head_report` makes it.

    name               the layer and the number of the head
    d, k               the width of tokens, and that of queries and keys
    rank_query, rank_key, rank_form
                       the ranks of Q, K and W, each at least `least` and at most `most`
    symmetric_share    tr(W W) / ‖W‖²: 1 for a symmetric form, -1 for a skew one, 0 where both parts weigh the
                       same; None when W = 0
    share_error        how far that may be from the exact value
    singular_values    the min(d, k) of W that may differ from 0, largest first
    singular_error     how far each may be from the exact value
    least_inertia      how many positive and negative eigenvalues the symmetric part has at least
    notes              those of the head: what was assumed, and what is not folded in

    >>> import numpy as np
    >>> report = head_report(sa.models.Head("layer", 0, np.eye(4, 2), np.eye(4, 2)))
    >>> str(report.rank_form), report.symmetric_share, report.least_inertia
    ('2', 1.0, (2, 0))
    """

    name: str
    d: int
    k: int
    rank_query: Range
    rank_key: Range
    rank_form: Range
    symmetric_share: float | None
    share_error: float
    singular_values: tuple[float, ...] = ()
    singular_error: float = 0.0
    least_inertia: tuple[int, int] = (0, 0)
    notes: tuple[Note, ...] = ()

    def __str__(self) -> str:
        share = "W = 0" if self.symmetric_share is None else f"{self.symmetric_share:+.4f} ± {self.share_error:.1g}"
        facts = f"{self.name}: d={self.d}, k={self.k}, rank W = {self.rank_form}, symmetric share {share}"
        if not self.singular_values:
            return facts
        ends = f"{self.singular_values[0]:.4g} to {self.singular_values[-1]:.4g}, each ± {self.singular_error:.1g}"
        return f"{facts}, singular values {ends}"


def residues(matrix: Array, prime: int = PRIME) -> Array:
    """The entries modulo an odd prime; 2 has an inverse there, so a fraction m·2^e has a residue."""
    wide = np.asarray(matrix, dtype=np.float64)
    mantissa, exponent = np.frexp(wide)
    whole = np.ldexp(mantissa, 53).astype(np.int64) % prime
    powers = {int(e): pow(2, int(e) - 53, prime) for e in np.unique(exponent)}
    scale = np.vectorize(powers.__getitem__, otypes=[np.int64])(exponent) if wide.size else whole
    return whole * scale % prime


def row_echelon(matrix: Array, prime: int = PRIME) -> Array:
    """The non-zero rows after elimination modulo the prime, below 2³¹ so that a product fits 63 bits.

    Whole rows at once: SymPy's `DomainMatrix`, entry by entry, takes three times as long for a head of 128×32.
    """
    rows = matrix.copy()
    found = 0
    for column in range(rows.shape[1]):
        below = np.flatnonzero(rows[found:, column])
        if not len(below):
            continue
        pivot = found + int(below[0])
        rows[[found, pivot]] = rows[[pivot, found]]
        rows[found] = rows[found] * pow(int(rows[found, column]), -1, prime) % prime
        factors = rows[found + 1 :, column : column + 1]
        rows[found + 1 :] = (rows[found + 1 :] - factors * rows[found] % prime) % prime
        found += 1
    return rows[:found]


def _product(left: Array, right: Array, prime: int = PRIME) -> Array:
    """left @ right modulo the prime, reduced after every product so that nothing overflows."""
    total = np.zeros((left.shape[0], right.shape[1]), dtype=np.int64)
    for inner in range(left.shape[1]):
        total = (total + left[:, inner : inner + 1] * right[inner] % prime) % prime
    return total


def _most(matrix: Array) -> int:
    """No rank exceeds the number of rows, or of columns, that are not 0."""
    return int(min((matrix != 0).any(axis=1).sum(), (matrix != 0).any(axis=0).sum()))


def ranks(Q: Array, K: Array) -> tuple[Range, Range, Range]:
    """The ranks of Q, K and Q Kᵀ.

    With Q = L R and K = L' R' (L, L' of full column rank) the rank of Q Kᵀ is that of the core R R'ᵀ.  Sylvester gives
    rank Q + rank K - k as another lower bound.
    """
    echelons = [row_echelon(residues(part)) for part in (Q, K)]
    query, key = (Range(len(rows), _most(part)) for rows, part in zip(echelons, (Q, K), strict=True))
    core = len(row_echelon(_product(echelons[0], echelons[1].T)))
    least = max(core, query.least + key.least - Q.shape[1])
    return query, key, Range(least, min(query.most, key.most))


def symmetric_share(Q: Array, K: Array) -> Ball:
    """tr(W W) / ‖W‖² for W = Q Kᵀ, from k×k products: tr((KᵀQ)²) / tr((QᵀQ)(KᵀK))."""
    floats = Floats("float64")
    q, k = floats.lift(np.asarray(Q, dtype=np.float64)), floats.lift(np.asarray(K, dtype=np.float64))
    turned = [floats.rearrange(np.transpose, [part]) for part in (q, k)]
    cross = floats.matmul(turned[1], q)
    above = _trace_of_product(floats, cross, floats.rearrange(np.transpose, [cross]))
    below = _trace_of_product(floats, floats.matmul(turned[0], q), floats.matmul(turned[1], k))
    return floats.multiply(above, floats.reciprocal(below))


def _trace_of_product(floats: Floats, left: Ball, right_transposed: Ball) -> Ball:
    flat = floats.multiply(left, right_transposed)
    return floats.rowsum(floats.rearrange(lambda entries: entries.reshape(1, -1), [flat]))


def head_report(head: Head) -> HeadReport:
    """What is certain about a head: the ranks of Q, K and W = Q Kᵀ, how symmetric W is, and its singular values.

    head    one head, as `heads` gives them

    >>> import numpy as np
    >>> found = heads({"wq": np.eye(6, 4), "wk": np.eye(6, 4)}, query="wq", key="wk", heads=2, layout="right")
    >>> head_report(found[0]).rank_form.exact
    2
    """
    query, key, form = ranks(head.Q, head.K)
    share = symmetric_share(head.Q, head.K)
    known = form.most > 0
    d, k = head.Q.shape
    value, error = (float(part[0, 0]) for part in (share.value, share.radius))
    spectrum, symmetric = form_spectra(head.Q, head.K)[0], symmetric_spectra(head.Q, head.K)[0]
    singular, bound = tuple(map(float, spectrum.values)), float(spectrum.radius.max(initial=0))
    facts = head.name, d, k, query, key, form, value if known else None, error if known else 0.0
    return HeadReport(*facts, singular, bound, symmetric.signs, head.notes)
