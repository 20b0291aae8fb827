"""`python -m tests.sabotage.forgeries`: certificates forged, truncated, re-ordered and signed again.

What is still accepted has to say the same as before, or to be true by numbers that the kernel had no part in.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import symattn as sa
from symattn.errors import SymattnError
from symattn.kernel.certificate import digest, read
from symattn.kernel.proofs import Proof, lines
from symattn.kernel.replay import RULES
from symattn.kernel.syntax.terms import CONSTRUCTORS
from symattn.kernel.values import MAKERS
from tests.sabotage.judge import anonymous, judged

Content = dict[str, Any]
SECONDS = 20
"""Of processor time, for reading one certificate and for judging it."""
LARGEST = 4000
"""Certificates with more nodes than this are left alone, so that many can be tried."""
PLAIN = 0.05
"""How many of the forgeries are not signed again."""


def decisions() -> Iterator[Content]:
    """Certificates of claims that are in no catalogue."""
    n, d, k = sa.sizes("n d k")
    X, Q, K, G, S = (
        sa.matrix(name, *sizes) for name, sizes in zip("XQKGS", ((n, d), (d, k), (d, k), (n, n), (n, n)), strict=True)
    )
    P = sa.softmax(S)
    yield sa.prove(sa.Equal((X @ Q @ K.T @ X.T).T, X @ K @ Q.T @ X.T)).certificate()
    yield sa.prove(sa.Equal(P @ sa.ones(n, 1), sa.ones(n, 1))).certificate()
    yield sa.prove(sa.Equal(sa.trace(G @ S), sa.trace(S @ G))).certificate()
    for loss, at in ((sa.inner(G, P), S), (sa.inner(G, X @ Q @ K.T @ X.T), Q)):
        yield sa.prove(sa.Equal(sa.gradient(loss, at), sa.gradient(loss, at))).certificate()


def catalogue() -> Iterator[Content]:
    for statement in sa.catalogue().values():
        yield statement.prove().certificate()


def forged(content: Content, rng: random.Random) -> Content:
    """The certificate with a few changes, its digest mostly that of the new content."""
    nodes, proof = list(content["nodes"]), list(content["lines"])
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        change = rng.choice([_reference, _reference, _value, _value, _shuffled, _kind, _line, _line, _order])
        change(nodes, proof, rng)
    changed = {**content, "nodes": nodes, "lines": proof}
    return changed if rng.random() < PLAIN else {**changed, "digest": digest(changed)}


def _kind_of(node: Any) -> Any:
    """The maker of a node, or the type of a plain one."""
    return node[0] if type(node) is list else type(node)


def _made(nodes: list[Any]) -> list[int]:
    return [at for at, node in enumerate(nodes) if type(node) is list and len(node) > 1]


def _reference(nodes: list[Any], proof: list[Any], rng: random.Random) -> None:
    """A node refers to another node of the same kind."""
    if made := _made(nodes):
        at = rng.choice(made)
        place = rng.randrange(1, len(nodes[at]))
        kind = _kind_of(nodes[nodes[at][place]]) if nodes[at][place] < len(nodes) else int
        alike = [k for k, node in enumerate(nodes[:at]) if _kind_of(node) == kind]
        _set(nodes, at, place, rng.choice(alike or [0]))


def _value(nodes: list[Any], proof: list[Any], rng: random.Random) -> None:
    plain = [at for at, node in enumerate(nodes) if type(node) is not list]
    if not plain:
        return
    at = rng.choice(plain)
    match old := nodes[at]:
        case bool():
            nodes[at] = not old
        case int():
            nodes[at] = rng.choice([old + 1, old - 1, -old, 0, 1, 2])
        case _:
            nodes[at] = rng.choice([node for node in nodes if type(node) is str])


def _shuffled(nodes: list[Any], proof: list[Any], rng: random.Random) -> None:
    """A tuple, a term or a record with two parts exchanged, one left out, or one twice."""
    if not (made := _made(nodes)):
        return
    at = rng.choice(made)
    parts = nodes[at][1:]
    one, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    match rng.randrange(4):
        case 0:
            parts.pop(one)
        case 1:
            parts.insert(one, parts[other])
        case _:
            parts[one], parts[other] = parts[other], parts[one]
    nodes[at] = [nodes[at][0], *parts]


def _kind(nodes: list[Any], proof: list[Any], rng: random.Random) -> None:
    """Another maker for the same parts: a term another kind of term, a formula another formula."""
    if made := _made(nodes):
        at = rng.choice(made)
        nodes[at] = [rng.choice(sorted(CONSTRUCTORS if nodes[at][0] in CONSTRUCTORS else MAKERS)), *nodes[at][1:]]


def _line(nodes: list[Any], proof: list[Any], rng: random.Random) -> None:
    """A line has another rule, other premises, or data, hypotheses and a conclusion that stand in another line."""
    at = rng.randrange(len(proof))
    rule, premises, data, hypotheses, conclusion = proof[at]
    other = rng.choice(proof)
    match rng.randrange(6):
        case 0:
            rule = rng.choice(sorted(RULES))
        case 1:
            premises = [rng.randrange(at) if at else 0 for _ in premises]
        case 2:
            premises = rng.sample(premises, len(premises))
        case 3:
            data = other[2]
        case 4:
            hypotheses = other[3]
        case _:
            conclusion = other[4]
    proof[at] = [rule, premises, data, hypotheses, conclusion]


def _order(nodes: list[Any], proof: list[Any], rng: random.Random) -> None:
    """Lines or nodes cut off, left out, or in another order."""
    table = rng.choice([nodes, proof])
    one, other = rng.randrange(len(table)), rng.randrange(len(table))
    match rng.randrange(4):
        case 0 if len(table) > 1:
            del table[max(one, 1) :]
        case 1 if len(table) > 1:
            table.pop(one)
        case 2:
            table.insert(one, table[other])
        case _:
            table[one], table[other] = table[other], table[one]


def _set(nodes: list[Any], at: int, place: int, new: Any) -> None:
    nodes[at] = [*nodes[at][:place], new, *nodes[at][place + 1 :]]


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def late(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def verdict(content: Content, original: Proof, said: frozenset[Any], seed: int) -> str:
    """What becomes of a forgery; `said` is what the lines of the original proof say, but for names."""
    try:
        with _limited(SECONDS):
            theorem = read(content)
    except SymattnError:
        return "refused"
    except TimeoutError:
        return "not ended"
    if content["digest"] != digest(content):
        return "WRONG: a digest that does not match"
    if (theorem.hypotheses, theorem.conclusion) == (original.hypotheses, original.conclusion):
        return "the same theorem"
    if anonymous(theorem) in said:
        return "a line of the proof, but for names"
    try:
        with _limited(SECONDS):
            found = judged(theorem, seed)
    except TimeoutError:
        return "not judged"
    return {True: "true by numbers", False: "WRONG: false by numbers", None: "not judged"}[found]


def forgeries(sources: Iterable[Content], number: int, seed: int) -> Iterator[tuple[str, Content]]:
    """So many forgeries, with what becomes of each; smaller certificates are changed more often."""
    rng = random.Random(seed)
    proofs = [(content, read(content)) for content in sources if len(content["nodes"]) <= LARGEST]
    known = [(content, proof, frozenset(map(anonymous, lines(proof)))) for content, proof in proofs]
    weights = [1 / (100 + len(content["nodes"])) for content, _, _ in known]
    for which in range(number):
        ((content, theorem, said),) = rng.choices(known, weights)
        changed = forged(content, rng)
        yield verdict(changed, theorem, said, seed + which), changed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.sabotage.forgeries", description=__doc__)
    parser.add_argument("--number", type=int, default=1000, help="how many forgeries (default 1000)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counted: Counter[str] = Counter()
    for found, content in forgeries([*decisions(), *catalogue()], asked.number, asked.seed):
        counted[found] += 1
        if found.startswith("WRONG"):
            print(found, content, flush=True)
        if counted.total() % 1000 == 0:
            print(counted.total(), dict(counted), flush=True)
    print(counted.total(), dict(counted))
    return int(any(found.startswith("WRONG") for found in counted))


if __name__ == "__main__":
    sys.exit(main())
