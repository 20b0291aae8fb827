"""What the kernel is told is what SymPy says: every entry of every node, at sizes and entries that are numbers.

The elaborated term is evaluated by the kernel's own test model, the expression through SymPy's `as_explicit`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy.matrices.expressions.matexpr import MatrixElement

import symattn as sa
from symattn.kernel.syntax.terms import Letter, Parameter
from symattn.language.trees.base import ScalarNode, explicit
from symattn.language.trees.unevaluated import own
from symattn.proof.elaborate.claims import array
from symattn.proof.elaborate.elaborator import Elaborator
from tests.kernel.model import Model, NoValue, cosine, exponential, jet, logarithm, power, sine
from tests.proof.fuzzing.fuzz import pair

n, d, k, H, R = sa.sizes("n d k H R", min=1)
m = sa.sizes("m", min=2)
z = sa.sizes("z", min=0)
A, B = sa.matrix("A", n, d), sa.matrix("B", n, d)
C = sa.matrix("C", d, k)
S = sa.matrix("S", d, d)
M = sa.matrix("M", d, d, invertible=True)
x, y, c = sa.row("x", d), sa.row("y", d), sa.column("c", n)
t, p = sa.scalar("t"), sa.scalar("p", positive=True)
Q, O = sa.family("Q", H, n, d), sa.family("O", H, d, k)
W = sa.family("W", H * R, d, d)
P, f = sa.family("P", d, H, k), sa.index("f", d)
h, g, r = sa.index("h", H), sa.index("g", H), sa.index("r", R)
form = sa.bilinear("s", d)
symmetric, skew = sa.matrix("Y", d, d, symmetric=True), sa.matrix("Z", d, d, skew=True)
E = sa.matrix("E", z, d)
U = sa.matrix("U", m, d)

NODES = {
    "letter": A,
    "sum": A + B - 2 * A,
    "product": A @ S @ C,
    "nested product": sympy.MatMul(A, sympy.MatMul(S, C, evaluate=False), evaluate=False),
    "scaled": t**2 * A + sympy.Rational(1, 3) * B,
    "square": S**3,
    "power 0": sympy.MatPow(S, 0, evaluate=False),
    "transpose": sympy.Transpose(A @ C),
    "kept transpose": sa.T(sa.T(A) + sa.T(B)),
    "inverse": sa.inverse(M) @ S,
    "inverse of a transpose": sa.inverse(M.T),
    "kept transpose of an inverse": sa.T(sa.inverse(M)),
    "symmetric": symmetric @ S,
    "skew": skew + S,
    "identity": sa.identity(d) + S,
    "zeros": sa.hstack(sa.zeros(n, d), A),
    "ones": sa.ones(d, d) @ S,
    "hadamard": sa.hadamard(A, B, A),
    "exp": sa.exp(A - B),
    "log": sa.log(sa.exp(A)),
    "cos": sa.cos(A - B),
    "sin": sa.sin(2 * A),
    "rope": sa.rope(sa.hstack(A, B), t, sa.row("theta", A.shape[1])),
    "reciprocal": sa.reciprocal(A),
    "softmax": sa.softmax(A),
    "scaled softmax": sa.softmax(A, scale=2),
    "masked softmax": sa.softmax(A, mask=sa.matrix("K", n, d, mask=True)),
    "softmax over one column": sa.softmax(c),
    "diag of a row": sa.diag(x),
    "diag of a column": sa.diag(c),
    "diag of an entry": sa.diag(sa.row("e", 1)),
    "unit": sa.unit(m, 1) @ U,
    "order": sa.Before(n, m, 1, n) + sa.Before(n, m, m, 0),
    "causal": sa.tril(A),
    "shift": sa.shift(n) @ A,
    "rowsum": sa.rowsum(A @ S),
    "no rows": E @ S,
    "sum over nothing": sa.T(E) @ E,
    "blocks beside": sa.hstack(A, B @ C, c),
    "blocks below": sa.vstack(A, x, A @ S),
    "blocks in blocks": sa.hstack(sa.hstack(A, c), sa.vstack(B @ C)),
    "blocks in blocks, twice": sa.vstack(sa.hstack(S, S), sa.hstack(S, M)),
    "product of blocks": sa.hstack(A, B) @ sa.vstack(S, M),
    "product of blocks that are split differently": sa.hstack(A @ C, A) @ sa.vstack(S, sa.T(C)),
    "sum of blocks that are split differently": sa.hstack(A @ C, B) + sa.hstack(A, B @ C),
    "a transpose of blocks": sa.T(sa.hstack(A, B @ C)) @ B,
    "blocks times a transpose of blocks": sa.hstack(S, C) @ sa.T(sa.hstack(S, C)),
    "a transpose of blocks below": S @ sa.T(sa.vstack(S, A)),
    "entrywise on blocks": sa.exp(sa.hstack(A, c)),
    "softmax over blocks": sa.softmax(sa.hstack(A, B @ C)) @ sa.vstack(S, sa.T(C)),
    "a letter over a split axis": sa.matrix("G", n, d + k) @ sa.vstack(S, sa.T(C)),
    "a transposed letter over a split axis": sa.hstack(S, C) @ sa.T(sa.matrix("G", n, d + k)),
    "diag of blocks": sa.diag(sa.hstack(x, y)),
    "rowsum of blocks": sa.rowsum(sa.hstack(A, B @ C)),
    "a block with no rows": sa.vstack(E, A) @ S,
    "sum over heads": sa.sum_heads(Q[h] @ O[h], h),
    "one head": Q[0] @ O[0],
    "heads beside": sa.concat_heads(Q[h], h),
    "heads below": sa.stack_heads(O[h], h),
    "joined heads": sa.concat_heads(Q[h], h) @ sa.stack_heads(O[h], h),
    "joined heads that are split differently": sa.concat_heads(Q[h], h) @ sa.stack_heads(P[f], f),
    "softmax over heads": sa.softmax(sa.concat_heads(Q[h], h)),
    "heads of blocks": sa.concat_heads(sa.hstack(Q[h], c), h),
    "blocks of heads": sa.hstack(sa.concat_heads(Q[h], h), c),
    "a letter over heads": sa.matrix("V", n, H * d) @ sa.stack_heads(O[h], h),
    "nested heads, one name": sa.sum_heads(sa.sum_heads(Q[h], h) @ O[h], h),
    "grouped heads": sa.concat_heads(sa.sum_heads(W[sa.group(g, r)], r), g),
    "groups of heads side by side": sa.concat_heads(sa.concat_heads(W[sa.group(g, r)], r), g),
    "gradient of a trace": sa.Gradient(sa.trace(S @ S @ S), S),
    "gradient of a softmax": sa.Gradient(sa.total(sa.hadamard(B, sa.softmax(A @ S))), S),
    "gradient of a 1×1 matrix": sa.Gradient(x @ S @ y.T, x),
    "jacobian": sa.Jacobian(sa.exp(x @ S), x),
    "jacobian of softmax": sa.Jacobian(sa.softmax(x), x),
    "matrix of a form": sa.matrix_of(form) @ S,
    "rational": sympy.Rational(-3, 4) * p**2,
    "a root": sympy.sqrt(p) * t,
    "a size": (n + d * k) * t,
    "one over a size": t / n,
    "scalar exp": sa.exp(t - 2),
    "e": sa.exp(sympy.Integer(1)) * t,
    "scalar log": sa.log(p) + t,
    "scalar cos and sin": sa.cos(p - t) + t * sa.sin(p),
    "trace": sa.trace(S @ S.T) - t,
    "determinant": sa.determinant(S @ S.T) - t,
    "determinant of blocks": sa.determinant(sa.vstack(sa.hstack(S, sa.T(x)), sa.hstack(x, sa.ones(1, 1)))),
    "power that is a size": t**d,
    "power that is a sum of sizes": t ** (d + 1) + 1,
    "trace of a product of blocks": sa.trace(sa.vstack(S, x) @ sa.hstack(S, sa.T(x))),
    "total": sa.total(sa.hadamard(A, B)),
    "total of blocks": sa.total(sa.hstack(A, B @ C)),
    "total of heads": sa.total(sa.concat_heads(Q[h], h)),
    "entry": sa.entry(A, 0, 0) * sa.entry(U, 1, 0),
    "entry of a product": sa.entry(U @ S, 1, 0),
    "sum over heads of a scalar": sa.sum_heads(sa.total(Q[h]) ** 2, h),
    "bilinear": form(x, y) * form(y @ S, y),
    "bilinear at units": form(sa.unit(d, 0), x),
    "partial": sa.Partial(t**3 * sa.total(A) + sa.exp(2 * t), t),
    "a 1×1 product": sa.entry(x @ y.T, 0, 0) + t,
}

SIZES = [
    {"n": 3, "d": 2, "k": 1, "H": 2, "R": 2, "m": 2, "z": 0},
    {"n": 1, "d": 1, "k": 2, "H": 1, "R": 2, "m": 3, "z": 1},
]


class Plain:
    """The value of what SymPy makes of an expression, in the numbers of the model."""

    def __init__(self, model: Model, names: dict[str, Any]) -> None:
        self.model, self.names = model, names

    def of(self, expr: Any) -> Any:
        if isinstance(expr, MatrixElement):
            return self.entry(*expr.args)
        if isinstance(expr, sympy.Rational):
            return Fraction(int(expr.p), int(expr.q))
        if isinstance(expr, sympy.Symbol):
            return self.model.parameter(Parameter(expr.name, bool(expr.is_positive)))
        if isinstance(expr, sympy.Sum):
            return self.of(expr.doit())
        if isinstance(expr, sympy.Trace | ScalarNode):
            return self.of(explicit(expr))
        if isinstance(expr, sympy.Piecewise):
            return next(self.of(value) for value, when in expr.args if when == True or self.holds(when))  # noqa: E712
        below = [self.of(a) for a in expr.args]
        if isinstance(expr, sympy.Pow):
            return power(below[0], below[1])
        kinds: dict[type, Callable[..., Any]] = {
            sympy.Add: lambda *xs: sum(xs, Fraction(0)),
            sympy.Mul: lambda *xs: _product(xs),
            sympy.exp: exponential,
            type(sympy.E): lambda: exponential(Fraction(1)),
            sympy.log: logarithm,
            sympy.cos: cosine,
            sympy.sin: sine,
        }
        return kinds[own(type(expr))](*below)

    def holds(self, when: Any) -> bool:
        return jet(self.of(when.args[0])).standard == jet(self.of(when.args[1])).standard

    def entry(self, letter: Any, i: Any, j: Any) -> Any:
        places = (int(i), int(j))
        if isinstance(letter, sa.language.Member):
            places = (int(letter.head), *places)
        name = letter.form.name if isinstance(letter, sa.language.MatrixOf) else letter.name
        return self.model.entry(self.names[name], places)


def _product(values: Any) -> Any:
    total = Fraction(1)
    for value in values:
        total = total * value
    return total


def differing_entries(expr: Any, numbers: dict[str, int], seeds: range) -> tuple[int, list[str]]:
    """How many of the samples have exact values, and where the elaborated term and SymPy's entry disagree."""
    e = Elaborator()
    sizes = {s: sympy.Integer(numbers[s.name]) for s in sa.language.sizes_of(expr)}
    concrete = expr.xreplace(sizes)
    if expr.is_Matrix:
        whole, shown = array(e, expr), concrete.as_explicit()
        body, indices = whole.body, whole.indices
        wanted = {(i, j): shown[i, j] for i in range(shown.rows) for j in range(shown.cols)}
    else:
        wanted, body, indices = {(): explicit(concrete)}, e.scalar(expr), ()
    checked, found = 0, []
    for seed in seeds:
        model = Model(seed, {s.name: numbers[s.name] for s in sizes})
        plain = Plain(model, {name: meaning for name, meaning in e.names.items() if isinstance(meaning, Letter)})
        try:
            pairs = [(p, model.term(body, dict(zip(indices, p, strict=True))), plain.of(w)) for p, w in wanted.items()]
        except NoValue:
            continue
        checked += 1
        found += [f"{p}: {ours} is not {theirs}" for p, ours, theirs in pairs if jet(ours).parts != jet(theirs).parts]
    return checked, found


