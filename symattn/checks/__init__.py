"""Checks: what people import in the tests of their own attention code.

No tolerance is chosen: every bound follows from the dtype and the contract that an implementation keeps.  Names are
looked up when they are first used; torch and JAX are imported only when a check asks for their arrays.

    assert_computes            a function computes an expression              computes.py
    assert_attention           a function of tensors is attention as a spec says    attention/
    assert_holds               a theorem holds with a function in it          theorems.py
    parametrize_theorems       one test for each theorem                      parametrize.py
    assert_gauge_invariant     Q M and K M⁻ᵀ change nothing                   gauge.py
    assert_same_head           two heads are equal up to gauge                heads.py
    assert_rank_at_most        scores have the rank that a head can give      ranks.py
    assert_symmetric_score     were the scores behind P symmetric?            symmetry.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symattn.lazy import attached

if TYPE_CHECKING:
    from symattn.checks.attention.assertion import assert_attention as assert_attention
    from symattn.checks.attention.parametrize import parametrize_attention as parametrize_attention
    from symattn.checks.attention.report import AttentionPassed as AttentionPassed
    from symattn.checks.attention.spec.presets import (
        flex_attention as flex_attention,
        hf_sliding_window as hf_sliding_window,
        jax_dot_product_attention as jax_dot_product_attention,
        onnx_attention as onnx_attention,
        torch_sdpa as torch_sdpa,
    )
    from symattn.checks.attention.spec.spec import AttentionSpec as AttentionSpec, attention_spec as attention_spec
    from symattn.checks.computes import assert_computes as assert_computes
    from symattn.checks.gauge import assert_gauge_invariant as assert_gauge_invariant
    from symattn.checks.harness.failures import CheckFailed as CheckFailed, CheckUndecided as CheckUndecided
    from symattn.checks.heads import assert_same_head as assert_same_head
    from symattn.checks.parametrize import parametrize_theorems as parametrize_theorems
    from symattn.checks.ranks import assert_rank_at_most as assert_rank_at_most
    from symattn.checks.symmetry import (
        assert_not_symmetric_score as assert_not_symmetric_score,
        assert_symmetric_score as assert_symmetric_score,
    )
    from symattn.checks.theorems import assert_holds as assert_holds
else:  # so that a misspelt name is seen by a type checker
    __getattr__, __dir__, __all__ = attached(__name__)
