"""Time and memory: what is remembered is given back, and a certificate cannot ask for any amount of work."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from importlib import import_module
from typing import Any

import pytest
from sympy import Rational

import symattn as sa
from symattn.engine.certificates import certificate
from symattn.engine.normal import remembered
from symattn.errors import Undecided
from symattn.kernel.proofs import Proof
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.sizes import symbol_size, variable

deciding = import_module("symattn.proof.decision")  # the package gives its name to the function


def claims(count: int) -> list[Any]:
    n = sa.sizes("n")
    letters = [[sa.matrix(f"{name}{k}", n, n) for name in "ABC"] for k in range(count)]
    return [sa.Equal(sa.softmax(A @ B) @ C, sa.softmax(A @ B) @ C + 0 * A) for A, B, C in letters]


def test_tables_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "REMEMBERED", 100)
    for claim in claims(60):
        assert sa.decide(claim).status == "proved"
        assert remembered() < 200


def test_a_theorem_outlives_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "REMEMBERED", 0)
    first, second = claims(2)
    lemma = sa.prove(first)
    sa.prove(second)
    assert sa.decide(first, using=[lemma]).status == "proved"
    assert sa.replay(lemma.certificate()).conclusion == lemma.kernel.conclusion


def test_thousands_of_decisions_fit_into_a_small_process() -> None:
    code = (
        "import symattn as sa\n"
        "from tests.proof.test_room import claims\n"
        "for claim in claims(1500): assert sa.decide(claim, check=False).status == 'proved'\n"
        # not getrusage: its peak counts that of the process that started this one
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(int(peak.split()[1]) // 1024)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 300, "megabytes"


def heavy() -> dict[str, Any]:
    """A certificate of a few lines whose check multiplies sums out, again and again: each is just not too large."""
    place = variable("i", symbol_size("n"))
    letters = ([terms.Letter(name + str(k), (symbol_size("n"),)) for name in "xy"] for k in range(60))
    powers = terms.add(*(terms.power(terms.add(*(terms.entry(x, place) for x in both)), 16) for both in letters))
    claim = Equation((place,), powers, powers)
    content = certificate(Proof((), claim, "combine", (), (claim, terms.number(0), (), ((), ()))))
    assert len(json.dumps(content)) < 30000
    return content


def test_a_replay_ends_when_its_time_is_up() -> None:
    with pytest.raises(Undecided, match=r"no answer within 0\.5 s"):
        sa.replay(heavy(), timeout=0.5)


def test_a_replay_works_outside_of_the_main_thread() -> None:
    n = sa.sizes("n")
    A, B = sa.matrix("A", n, n), sa.matrix("B", n, n)
    content = sa.prove(sa.Equal(A + B, B + A)).certificate()
    done: list[Any] = []
    worker = threading.Thread(target=lambda: done.append(sa.replay(content)))
    worker.start()
    worker.join()
    assert len(done) == 1


def test_a_large_number_that_is_divided_by_is_told_as_it_is() -> None:
    n = sa.sizes("n")
    A, B = sa.matrix("A", n, n), sa.matrix("B", n, n)
    part = Rational(1, 1000000000000037)
    theorem = sa.prove(sa.Equal(part * (A + B), part * A + part * B))
    assert theorem.over == "any commutative ring where 1000000000000037 is invertible"
