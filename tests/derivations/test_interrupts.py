"""A script that is interrupted says so in one word, whatever it is doing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[2] / "derivations").glob("*.py"))
FIRST = "symattn.views.chapter.interrupts"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem[:2])
def test_nothing_is_loaded_before_interrupts_are_heard(script: Path) -> None:
    imports = [node for node in ast.parse(script.read_text(encoding="utf-8")).body if isinstance(node, ast.Import)]
    assert [name.name for name in imports[0].names] == [FIRST]


@pytest.mark.parametrize(("raised", "said"), [("KeyboardInterrupt", "interrupted\n"), ("ValueError", "Traceback")])
def test_an_interrupt_is_one_word_and_an_error_is_still_an_error(raised: str, said: str) -> None:
    code = f"import {FIRST}\nraise {raised}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert ran.stderr.startswith(said)


def test_to_hear_interrupts_loads_nothing_that_takes_long() -> None:
    code = f"import {FIRST}\nimport sys\nprint(sorted({{'sympy', 'numpy'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
