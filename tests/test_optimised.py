"""The kernel's tests also run under `python -O`; this shows that their assertions still count there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_false_assertion_fails_under_python_dash_o(tmp_path: Path) -> None:
    (tmp_path / "test_false.py").write_text("def test_false():\n    assert 1 == 2\n")
    command = [sys.executable, "-O", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ran.returncode == 1
    assert "assert 1 == 2" in ran.stdout
