"""Kernel, top floor: a proof as JSON and back.  Reading one proves it again, line by line, from nothing."""

from __future__ import annotations

import json
from dataclasses import fields
from fractions import Fraction
from hashlib import sha256
from typing import Any

from symattn.errors import CertificateError, SymattnError
from symattn.kernel import (
    formulas,
    rules as _every_rule,  # noqa: F401  (a rule that is not imported is not known)
    sizes,
    terms,
)
from symattn.kernel.theorem import RULES, Theorem, lines, replay

SCHEMA = 2
_RECORDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (sizes.SizeSymbol, sizes.Size, terms.Letter, terms.Parameter, formulas.Array, *formulas.FORMULAS)
}


def certificate(theorem: Theorem) -> dict[str, Any]:
    """The proof as plain JSON: a table of nodes, the lines that refer to it, and a digest of both."""
    writer = _Writer()
    numbered: dict[int, int] = {}
    proof = []
    for number, line in enumerate(lines(theorem)):
        numbered[id(line)] = number
        says = [writer.put(line.hypotheses), writer.put(line.conclusion)]
        proof.append([line.rule, [numbered[id(p)] for p in line.premises], writer.put(line.data), *says])
    content = {"schema": SCHEMA, "nodes": writer.nodes, "lines": proof}
    return {**content, "digest": digest(content)}


def digest(content: dict[str, Any]) -> str:
    text = json.dumps({k: v for k, v in content.items() if k != "digest"}, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


class _Writer:
    def __init__(self) -> None:
        self.nodes: list[list[Any]] = []
        self.known: dict[str, int] = {}
        self.seen: dict[int, tuple[int, Any]] = {}  # by identity; holding the value keeps its number from another

    def put(self, value: Any) -> int:
        if id(value) not in self.seen:
            node = self.node(value)
            number = self.known.setdefault(json.dumps(node), len(self.nodes))
            if number == len(self.nodes):
                self.nodes.append(node)
            self.seen[id(value)] = number, value
        return self.seen[id(value)][0]

    def node(self, value: Any) -> list[Any]:
        match value:
            case sizes.Variable():
                return ["variable", sizes.variable_name(value), self.put(sizes.size_of(value))]
            case bool() | int() | str():
                return ["plain", value]
            case Fraction():
                return ["fraction", value.numerator, value.denominator]
            case tuple():
                return ["tuple", *map(self.put, value)]
            case frozenset():
                return ["set", *map(self.put, sorted(value))]
            case terms.Term():
                return ["term", value.kind, *map(self.put, value.args)]
        if type(value).__name__ in _RECORDS:
            return ["record", type(value).__name__, *(self.put(getattr(value, f.name)) for f in fields(value))]
        raise CertificateError(f"{value!r} has no place in a certificate")


def read(content: Any) -> Theorem:
    """The theorem of a certificate, proved again; whatever was changed since it was written is refused."""
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise CertificateError(f"this is not a certificate of schema {SCHEMA}")
    try:
        if digest(content) != content.get("digest"):
            raise CertificateError(
                "the content does not match its digest: the certificate was changed after it was written"
            )
        values: list[Any] = []
        for node in content["nodes"]:
            values.append(_value(node, values))
        proof: list[Theorem] = []
        for rule, premises, data, hypotheses, conclusion in content["lines"]:
            if rule not in RULES:
                raise CertificateError(f"there is no rule {rule!r}")
            before = tuple(proof[_earlier(p, proof)] for p in premises)
            proof.append(Theorem(values[hypotheses], values[conclusion], rule, before, values[data]))
        return replay(proof[-1])
    except SymattnError:
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise CertificateError(f"the certificate is malformed: {error}") from error


def _earlier(number: Any, table: list[Any]) -> int:
    if type(number) is not int or not 0 <= number < len(table):
        raise CertificateError(f"a line refers to {number!r}, which does not stand before it")
    return number


def _value(node: list[Any], values: list[Any]) -> Any:
    kind, *rest = node
    if kind == "plain":
        return rest[0]
    if kind == "fraction":
        return Fraction(*rest)
    if kind == "variable":
        return sizes.variable(rest[0], values[_earlier(rest[1], values)])
    if kind in ("tuple", "set"):
        below = [values[_earlier(n, values)] for n in rest]
        return tuple(below) if kind == "tuple" else frozenset(below)
    arguments = [values[_earlier(n, values)] for n in rest[1:]]
    if kind == "term":
        return terms.CONSTRUCTORS[rest[0]](*arguments)
    if kind == "record":
        return _RECORDS[rest[0]](*arguments)
    raise CertificateError(f"unknown node {kind!r}")
