"""Certificates of proofs as files, which `python -m symattn.kernel FILE` replays."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from symattn.theory import catalogue
from symattn.views.files import write


def keep(theorem: Any, path: Path) -> None:
    """Writes the certificate of one theorem."""
    write({path: _text(theorem)})


def keep_all(names: Iterable[str], folder: Path) -> None:
    """Writes the certificates of these theorems of the catalogue, a file each: NAME.json."""
    statements = catalogue()
    write({folder / f"{name}.json": _text(statements[name].prove()) for name in names})


def _text(theorem: Any) -> str:
    return json.dumps(theorem.certificate(), separators=(",", ":")) + "\n"
