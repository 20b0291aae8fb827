"""One test for each theorem, through pytest's own parametrize; no plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symattn.errors import MissingExtra, UnknownName, layout

__all__ = ["parametrize_theorems", "selected"]


def parametrize_theorems(
    *selectors: str, uses: str | None = None, expected_failed: Mapping[str, str] | None = None
) -> Any:
    """Decorate a test that takes `theorem`: it runs once for each theorem, whose name is its id.

    selectors          chapters ("rank", "3", "Low rank"), names or their beginnings ("gauge_"), or sections ("2.14");
                       none of them means all theorems
    uses               only those in which a part occurs, such as "softmax" or "scores"
    expected_failed    reasons by name: these tests must fail, and one that passes is reported

    The catalogue is loaded when pytest collects the test, not when the decorator runs.

    >>> @sa.checks.parametrize_theorems("gauge_", uses="form")
    ... def test_my_form(theorem):
    ...     sa.checks.assert_holds(theorem, form=lambda Q, K: Q @ K.T)
    >>> test_my_form.pytestmark[0].args[0]
    'theorem'

    Raises    UnknownName, at collection, for a selector or a name that selects nothing
              MissingExtra when pytest is not installed
    """
    try:
        import pytest
    except ImportError:
        raise MissingExtra("parametrize_theorems needs pytest: pip install pytest") from None
    return pytest.mark.parametrize("theorem", Parameters(selectors, uses, dict(expected_failed or {})))


@dataclass(frozen=True)
class Parameters:
    """The theorems as pytest wants them: a collection, which looks at the catalogue when pytest looks at it."""

    selectors: tuple[str, ...]
    uses: str | None
    expected_failed: Mapping[str, str]

    def __iter__(self) -> Iterator[Any]:
        import pytest

        for name, statement in selected(self.selectors, uses=self.uses, named=self.expected_failed).items():
            reason = self.expected_failed.get(name)
            marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True)]
            yield pytest.param(statement, id=name, marks=marks)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __contains__(self, parameter: object) -> bool:
        return parameter in list(iter(self))


def selected(
    selectors: tuple[str, ...], *, uses: str | None = None, named: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The theorems that the selectors ask for, as `theory.select` reads them.

    Raises    UnknownName for a selector that selects nothing, or a name among `named` that was not selected
    """
    from symattn.theory import select

    found = {statement.name: statement for statement in select(selectors)}
    if uses is not None:
        found = _using(found, uses)
    for name in named or {}:
        if name not in found:
            pairs = [("given", name), ("selected", f"{len(found)} theorems: {', '.join(list(found)[:5])}, …")]
            raise UnknownName(layout(f"{name} is expected to fail, but is not selected", pairs))
    return found


def _using(found: Mapping[str, Any], part: str) -> dict[str, Any]:
    from symattn.checks.harness.attention_parts import occurring
    from symattn.checks.theorems import KNOWN

    if part not in KNOWN:
        raise UnknownName(layout(f"no part of a theorem is called {part}", note=f"accepted: {', '.join(KNOWN)}"))
    return {name: statement for name, statement in found.items() if part in occurring(statement.whole)}
