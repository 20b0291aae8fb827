"""What all tests share: optional packages, and in CI no test that quietly did not run."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator

import pytest

WITHOUT = set(os.environ.get("SYMATTN_TESTED_WITHOUT", "").split())


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
