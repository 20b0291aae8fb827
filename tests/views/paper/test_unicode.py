"""Unicode text: names as asked, reasons in a column, and claims that can be read back."""

from __future__ import annotations

import pytest
import sympy

import symattn as sa
from symattn.views.paper import unicode
from symattn.views.paper.document import document
from symattn.views.paper.notation import Notation, parse
from symattn.views.paper.unicode import PlainPrinter
from tests.readback.unicode_reader import read
from tests.views.alike import alike

n, d, k = sa.sizes("n d k")
X, Q = sa.matrix("X", n, d), sa.matrix("Q", d, k)
F, h = sa.family("Q", n, d, k), sa.index("h", n)
tau = sa.scalar("tau", positive=True)


@pytest.mark.parametrize(
    ("expr", "notation", "expected"),
    [
        (X @ Q, "Q=W_Q", "X W_Q"),
        (F[h] @ F[h].T, "Q=W_Q,h=j", "W_Q[j] W_Q[j]ᵀ"),
        (tau * X @ Q, "scale=1/sqrt(k),k=d_k", "(1/sqrt(d_k)) X Q"),
        (tau * X @ Q, "", "tau X Q"),
        (sa.hstack(sa.identity(d), sa.zeros(d, k)), "", "[identity(d) | zeros(d, k)]"),
    ],
)
def test_an_expression_is_written_as_asked(expr: object, notation: str, expected: str) -> None:
    assert PlainPrinter(parse(notation)).doprint(expr) == expected


def test_a_chapter_may_leave_out_sizes() -> None:
    expr = sa.hstack(sa.identity(d), sa.zeros(d, k))
    assert PlainPrinter(Notation(), short=True).doprint(expr) == "[I | 0]"


def test_reasons_stand_in_one_column(statements: dict) -> None:
    text = unicode.theorem(document(statements["permutation_equivariance"]))
    reasons = ["the scores are permuted on both sides", "softmax permutes with its scores"]
    assert {line.index(r) for line in text.splitlines() for r in reasons if r in line} == {unicode.COLUMN}


def test_no_words_run_beyond_the_page(statements: dict) -> None:
    for statement in statements.values():
        lines = unicode.theorem(document(statement)).splitlines()
        assert all(len(line) <= unicode.WIDTH for line in lines if not line.startswith(unicode.INDENT))


def test_the_claim_of_an_exported_theorem_reads_back(statements: dict) -> None:
    says = statements["rank_factorization_wide"].says
    text = unicode.theorem(document(statements["rank_factorization_wide"]))
    (line,) = [line for line in text.splitlines() if line.startswith(unicode.INDENT)][:1]
    names = [*sa.language.letters_of(says, bound_too=True), *sa.language.sizes_of(says)]
    assert alike(read(line, names)) == alike(says)
    assert isinstance(read(line, names), sympy.Basic)
