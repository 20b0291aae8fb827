"""Statements given as text: what they mean, and how everything else is refused."""

from __future__ import annotations

import time

import pytest
from sympy import Expr, Rational, Transpose

import symattn as sa
from symattn.errors import StatementError, SymattnError
from symattn.proof.text.parse import parse

n, d, k, H = (sa.sizes(name, min=1) for name in "ndkH")
X, Q, K = sa.matrix("X", n, d), sa.matrix("Q", d, k), sa.matrix("K", d, k)
A, B = sa.matrix("A", n, n), sa.matrix("B", n, n)
t = sa.scalar("t", positive=True)
LETTERS = "X:n*d Q:d*k K:d*k A:n*n B:n*n t:positive"


def _turned(claim: sa.Claim) -> list[object]:
    """The sides with transposes moved inwards, where Python's .T puts them at once."""

    def moved(expr: object) -> object:
        args = [moved(arg) for arg in expr.args]  # type: ignore[attr-defined]
        return args[0].T if isinstance(expr, Transpose) else expr.func(*args) if args else expr  # type: ignore[attr-defined]

    return [moved(part) if isinstance(part, Expr) else part for part in claim.args]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("T(X@Q@K.T@X.T) == X@K@Q.T@X.T", sa.Equal(sa.T(X @ Q @ K.T @ X.T), X @ K @ Q.T @ X.T)),
        ("X@Q == 2*X@Q/4", sa.Equal(X @ Q, Rational(1, 2) * X @ Q)),
        ("A - B == -B + A", sa.Equal(A - B, -B + A)),
        ("matrix_power(A, 2) == A@A", sa.Equal(A**2, A @ A)),
        ("A != B", sa.Not(sa.Equal(A, B))),
        ("A <= B", sa.AtMost(A, B)),
        ("A >= B", sa.AtMost(B, A)),
        ("A > 0", sa.Positive(A)),
        ("A > B", sa.Positive(A - B)),
        ("A < 1", sa.Positive(sa.ones(n, n) - A)),
        ("0 < A", sa.Positive(A)),
        ("Rank(Q@K.T) <= k", sa.RankAtMost(Q @ K.T, k)),
        ("k >= Rank(Q@K.T)", sa.RankAtMost(Q @ K.T, k)),
        ("Rank(A@B) <= Rank(A)", sa.RankAtMost(A @ B, sa.Rank(A))),
        ("Rank(A) >= 1", sa.RankAtLeast(A, 1)),
        ("PSD(X@X.T)", sa.PSD(X @ X.T)),
        ("A == B and B == A", sa.And(sa.Equal(A, B), sa.Equal(B, A))),
        ("A == B == X@X.T", sa.And(sa.Equal(A, B), sa.Equal(B, X @ X.T))),
        ("not A == B", sa.Not(sa.Equal(A, B))),
        ("Implies(A == B, B == A)", sa.Implies(sa.Equal(A, B), sa.Equal(B, A))),
        ("Iff(A == B, B == A)", sa.Iff(sa.Equal(A, B), sa.Equal(B, A))),
        ("Exists(A, B, not A@B == B@A)", sa.Exists((A, B), sa.Not(sa.Equal(A @ B, B @ A)))),
        ("ForAll(A, A@B == B@A)", sa.ForAll((A,), sa.Equal(A @ B, B @ A))),
        ("A == 0", sa.Equal(A, sa.zeros(n, n))),
        ("trace(A) == 0", sa.Equal(sa.trace(A), 0)),
        ("determinant(A) == t**d", sa.Equal(sa.determinant(A), t**d)),
        ("softmax(A, scale=t) == softmax(t*A)", sa.Equal(sa.softmax(A, scale=t), sa.softmax(t * A))),
        ("t**(1/2)*t**(1/2) == t", sa.Equal(t ** Rational(1, 2) * t ** Rational(1, 2), t)),
        ("A[0, 0] == t", sa.Equal(sa.entry(A, 0, 0), t)),
        ("identity(n)@unit(n, 0).T == ones(n, 1)", sa.Equal(sa.identity(n) @ sa.unit(n, 0).T, sa.ones(n, 1))),
    ],
)
def test_a_statement_means_what_the_same_python_would(text: str, claim: sa.Claim) -> None:
    read = parse(f"{LETTERS} |- {text}").claim
    assert type(read) is type(claim)
    assert _turned(read) == _turned(claim)


