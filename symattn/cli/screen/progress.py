"""What `symattn verify` says on stderr while it works.

On a terminal one line is rewritten (by rich when it is installed), elsewhere each finished theorem gets a plain line.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, str, str], None]
"""Called with how many theorems are done, the name of one, and what is known of it: empty while it is worked on."""


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Report]:
    """Gives the function to call as the work goes on, and clears the line at the end."""
    if quiet:
        yield lambda done, name, answer: None
    elif not sys.stderr.isatty():
        yield lambda done, name, answer: _plain(total, done, name, answer)
    elif importlib.util.find_spec("rich"):
        with _rich(total) as report:
            yield report
    else:
        yield lambda done, name, answer: _rewrite(f"[{done}/{total}] {name}")
        _rewrite("")


def _plain(total: int, done: int, name: str, answer: str) -> None:
    if answer:
        print(f"[{done}/{total}] {name}: {answer}", file=sys.stderr, flush=True)


def _rewrite(line: str) -> None:
    print(f"\r\x1b[2K{line}", end="", file=sys.stderr, flush=True)


@contextmanager
def _rich(total: int) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (MofNCompleteColumn(), BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done, name, answer: bar.update(task, completed=done, description=name)
