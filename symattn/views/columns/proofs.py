"""A proof about letters, turned into the same proof about their transposes.

A certificate names every entry of every letter.  Where A_ij is written A_ji throughout, and the sizes of A are swapped,
each step is still a step; nothing is believed of that, since the kernel replays what comes out from nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from symattn.proof import replay

__all__ = ["turned"]


def turned(certificate: dict[str, Any], names: Iterable[str]) -> Any:
    """The kernel's theorem about the letters of these names with their rows and columns exchanged.

    Raises    KernelError or CertificateError when a step depends on which is which
    """
    turner = _Turner(certificate["nodes"], frozenset(names))
    lines = [
        [rule, premises, turner.data(rule, data), turner.put(hypotheses), turner.put(conclusion)]
        for rule, premises, data, hypotheses, conclusion in certificate["lines"]
    ]
    content = {"schema": certificate["schema"], "nodes": turner.nodes, "lines": lines}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return replay({**content, "digest": sha256(text.encode()).hexdigest()})


class _Turner:
    """Copies a table of nodes, with the places of some letters exchanged."""

    def __init__(self, old: list[Any], names: frozenset[str]) -> None:
        self.old = old
        self.names = names
        self.nodes: list[Any] = []
        self.known: dict[str, int] = {}
        self.copied: dict[int, int] = {}

    def add(self, node: Any) -> int:
        key = json.dumps(node)
        if key not in self.known:
            self.known[key] = len(self.nodes)
            self.nodes.append(node)
        return self.known[key]

    def put(self, number: int) -> int:
        if number not in self.copied:
            self.copied[number] = self.add(self.node(self.old[number]))
        return self.copied[number]

    def node(self, node: Any) -> Any:
        if not isinstance(node, list):
            return node
        maker, *parts = node
        letter = {"entry": 0, "derivative": 1}.get(maker)
        if letter is not None and self.moves(parts[letter]):
            parts = _exchanged(parts)
        elif maker == "Letter" and self.exchanges(parts):
            sizes = self.add(["tuple", *map(self.put, self.exchanged(parts[1]))])
            return [maker, self.put(parts[0]), sizes, *map(self.put, parts[2:])]
        return [maker, *map(self.put, parts)]

    def moves(self, number: int) -> bool:
        """Whether the node is a letter whose places are exchanged; a parameter has none."""
        maker, *parts = self.old[number]
        return bool(maker == "Letter" and self.exchanges(parts))

    def exchanges(self, parts: list[int]) -> bool:
        """Whether a letter of that name and these sizes is meant; one with a single index is another letter."""
        name, sizes, *_ = parts
        return self.old[name] in self.names and len(self.old[sizes]) > 2

    def exchanged(self, number: int) -> list[int]:
        return _exchanged(self.old[number][1:])

    def data(self, rule: str, number: int) -> int:
        """The data of a line.  An array that takes the place of a letter has its own indices exchanged with it."""
        parts = self.old[number][1:]
        if rule == "specialise":
            pairs = [self.old[pair][1:] for pair in self.old[parts[0]][1:]]
            new = [self.add(["tuple", self.put(symbol), self.array(symbol, array)]) for symbol, array in pairs]
            return self.add(["tuple", self.add(["tuple", *new])])
        if rule == "witness":
            symbols = self.old[self.old[parts[0]][1]][1:]
            arrays = map(self.array, symbols, self.old[parts[1]][1:])
            return self.add(["tuple", self.put(parts[0]), self.add(["tuple", *arrays])])
        return self.put(number)

    def array(self, symbol: int, number: int) -> int:
        if not self.moves(symbol):
            return self.put(number)
        maker, indices, *rest = self.old[number]
        swapped = self.add(["tuple", *map(self.put, self.exchanged(indices))])
        return self.add([maker, swapped, *map(self.put, rest)])


def _exchanged(places: list[Any]) -> list[Any]:
    """The list with its last two places exchanged."""
    return [*places[:-2], places[-1], places[-2]]
