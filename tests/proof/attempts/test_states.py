"""Functions of states: what telescopes for states does so for whatever is made of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symattn.language import (
    Equal,
    cos,
    exp,
    family,
    hadamard,
    index,
    matrix,
    normsquared,
    sizes,
    softmax,
    sum_heads,
    total,
    trace,
)
from symattn.proof import decide

n, L = sizes("n L", min=1)
l = index("l", L)
X, Y, Q = family("X", L + 1, n, n), family("Y", L + 1, n, n), matrix("Q", n, n)
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "trace": trace,
    "squared norm": normsquared,
    "product": lambda state: state @ Q @ state.T,
    "softmax": softmax,
    "attention": lambda state: softmax(state @ Q @ state.T) @ state,
    "norm of softmax": lambda state: normsquared(softmax(state)),
    "exp": lambda state: exp(state) - cos(state),
    "exp of a number": lambda state: exp(total(state)),
    "exp of two states": lambda state: hadamard(exp(state), state),
}


def steps(f: Callable[[Any], Any]) -> Any:
    return sum_heads(f(X[l + 1]) - f(X[l]), l)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_steps_of_a_function_sum_to_its_ends(name: str) -> None:
    f = FUNCTIONS[name]
    assert decide(Equal(steps(f), f(X[L]) - f(X[0]))).status == "proved"
    assert decide(Equal(f(X[L]), f(X[0]) + steps(f))).status == "proved"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_they_do_not_begin_at_the_second_state(name: str) -> None:
    f = FUNCTIONS[name]
    assert decide(Equal(steps(f), f(X[L]) - f(X[1]))).status == "refuted"


def test_a_function_of_another_family_is_another_state() -> None:
    assert decide(Equal(steps(softmax), softmax(Y[L]) - softmax(X[0]))).status == "refuted"
    mixed = sum_heads(softmax(X[l + 1] + Y[l + 1]) - softmax(X[l] + Y[l]), l)
    assert decide(Equal(mixed, softmax(X[L] + Y[L]) - softmax(X[0] + Y[0]))).status == "proved"
    crossed = sum_heads(softmax(X[l + 1] + Y[l]) - softmax(X[l] + Y[l]), l)
    assert decide(Equal(crossed, softmax(X[L] + Y[L]) - softmax(X[0] + Y[0]))).status == "refuted"


def test_a_function_that_hangs_on_the_step_is_no_function_of_states() -> None:
    P = family("P", L, n, n)
    changing = sum_heads(softmax(X[l + 1] @ P[l]) - softmax(X[l] @ P[l]), l)
    assert decide(Equal(changing, softmax(X[L] @ P[0]) - softmax(X[0] @ P[0]))).status == "refuted"


def test_what_is_given_may_be_used_beside_it() -> None:
    known = Equal(softmax(X[0]), Q)
    assert decide(Equal(steps(softmax), softmax(X[L]) - softmax(X[0])), known).status == "proved"
