"""What the tests of the views share: every theorem as a document, and a compiler of LaTeX."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symattn.theory import catalogue
from symattn.views.paper.document import Document, document

BAD = re.compile(r"Overfull|undefined|multiply defined|^!", re.MULTILINE)

Compile = Callable[[str], str]


@pytest.fixture(scope="session")
def statements() -> dict[str, Any]:
    return catalogue()


@pytest.fixture(scope="session")
def documents(statements: dict[str, Any]) -> list[Document]:
    return [document(statement) for statement in statements.values()]


@pytest.fixture(scope="session")
def log_of(tmp_path_factory: pytest.TempPathFactory) -> Compile:
    """Compiles a LaTeX document twice and gives the log of the second run."""
    if shutil.which("pdflatex") is None:
        pytest.skip("needs pdflatex, as in texlive-latex-base")

    def compiled(source: str) -> str:
        folder = tmp_path_factory.mktemp("tex")
        (folder / "it.tex").write_text(source, encoding="utf-8")
        for _ in range(2):
            command = ["pdflatex", "-interaction=nonstopmode", "it.tex"]
            subprocess.run(command, cwd=folder, capture_output=True, check=False)
        return Path(folder / "it.log").read_text(encoding="utf-8", errors="replace")

    return compiled


@pytest.fixture(scope="session")
def complaints(log_of: Compile) -> Callable[[str], list[str]]:
    """What pdflatex finds fault with in a document."""
    return lambda source: [line for line in log_of(source).splitlines() if BAD.search(line)]
