"""Statements that strangers wrote in public, as somebody types them, with what is true of them.

TRUE must be proved and FALSE refuted, and it is said which is not settled yet.  Each of those below was seen at its
source: a page, a question, an exercise or a note; a FALSE one is a mistake that is warned of there, or an identity with
a sign, a factor or a transpose changed (changed).  published.txt has more of them, from tests of other packages,
questions and answers, papers and handbooks, each in the first spelling that is answered rightly, or else that is read;
newcomers.txt has what somebody types who has read the help once.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TRUE, FALSE = "proved", "refuted"


class Stranger(NamedTuple):
    """A statement, what is expected of it, its source and hypotheses, and whether it is settled, or read, today."""

    text: str
    status: str
    source: str
    given: tuple[str, ...] = ()
    settled: bool = True
    read: bool = True


REFERENCE = "github masinoa/machine_learning, REF_linear_algebra.ipynb"
TRICKS = "nosarthur.github.io, math tricks, 2016-05-28"
BISHOP = "Bishop, Pattern Recognition and Machine Learning, appendix C (issuhub.com)"
CROSS_ENTROPY = "sunhaozhe.github.io, matrix calculus, 2019-10-03"
SIGMOID = "borogoves.eu, Net/Activation/sigmoid.txt"
ACTIVATIONS = "gmse.de, math test: activation units"
IDEMPOTENT = "liquisearch.com, idempotent matrix, properties"
SYLVESTER = "math.techqa.club 298836, Sylvester rank inequality"
RANK_OF_SQUARE = "math.techqa.club 2819883"
TRACES = "math.techqa.club 3947180"
FROBENIUS = "edms.ncdmb.gov.ng 28780108, problem 7"
UNITARY = "developer.aliyun.com 302526"
SIMILARITY = "edu.com, homework helper 1289949"
ROTATIONS = "Nemotron-CC-Math, rotation-invariant matrix operations"
RIDGE_FALSE = "math.techqa.club 4694504"
RIDGE_DUAL = "math.techqa.club 1996598"
RIDGE = "math.techqa.club 1868857"
RIDGE_NOTE = "Nemotron-CC-Math, a useful matrix inverse equality for ridge regression"
BLOCKS = "planetmath.org, block determinants"
SCHUR = "encyclopediaofmath.org, Schur determinant lemma"
ALGEBRA_RULES = "mathhelpforum.com 177657"
EXERCISES = "Linear Algebra and Analysis, exercises 4.6"
TRUE_OR_FALSE = "homeworksource.com 1031640"
HELP = "mathhelpforum.com 59976"
CAREFUL = "Austin, Understanding Linear Algebra, things to be careful of"
COUNTEREXAMPLES = "tutorbin.com, prove in general or give a counterexample"
COMMUTATOR = "Wikipedia (mirror zalansite.site), commutator, ring theory"
TRACE_INEQUALITY = "edu.sacolife.com 52542"
NICHOLSON = "Nicholson, Linear Algebra with Applications, section 5.4"
MEYER = "Meyer, Matrix Analysis and Applied Linear Algebra, section 4.5"
WOODBURY = "Wikipedia (mirror wiki3.en-us.nina.az), Woodbury matrix identity"
DELTA = "leloykun.github.io, blockmat linear attention"
MATHEMATICA = "Nemotron-CC-Math, symbolic scalar-by-matrix derivative"

SQUARE = "A:n*n B:n*n C:n*n D:n*n |- "

STATEMENTS = [
    Stranger("A:n*m B:m*n |- tr(A@B) == tr(B@A)", TRUE, REFERENCE),
    Stranger("A:n*m B:m*n |- Gradient(tr(A@B), A) == B'", TRUE, REFERENCE),
    Stranger("A:n*n B:n*n |- Gradient(tr(A@B), A) == B", FALSE, "math.techqa.club 3908360 (asked)"),
    Stranger("A:n*n B:n*n |- Gradient(tr(B@A'), A) == B", TRUE, "math.techqa.club 3908360"),
    Stranger(SQUARE + "tr(A) == tr(A')", TRUE, REFERENCE),
    Stranger(SQUARE + "Gradient(tr(A@B@A'@C), A) == C@A@B + C'@A@B'", TRUE, REFERENCE),
    Stranger(SQUARE + "Gradient(tr(A@B@A'@C), A) == C@A@B + C@A@B'", FALSE, f"{REFERENCE} (changed)"),
    Stranger("A:n*m B:n*m |- (A + B)' == A' + B'", TRUE, REFERENCE),
    Stranger("A:n*m B:m*k |- (A@B)' == B'@A'", TRUE, REFERENCE),
    Stranger(SQUARE + "det(A') == det(A)", TRUE, REFERENCE),
    Stranger("x:n*1 y:n*1 |- Gradient(x'@y, x) == y", TRUE, REFERENCE),
    Stranger(SQUARE + "Gradient(det(A), A) == det(A)*(A^-1)'", TRUE, TRICKS),
    Stranger(SQUARE + "Gradient(det(A), A) == det(A)*A^-1", FALSE, f"{TRICKS} (changed)"),
    Stranger("x:scalar |- 1 - sigmoid(x) == sigmoid(-x)", TRUE, TRICKS),
    Stranger("x:scalar |- log(sigmoid(x)) == -softplus(-x)", TRUE, TRICKS),
    Stranger("x:scalar |- tanh(x) == 2*sigmoid(2*x) - 1", TRUE, TRICKS),
    Stranger("x:scalar |- tanh(x) == 2*sigmoid(x) - 1", FALSE, f"{TRICKS} (changed)"),
    Stranger("x:scalar |- softplus(x) - softplus(-x) == x", TRUE, TRICKS),
    Stranger("x:scalar |- Partial(softplus(x), x) == sigmoid(x)", TRUE, TRICKS),
    Stranger("x:scalar |- 2*sigmoid(x) - 1 == (1 - exp(-x))/(1 + exp(-x))", TRUE, SIGMOID),
    Stranger("x:scalar |- Partial(2*sigmoid(2*x) - 1, x) == 4*sigmoid(2*x)*(1 - sigmoid(2*x))", TRUE, SIGMOID),
    Stranger("x:scalar |- tanh(x) == 1 - 2/(exp(2*x) + 1)", TRUE, ACTIVATIONS),
    Stranger("x:scalar |- Partial(tanh(x), x) == (2/(exp(x) + exp(-x)))^2", TRUE, ACTIVATIONS),
    Stranger("x:1*C y:1*C |- Gradient(-sum(y∘log(softmax(x))), x) == sum(y)*softmax(x) - y", TRUE, CROSS_ENTROPY),
    Stranger(
        "x:1*C y:1*C |- Gradient(-sum(y∘log(softmax(x))), x) == y - softmax(x)", FALSE, f"{CROSS_ENTROPY} (changed)"
    ),
    Stranger("A:m*n B:m*n |- Gradient(tr(A'@B), A) == B", TRUE, BISHOP),
    Stranger(SQUARE + "Gradient(tr(A), A) == identity(n)", TRUE, BISHOP),
    Stranger("A:m*n B:n*n |- Gradient(tr(A@B@A'), A) == A@(B + B')", TRUE, BISHOP),
    Stranger("A:m*n B:n*n |- Gradient(tr(A@B@A'), A) == 2*A@B", FALSE, f"{BISHOP} (changed)"),
    Stranger(SQUARE + "Gradient(log(det(A)), A) == (A^-1)'", TRUE, BISHOP, ("det(A) > 0",)),
    Stranger("x:n*1 A:n*m |- Gradient(tr((x'@A)'@(x'@A)), A) == 2*x@(x'@A)", TRUE, MATHEMATICA),
    Stranger(SQUARE + "(identity(n) - A)^2 == identity(n) - A", TRUE, IDEMPOTENT, ("A^2 == A",)),
    Stranger(SQUARE + "(identity(n) - A)^2 == identity(n) + A", FALSE, f"{IDEMPOTENT} (changed)", ("A^2 == A",)),
    Stranger(SQUARE + "A == identity(n)", TRUE, IDEMPOTENT, ("A@A == A", "A@B == identity(n)"), settled=False),
    Stranger(SQUARE + "Rank(A) + Rank(B) <= Rank(A@B) + n", TRUE, SYLVESTER, settled=False),
    Stranger(SQUARE + "Rank(A) + Rank(B) <= Rank(A@B)", FALSE, f"{SYLVESTER} (changed)"),
    Stranger(SQUARE + "Rank(A) + Rank(A) <= n + Rank(A^2)", TRUE, RANK_OF_SQUARE, settled=False),
    Stranger("A:m*n B:m*n |- tr(A'@B)^2 <= tr(A'@A)*tr(B'@B)", TRUE, TRACES),
    Stranger("A:m*n |- tr(A'@A) >= 0", TRUE, TRACES),
    Stranger(SQUARE + "tr(A) >= 0", FALSE, f"{TRACES} (changed)"),
    Stranger("A:m*n B:m*n |- normsquared(A + B) == normsquared(A) + 2*inner(A, B) + normsquared(B)", TRUE, FROBENIUS),
    Stranger(SQUARE + "normsquared(A) <= normsquared(B)", TRUE, FROBENIUS, ("PSD(A)", "PSD(B - A)"), settled=False),
    Stranger(SQUARE + "normsquared(A) <= normsquared(B)", FALSE, f"{FROBENIUS} (changed)", ("PSD(B - A)",)),
    Stranger("U:n*n:orthogonal V:m*m:orthogonal A:n*m |- normsquared(U@A@V) == normsquared(A)", TRUE, UNITARY),
    Stranger("U:n*n A:n*m |- normsquared(U@A) == normsquared(A)", FALSE, f"{UNITARY} (changed)"),
    Stranger("Q:n*n:orthogonal A:n*n |- normsquared(Q@A@Q') == normsquared(A)", TRUE, SIMILARITY),
    Stranger("O:n*n:orthogonal A:n*n B:n*n |- tr(O'@A@O@(O'@B@O)') == tr(A@B')", TRUE, ROTATIONS),
    Stranger("O:n*n:orthogonal A:n*n |- tr((O'@A@O)^3) == tr(A^3)", TRUE, ROTATIONS),
    Stranger(
        "O:n*n:orthogonal A:n*n c:scalar |- det(O'@A@O - c*identity(n)) == det(A - c*identity(n))",
        TRUE,
        ROTATIONS,
        settled=False,
    ),
    Stranger("X:m*n c:positive |- inv(X'@X + c*identity(n)) == inv(X'@X)", FALSE, RIDGE_FALSE),
    Stranger(
        "X:m*n y:m*1 c:positive |- inv(X'@X + c*identity(n))@X'@y == X'@inv(X@X' + c*identity(m))@y", TRUE, RIDGE_DUAL
    ),
    Stranger(
        "X:m*n c:positive |- inv(X'@X + c*identity(n))@X'@X == identity(n) - c*inv(X'@X + c*identity(n))", TRUE, RIDGE
    ),
    Stranger(SQUARE + "inv(A + 2*identity(n))@A == identity(n) - 2*inv(A + 2*identity(n))", TRUE, RIDGE),
    Stranger(SQUARE + "inv(A + 2*identity(n))@A == identity(n) - inv(A + 2*identity(n))", FALSE, f"{RIDGE} (changed)"),
    Stranger("X:m*n c:positive |- X@inv(X'@X + c*identity(n))@X' == X@X'@inv(X@X' + c*identity(m))", TRUE, RIDGE_NOTE),
    Stranger("A:m*m B:m*n D:n*n |- det(vstack(hstack(A, B), hstack(zeros(n, m), D))) == det(A)*det(D)", TRUE, BLOCKS),
    Stranger(
        "A:m*m D:n*n |- det(vstack(hstack(A, zeros(m, n)), hstack(zeros(n, m), D))) == det(A) + det(D)",
        FALSE,
        f"{BLOCKS} (changed)",
    ),
    Stranger(
        "A:m*m B:m*n C:n*m D:n*n |- det(vstack(hstack(A, B), hstack(C, D))) == det(A)*det(D - C@A^-1@B)", TRUE, BLOCKS
    ),
    Stranger(
        SQUARE + "det(vstack(hstack(A, B), hstack(C, D))) == det(A@D - C@B)", FALSE, f"{SCHUR} (its condition left out)"
    ),
    Stranger(SQUARE + "(A + B)^2 == A^2 + 2*A@B + B^2", FALSE, ALGEBRA_RULES),
    Stranger(SQUARE + "(A + B)@(A - B) == A^2 - B^2", FALSE, ALGEBRA_RULES),
    Stranger(SQUARE + "(A + B)^2 == A^2 + 2*A@B + B^2", TRUE, ALGEBRA_RULES, ("A@B == B@A",)),
    Stranger(SQUARE + "(A@B)^2 == A^2@B^2", FALSE, EXERCISES),
    Stranger(SQUARE + "(A + B)^2 == A^2 + A@B + B@A + B^2", TRUE, EXERCISES),
    Stranger(SQUARE + "(A + B)^3 == A^3 + 3*A^2@B + 3*A@B^2 + B^3", FALSE, EXERCISES),
    Stranger("A:n*n:invertible x:n*1 |- x == 0", TRUE, EXERCISES, ("A@x == 0",)),
    Stranger("A:n*n:invertible B:n*m C:n*m |- B == C", TRUE, TRUE_OR_FALSE, ("A@B == A@C",)),
    Stranger(SQUARE + "A@(-2*identity(n) - A) == identity(n)", TRUE, TRUE_OR_FALSE, ("A^2 + 2*A + identity(n) == 0",)),
    Stranger(SQUARE + "((A@B)')^-1 == (A^-1)'@(B^-1)'", TRUE, TRUE_OR_FALSE),
    Stranger(SQUARE + "tr(A + B) == tr(A) + tr(B)", TRUE, TRUE_OR_FALSE),
    Stranger(SQUARE + "Not(A == 0)", FALSE, f"{TRUE_OR_FALSE} (changed)", ("A^2 == 0",)),
    Stranger(SQUARE + "A == 0", FALSE, TRUE_OR_FALSE, ("A^2 == 0",)),
    Stranger(SQUARE + "(A + A^-1)^3 == A^3 + (A^-1)^3", FALSE, HELP),
    Stranger(SQUARE + "(identity(n) - A)@(identity(n) + A) == identity(n) - A^2", TRUE, HELP),
    Stranger(SQUARE + "A@B == B@A", FALSE, CAREFUL),
    Stranger(SQUARE + "B == C", FALSE, CAREFUL, ("A@B == A@C",)),
    Stranger(SQUARE + "B@A == 0", FALSE, CAREFUL, ("A@B == 0",)),
    Stranger(SQUARE + "(identity(n) + A)^2 == identity(n) + 2*A + A^2", TRUE, COUNTEREXAMPLES),
    Stranger(
        SQUARE + "A@(B@C - C@B) - (B@C - C@B)@A == (A@B - B@A)@C - C@(A@B - B@A) + B@(A@C - C@A) - (A@C - C@A)@B",
        TRUE,
        COMMUTATOR,
    ),
    Stranger(SQUARE + "A@(B@C) - (B@C)@A == (A@B - B@A)@C + B@(A@C - C@A)", TRUE, COMMUTATOR),
    Stranger(SQUARE + "A@(B@C) - (B@C)@A == (A@B - B@A)@C + (A@C - C@A)@B", FALSE, f"{COMMUTATOR} (changed)"),
    Stranger(SQUARE + "tr(A@B - B@A) == 0", TRUE, COMMUTATOR),
    Stranger("A:n*n:symmetric B:n*n:symmetric |- tr(A@B@A@B) <= tr(A@A@B@B)", TRUE, TRACE_INEQUALITY, settled=False),
    Stranger(SQUARE + "tr(A@B@A@B) <= tr(A@A@B@B)", FALSE, f"{TRACE_INEQUALITY} (changed)"),
    Stranger("A:m*n B:n*m |- Rank(A@B) <= Rank(B)", TRUE, NICHOLSON),
    Stranger("A:m*n U:m*m V:n*n |- Rank(inv(U)@A@inv(V)) == Rank(A)", TRUE, NICHOLSON),
    Stranger("A:m*n |- Rank(A'@A) <= Rank(A)", TRUE, MEYER),
    Stranger("A:m*n |- Rank(A'@A) == Rank(A)", TRUE, MEYER),
    Stranger("A:m*n B:n*m |- Rank(A@B) == Rank(B@A)", FALSE, f"{MEYER} (changed)"),
    Stranger("U:n*k V:k*n |- inv(identity(n) + U@V) == identity(n) - inv(identity(n) + U@V)@U@V", TRUE, WOODBURY),
    Stranger(
        "U:n*k V:k*n |- inv(identity(n) + U@V) == identity(n) + U@inv(identity(k) + V@U)@V",
        FALSE,
        f"{WOODBURY} (changed)",
    ),
    Stranger("A:n*n B:n*n |- inv(A + B) == inv(A) - inv(A)@B@inv(A + B)", TRUE, WOODBURY),
    Stranger("S:v*d w:v*1 k:d*1 b:scalar |- S@(identity(d) - b*k@k') + b*w@k' == S - b*(S@k - w)@k'", TRUE, DELTA),
    Stranger(
        "x:1*d k:1*d b:scalar |- normsquared(x@(identity(d) - b*k'@k)) <= normsquared(x)",
        TRUE,
        DELTA,
        ("k@k' == 1", "b >= 0", "b <= 2"),
    ),
    Stranger(
        "x:1*d k:1*d b:scalar |- normsquared(x@(identity(d) - b*k'@k)) <= normsquared(x)",
        FALSE,
        f"{DELTA} (changed)",
        ("k@k' == 1", "b >= 0", "b <= 3"),
    ),
]


def _written(name: str) -> list[Stranger]:
    """The statements of a file, a line each."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    parts = [line.split(" || ") for line in lines if not line.startswith("#")]
    return [
        Stranger(text, status, source, tuple(given), how == "settled", how != "refused")
        for status, how, source, text, *given in parts
    ]


STATEMENTS += [*_written("published.txt"), *_written("newcomers.txt")]
