"""`symattn prove`: the three answers, their exit codes, and what is said of each."""

from __future__ import annotations

import json
import re
import shlex
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
    assert out.startswith("refuted at n = 2: entry (")
    assert "\n    A B = B A\n\n    A = [" in out


def test_no_answer_in_time_is_undecided(prove: Any) -> None:
    letters = [f"A{i}" for i in range(400)]
    declared = " ".join(f"{letter}:n*n" for letter in letters)
    start = time.monotonic()
    code, out, err = prove(f"{declared} |- ({'@'.join(letters)}).T == {'@'.join(letters)}", "--timeout", "0.5")
    assert (code, out) == (3, "")
    assert err.startswith("undecided: no answer within 0.5 s\ntry next\n")
    assert err.endswith("--timeout 5\n")
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
        ("A:d*k |- A@inverse(A) == identity(d)", "A has no inverse here: it is not declared invertible"),
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


@pytest.mark.parametrize("claim", ["tan(A) == A", "A*A == A", "gelu(A) == A", "A + 1 == A", "norm2(A) == 1"])
def test_what_is_outside_of_the_language_is_wrong_usage(prove: Any, claim: str) -> None:
    code, out, _ = prove(f"A:n*n |- {claim}")
    assert (code, out) == (2, "")


def test_a_counterexample_is_numbers_in_json(prove: Any) -> None:
    found = json.loads(prove("t:scalar A:n*n B:n*n |- t*A@B == t*B@A", "--json")[1])["counterexample"]
    (t, A, B), n = found["values"].values(), found["sizes"]["n"]
    assert [len(matrix) for matrix in (A, B)] == [n, n]
    difference = [
        [t * sum(A[i][l] * B[l][j] - B[i][l] * A[l][j] for l in range(n)) for j in range(n)] for i in range(n)
    ]
    assert any(any(row) for row in difference)


UNDECIDED = "A:n*n:skew |- det(identity(n) + A) == det(identity(n) - A)"
NEEDS_A_WITNESS = "x:1*n y:1*n |- Exists(x, x == y@ones(n, n))"


def test_what_is_undecided_says_what_is_missing_and_what_numbers_say(prove: Any) -> None:
    code, out, err = prove(UNDECIDED)
    assert (code, out) == (3, "")
    assert err.startswith("undecided: the two sides have different normal forms\n    det(I + A) = ")
    assert re.search(r"^holds in all \d\d+ samples tried$", err, re.MULTILINE)
    assert all(option in err for option in ("--using NAME", "--hint EXPR", "--given CLAIM"))
    assert err.splitlines()[-1].startswith("    symattn list")


def test_the_option_that_settles_it_was_tried_and_does(prove: Any) -> None:
    code, _, err = prove(NEEDS_A_WITNESS)
    said, line = err.split("try next, with one more option it is proved\n")
    program, command, *arguments = shlex.split(line.replace("\\\n", ""))
    assert (code, program, command) == (3, "symattn", "prove")
    assert "no witness was given" in said
    assert prove(*arguments)[0] == 0


def test_the_same_is_in_json(prove: Any) -> None:
    code, out, err = prove(UNDECIDED, "--json")
    content = json.loads(out)
    assert (code, err) == (3, "")
    assert content["held"] > 20
    assert content["next"].startswith("symattn list")


def test_a_theorem_can_be_used(prove: Any) -> None:
    code, out, _ = prove("X:n*d |- X == X", "--using", "softmax_shift")
    assert code == 0
    assert out.endswith("    using softmax_shift\n")
    assert prove("X:n*d |- X == X", "--using", "sofmax_shift")[0] == 2


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("y@", "the hint cannot be read"),
        ("x == y", "the hint is a claim, and not an expression, at column 1"),
        ("z", "unknown name 'z'"),
        ("x@y", "cannot multiply"),
        ("", "the hint is missing"),
    ],
)
def test_a_hint_that_is_no_expression_is_refused(prove: Any, hint: str, said: str) -> None:
    code, out, err = prove(NEEDS_A_WITNESS, "--hint", hint)
    assert (code, out) == (2, "")
    assert said in err


def test_what_was_proved_is_ready_to_paste(prove: Any) -> None:
    code, out, err = prove(SCORES, "--to", "tex")
    assert (code, err) == (0, "")
    assert out.startswith("% proved by symattn ")
    assert "$X$ is $n$ by $d$; $Q$ and $K$ are $d$ by $k$" in out
    assert out.count(r"\begin{align*}") == out.count(r"\end{align*}") == 1
    given = prove("A:n*n |- A@A == 0", "--given", "A == 0", "--to", "markdown")[1]
    assert given.count("$$") == 4
    assert given.index("Assume") < given.index("Then, over")


def test_what_is_false_is_nothing_to_paste(prove: Any) -> None:
    code, out, err = prove("A:n*n B:n*n |- A@B == B@A", "--to", "tex")
    assert (code, out) == (1, "")
    assert err.startswith("refuted at n = 2")


def test_answers_fit_a_narrow_terminal(prove: Any, narrow: int) -> None:
    long = " + ".join(f"A@B{'.T' * (number % 2)}" for number in range(20))
    for statement in (f"A:n*n B:n*n |- {long} == 0", f"A:n*n B:n*n |- {long} == {long}", UNDECIDED):
        out, err = prove(statement)[1:]
        assert max(map(len, (out + err).splitlines())) <= narrow


def test_numbers_that_are_known_to_many_digits_are_shown_once(prove: Any) -> None:
    out = prove("X:n*d W:d*d |- softmax(X@W@X.T) == softmax(X@W.T@X.T)")[1]
    assert re.match(r"refuted at n = 2, d = 2: entry \(0,0\) is about 0\.2689\d+, but 0\.5\n", out)


def test_too_little_time_is_said_in_json_too(prove: Any) -> None:
    letters = [f"A{i}" for i in range(300)]
    declared = " ".join(f"{letter}:n*n" for letter in letters)
    code, out, _ = prove(f"{declared} |- ({'@'.join(letters)}).T == {'@'.join(letters)}", "--timeout", "0.2", "--json")
    content = json.loads(out)
    assert (code, content["status"], content["schema"]) == (3, "undecided", 1)
    assert content["reason"] == "no answer within 0.2 s"
    assert content["next"].endswith("--timeout 2")


def test_what_is_taken_to_be_invertible_is_said(prove: Any) -> None:
    code, out, _ = prove("A:m*n B:n*m |- inv(identity(m) + A@B)@A == A@inv(identity(n) + B@A)")
    assert code == 0
    assert "given M = I + A B" in out
    assert "given M is invertible" in out
