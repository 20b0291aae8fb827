"""What a spec says as an expression is what a check computes, by every option at every size; and things are proved."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import symattn as sa
from symattn.checks.attention.spec import letters
from symattn.checks.attention.spec.formula import formula
from symattn.checks.attention.spec.letters import M
from symattn.checks.attention.spec.masks import seen_by_rule, slopes
from symattn.checks.attention.spec.reading import read
from symattn.checks.attention.spec.spec import form_of
from symattn.checks.attention.trials.draws import inputs_of
from symattn.checks.attention.trials.problem import problem_of
from symattn.checks.attention.trials.reference import expected
from symattn.checks.attention.trials.sizes import Shape
from symattn.numeric.arithmetics.floats import FLOAT64
from symattn.numeric.bounds.contracts import Contract
from symattn.numeric.evaluation.walk import Walk
from symattn.numeric.samples.samples import Sample

TEXTS = (
    "plain",
    "causal=upper-left",
    "causal=lower-right",
    "causal=lower-right, hidden_rows=never",
    "window=2/1, alignment=upper-left",
    "window=none/1, alignment=lower-right",
    "window=2/0, causal=lower-right",
    "window=none/none, alignment=upper-left",
    "chunk=3, causal=lower-right",
    "lengths=true",
    "lengths=true, causal=lower-right, window=3/2, hidden_rows=nan",
    "alibi=distance, causal=upper-left",
    "alibi=distance, alignment=lower-right, bias=hnm, softcap=3",
    "alibi=distance, alignment=lower-right, lengths=true",
    "mask=b1nm, mask_true=hidden, causal=upper-left",
    "float_mask=bhnm, scale=0.25",
    "sinks=true, causal=upper-left, bias=nm",
    "heads=4/2, mask=b1nm, hidden_rows=mean",
    "qk_norm=1e-05, causal=lower-right",
    "rope=halves, causal=lower-right",
    "rope=interleaved, alignment=upper-left, rope_width=4",
    "qk_norm=0.001, rope=halves, alignment=lower-right, lengths=true, softcap=4, heads=4/2",
)
SIZES = ((5, 7), (7, 5), (6, 6), (1, 9), (9, 1))


@pytest.mark.parametrize("text", TEXTS)
def test_the_formula_is_what_is_checked(text: str) -> None:
    spec, tried = read(text), 0
    for n, m in SIZES:
        inputs = inputs_of(spec, Shape(2, n, m, 8, 6), 0, "float64")
        if inputs is None:
            continue
        problem = problem_of(spec, inputs)
        found = expected(problem, Contract("float64"), ("out",))["out"]
        for batch, head in problem.places():
            value = Walk(_sample(spec, inputs, problem, batch, head), FLOAT64).value(spec.formula).value
            shown = np.isfinite(found.exact[batch, head])
            assert np.allclose(value[shown], found.exact[batch, head][shown], rtol=0, atol=1e-12)
            tried += 1
    assert tried >= 4


def _sample(spec: Any, inputs: Any, problem: Any, batch: int, head: int) -> Sample:
    """The letters of the formula from the inputs alone: masks by rule and the biases of ALiBi are not among them."""
    base = problem.sample(batch, head)
    values, shape = dict(base.values), problem.shape[2:]
    if spec.hidden_rows != "mean":
        values.pop(M)
        if spec.mask or spec.float_mask or spec.chunk:
            plain = spec.but(causal=None, window=None, lengths=False, alignment=spec.aligned)
            given = {name: each for name, each in inputs.extras.items() if name != "lengths"}
            values[M] = problem_of(plain, inputs.but(extras=given)).seen[batch, head].astype(float)
    if spec.bias or spec.float_mask:
        without = spec.but(alibi=None)
        values[letters.B] = problem_of(without, inputs).bias[batch, head]
    values[letters.slope] = np.asarray(slopes(spec.heads[0])[head])
    length = int(inputs.extras["lengths"][batch]) if spec.lengths else shape[1]
    with_past = {letters.m: letters.n + letters.past}
    values |= {letter.xreplace(with_past): value for letter, value in values.items() if letter.is_Matrix}
    sizes = {**base.sizes, letters.L: length, letters.past: shape[1] - shape[0]}
    return Sample(sizes, values, 0, "")


@pytest.mark.parametrize(
    "text", ["chunk=3, causal=lower-right", "chunk=2, alignment=upper-left", "chunk=1, alignment=lower-right"]
)
def test_chunks_by_rule_are_the_chunks_that_are_drawn(text: str) -> None:
    spec = read(text)
    alone = spec.but(causal=None, alignment=spec.aligned)
    for n, m in SIZES:
        drawn = seen_by_rule(alone, n, m, np.array([m]))[0, 0]
        value = Walk(Sample({letters.n: n, letters.m: m}, {}, 0, ""), FLOAT64).value(spec.chunks).value
        assert np.array_equal(value, drawn)


WINDOWS = (
    {"window": (3, 1), "alignment": "upper-left"},
    {"window": (3, 1), "alignment": "lower-right"},
    {"window": (2, 0), "causal": "lower-right"},
)


@pytest.mark.parametrize("options", [*WINDOWS, {"causal": "lower-right"}])
def test_a_formula_is_differentiated_where_every_query_sees_a_key(options: dict[str, Any]) -> None:
    """Given, where rules hide rows at some sizes; not given, where they are stated for sizes at which they do not."""
    for rows in ("zero", "never"):
        spec = sa.checks.attention_spec(**options, hidden_rows=rows)
        keys = next(each for each in sa.language.letters_of(spec.formula) if each.name == "K")
        loss = sa.inner(letters.G, spec.formula)
        found = sa.gradient(loss, keys, given=spec.given if rows == "zero" else ())
        given = spec.given if rows == "zero" else ()
        assert sa.decide(sa.Equal(sa.Gradient(loss, keys), found), given, timeout=60).status == "proved"


@pytest.mark.parametrize("options", [{"mask": "b1nm"}, {"chunk": 4, "alignment": "upper-left"}, {"lengths": True}])
def test_a_formula_with_a_mask_that_is_given_is_differentiated_too(options: dict[str, Any]) -> None:
    spec = sa.checks.attention_spec(**options)
    found = sa.gradient(sa.inner(letters.G, spec.formula), letters.Q, given=spec.given)
    assert "softmax" in sa.text(found)


def test_without_it_the_answer_says_what_is_left() -> None:
    spec = sa.checks.attention_spec(mask="b1nm")
    with pytest.raises(sa.Undecided, match=re.escape("given=Positive(rowsum(M))")):
        sa.gradient(sa.inner(letters.G, spec.formula), letters.Q)


@pytest.mark.parametrize(
    "options",
    [
        {"causal": "upper-left"},
        {"causal": "lower-right", "hidden_rows": "never"},
        {"causal": "lower-right", "hidden_rows": "never", "bias": "nm", "scale": 0.5},
    ],
)
def test_the_formula_of_a_causal_spec_is_differentiated_and_proved(options: dict[str, Any]) -> None:
    formula = sa.checks.attention_spec(**options).formula
    letter = next(each for each in sa.language.letters_of(formula) if each.name == "Q")
    loss = sa.inner(letters.G, formula)
    found = sa.gradient(loss, letter)
    assert sa.decide(sa.Equal(sa.Gradient(loss, letter), found)).status == "proved"
    assert sa.decide(sa.Equal(sa.Gradient(loss, letter), 2 * found)).status == "refuted"


@pytest.mark.parametrize(
    "text", ["plain", "softcap=3", "sinks=true", "qk_norm=0.001, rope=halves, alignment=upper-left"]
)
def test_what_is_known_of_the_gradient_of_the_scores_reaches_queries_and_keys(text: str) -> None:
    """It is rounded and widened in one place; a transpose that goes into its factors would pass it by."""
    found = formula(form_of(read(text)))
    assert all(found.met_gradients[name].has(found.slope) for name in ("q", "k"))


def test_causal_weights_of_a_spec_sum_to_one() -> None:
    spec = sa.checks.attention_spec(causal="lower-right", hidden_rows="never")
    n, p, v = letters.n, letters.past, letters.v
    values = next(letter for letter in sa.language.letters_of(spec.formula) if letter.name == "V")
    whole = spec.formula.xreplace({values: sa.ones(n + p, v)})
    assert sa.decide(sa.Equal(whole, sa.ones(n, v))).status == "proved"


def test_the_formula_is_exported() -> None:
    spec = sa.checks.attention_spec(causal="lower-right", alibi="distance", softcap=30)
    assert r"\operatorname{softmax}" in sa.latex(spec.formula)
