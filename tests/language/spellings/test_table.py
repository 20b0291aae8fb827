"""Names that people write: each is known, or comes with what to write instead."""

from __future__ import annotations

import pytest

from symattn import language
from symattn.language.spellings.table import ALIASES, INSTEAD, instead, nearest_names

WRITTEN = (
    *("det", "inv", "rank", "tr", "eye", "grad", "jacobian", "hessian", "lse", "norm", "mean", "var", "std", "sqrt"),
    *("sigmoid", "tanh", "relu", "gelu", "silu", "softplus", "layernorm", "rmsnorm", "log_softmax", "cross_entropy"),
    *("entropy", "kl", "abs", "max", "min", "sum", "one_hot", "tril", "vec", "kron", "cos", "sin", "dot", "concat"),
)


@pytest.mark.parametrize("name", WRITTEN)
def test_what_people_write_first_is_known_or_answered(name: str) -> None:
    assert hasattr(language, name) or name in ALIASES or name in INSTEAD


@pytest.mark.parametrize("name", ALIASES)
def test_another_name_stands_for_something(name: str) -> None:
    assert hasattr(language, ALIASES[name])


@pytest.mark.parametrize("name", INSTEAD)
def test_a_name_that_is_refused_is_not_known(name: str) -> None:
    assert not hasattr(language, name)
    assert name not in ALIASES


def test_a_sum_is_the_total_and_not_that_of_rows() -> None:
    assert ALIASES["sum"] == "total"


@pytest.mark.parametrize(("slip", "meant"), [("softmx", ["softmax"]), ("RANK", ["Rank"]), ("dot", []), ("cos", [])])
def test_a_suggestion_looks_like_a_slip(slip: str, meant: list[str]) -> None:
    assert nearest_names(slip, ("softmax", "Rank", "Not", "scores", "form")) == meant


def test_nothing_is_suggested_for_what_nobody_knows() -> None:
    assert instead("frobnicate", ("softmax",)) == ""
