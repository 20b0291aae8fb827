"""The certificates of the catalogue do not depend on the process that made them, and replay in any other.

Every theorem is proved and replayed by the tests of its chapter.  What is asked here is whether an order of sets or of
theorems shows in a proof, which it would in many: so of a quarter of them, and of what these use, from every chapter.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from symattn import catalogue

MAKE = """
import json, sys
import symattn as sa
statements = sorted(sa.catalogue().items())[::4]
if sys.argv[1] == "backwards":
    statements.reverse()
json.dump({name: statement.prove().certificate() for name, statement in statements}, open(sys.argv[2], "w"))
"""
REPLAY = """
import json, sys
import symattn as sa
for name, certificate in json.load(open(sys.argv[1])).items():
    sa.replay(certificate)
"""


def _start(code: str, *arguments: str, seed: str) -> subprocess.Popen[str]:
    there = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=there, text=True)


def test_certificates_are_the_same_in_every_process(tmp_path: Path) -> None:
    first, second = (str(tmp_path / name) for name in ("first.json", "second.json"))
    runs = [_start(MAKE, "forwards", first, seed="0"), _start(MAKE, "backwards", second, seed="1")]
    assert [run.wait() for run in runs] == [0, 0]
    one, other = (json.loads(Path(path).read_text()) for path in (first, second))
    assert len(one) == len(other) >= 88
    assert {catalogue()[name].chapter for name in one} == {theorem.chapter for theorem in catalogue().values()}
    assert [name for name in one if one[name] != other[name]] == []
    assert _start(REPLAY, first, seed="2").wait() == 0
