"""A certificate is read back as the same theorem, or refused."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import Any

import pytest

from symattn.engine import rules
from symattn.engine.certificates import certificate
from symattn.errors import CertificateError, SymattnError
from symattn.kernel import Proof, replay
from symattn.kernel.certificate import SCHEMA, digest, read
from symattn.kernel.syntax.formulas import Equation
from symattn.kernel.syntax.terms import Letter, entry, exponential, multiply, number, summation
from tests.kernel.build import attention, d, equation, i, j, k, letter, matrix, n, proved, softmax
from tests.kernel.test_proofs import PROOFS

X, Q, K, V = (
    matrix(letter(name, *sizes)) for name, sizes in zip("XQKV", ((n, d), (d, k), (d, k), (d, k)), strict=True)
)


def equivariance() -> Proof:
    R = matrix(letter("R", n, n, "permutation"))
    one = number(1)
    return rules.conjoin([proved(attention(R @ X, Q, K, V, one), R @ attention(X, Q, K, V, one)), PROOFS["too_large"]])


LONG = equivariance()


@pytest.mark.parametrize("name", PROOFS)
def test_every_rule_survives_the_round_trip(name: str) -> None:
    text = json.dumps(certificate(PROOFS[name]))
    assert read(json.loads(text)) == PROOFS[name]


def test_a_certificate_is_the_same_every_time_and_in_every_process() -> None:
    code = (
        "import json, sys; from symattn.engine.certificates import certificate;"
        "from symattn.kernel.certificate import read;"
        "content = json.load(sys.stdin); print(json.dumps(certificate(read(content))))"
    )
    sent = certificate(LONG)
    ran = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(sent), capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout) == sent


def test_a_byte_that_is_changed_anywhere_is_found() -> None:
    text = json.dumps(certificate(PROOFS["contradict"]))
    source = random.Random(20240607)
    for place in range(len(text)):
        changed = text[:place] + source.choice([c for c in '0129azAZ"[]{},: -' if c != text[place]]) + text[place + 1 :]
        try:
            content = json.loads(changed)
        except ValueError:
            continue
        if content != json.loads(text):
            with pytest.raises(SymattnError):
                read(content)


def test_a_certificate_that_was_cut_or_is_none_is_refused() -> None:
    content = certificate(LONG)
    text = json.dumps(content)
    for end in range(0, len(text), 97):
        with pytest.raises(ValueError, match="."):
            json.loads(text[:end])
    for wrong in (None, [], "x", {}, {**content, "schema": SCHEMA + 1}, {**content, "schema": str(SCHEMA)}):
        with pytest.raises(CertificateError, match="schema"):
            read(wrong)
    for part in ("nodes", "lines", "digest"):
        with pytest.raises(CertificateError):
            read({key: value for key, value in content.items() if key != part})
    for part in ("nodes", "lines"):
        for cut in ([], content[part][1:], None, 7, "x", {}):
            with pytest.raises(SymattnError):
                read(signed({**content, part: cut}))
    assert read(signed({**content, "lines": content["lines"][:-1]})) in LONG.premises


def signed(content: dict[str, Any]) -> dict[str, Any]:
    """With the digest of what it now says: the digest protects against accidents, not against intent."""
    return {**content, "digest": digest(content)}


def test_another_conclusion_with_a_digest_of_its_own_is_refused() -> None:
    content = certificate(PROOFS["project"])
    for line in content["lines"]:
        for node in range(len(content["nodes"])):
            for place in (3, 4):
                was, line[place] = line[place], node
                if was != node:
                    with pytest.raises(SymattnError):
                        read(signed(content))
                line[place] = was
    assert read(content) == PROOFS["project"]


def mutations(value: Any, source: random.Random) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return source.choice([value + 1, value - 1, -value, 0, 10**9, True, None, 0.5, "1", [value]])
    if isinstance(value, str):
        return source.choice([value + "'", "", "n", "X", "add", "Not", "tuple", "identity", 3, None])
    return source.choice([[], None, 0, [value]])


def places(value: Any, path: tuple = ()) -> list[tuple]:
    below = enumerate(value) if isinstance(value, list) else []
    return [path, *(p for at, part in below for p in places(part, (*path, at)))]


@pytest.mark.parametrize("name", PROOFS)
def test_an_attacker_who_signs_again_gets_a_refusal_or_another_true_theorem(name: str) -> None:
    """Whatever comes out has been proved: its own certificate can be read again."""
    source = random.Random(name)
    original = certificate(PROOFS[name])
    every = [(part, path) for part in ("nodes", "lines") for path in places(original[part]) if path]
    accepted = 0
    for part, path in source.sample(every, min(len(every), 120)):
        content = json.loads(json.dumps(original))
        target = content[part]
        for at in path[:-1]:
            target = target[at]
        target[path[-1]] = mutations(target[path[-1]], source)
        try:
            theorem = read(signed(content))
        except SymattnError:
            continue
        accepted += 1
        assert replay(read(json.loads(json.dumps(certificate(theorem))))) == theorem
        assert not believed_false(theorem)
    assert accepted < 120


def believed_false(theorem: Proof) -> bool:
    """Does it say of two numbers that differ that they are equal, without a hypothesis?"""
    claim = theorem.conclusion
    if theorem.hypotheses or not isinstance(claim, Equation):
        return False
    return claim.left.kind == claim.right.kind == "number" and claim.left is not claim.right


def forged(*nodes: list, data: int, claim: int, hypotheses: int) -> dict[str, Any]:
    return signed({"schema": SCHEMA, "nodes": [*nodes], "lines": [["assume", [], data, hypotheses, claim]]})


SIZE_N = ["n", 1, ["SizeSymbol", 0, 1], ["tuple", 2], ["tuple", 3, 1], ["tuple", 4], ["Size", 5]]


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([-1, ["tuple", 7]], id="a plain number as an index"),
        pytest.param([0, ["fraction", 1, 7], ["tuple", 8]], id="a fraction over zero"),
        pytest.param([["fraction", 0, 1], ["tuple", 7]], id="a fraction of text"),
        pytest.param([["variable", 0, 9], ["tuple", 7]], id="a node that comes later"),
        pytest.param([["variable", 0, -1], ["tuple", 7]], id="a node from behind"),
        pytest.param([["variable", 0, True], ["tuple", 7]], id="a truth value as the number of a node"),
        pytest.param([["variable", 0, 0], ["tuple", 7]], id="a variable of no size"),
        pytest.param([["Theorem", 0], ["tuple", 7]], id="a record that is not one"),
        pytest.param([["Size"], ["tuple", 7]], id="too few fields"),
        pytest.param([["trust", 0], ["tuple", 7]], id="a term of no kind"),
        pytest.param([["parameter", 6], ["tuple", 7]], id="a size as a parameter"),
        pytest.param([["1 + 1"], ["tuple", 7]], id="a node of no kind"),
        pytest.param([[], ["tuple", 7]], id="an empty node"),
        pytest.param([[["tuple"]], ["tuple", 7]], id="a maker that is a node"),
        pytest.param([0.5, ["tuple", 7]], id="a number that is not exact"),
        pytest.param([None, ["tuple", 7]], id="nothing"),
    ],
)
def test_malformed_nodes_are_refused_as_certificates_are(nodes: list) -> None:
    with pytest.raises(SymattnError):
        read(forged(*SIZE_N, *nodes, data=8, claim=7, hypotheses=8))


def test_a_size_with_a_negative_minimum_is_refused() -> None:
    nodes = ["n", -2, *SIZE_N[2:]]
    with pytest.raises(SymattnError, match="natural numbers"):
        read(forged(*nodes, data=0, claim=0, hypotheses=0))


def test_a_letter_inverted_twice_is_refused() -> None:
    """With `inverse` 2 its product with the inverse contracted, and M^-1 M^-1 was 1."""
    content = certificate(PROOFS["other_side"])
    at = next(p for p, node in enumerate(content["nodes"]) if node is True)
    content["nodes"][at] = 2
    with pytest.raises(SymattnError):
        read(signed(content))


def test_a_nesting_without_end_is_refused() -> None:
    content = certificate(PROOFS["contradict"])
    for depth in range(20000):
        content["nodes"].append(["tuple", len(content["nodes"]) - 1 if depth else 0])
    content["lines"][-1][2] = len(content["nodes"]) - 1
    with pytest.raises(SymattnError):
        read(signed(content))


def test_what_has_no_place_in_a_certificate_is_not_written() -> None:
    class Letter2(Letter):
        pass

    for data in ((1.5,), (None,), (object(),), ([1],), (Letter2("A", (n,)),)):
        theorem = Proof((), Equation((), number(1), number(1)), "identity", (), data)
        with pytest.raises(CertificateError, match="no place"):
            certificate(theorem)


def test_a_deep_statement_has_a_certificate() -> None:
    """Sixty-four matrices, one sum inside the other."""
    product = matrix(letter("A0", n, n))
    for at in range(1, 64):
        product = product @ matrix(letter(f"A{at}", n, n))
    theorem = rules.assume([], equation(product, product))
    assert read(certificate(theorem)) == theorem


def test_a_shared_term_is_written_once() -> None:
    P = softmax(X @ X.T)
    row = summation([j], multiply(P.at(i, j), entry(Letter("y", (n,)), j)))
    claim = Equation((i,), multiply(*[row] * 12), multiply(*[row] * 12))
    assert len(certificate(rules.identity([], claim))["nodes"]) < 80


def test_a_term_that_is_shared_at_every_level_is_read_once_a_level() -> None:
    """Written out it would have 2⁴⁰ leaves."""
    term = entry(Letter("y", (n,)), i)
    for _ in range(40):
        term = multiply(exponential(term), exponential(term))
    claim = Equation((i,), term, term)
    assert len(certificate(rules.assume([], claim))["nodes"]) < 200
