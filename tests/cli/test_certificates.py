"""Certificates as files, and the kernel that replays them without anything else of the package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import symattn
from symattn.cli import main
from symattn.kernel.__main__ import within

TRUE, FALSE = "A:n*n B:n*n |- (A@B).T == B.T@A.T", "A:n*n B:n*n |- A@B == B@A"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the kernel and the errors, and nothing else."""
    package, folder = Path(symattn.__file__).parent, tmp_path_factory.mktemp("alone")
    shutil.copytree(package / "kernel", folder / "symattn" / "kernel")
    shutil.copy(package / "errors.py", folder / "symattn")
    return folder


def replayed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-S", "-m", "symattn.kernel", *arguments]
    there = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(command, cwd=folder, env=there, capture_output=True, text=True, check=False)


def test_a_proof_is_written_and_replays_where_there_is_only_the_kernel(alone: Path, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    assert main(["prove", TRUE, "--certificate", str(file)]) == 0
    ran = replayed(alone, str(file))
    assert ran.returncode == 0, ran.stderr
    assert "A : n x n, B : n x n" in ran.stdout
    assert "sum(l_1 < n)" in ran.stdout


def test_what_is_not_proved_has_no_certificate(tmp_path: Path) -> None:
    assert main(["prove", FALSE, "--certificate", str(tmp_path / "proof.json")]) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_certificates_of_theorems_are_written_a_file_each(alone: Path, tmp_path: Path) -> None:
    names = ["rank_bound", "softmax_shift"]
    assert main(["verify", *names, "--quiet", "--certificates", str(tmp_path)]) == 0
    files = sorted(str(path) for path in tmp_path.iterdir())
    assert [Path(file).stem for file in files] == names
    assert replayed(alone, *files).stdout.count(": proved") == 2


@pytest.mark.parametrize("change", ["the digest", "a line", "half of it"])
def test_a_file_that_was_changed_is_refused(alone: Path, tmp_path: Path, change: str) -> None:
    file = tmp_path / "proof.json"
    main(["prove", TRUE, "--certificate", str(file)])
    content = json.loads(file.read_text())
    if change == "the digest":
        content["digest"] = "0" * 64
    if change == "a line":
        content["lines"][0][0] = "assume"
    whole = json.dumps(content)
    file.write_text(whole[: len(whole) // 2] if change == "half of it" else whole)
    ran = replayed(alone, str(file))
    assert ran.returncode == (2 if change == "half of it" else 1)
    assert "proved" not in ran.stdout


def test_a_replay_that_takes_too_long_is_ended() -> None:
    assert within(0.0, {}) == (3, "no answer within 0 s")


def test_a_file_that_is_not_there_is_misuse(alone: Path) -> None:
    assert replayed(alone, "nowhere.json").returncode == 2
