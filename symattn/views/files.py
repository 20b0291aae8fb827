"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from symattn.errors import ExportError, layout

__all__ = ["write"]


def write(contents: Mapping[Path, str | bytes]) -> None:
    """Writes each file beside its place and moves it there when it is complete; folders that are missing are made.

    Raises    ExportError when a folder or a file cannot be written
    """
    for path, content in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, content if isinstance(content, bytes) else content.encode())
        except OSError as error:
            reason = error.strerror or type(error).__name__
            note = "nothing was left half-written"
            raise ExportError(layout(f"cannot write {path}", [("because", reason)], note)) from error


def folder(path: Path) -> None:
    """Makes a folder that is missing.

    Raises    ExportError when it cannot be made
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            layout(f"cannot write into {path}", [("because", error.strerror or type(error).__name__)])
        ) from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes files for the owner alone
        os.chmod(name, 0o666 & ~_mask())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
