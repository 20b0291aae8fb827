"""Files: written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from symattn.errors import ExportError
from symattn.views import files


def test_a_file_is_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    files.write({tmp_path / "new" / "a.tex": "x ᵀ"})
    assert (tmp_path / "new" / "a.tex").read_bytes() == "x ᵀ".encode()


def test_it_replaces_what_was_there_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("old and much longer")
    files.write({tmp_path / "a.tex": b"new"})
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.tex", b"new")]


def test_others_may_read_it_as_any_file(tmp_path: Path) -> None:
    files.write({tmp_path / "a": "", tmp_path / "b": ""})
    (tmp_path / "c").touch()
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "abc"}
    assert len(modes) == 1


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=r"cannot write .*file/a\.tex"):
        files.write({tmp_path / "file" / "a.tex": ""})


def test_a_failure_in_the_middle_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.tex").write_text("old")

    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ExportError, match="No space left on device"):
        files.write({tmp_path / "a.tex": "new"})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.tex", "old")]
