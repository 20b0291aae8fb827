"""A proof as JSON and back.  Reading one proves it again, line by line, from nothing.

A certificate is a table of nodes and a list of lines.  A node is a text, a whole number, a truth value, or
`[what makes it, number of a node, ...]`; a line is `[rule, numbers of lines, data, hypotheses, conclusion]`.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from symattn.errors import CertificateError, SymattnError
from symattn.kernel import rules as _every_rule  # noqa: F401  (a rule that is not imported is not known)
from symattn.kernel.theorem import RULES, Theorem, lines, replay
from symattn.kernel.values import ATOMS, MAKERS, TAKEN_APART

SCHEMA = 3


def certificate(theorem: Theorem) -> dict[str, Any]:
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


def digest(content: dict[str, Any]) -> str:
    text = json.dumps({k: v for k, v in content.items() if k != "digest"}, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def read(content: Any) -> Theorem:
    """The theorem of a certificate, proved again; whatever was changed since it was written is refused."""
    schema = content.get("schema") if type(content) is dict else None
    if schema != SCHEMA:
        raise CertificateError(f"certificates of schema {SCHEMA} are read here, and this one is of schema {schema!r}")
    try:
        if digest(content) != content.get("digest"):
            raise CertificateError("the content does not match its digest: it was changed after it was written")
        values: list[Any] = []
        for node in content["nodes"]:
            values.append(node if type(node) in ATOMS else MAKERS[node[0]](*(_earlier(n, values) for n in node[1:])))
        proof: list[Theorem] = []
        for rule, premises, data, hypotheses, conclusion in content["lines"]:
            if rule not in RULES:
                raise CertificateError(f"there is no rule {rule!r}")
            before = tuple(_earlier(p, proof) for p in premises)
            given, claim, used = (_earlier(n, values) for n in (hypotheses, conclusion, data))
            proof.append(Theorem(given, claim, rule, before, used))
        return replay(proof[-1])
    except SymattnError:
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise CertificateError(f"the certificate is malformed: {error}") from error


def _earlier(number: Any, table: list[Any]) -> Any:
    if type(number) is not int or not 0 <= number < len(table):
        raise CertificateError(f"{number!r} refers to nothing that stands before it")
    return table[number]
