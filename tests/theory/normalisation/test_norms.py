"""Chapter 10, LayerNorm and RMSNorm: what is stated is proved, and a slip in a statement is refuted."""

from __future__ import annotations

from typing import Any

from symattn.language import Equal, Jacobian, inner
from symattn.theory.normalisation import norms as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, Any] = {
    "layernorm_fold": Equal(ch.layernorm_fold.says.left, ch.standard @ ch.W + ch.one @ (ch.bias @ ch.W + ch.c)),
    "layernorm_is_rms_of_centred": Equal(ch.mean_square(ch.x), ch.variance),
    "layernorm_center_fold": Equal(ch.x @ ch.C, ch.x),
    "rmsnorm_bounds": Equal(ch.size, ch.d),
    "rmsnorm_scale_iff": Equal(ch.other * (ch.scale * ch.x), ch.rho * ch.x),
    "rmsnorm_along_token": Equal(ch.rho * ch.x + inner(ch.slope, ch.x) * ch.x, ch.nothing),
    "rmsnorm_jacobian": Equal(Jacobian(ch.normed, ch.x) @ ch.x.T, 0 * ch.x.T),
}
"""The gain lost, without centring, the hypotheses left out, or ε taken for 0."""


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
