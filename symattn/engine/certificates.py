"""Engine: a proof written as JSON.  `kernel.certificate` reads it, and proves it again."""

from __future__ import annotations

from typing import Any

from symattn.errors import CertificateError
from symattn.kernel.certificate import SCHEMA, digest
from symattn.kernel.proofs import Proof, lines
from symattn.kernel.values import ATOMS, TAKEN_APART


def certificate(theorem: Proof) -> dict[str, Any]:
    """The proof as plain JSON: a table of nodes, the lines that refer to it, and a digest of both."""
    nodes: list[Any] = []
    known: dict[tuple[Any, ...], int] = {}
    seen: dict[int, tuple[int, Any]] = {}  # by identity; holding the value keeps its number from another

    def put(value: Any) -> int:
        if id(value) not in seen:
            node: Any = value
            if type(value) in ATOMS:
                key: tuple[Any, ...] = type(value), value
            elif type(value) in TAKEN_APART:
                maker, parts = TAKEN_APART[type(value)](value)
                node = [maker, *map(put, parts)]
                key = tuple(node)
            else:
                raise CertificateError(f"{value!r} has no place in a certificate")
            number = known.setdefault(key, len(nodes))
            if number == len(nodes):
                nodes.append(node)
            seen[id(value)] = number, value
        return seen[id(value)][0]

    numbered: dict[int, int] = {}
    proof = []
    for number, line in enumerate(lines(theorem)):
        numbered[id(line)] = number
        says = [put(line.hypotheses), put(line.conclusion)]
        proof.append([line.rule, [numbered[id(p)] for p in line.premises], put(line.data), *says])
    content = {"schema": SCHEMA, "nodes": nodes, "lines": proof}
    return {**content, "digest": digest(content)}
