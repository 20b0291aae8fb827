"""Proofs, line by line.  `rules` holds the rules that make them.

A proof carries its rule, premises and data.  Possessing the object proves nothing: `replay` applies every rule again,
from nothing, and compares what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from symattn.errors import KernelError
from symattn.kernel.syntax.formulas import Formula
from symattn.kernel.syntax.sizes import need
from symattn.kernel.values import known


@dataclass(frozen=True)
class Proof:
    """`hypotheses |- conclusion`, by `rule` from `premises` with `data`."""

    hypotheses: tuple[Formula, ...]
    conclusion: Formula
    rule: str
    premises: tuple[Proof, ...] = ()
    data: tuple[Any, ...] = ()
    by_rule: bool = field(default=False, init=False, compare=False, repr=False)
    """Whether a rule made it in this process: no authority, but then a replay would tell nothing new."""


Sequent = tuple[tuple[Formula, ...], Formula]


def rule(count: int | None = None) -> Callable[[Callable[..., Sequent]], Callable[..., Proof]]:
    """Make a rule: `function(*premises, *data)` gives hypotheses and conclusion, or raises KernelError.

    It has this many premises; without a number it takes any, as one tuple.
    """

    def named(function: Callable[..., Sequent]) -> Callable[..., Proof]:
        name = function.__name__

        def apply(premises: Iterable[Proof] = (), *data: Any) -> Proof:
            premises = tuple(premises)
            wanted = f"{name} takes {count or 'no'} premise{'s' * (count != 1)}, not {len(premises)}"
            need(count in (None, len(premises)), wanted)
            try:
                sequent = function(premises, *data) if count is None else function(*premises, *data)
            except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
                raise KernelError(f"{name} cannot use these premises and data: {error}") from error
            need(known(data), f"{name} was given something that has no place in a proof")
            made = Proof(*sequent, name, premises, data)
            object.__setattr__(made, "by_rule", all(type(p) is Proof and p.by_rule for p in premises))
            return made

        apply.__name__, apply.__doc__ = name, function.__doc__
        return apply

    return named


def gather(*premises: Proof, without: tuple[Formula, ...] = ()) -> tuple[Formula, ...]:
    """The hypotheses of the premises together, each once."""
    return tuple(dict.fromkeys(h for p in premises for h in p.hypotheses if h not in without))


def lines(proof: Proof) -> list[Proof]:
    """The proof as a list, premises before what they prove, each once."""
    done: dict[int, Proof] = {}
    stack = [proof]
    while stack:
        at = stack[-1]
        if type(at) is not Proof or (type(at.rule), type(at.premises), type(at.data)) != (str, tuple, tuple):
            raise KernelError(f"not a proof: {at!r}")
        waiting = [p for p in at.premises if id(p) not in done]
        if waiting and id(at) not in done:
            stack += waiting
        else:
            done.setdefault(id(at), stack.pop())
    return list(done.values())
