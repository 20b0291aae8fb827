"""`symattn verify`, `list` and `show`: every witness is heard, and none that is undecided counts as success."""

from __future__ import annotations

import json
from typing import Any

import pytest

import symattn as sa
from symattn.cli import main
from symattn.proof import Statement, theorem

n, d, k = sa.sizes("n d k", min=1)
X, A = sa.matrix("X", n, d), sa.matrix("A", n, n)
Q, K = sa.matrix("Q", d, k), sa.matrix("K", d, k)
GLASS = "--weights glassllm:weights/en.npz --query blocks.0.attn.W_Q --key blocks.0.attn.W_K --heads 4 --kv-heads 2"


@theorem(says=sa.Equal(sa.T(sa.scores(X, Q, K)), sa.scores(X, K, Q)), section="2.1")
def transposed() -> None:
    """Transposing the scores exchanges query and key."""


@theorem(says=sa.Equal(Q @ K.T, K @ Q.T), section="2.2")
def false() -> None:
    """Every form is symmetric."""


@theorem(says=sa.Equal(A, A.T), given=(sa.Equal(A - A.T, sa.zeros(n, n)),), section="2.3")
def vacuous() -> None:
    """A statement whose hypothesis no sample meets."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    statements: dict[str, Statement] = {one.name: one for one in (transposed, false, vacuous)}
    import symattn.cli.certificates  # noqa: F401  (whoever is imported later would keep the other catalogue)

    monkeypatch.setattr("symattn.theory.catalogue", lambda: statements)
    monkeypatch.setattr("symattn.verify.job.catalogue", lambda: statements)

    def command(text: str) -> tuple[int, str, str]:
        code = main(text.split())
        return code, *capsys.readouterr()

    return command


def test_a_true_theorem_holds_for_every_witness(run: Any) -> None:
    code, out, _ = run("verify transposed")
    assert code == 0
    assert "any commutative ring" in out
    assert "1 theorem: 1 hold, 0 fail, 0 undecided" in out


def test_a_false_theorem_fails_with_its_counterexamples(run: Any) -> None:
    code, out, _ = run("verify transposed false")
    assert code == 1
    assert "false: kernel fails: " in out
    assert "false: exact fails: entry (" in out
    assert "1 hold, 1 fail, 0 undecided" in out


def test_an_undecided_witness_is_no_success(run: Any) -> None:
    code, out, _ = run("verify transposed vacuous")
    assert code == 3
    assert "vacuous: exact undecided: vacuous: the hypothesis fails here" in out
    assert "1 hold, 0 fail, 1 undecided" in out


def test_a_failure_weighs_more_than_an_undecided_witness(run: Any) -> None:
    assert run("verify")[0] == 1


def test_rows_that_do_not_fit_are_said_in_words(run: Any, narrow: int) -> None:
    code, out, _ = run("verify transposed false --arith numpy:float32,mpmath:30")
    assert code == 1
    assert out.startswith("transposed\n  for all sizes, over any commutative ring; kernel ")
    assert max(map(len, out.splitlines())) <= narrow


def test_progress_is_plain_lines_on_stderr_that_can_be_silenced(run: Any) -> None:
    assert run("verify transposed")[2] == "[1/1] transposed: holds\n"
    assert run("verify transposed --quiet")[2] == ""


def test_json_has_a_schema_and_a_status_for_each_witness(run: Any) -> None:
    code, out, _ = run("verify transposed --json")
    content = json.loads(out)
    (row,) = content["theorems"]
    assert (code, content["schema"], content["summary"]["holds"]) == (0, 1, 1)
    assert {name: one["status"] for name, one in row["witnesses"].items()} == dict.fromkeys(
        ("kernel", "exact", "float64"), "holds"
    )
    assert row["witnesses"]["exact"]["residual"] == 0


def test_another_seed_draws_other_samples(run: Any) -> None:
    residuals = {
        json.loads(run(f"verify transposed --json --seed {seed}")[1])["theorems"][0]["witnesses"]["float64"]["bound"]
        for seed in (1, 2)
    }
    assert len(residuals) == 2


@pytest.mark.parametrize("command", ["verify", "show"])
def test_an_unknown_theorem_suggests_the_nearest(run: Any, command: str) -> None:
    code, _, err = run(f"{command} transposd")
    assert code == 2
    assert "Did you mean transposed?" in err


def test_list_has_a_line_for_each_theorem(run: Any) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines()[1:]] == ["transposed", "false", "vacuous"]


def test_show_states_the_theorem_and_asks_the_kernel(run: Any) -> None:
    code, out, _ = run("show transposed")
    assert code == 0
    assert "Q, K : d×k" in out
    assert "n ≥ 1" in out
    assert "kernel   holds" in out


def test_show_of_a_false_theorem_fails(run: Any) -> None:
    assert run("show false")[0] == 1


def test_trained_heads_are_another_witness(run: Any) -> None:
    code, out, _ = run(f"verify transposed {GLASS}")
    assert code == 0
    assert out.count("32 = k") == 4


def test_json_has_the_facts_of_each_head(run: Any) -> None:
    heads = json.loads(run(f"verify transposed --json {GLASS}")[1])["heads"]
    assert [(one["d"], one["k"], one["rank"]["W"]) for one in heads] == [(128, 32, [32, 32])] * 4


def test_layers_are_recognised_without_their_names(run: Any) -> None:
    out = run("verify transposed --weights glassllm:weights/en.npz --heads 4")[1]
    assert out.count("32 = k") == 16


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        ("--heads 4", 2, "--heads is about trained weights: say --weights FILE too"),
        ("--kv-heads 4", 2, "--kv-heads is about trained weights"),
        ("--weights=", 2, "--weights names no file"),
        ("--weights none.npz --heads 4", 2, "WeightsError: there is no file none.npz"),
        ("--weights no_such_package:w.npz --heads 4", 4, "MissingExtra: the package no_such_package is not installed"),
        (GLASS.replace("W_Q", "W_QQ"), 2, "Did you mean blocks.0.attn.W_Q"),
        (GLASS.replace("--heads 4", "--heads 5"), 2, "n_heads=4"),
        ("--weights glassllm:weights/en.npz --key a --heads 4", 2, "--key needs --query"),
    ],
)
def test_weights_that_cannot_be_used_are_refused_by_the_package(run: Any, arguments: str, code: int, what: str) -> None:
    ended, out, err = run(f"verify transposed {arguments}")
    assert (ended, out) == (code, "")
    assert what in err


def test_other_arithmetics_are_other_columns(run: Any) -> None:
    code, out, _ = run("verify transposed --arith numpy:float32,mpmath:30 --sizes n=7,d=5,k=3 --trials 2")
    assert code == 0
    assert out.splitlines()[0].split()[-2:] == ["numpy:float32", "mpmath:30"]
    assert "float64" not in out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ("--arith numpy:float65", "float65"),
        ("--arith nothing", "no arithmetic is called nothing"),
        ("--sizes m=3", "no size of these theorems is called m"),
        ("--sizes n=0", "the size n cannot be 0"),
    ],
)
def test_numbers_that_cannot_be_had_are_refused(run: Any, arguments: str, what: str) -> None:
    code, out, err = run(f"verify transposed {arguments}")
    assert (code, out) == (2, "")
    assert what in err


@pytest.mark.parametrize(
    "arguments", ["--arith ,", "--sizes n:3", "--trials 0", "--executor ray", "--seed -5", "--sizes n=1,n=2"]
)
def test_options_that_say_nothing_are_refused(run: Any, arguments: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(f"verify transposed {arguments}")


def test_an_arithmetic_that_is_not_installed_exits_4(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, out, err = run("verify transposed --arith torch:float32")
    assert (code, out) == (4, "")
    assert "pip install" in err


def test_exact_arithmetic_names_the_primes(run: Any) -> None:
    assert "hold modulo primes too, of 2, 3, 2147483647" in run("verify transposed")[1]


@pytest.mark.parametrize("size", ["1000000", "99999999999999999999999999"])
def test_sizes_that_no_machine_holds_are_undecided_at_once(run: Any, size: str) -> None:
    code, out, _ = run(f"verify transposed --arith float64,interval:60 --sizes n={size}")
    assert code == 3
    assert f"entries at n={size}" in out
    assert "holds" not in out.splitlines()[2]


@pytest.mark.needs("glassllm")
def test_what_the_numbers_of_the_heads_leave_out_is_said(run: Any) -> None:
    out = run(f"verify transposed {GLASS}")[1]
    assert "warning: positions rotate queries and keys (rope_base in __config__ in en.npz)" in out
    assert "warning: norms of the block are not folded into queries and keys" in out
    assert "biases" not in out
    notes = json.loads(run(f"verify transposed --json {GLASS}")[1])["heads"][0]["notes"]
    assert notes[1]["tensors"] == ["blocks.0.norm1.gamma"]


@pytest.mark.needs("glassllm")
def test_a_projection_onto_trained_queries_exists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "projection_exists", "--quiet", *GLASS.split()]) == 0
    assert "1 hold, 0 fail, 0 undecided" in capsys.readouterr().out
