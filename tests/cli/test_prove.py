"""`symattn prove`: the three answers, their exit codes, and what is said of each."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from symattn.cli import main
from symattn.proof.text.signatures import FUNCTIONS

SCORES = "X:n*d Q:d*k K:d*k |- T(X@Q@K.T@X.T) == X@K@Q.T@X.T"


@pytest.fixture
def prove(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["prove", *arguments])
        return code, *capsys.readouterr()

    return run


def test_an_identity_is_proved_for_all_sizes(prove: Any) -> None:
    code, out, err = prove(SCORES)
    assert (code, err) == (0, "")
    assert out.startswith("proved for all n ≥ 1, d ≥ 1, k ≥ 1, over any commutative ring (")


def test_a_false_statement_is_refuted_with_a_counterexample(prove: Any) -> None:
    code, out, _ = prove("A:n*n B:n*n |- A@B == B@A")
    assert code == 1
    assert out.startswith("refuted: n=2, A = [[")


def test_no_answer_in_time_is_undecided(prove: Any) -> None:
    letters = [f"A{i}" for i in range(400)]
    declared = " ".join(f"{letter}:n*n" for letter in letters)
    start = time.monotonic()
    code, out, err = prove(f"{declared} |- ({'@'.join(letters)}).T == {'@'.join(letters)}", "--timeout", "0.5")
    assert (code, out) == (3, "")
    assert err == "Undecided: no answer within 0.5 s\n"
    assert time.monotonic() - start < 30


def test_a_hypothesis_can_be_given(prove: Any) -> None:
    code, out, _ = prove("A:n*n |- A@A == 0", "--given", "A == 0")
    assert code == 0
    assert "given A = 0" in out


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("A:3*4 |- A@A == A", "ShapeError: cannot multiply\n    A : 3×4\n    A : 3×4\n  the inner sizes differ: 4 ≠ 3"),
        ("A:d*k |- A == A.T", "ShapeError: cannot compare\n"),
        ("A:k*k |- A@inverse(A) == identity(k)", "A has no inverse here: it is not declared invertible"),
        ("Q:d*k K:d*k |- inverse(Q@K.T) == 0", "has no inverse here"),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_package(prove: Any, statement: str, what: str) -> None:
    code, out, err = prove(statement)
    assert (code, out) == (2, "")
    assert what in err


def test_softmax_over_a_size_that_may_be_empty_is_not_claimed(prove: Any) -> None:
    code, out, err = prove("n>=0 S:n*n |- rowsum(softmax(S)) == ones(n, 1)")
    assert code in (2, 3)
    assert out == ""
    assert "n" in err


def test_json_has_a_schema_and_the_verdict(prove: Any) -> None:
    code, out, _ = prove(SCORES, "--json")
    content = json.loads(out)
    assert code == 0
    assert (content["schema"], content["status"], content["over"]) == (1, "proved", "any commutative ring")


@pytest.mark.parametrize("text", ["(" * 10_000 + "A" + ")" * 10_000, "@".join(["A"] * 500)])
def test_10_000_parentheses_and_500_factors_end_in_an_answer_or_a_refusal(prove: Any, text: str) -> None:
    code, out, err = prove(f"A:n*n |- {text} == {text}")
    assert code in (0, 2)
    assert out or err.startswith("StatementError: ")


def test_the_help_names_every_function(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["prove", "--help"])
    said = set(re.findall(r"\w+", capsys.readouterr().out))
    assert set(FUNCTIONS) - said == set()


@pytest.mark.parametrize("claim", ["kron(A, A) == A", "A*A == A", "relu(A) == A", "A + 1 == A", "norm(A) == 1"])
def test_what_is_outside_of_the_language_is_wrong_usage(prove: Any, claim: str) -> None:
    code, out, _ = prove(f"A:n*n |- {claim}")
    assert (code, out) == (2, "")
