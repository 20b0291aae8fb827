"""`symattn check MODULE:FUNCTION --spec TEXT`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

from symattn.checks import CheckFailed, CheckUndecided, assert_attention
from symattn.checks.attention.spec.reading import read
from symattn.cli.wording import as_json, exit_code
from symattn.errors import LanguageError, UnknownName, layout
from symattn.language import text
from symattn.views.screen.spelling import spelled


def run(arguments: argparse.Namespace) -> int:
    """Prints what came of it; returns 0 holds, 1 fails, 3 undecided."""
    spec, fn = read(arguments.spec), _function(arguments.function)
    backward = tuple(part.strip() for part in arguments.backward.split(",") if part.strip())
    options: dict[str, Any] = {name: getattr(arguments, name) for name in ("framework", "dtype", "contract", "device")}
    said: dict[str, Any] = {"function": arguments.function, "spec": str(spec), "formula": text(spec.formula)}
    holds: bool | None
    try:
        passed = assert_attention(
            fn,
            spec,
            backward=backward,
            budget=arguments.budget,
            seed=arguments.seed,
            sizes=dict(arguments.sizes) or None,
            **options,
        )
        holds, message = True, str(passed)
        said |= {"samples": list(passed.tried), "not tried": list(passed.left), "not shown": list(passed.unseen)}
    except CheckUndecided as failure:
        holds, message = None, str(failure)
    except CheckFailed as failure:
        holds, message = False, str(failure)
    if arguments.json:
        print(as_json(**said, holds=holds, message=message))
    else:
        print(spelled(message), file=sys.stdout if holds else sys.stderr)
    return exit_code(holds)


def _function(name: str) -> Callable[..., Any]:
    """The function MODULE:FUNCTION; modules of the folder where one stands are found too.

    Raises    UnknownName for a module or a function that there is not; LanguageError for text of another form
    """
    module, colon, function = name.partition(":")
    if not (module and colon and function):
        raise LanguageError(layout(f"{name!r} names no function", note="accepted: MODULE:FUNCTION"))
    sys.path.insert(0, os.getcwd())
    try:
        found: Any = importlib.import_module(module)
        for part in function.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise UnknownName(layout(f"there is no {name}", [("reason", str(error))])) from None
    finally:
        sys.path.pop(0)
    return found  # type: ignore[no-any-return]