def test_heads_are_families_with_an_index() -> None:
    family, h = sa.family("W", H, d, k), sa.index("h", H)
    read = parse("W[H]:d*k h<H |- sum_heads(W[h], h) == W[0]").claim
    assert read == sa.Equal(sa.sum_heads(family[h], h), family[0])


def test_facts_become_part_of_the_letter() -> None:
    (letter,) = parse("M:k*k:invertible,symmetric |- M == M.T").claim.letters
    assert letter.facts == {"invertible", "symmetric"}


def test_hypotheses_are_about_the_same_letters() -> None:
    goal = parse("A:n*n |- A@A == 0", ["A == A.T"])
    assert goal.given == (sa.Equal(A, A.T),)


def test_no_name_of_python_can_be_reached() -> None:
    with pytest.raises(StatementError, match="unknown function '__import__', at column 10"):
        parse("A:n*n |- __import__('os').system('true') == A".replace(".system('true')", ""))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("X@Y == X", "unknown name 'Y', at column {}"),
        ("A^r == A", "unknown name 'r', at column {}(?s:.*)declare r>=0 or r>=1"),
        ("A**(m + 1) == A", "unknown name 'm', at column {}(?s:.*)declare m>=0 or m>=1"),
        ("e^A == A", r"unknown name 'e', at column {}(?s:.*)Write exp\(x\)"),
        ("softmx(A) == A", "unknown function 'softmx', at column {}"),
        ("A.shape == A", r"'\.shape' is not part of the language"),
        ("A == 'A'", "'A' is not part of the language"),
        ("A == 1j*A", "1j is not part of the language"),
        ("A == True", "True is not part of the language"),
        ("(lambda: A)() == A", "cannot be called"),
        ("[A for A in A]", "a comprehension is not part of the language"),
        ("{A: B}", "a dictionary is not part of the language"),
        ("(A := B)", "an assignment is not part of the language"),
        ("A if A else B", "an if … else is not part of the language"),
        ("A == B or B == A", "'or' is not part of the language"),
        ("A in B", "the comparison In is not part of the language"),
        ("A // B == A", "the operator FloorDiv is not part of the language"),
        ("f'{A}' == A", "cannot be read"),
        ("A", "'A' is a matrix, and not a claim"),
        ("A @ t == A", "'@' multiplies matrices"),
        ("A / B == A", "division by a square matrix can mean two things"),
        ("A / 0 == A", "division by zero"),
        ("A / (1 - 1) == A", "division by zero"),
        ("trace(A)**t == t", "the exponent is not a number"),
        ("A**(1/2) == A", "A is a matrix, and its power 1/2 can mean more than one thing"),
        ("9**999**999*A == A", "the exponent is too large"),
        ("(9**999)**999*A == A", "the number is too large"),
        ("trace(t) == 1", "'t' is a number, and not a matrix"),
        ("trace(A, B) == 1", "trace is given 2 arguments"),
        ("softmax(A, scal=t) == A", "softmax has no argument named 'scal'"),
        ("unit(n, -1) == A", "'-1' is not a whole number"),
        ("ones(n, q) == A", "'q' is no size"),
        ("t.T == A", r"'\.T' of a number"),
        ("t[0] == A", "selects nothing"),
        ("Gradient(trace(A), A + B) == A", "'A [+] B' is a matrix, and not a letter"),
        ("A ==", "the statement cannot be read"),
        ("", "the statement is missing"),
    ],
)
def test_what_is_no_statement_is_refused_by_name(text: str, what: str) -> None:
    with pytest.raises(StatementError, match=what.format(r"\d+")):
        parse(f"{LETTERS} |- {text}")


