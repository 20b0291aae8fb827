"""Streams.  A residual stream as a record of named features, and heads by what they read, compare and write.

s = stream(token=N, position=P)    features with their widths; each has a slot of the stream for itself
s["token"]                         the slot E, d×N: orthonormal columns, orthogonal to every other slot
circuit(s, value=…, key=…, query=…, output=…)    an ordinary head, of which Q, K, V, O are made of slots
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sympy import Add, Expr, MatrixExpr, sympify

from symattn.errors import LanguageError, ShapeError, layout, unknown_name
from symattn.language.attention import form, head
from symattn.language.blocks import vstack
from symattn.language.claims.claims import Equal
from symattn.language.matrices import T, matrix
from symattn.language.nodes import Shift, identity, zeros
from symattn.language.shapes.shapes import shape
from symattn.language.sizes import Size, is_size, same_size

__all__ = ["Circuit", "Layers", "Reading", "Stream", "circuit", "layers", "reading", "shift", "stream"]


@dataclass(frozen=True)
class Stream:
    """A residual stream as a record of features, each in a slot of its own.  `stream` makes it.

    features    the width of each feature, by name
    rest        how many dimensions are left over
    slots       the slot of each feature, d×width

    >>> N, P = sizes("N P")
    >>> s = stream(token=N, position=P)
    >>> s
    a stream of width N + P + r: token N, position P
    >>> n = sizes("n")
    >>> A, B = matrix("A", n, N), matrix("B", n, P)
    >>> prove(Equal(s.record(token=A, position=B) @ s["token"], A), s.given).over
    'any commutative ring'
    """

    features: Mapping[str, Any]
    rest: Any
    slots: Mapping[str, MatrixExpr]

    def __repr__(self) -> str:
        return f"a stream of width {self.width}: {self._listed()}"

    @property
    def width(self) -> Expr:
        """d: the widths of all features, and what is left over."""
        return Add(*self.features.values(), self.rest)

    @property
    def given(self) -> tuple[Equal, ...]:
        """That slots have orthonormal columns and are orthogonal to each other; nothing for slots that are known."""
        letters = [(E, self.features[name]) for name, E in self.slots.items() if E.is_symbol]
        own = [Equal(T(E) @ E, identity(w)) for E, w in letters]
        return (*own, *(Equal(T(E) @ F, zeros(v, w)) for (E, v), (F, w) in combinations(letters, 2)))

    @property
    def standard(self) -> Stream:
        """The same stream with its features side by side, so that slots are made of unit vectors."""
        return Stream(self.features, self.rest, {name: self._side_by_side(name) for name in self})

    def _side_by_side(self, name: str) -> MatrixExpr:
        width = self.features[name]
        blocks = [identity(width) if other == name else zeros(w, width) for other, w in self.features.items()]
        blocks += [zeros(self.rest, width)] if self.rest != 0 else []
        return vstack(*blocks) if len(blocks) > 1 else blocks[0]

    def __getitem__(self, name: str) -> MatrixExpr:
        if name not in self.features:
            raise unknown_name(name, self.features, kind="feature")
        return self.slots[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.features)

    def read(self, name: str) -> MatrixExpr:
        """What a head reads a feature by: X @ stream.read("token") is n×N."""
        return self[name]

    def write(self, name: str) -> MatrixExpr:
        """What a head writes a feature by: values @ stream.write("token") is n×d."""
        return self[name].T

    def record(self, **values: MatrixExpr) -> MatrixExpr:
        """The rows of the stream that have these features and zeros for the others.

        values    for each feature a matrix with one row a token, n×width

        Raises    UnknownName, ShapeError
        """
        if not values:
            raise LanguageError(f"a record has a value for at least one of {self._listed()}")
        written = []
        for name, value in values.items():
            slot, given = self[name], shape(value)[1]
            if not same_size(given, self.features[name]):
                raise _misfit("cannot write", [(name, self.features[name]), (str(value), given)])
            written.append(value @ slot.T)
        return sum(written[1:], written[0])

    def _listed(self) -> str:
        return ", ".join(f"{name} {width}" for name, width in self.features.items())


def stream(*, rest: Expr | int | None = None, **features: Expr | int) -> Stream:
    """A residual stream with these features.

    rest        how many dimensions are left over; by default any number r ≥ 0
    features    the width of each feature, a size or a number

    Shapes    d = the sum of the widths + rest

    >>> stream(token=sizes("N"), position=4, rest=0)
    a stream of width N + 4: token N, position 4

    Raises    LanguageError without features, or for a width that is none
    """
    if not features:
        raise LanguageError("a stream has features: stream(token=N, position=P) for sizes N and P")
    widths = {name: sympify(width) for name, width in features.items()}
    left = Size("r", 0) if rest is None else sympify(rest)
    for name, width in [*widths.items(), ("rest", left)]:
        if not (is_size(width) or (width.is_Integer and width >= 0)):
            raise LanguageError(f"the width of {name} is {width}, but must be a size or a whole number ≥ 0")
    d = Add(*widths.values(), left)
    return Stream(widths, left, {name: matrix(f"E_{name}", d, width) for name, width in widths.items()})


@dataclass(frozen=True)
class Reading:
    """What a head reads: a feature, or a matrix times it.  `reading` and `shift` make it.

    feature    the name of the feature
    by         a matrix with as many rows as the feature is wide, or what makes it from that width

    >>> reading("position").feature
    'position'
    """

    feature: str
    by: MatrixExpr | Callable[[Any], MatrixExpr] | None = None

    def of(self, stream: Stream) -> MatrixExpr:
        """The matrix that reads it, d×k."""
        slot = stream[self.feature]
        by = self.by(stream.features[self.feature]) if callable(self.by) else self.by
        if by is None:
            return slot
        if not same_size(shape(by)[0], stream.features[self.feature]):
            raise _misfit("cannot read", [(self.feature, stream.features[self.feature]), (str(by), shape(by)[0])])
        return slot @ by


def reading(feature: str, *, by: MatrixExpr | None = None) -> Reading:
    """A feature, read by a matrix.

    feature    the name of the feature
    by         a matrix with as many rows as the feature is wide; by default the feature itself is read

    >>> s = stream(token=3, rest=0)
    >>> reading("token", by=ones(3, 1)).of(s.standard)
    I ones(3, 1)
    """
    return Reading(feature, by)


def shift(of: Any, steps: Expr | int = 1) -> Any:
    """One place back: row i of the shift of size n is the unit vector of place i - 1, and row 0 is zero.

    of       a size n, of which the n×n matrix is made; or the name of a feature, which is then read shifted
    steps    how many places: a size or a whole number; the matrix has 1 at (i, j) where i = j + steps

    >>> n = sizes("n")
    >>> prove(Equal((identity(n) - shift(n)) @ causal(n), identity(n))).over
    'any commutative ring'

    Raises    LanguageError for steps that are no size
    """
    return Reading(of, shift) if isinstance(of, str) else Shift(of, steps)


@dataclass(frozen=True)
class Circuit:
    """A head by what it reads, compares and writes.  `circuit` makes it.

    stream        the stream that it reads and writes
    Q, K, V, O    d×k, d×k, d×v, v×d
    scale         τ, or None
    output        the feature that it writes
    mask          makes of n the mask of n tokens, n×n, or is None

    >>> s = stream(token=3, position=4, copied=3)
    >>> copy = circuit(s, value="token", key="position", query=shift("position"), output="copied")
    >>> copy.ov == s["token"] @ s["copied"].T
    True
    """

    stream: Stream
    Q: MatrixExpr
    K: MatrixExpr
    V: MatrixExpr
    O: MatrixExpr
    scale: Any
    output: str
    mask: Callable[[Any], MatrixExpr] | None = None

    @property
    def form(self) -> MatrixExpr:
        """What it compares by, Q Kᵀ."""
        return form(self.Q, self.K)

    @property
    def ov(self) -> MatrixExpr:
        """What it moves, V O."""
        return self.V @ self.O

    def __call__(self, X: MatrixExpr) -> MatrixExpr:
        """What it adds to the tokens X, n×d."""
        mask = None if self.mask is None else self.mask(shape(X)[0])
        return head(X, self.Q, self.K, self.V, self.O, self.scale, mask=mask)


def circuit(
    stream: Stream,
    *,
    value: str | Reading,
    key: str | Reading,
    query: str | Reading,
    output: str,
    scale: Expr | int | None = None,
    mask: Callable[[Any], MatrixExpr] | None = None,
) -> Circuit:
    """A head that looks for the tokens whose key is like its query, and writes what their value is.

    stream    the stream that it reads and writes
    value     the feature that it moves
    key       what a token is found by
    query     what a token looks for
    output    the feature that it writes; as wide as the value
    scale     τ, a scalar; by default 1
    mask      makes of a number of tokens who may look at whom, such as causal; by default all look at all

    Shapes    Q, K d×k; V d×v; O v×d

    >>> P = sizes("P", min=0)
    >>> s = stream(token=sizes("N"), position=P + 1, prev_token=sizes("N"))
    >>> previous = circuit(s, value="token", key="position", query=shift("position"), output="prev_token")
    >>> X = matrix("X", sizes("n"), s.width)
    >>> shape(previous(X)) == shape(X)
    True

    Raises    UnknownName for a feature that the stream does not have; ShapeError when query and key, or value and
              output, are of different widths
    """
    Q, K, V = (_reading(what).of(stream) for what in (query, key, value))
    O = stream.write(output)
    for what, pair in (("compare", [("query", Q), ("key", K)]), ("write", [("value", V), ("output", O.T)])):
        if not same_size(*(shape(A)[1] for _, A in pair)):
            raise _misfit(f"cannot {what}", [(name, shape(A)[1]) for name, A in pair], stream)
    return Circuit(stream, Q, K, V, O, scale, output, mask)


def _reading(what: str | Reading) -> Reading:
    return Reading(what) if isinstance(what, str) else what


@dataclass(frozen=True)
class Layers:
    """Heads one after the other, each on what the ones before have left.  `layers` makes it.

    circuits    the heads, in order

    >>> s = stream(token=3, copied=3)
    >>> twice = layers(circuit(s, value="token", key="token", query="token", output="copied"))
    >>> X = matrix("X", 5, s.width)
    >>> twice(X) == X + twice.circuits[0](X)
    True
    """

    circuits: tuple[Circuit, ...]

    def __call__(self, X: MatrixExpr) -> MatrixExpr:
        """The stream after all of them: X + what the first adds + what the second adds to that + …"""
        for one in self.circuits:
            X = X + one(X)
        return X


def layers(*circuits: Circuit) -> Layers:
    """Heads one after the other.

    circuits    heads on one stream, which write different features

    >>> s = stream(token=3, copied=3)
    >>> one = circuit(s, value="token", key="token", query="token", output="copied")
    >>> layers(one, one)
    Traceback (most recent call last):
        ...
    symattn.errors.LanguageError: the feature copied is written twice: the second would be added to the first
      the features are token 3, copied 3

    Raises    LanguageError when a feature is written twice, or the heads are on different streams
    """
    if not circuits:
        raise LanguageError("layers are of at least one circuit")
    first, written = circuits[0].stream, list[str]()
    for one in circuits:
        listed = f"  the features are {first._listed()}"
        if one.stream != first:
            raise LanguageError(f"the circuits are on different streams:\n  {first}\n  {one.stream}")
        if one.output in written:
            raise LanguageError(
                f"the feature {one.output} is written twice: the second would be added to the first\n{listed}"
            )
        written.append(one.output)
    return Layers(circuits)


def _misfit(what: str, widths: list[tuple[str, Any]], stream: Stream | None = None) -> ShapeError:
    pairs = [(name, f"width {width}") for name, width in widths]
    note = "the widths differ: " + " ≠ ".join(str(width) for _, width in widths)
    return ShapeError(layout(what, pairs, note + (f"\nthe features are {stream._listed()}" if stream else "")))
