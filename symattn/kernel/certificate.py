"""A proof as JSON.  Reading one proves it again, line by line, from nothing; who wrote it does not matter.

A certificate is a table of nodes and a list of lines.  A node is a text, a whole number, a truth value, or
`[what makes it, number of a node, ...]`; a line is `[rule, numbers of lines, data, hypotheses, conclusion]`.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from symattn.errors import CertificateError, SymattnError
from symattn.kernel.printing import shown
from symattn.kernel.proofs import Proof
from symattn.kernel.replay import RULES, replay
from symattn.kernel.values import ATOMS, MAKERS

SCHEMA = 4


def digest(content: dict[str, Any]) -> str:
    text = json.dumps({k: v for k, v in content.items() if k != "digest"}, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def read(content: Any) -> Proof:
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
        proof: list[Proof] = []
        for rule, premises, data, hypotheses, conclusion in content["lines"]:
            if rule not in RULES:
                raise CertificateError(f"there is no rule {rule!r}")
            before = tuple(_earlier(p, proof) for p in premises)
            given, claim, used = (_earlier(n, values) for n in (hypotheses, conclusion, data))
            proof.append(Proof(given, claim, rule, before, used))
        return replay(proof[-1])
    except SymattnError:
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise CertificateError(f"the certificate is malformed: {error}") from error


def replayed(content: Any) -> tuple[int, str]:
    """Exit code and text: 0 and the theorem, or 1 and why the certificate is refused."""
    try:
        return 0, f"proved\n{shown(read(content))}"
    except (SymattnError, MemoryError, RecursionError) as error:
        return 1, f"refused: {str(error) or type(error).__name__}"


def _earlier(number: Any, table: list[Any]) -> Any:
    if type(number) is not int or not 0 <= number < len(table):
        raise CertificateError(f"{number!r} refers to nothing that stands before it")
    return table[number]
