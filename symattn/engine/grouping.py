"""Engine: things that hang together by what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def connected(things: Iterable[Thing], marks: Callable[[Thing], Iterable[Hashable]]) -> list[list[Thing]]:
    """The things in groups, in each of which one comes to any other by marks in common; those without are one group."""
    groups: list[tuple[set[Hashable], list[Thing]]] = []
    unmarked: list[Thing] = []
    for thing in things:
        own = set(marks(thing))
        if not own:
            unmarked.append(thing)
            continue
        together, apart = [thing], []
        for other, members in groups:
            if own & other:
                own |= other
                together = members + together
            else:
                apart.append((other, members))
        groups = [*apart, (own, together)]
    return [members for _, members in groups] + ([unmarked] if unmarked else [])