def test_the_place_is_shown_under_the_text() -> None:
    with pytest.raises(StatementError) as caught:
        parse("Σ:n*n τ:scalar |- τ*Σ@Y == Σ")
    _, text, mark, *_ = str(caught.value).splitlines()
    assert text[mark.index("^")] == "Y"


def test_the_nearest_name_is_suggested() -> None:
    with pytest.raises(StatementError, match=r"Did you mean Query\?"):
        parse("Query:n*d |- Quary == Query")


@pytest.mark.parametrize(
    ("letters", "what"),
    [
        ("A:n*H*v", "'n[*]H[*]v' can be read in two ways"),
        ("A:d*k+r", "is no shape"),
        ("A:n", "a vector of length n is a row or a column"),
        ("A:n*", "cannot be read"),
        ("A:n*-1", "'-1' is no size"),
        ("A:n*99999", "the size is too large"),
        ("n>=99999 A:n*n", "the least value of n is too large"),
        ("A:n*n:invertable", "'invertable' is no fact"),
        ("A:n*n A:n*n", "A is declared twice"),
        ("A:n*n n:scalar", "n is used both as a size and as a letter"),
        ("T:n*n", "T is the name of a function"),
        ("for:n*n", "'for' cannot be a name"),
        ("A", r"'A' declares nothing(.|\n)*Write A>=1 for a size, A:scalar for a number, A:n\*d for a matrix"),
        ("A:n*d 2", r"'2' declares nothing(.|\n)*Declarations look like"),
        ("A:n*(n", "a bracket is opened and not closed"),
    ],
)
def test_what_is_no_declaration_is_refused_by_name(letters: str, what: str) -> None:
    with pytest.raises(StatementError, match=what):
        parse(f"{letters} |- A == A")


@pytest.mark.parametrize("text", ["A:n*n", "A:n*n |- A == A |- A == A", ""])
def test_there_is_one_turnstile(text: str) -> None:
    with pytest.raises(StatementError, match="'[|]-'"):
        parse(text)


def test_shapes_may_be_written_with_a_cross_and_sums() -> None:
    (letter,) = parse("Z:n×H*v |- Z == Z").claim.letters
    assert letter.shape == (n, H * sa.sizes("v", min=1))


def test_a_least_size_holds_wherever_it_is_declared() -> None:
    assert parse("A:n*n n>=2 |- A == A").claim.sizes[0].minimum == 2


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "A" + ")" * 10_000 + " == A",
        "-" * 10_000 + "A == A",
        "A" + ".T" * 10_000 + " == A",
        "T(" * 150 + "A" + ")" * 150 + " == A",
        "not " * 10_000 + "A == A",
        "@".join(["A"] * 20_000) + " == A",
        "A" * 200_000,
        "9" * 5_000 + "*A == A",
        "\0",
    ],
    ids=["parentheses", "signs", "attributes", "calls", "nots", "factors", "text", "digits", "nul"],
)
def test_monstrous_text_ends_in_a_refusal(text: str) -> None:
    start = time.monotonic()
    with pytest.raises(StatementError):
        parse(f"A:n*n |- {text}")
    assert time.monotonic() - start < 10


def test_500_factors_are_read() -> None:
    claim = parse(f"A:n*n |- {'@'.join(['A'] * 500)} == A").claim
    assert len(claim.left.args) == 500


def test_a_product_that_does_not_fit_is_refused_by_its_shapes() -> None:
    with pytest.raises(SymattnError, match="(?s)4.*3"):
        parse("A:3*4 |- A@A == A")


@pytest.mark.parametrize(
    ("letters", "shapes"),
    [
        ("A:n x d", [(n, d)]),
        ("A : n * d", [(n, d)]),
        ("A:n by d", [(n, d)]),
        ("A:(n, d)", [(n, d)]),
        ("A:n*d,B:d*k", [(n, d), (d, k)]),
        ("A:n*d, t:real, B:d*k", [(n, d), (d, k)]),
        ("A, B:n*d", [(n, d), (n, d)]),
        ("A,B : n x d, C:k*k:symmetric, invertible", [(n, d), (n, d), (k, k)]),
    ],
)
def test_letters_are_declared_as_on_paper(letters: str, shapes: list[tuple[object, object]]) -> None:
    found = parse(f"{letters} |- 1 == 1").scope.letters.values()
    assert [letter.shape for letter in found if hasattr(letter, "shape")] == shapes


