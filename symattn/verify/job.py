"""Layer verify: the main job, one theorem after the other or, with an executor, several side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from ..errors import unknown_name
from ..proof import Statement, catalogue
from .findings import Finding, Row
from .plan import Plan
from .witnesses import exact_witness, kernel_witness, rounded_witness, trained_witness

PLAN = Plan()


def select(names: Sequence[str] = ()) -> list[Statement]:
    """The statements with these names, or the whole catalogue.

    Raises: UnknownName, with the nearest names.
    """
    known = catalogue()
    for name in names:
        if name not in known:
            raise unknown_name(name, known)
    return [known[name] for name in names] if names else list(known.values())


def verify(names: Sequence[str] = (), *, plan: Plan = PLAN, executor: Executor | None = None) -> Iterator[Row]:
    """Checks the statements, and gives the rows in their order.

    With any `concurrent.futures.Executor` they are checked side by side; only names and plain data travel.
    """
    statements = select(names)
    plan = plan.checked(statements)
    if executor is None:
        return (check(statement, plan=plan) for statement in statements)
    return executor.map(_by_name, [statement.name for statement in statements], [plan] * len(statements))


def _by_name(name: str, plan: Plan) -> Row:
    return check(catalogue()[name], plan=plan)


def check(statement: Statement, *, plan: Plan = PLAN) -> Row:
    """One statement, held to every witness of the plan."""
    kernel, over = kernel_witness(statement, seconds=plan.seconds)
    asked: dict[str, Finding | None] = {"kernel": kernel, "exact": exact_witness(statement, over, plan=plan)}
    asked |= {name: rounded_witness(statement, name, over, plan=plan) for name in plan.arithmetics}
    if plan.heads:
        asked["trained"] = trained_witness(statement, plan.heads, seed=plan.seed, seconds=plan.seconds)
    return Row(statement.name, statement.card, statement.title, over, asked)
