"""Kernel, fourth floor: theorems and the replay that gives them authority.  `rules` holds the rules themselves.

A theorem carries its rule, premises and data.  Possessing the object proves nothing: `replay` applies every rule again,
from nothing, and compares what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from symattn.errors import KernelError
from symattn.kernel.formulas import Formula


@dataclass(frozen=True)
class Theorem:
    """`hypotheses |- conclusion`, by `rule` from `premises` with `data`."""

    hypotheses: tuple[Formula, ...]
    conclusion: Formula
    rule: str
    premises: tuple[Theorem, ...] = ()
    data: tuple[Any, ...] = ()
    by_rule: bool = field(default=False, init=False, compare=False, repr=False)
    """Whether a rule made it in this process: no authority, but then a replay would tell nothing new."""


Sequent = tuple[tuple[Formula, ...], Formula]
RULES: dict[str, Callable[..., Sequent]] = {}


def rule(function: Callable[..., Sequent]) -> Callable[..., Theorem]:
    """Make a rule: `function(premises, *data)` gives hypotheses and conclusion, or raises KernelError."""
    name = function.__name__

    def sequent(premises: tuple[Theorem, ...], data: tuple[Any, ...]) -> Sequent:
        try:
            return function(premises, *data)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise KernelError(f"{name} cannot use these premises and data: {error}") from error

    def apply(premises: Iterable[Theorem] = (), *data: Any) -> Theorem:
        premises = tuple(premises)
        made = Theorem(*sequent(premises, data), name, premises, data)
        object.__setattr__(made, "by_rule", all(type(p) is Theorem and p.by_rule for p in premises))
        return made

    RULES[name] = sequent

    apply.__name__, apply.__doc__ = name, function.__doc__
    return apply


def gather(*premises: Theorem, without: tuple[Formula, ...] = ()) -> tuple[Formula, ...]:
    """The hypotheses of the premises together, each once."""
    return tuple(dict.fromkeys(h for p in premises for h in p.hypotheses if h not in without))


def lines(theorem: Theorem) -> list[Theorem]:
    """The proof as a list, premises before what they prove, each once."""
    done: dict[int, Theorem] = {}
    stack = [theorem]
    while stack:
        at = stack[-1]
        if type(at) is not Theorem or (type(at.rule), type(at.premises)) != (str, tuple):
            raise KernelError(f"not a theorem: {at!r}")
        waiting = [p for p in at.premises if id(p) not in done]
        if waiting and id(at) not in done:
            stack += waiting
        else:
            done.setdefault(id(at), stack.pop())
    return list(done.values())


def replay(theorem: Theorem) -> Theorem:
    """The same theorem, proved again from nothing; anything that does not come out the same is refused."""
    again: dict[int, Theorem] = {}
    for line in lines(theorem):
        if line.rule not in RULES:
            raise KernelError(f"there is no rule {line.rule!r}")
        premises = tuple(again[id(p)] for p in line.premises)
        sequent = RULES[line.rule](premises, line.data)
        if sequent != (line.hypotheses, line.conclusion):
            raise KernelError(f"a line claims\n    {line.conclusion}\nbut the rule {line.rule} gives\n    {sequent[1]}")
        again[id(line)] = Theorem(*sequent, line.rule, premises, line.data)
        object.__setattr__(again[id(line)], "by_rule", True)
    return again[id(theorem)]