@pytest.mark.parametrize("letters", ["A B:n*n", "A, B", "A, B[H]:n*n", "x:5", "A:n*d, symmetric"])
def test_what_could_be_declared_in_two_ways_is_refused(letters: str) -> None:
    with pytest.raises(StatementError):
        parse(f"{letters} |- 1 == 1")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("softmax(X, dim=0)", "softmax(X.T).T"),
        ("softmax(X, axis=-1)", "softmax(X)"),
        ("softmax(X, mask=M, scale=t, dim=0)", "softmax(X.T, mask=M.T, scale=t).T"),
        ("tr(A) + det(A) + sum(A)", "trace(A) + determinant(A) + total(A)"),
        ("eye(n)", "identity(n)"),
        ("grad(lse(x), x)", "Gradient(logsumexp(x), x)"),
        ("grad(exp(t), t)", "Partial(exp(t), t)"),
        ("X + x", "X + ones(n, 1)@x"),
        ("exp(x@x')*t", "exp(total(x@x'))*t"),
    ],
)
def test_other_words_mean_the_same(text: str, meant: str) -> None:
    statement = f"A:n*n X:n*d M:n*d:mask x:1*d t:scalar |- {text} == {meant}"
    assert sa.decide(statement).status == "proved"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("softmax(c)", r"softmax\(T\(c\)\)"),
        ("softmax(x, dim=0)", "has length 1"),
        ("softmax(X, dim=2)", "no axis"),
        ("tan(x)", r"sin[(]x[)]/cos[(]x[)]"),
        ("rot(x)", "R:d[*]d:orthogonal"),
        ("heaviside(x)", "x > 0 and x < 0"),
        ("np.exp(x)", r"Write exp\("),
        ("x.sum()", r"Write total\("),
        ("I@X", r"identity\(n\)"),
        ("std(x)", "ddof=0"),
        ("one_hot(t, d)", "not a whole number"),
    ],
)
def test_what_is_refused_says_what_would_be_read(text: str, hint: str) -> None:
    with pytest.raises(StatementError, match=hint):
        parse(f"X:n*d x:1*d c:n*1 i<n |- {text} == 0")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Q:n*n:orthogonal x:1*n |- norm(x@Q) == norm(x)", "proved"),
        ("x:1*n y:1*n |- norm(x + y) == norm(x - y)", "refuted"),
        ("x:1*n |- norm(x) >= 0", "proved"),
        ("x:1*n |- norm(2*x) == 2*norm(x)", "proved"),
        ("x:1*n |- norm(-x) <= -norm(x)", "refuted"),
    ],
)
def test_norms_are_compared_by_their_squares(text: str, status: str) -> None:
    assert sa.decide(text).status == status


def test_hypotheses_may_be_claims_and_texts() -> None:
    assert sa.decide("A:n*n B:n*n |- A == B.T", given=[sa.Equal(A, B), "B = B'"]).status == "proved"
    assert sa.decide(sa.Equal(A, B.T), given=["A:n*n B:n*n |- A == B'"]).status == "proved"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("A:n*n B:n*n |- trace(AB) == trace(B@A)", "Write A @ B for the product."),
        ("S:n*n |- softmax(S).sum(-1) == 1", r"rowsum\(A\) is the column of the sums of rows"),
        ("A:n*n:psd |- A >= 0", r"Say it as a hypothesis, PSD\(A\)"),
        ("x:d |- norm(x) >= 0", r"Write x:1\*d for a row, as tokens are here, or x:d\*1 for a column."),
        ("A:m*n |- rank(A) + nullity(A) == n", r"n - rank\(A\)"),
    ],
)
def test_what_newcomers_type_is_answered_with_what_is_read(text: str, hint: str) -> None:
    with pytest.raises(SymattnError, match=hint):
        parse(text)
