"""The main job, one theorem after the other or, with an executor, several side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from symattn.proof import Statement
from symattn.theory import catalogue, select
from symattn.verify.findings import Finding, Row
from symattn.verify.plan import Plan
from symattn.verify.witnesses import exact_witness, kernel_witness, rounded_witness, trained_witness

PLAN = Plan()


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
    return Row(statement.name, statement.section, statement.title, over, asked)
