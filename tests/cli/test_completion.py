"""`symattn completion`: what shells complete, without loading SymPy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from symattn.cli.completing import fish
from symattn.cli.completing.names import theorems
from symattn.cli.parser import build_parser
from symattn.theory import catalogue

COMPLETE = """
. {file}
complete_it() {{
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${{#COMP_LINE}}; COMPREPLY=()
    _shtab_symattn
    echo "${{COMPREPLY[@]}}"
}}
complete_it symattn {words}
"""


def test_the_names_are_those_of_the_catalogue() -> None:
    assert theorems() == sorted(catalogue())


@pytest.mark.needs("shtab")
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sho", "show"),
        ("show gauge_inv", "gauge_invariance"),
        ("show rank_bound gauge_inv", "gauge_invariance"),
        ("list --chapter ra", "rank"),
        ("export --to ''", "tex markdown text"),
        ("prove --using softmax_sh", "softmax_shift"),
    ],
)
def test_bash_completes_commands_options_and_theorems(symattn: Any, tmp_path: Path, words: str, found: str) -> None:
    code, out, _ = symattn("completion", "bash")
    file = tmp_path / "completions"
    file.write_text(out)
    script = COMPLETE.format(file=file, words=words)
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert code == 0
    assert ran.stdout.split() == found.split()


@pytest.mark.needs("shtab")
def test_zsh_has_a_file_of_its_own(symattn: Any) -> None:
    code, out, _ = symattn("completion", "zsh")
    assert code == 0
    assert out.startswith("#compdef symattn")
    assert "gauge_invariance" in out


@pytest.mark.parametrize(("shell", "code"), [("bash", 4), ("zsh", 4), ("fish", 0)])
def test_without_shtab_only_fish_is_served(
    symattn: Any, monkeypatch: pytest.MonkeyPatch, shell: str, code: int
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    ended, out, err = symattn("completion", shell)
    assert ended == code
    assert ("gauge_invariance" in out) == (code == 0)
    assert ("symattn[completion]" in err) == (code == 4)


def test_fish_is_told_every_command_and_option() -> None:
    script = fish.script(build_parser("0"))
    assert "-a prove -d 'decide a statement given as text'" in script
    assert "'__fish_seen_subcommand_from export' -l to -x -a 'tex markdown text'" in script
    assert "'__fish_seen_subcommand_from prove' -l certificate -r -F" in script
    assert r"program\'s version" in script


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_completion_loads_nothing_heavy(shell: str) -> None:
    code = f"from symattn.cli import main\nmain(['completion', '{shell}'])\nimport sys\n"
    show = "print(*sorted({'sympy', 'numpy', 'mpmath'} & set(sys.modules)), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code + show], capture_output=True, text=True, check=True)
    assert ran.stderr in ("\n", "") or "shtab is not installed" in ran.stderr
