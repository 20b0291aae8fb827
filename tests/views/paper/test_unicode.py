"""Unicode text: names as asked, reasons in a column, and claims that can be read back."""

from __future__ import annotations

import pytest
import sympy

import symattn as sa
from symattn.views.paper import unicode
from symattn.views.paper.document import document
from symattn.views.paper.notation import Notation, parse
from symattn.views.paper.plain import INDENT, PlainPrinter, Sheet
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
        (tau * X @ Q, "", "τ X Q"),
        (sa.normsquared(X) ** 2 + sa.inner(X, 2 * X), "", "‖X‖⁴ + ⟨X, 2 X⟩"),
        (sa.T(sa.T(X)), "", "(Xᵀ)ᵀ"),
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
    assert {line.index(r) for line in text.splitlines() for r in reasons if r in line} == {Sheet().column}


def test_nothing_runs_beyond_the_page(statements: dict) -> None:
    for statement in statements.values():
        lines = unicode.theorem(document(statement)).splitlines()
        assert all(len(line) <= Sheet().width for line in lines), statement.name


def test_the_claim_of_an_exported_theorem_reads_back(statements: dict) -> None:
    says = statements["rank_factorization_wide"].says
    text = unicode.theorem(document(statements["rank_factorization_wide"]))
    (line,) = [line for line in text.splitlines() if line.startswith(INDENT)][:1]
    names = [*sa.language.letters_of(says, bound_too=True), *sa.language.sizes_of(says)]
    assert alike(read(line, names)) == alike(says)
    assert isinstance(read(line, names), sympy.Basic)


def test_a_long_claim_is_broken_between_its_parts() -> None:
    claims = [sa.Equal(sa.softmax(X @ Q @ Q.T @ X.T) @ X @ Q, X @ Q) for _ in range(3)]
    rows = PlainPrinter(Notation()).rows(sa.And(*claims, sa.Equal(X, X)))
    assert rows == [
        "    softmax(X Q Qᵀ Xᵀ) X Q = X Q ∧ softmax(X Q Qᵀ Xᵀ) X Q = X Q ∧ softmax(X Q Qᵀ Xᵀ) X Q = X Q",
        "      ∧ X = X",
    ]


def test_names_come_before_what_they_stand_for(statements: dict) -> None:
    text = unicode.theorem(document(statements["form_backward"]))
    definitions, claim = text.split("Over the real numbers,")
    assert "P = softmax(τ X W Xᵀ), dP = G Vᵀ Xᵀ, dS = P ∘ (dP - rowsum(P ∘ dP) ones(1, n))" in definitions
    assert claim.split("Idea:")[0].strip() == "∂⟨G, P X V⟩/∂W = τ Xᵀ dS X"


def test_in_columns_the_names_stand_for_parts_that_are_turned_too(statements: dict) -> None:
    text = unicode.theorem(document(statements["attn_backward"], parse("column")))
    assert "W = Qᵀ K, P = softmax(τ Xᵀ W X)" in text
    assert "= τ (W X dSᵀ + Wᵀ X dS) + Vᵀ dC" in text
