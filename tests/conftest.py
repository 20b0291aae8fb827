"""What all tests share: optional packages, and in CI no test that quietly did not run."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
QUICK = (
    *(
        "language",
        "kernel/syntax",
        "kernel/rules",
        "engine/finder",
        "proof/text",
        "proof/write",
        "proof/search/equations",
    ),
    *("numeric/bounds", "numeric/claims", "numeric/arithmetics", "test_map.py"),
)
"""What `pytest -m quick` runs: the language, the kernel's rules, proofs, the bounds.  No witnesses, no programs."""
WITHOUT = set(os.environ.get("SYMATTN_TESTED_WITHOUT", "").split())


def _is_quick(path: Path) -> bool:
    inside = path.relative_to(FOLDER).as_posix()
    return any(inside == each or inside.startswith(f"{each}/") for each in QUICK)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(FOLDER) and _is_quick(item.path):
            item.add_marker("quick")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m quick` no other file is even imported."""
    if config.getoption("markexpr") != "quick" or collection_path.suffix != ".py":
        return None
    return None if _is_quick(collection_path) else True


def _missing(item: pytest.Item) -> list[str]:
    """The packages that the test says it needs and that are not installed."""
    needed = [mark.args[0] for mark in item.iter_markers("needs")]
    return [package for package in needed if importlib.util.find_spec(package) is None]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if missing := _missing(item):
        pytest.skip(f"needs {', '.join(missing)}")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """A module that skips itself as a whole has no tests that could say so."""
    report = yield
    if report.skipped and "CI" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was not collected, which counts as a failure in CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.skipped and "CI" in os.environ and not hasattr(report, "wasxfail"):
        missing = _missing(item)
        if not missing or not set(missing) <= WITHOUT:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} did not run, which counts as a failure in CI: {report.longrepr}"
    return report
