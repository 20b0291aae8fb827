"""ASCII in place of what cannot be shown."""

from __future__ import annotations

import pytest

from symattn.language import text
from symattn.theory import catalogue
from symattn.views.screen.spelling import in_ascii


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("X Q Kᵀ Xᵀ", "X Q K^T X^T"),
        ("A ∘ B ≥ 0", "A o B >= 0"),
        ("A : n×d", "A : n x d"),
        ("(M⁻¹)ᵀ", "(M^-1)^T"),
        ("x² ≤ y¹⁰", "x^2 <= y^10"),
        ("e₀ σ₁₂", "e_0 sigma_12"),
        ("(c I - A) ⪰ 0", "(c I - A) is PSD"),
        ("∀ x: ¬(A = B) ⇒ P", "for all x: not (A = B) => P"),
        ("τ, Π and Σ_h ‖W‖", "tau, Pi and sum_h ||W||"),
        ("Ré, Čech — “so”", 'Re, Cech -- "so"'),
        ("plain", "plain"),
    ],
)
def test_every_sign_is_what_people_type(shown: str, typed: str) -> None:
    assert in_ascii(shown) == typed


def test_nothing_in_the_catalogue_is_without_a_spelling() -> None:
    for one in catalogue().values():
        for said in (text(one.says), *map(text, one.given), one.title, one.prose, one.sketch, one.source or ""):
            assert in_ascii(said).isascii()
            assert in_ascii(said).count("?") == said.count("?")
