"""The map for whoever carries this on: what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import symattn

ROOT = Path(__file__).parents[1]
PACKAGE = Path(symattn.__file__).parent
TEXT = (PACKAGE / "README.md").read_text(encoding="utf-8")
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())
WORDS = [word for word in re.findall(r"`([^`\s]+)`", TEXT) if "/" in word or word.endswith((".py", ".v"))]


def test_it_fits_on_a_few_screens() -> None:
    assert len(TEXT.splitlines()) <= 150


@pytest.mark.parametrize("word", sorted(set(WORDS)))
def test_every_file_that_it_names_is_there(word: str) -> None:
    name = word.replace("CHAPTER", "rank").rstrip("/")
    places = [ROOT / name, PACKAGE / name, *PACKAGE.glob(f"**/{name}")]
    assert any(place.exists() for place in places)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_on_it(room: str) -> None:
    assert re.search(rf"^{room}\b", TEXT, re.M)
