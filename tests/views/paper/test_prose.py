"""Words with mathematics in them: which parts are formulas, and how both are written in TeX."""

from __future__ import annotations

import pytest

from symattn.views.paper.prose import Piece, pieces, tex

CASES = [
    ("The score is symmetric exactly when its form is.", "The score is symmetric exactly when its form is."),
    ("the form x W yᵀ is symmetric for k ≤ d.", r"the form $x W y^{\top}$ is symmetric for $k \le d$."),
    ("K C⁻ᵀ and B⁻¹ O", r"$K C^{-\top}$ and $B^{-1} O$"),
    ("after a zeros and a rank", "after a zeros and a rank"),
    ("Q = E₁₁ and n² d", r"$Q = E_{11}$ and $n^{2} d$"),
    ("from k (2 d + n) < d (d + n).", "from $k (2 d + n) < d (d + n)$."),
    ("p_i (δ_ij - p_j)", r"$p_{i} (\delta_{ij} - p_{j})$"),
    ("by softmax_jacobian_kernel it is", r"by softmax\_\allowbreak jacobian\_\allowbreak kernel it is"),
    ('so "an arbitrary comparison" is', "so ``an arbitrary comparison'' is"),
    ("½ Σ_ij p_i", r"$\frac{1}{2} \sum_{ij} p_{i}$"),
    ("the scale 1/√k for β → ∞", r"the scale $1/\sqrt{k}$ for $\beta \mapsto \infty$"),
    ("2 tr(Rᵀ Q Kᵀ) ≤ ‖Q‖²", r"$2 \operatorname{tr}(R^{\top} Q K^{\top}) \le \lVert Q\rVert ^{2}$"),
    ("lse(s) = ⟨q, s⟩ + H(q)", r"$\operatorname{lse}(s) = \langle q, s\rangle + H(q)$"),
    ("is [Q K] [0 1; -1 0] [Q K]ᵀ, twice", r"is $[Q \ K] [0 \ 1; \ -1 \ 0] [Q \ K]^{\top}$, twice"),
    ("dQ/dt = -dL/dQ conserves", r"$\mathrm{d}Q/\mathrm{d}t = -\mathrm{d}L/\mathrm{d}Q$ conserves"),
    ("an n×d matrix of 100 % & more_", r"an $n\times d$ matrix of 100 \% \& more\_\allowbreak"),
    ("a scale 1/√k, or 1/√d_k, of √(n + 1)", r"a scale $1/\sqrt{k}$, or $1/\sqrt{d_{k}}$, of $\sqrt{n + 1}$"),
    ("as t → ∞", r"as $t \mapsto \infty$"),
    ("with tokens 1 and 2", "with tokens 1 and 2"),
    ("(2) A = P Q and B = C; from (1)", "(2) $A = P Q$ and $B = C$; from (1)"),
    ("the determinant det(P Q) of it", r"the determinant $\operatorname{det}(P Q)$ of it"),
    ("d ≥ 2 and k ≥ 1", r"$d \ge 2$ and $k \ge 1$"),
    ("at most tanh(h / 2), twice", r"at most $\tanh (h / 2)$, twice"),
    ("cos(-a) = cos a, sin(-a) = -sin a", r"$\cos (-a) = \cos a$, $\sin (-a) = -\sin a$"),
    ("one for each A of them", "one for each $A$ of them"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_sentence_is_set_as_in_a_paper(text: str, expected: str) -> None:
    assert tex(text, {"A", "W"}) == expected


def test_pieces_say_which_of_them_are_formulas() -> None:
    assert pieces("both are K") == [Piece("both are ", maths=False), Piece("K", maths=True)]


def test_every_word_of_the_catalogue_is_ascii_but_for_names_of_people(statements: dict) -> None:
    for statement in statements.values():
        written = tex(f"{statement.title} {statement.prose}")
        assert {character for character in written if not character.isascii()} <= set("éü")


def test_a_capital_may_have_a_word_as_its_index() -> None:
    assert tex("values E_token and O = E_placeᵀ") == r"values $E_{token}$ and $O = E_{place}^{\top}$"