@pytest.mark.parametrize("numbers", SIZES, ids=lambda s: ",".join(f"{name}={v}" for name, v in s.items()))
@pytest.mark.parametrize("name", NODES)
def test_an_elaborated_node_has_the_entries_that_sympy_gives_it(name: str, numbers: dict[str, int]) -> None:
    checked, found = differing_entries(NODES[name], numbers, range(3))
    assert checked
    assert found == []


def test_random_expressions_have_the_entries_that_sympy_gives_them() -> None:
    rng, total = random.Random(5), 0
    for seed in range(60):
        drawn = pair(seed)
        for side in (drawn.left, drawn.right):
            numbers = {s.name: max(s.minimum, rng.choice((1, 2, 2))) for s in sa.language.sizes_of(side)}
            checked, found = differing_entries(side, numbers, range(seed, seed + 1))
            assert found == [], side
            total += checked
    assert total > 70


def test_every_node_of_the_language_has_an_example_here() -> None:
    """A node without one would be trusted without a test."""
    nodes = {node for expr in NODES.values() for node in sympy.preorder_traversal(expr)}
    seen = {kind.__name__ for node in nodes for kind in type(node).__mro__}
    apart = {"MatrixSymbol", "NumberSymbol", "Rank"}  # plain letters and constants are like others; rank is of claims
    assert set(sa.language.language_nodes()) - apart <= seen
