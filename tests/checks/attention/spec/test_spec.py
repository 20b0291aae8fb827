"""Options of attention: what they accept, what they refuse, and what they mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import symattn as sa
from symattn.checks import attention_spec
from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.formula import formula
from symattn.checks.attention.spec.masks import alibi_bias, seen_by_rule
from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.spec.spec import form_of
from symattn.errors import LanguageError, SymattnError, UnknownName

TEXTS = (
    "plain",
    "heads=8/2, causal=lower-right, softcap=30",
    "layout=bnhd, alignment=upper-left, window=4/none, mask=b1nm, mask_true=hidden",
    "layout=nd, heads=1/1, bias=nm, scale=0.125",
    "lengths=true, hidden_keys=anything, lse=true",
    "causal=lower-right, chunk=4, qk_norm=1e-06, rope=interleaved, rope_width=4",
)
REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"causal": True}, "says too little"),
    ({"layout": "bdhn"}, "no layout"),
    ({"heads": (8, 3)}, "do not divide"),
    ({"layout": "nd"}, "one head"),
    ({"window": (3, 0)}, "leaves open where query 0 stands"),
    ({"window": (-1, 0), "causal": "upper-left"}, "window is"),
    ({"alibi": "distance"}, "leaves open"),
    ({"alibi": "distance", "causal": "upper-left", "heads": 6}, "slopes of ALiBi"),
    ({"softcap": 0}, "softcap is 0"),
    ({"bias": "bnhm"}, "no such axes"),
    ({"layout": "hnd", "bias": "bhnm"}, "has the axis b"),
    ({"lse": True, "sinks": True}, "no agreed meaning"),
    ({"causal": "upper-left", "alignment": "lower-right"}, "disagree"),
    ({"chunk": 0, "causal": "upper-left"}, "chunk is 0"),
    ({"chunk": 4}, "leaves open"),
    ({"rope": "halves"}, "leaves open"),
    ({"rope": "pairs"}, "rope is 'pairs'"),
    ({"rope": "halves", "causal": "upper-left", "rope_width": 3}, "turned in pairs"),
    ({"rope_width": 4}, "turned in pairs"),
    ({"qk_norm": 0}, "qk_norm is 0"),
    ({"hidden_rows": "one"}, "hidden_rows is 'one'"),
    ({"names": {"weights": "w"}}, "names says what weights is called"),
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_spec_is_written_as_it_is_read(text: str) -> None:
    assert str(read(text)) == text
    assert eval(repr(read(text)), {"attention_spec": attention_spec}) == read(text)


@pytest.mark.parametrize(("options", "says"), REFUSED)
def test_what_is_open_or_contradicts_itself_is_refused(options: dict[str, Any], says: str) -> None:
    with pytest.raises(LanguageError, match=says):
        attention_spec(**options)


def test_unknown_options_are_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean softcap"):
        attention_spec(softcaps=3)
    with pytest.raises(SymattnError, match="no option"):
        read("causal=upper-left, loud")


@pytest.mark.parametrize("options", [{}, {"bias": "nm"}, {"scale": 0.25, "bias": "b1nm"}])
@pytest.mark.parametrize("name", ["q", "k", "v", "bias"])
def test_the_gradients_are_those_of_the_package(options: dict[str, Any], name: str) -> None:
    found = formula(form_of(attention_spec(**options)))
    letter = {"q": letters.Q, "k": letters.K, "v": letters.V, "bias": letters.B}[name]
    if name != "bias" or options.get("bias"):
        loss = sa.inner(letters.G, found.output)
        assert sa.decide(sa.Equal(found.gradients[name], sa.gradient(loss, letter))).status == "proved"


def test_what_a_softcap_is_multiplied_by_is_its_derivative() -> None:
    x = sa.scalar("x")
    t = sa.tanh(x)
    e = sa.exp(2 * x)
    assert sa.decide(sa.Equal(1 - t * t, 4 * e / ((e + 1) * (e + 1)))).status == "proved"


def test_the_formula_prints() -> None:
    spec = attention_spec(causal="upper-left", bias="nm", scale=0.5)
    assert sa.text(spec.formula) == 'softmax((1/2) Q Kᵀ + B, mask=causal(n, m, "upper-left")) V'


@pytest.mark.parametrize("side", ["upper-left", "lower-right"])
def test_masks_by_rule_are_those_of_their_definition(side: str) -> None:
    n, m, left, right = 4, 6, 2, 1
    lengths = np.array([6, 5])
    seen = seen_by_rule(attention_spec(window=(left, right), alignment=side, lengths=True), n, m, lengths)
    causal = seen_by_rule(attention_spec(causal=side, lengths=True), n, m, lengths)
    for b, length in enumerate(lengths):
        offset = length - n if side == "lower-right" else 0
        for i in range(n):
            for j in range(m):
                assert seen[b, 0, i, j] == (j < length and i + offset - left <= j <= i + offset + right)
                assert causal[b, 0, i, j] == (j < length and j <= i + offset)


def test_a_chunk_is_a_block_of_places() -> None:
    spec = attention_spec(chunk=3, alignment="lower-right")
    seen = seen_by_rule(spec, 4, 6, np.array([6]))[0, 0]
    assert seen.astype(int).tolist() == [[1, 1, 1, 0, 0, 0], *[[0, 0, 0, 1, 1, 1]] * 3]


def test_alibi_has_the_slopes_of_the_paper() -> None:
    bias = alibi_bias(attention_spec(heads=8, alibi="distance", alignment="upper-left"), 3, 3, np.array([3]))
    assert bias[0, 0, 2, 0] == -2 * 0.5
    assert bias[0, 7, 0, 1] == -(2.0**-8)
