"""The trained heads that `symattn verify --weights` asks for."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

from symattn.errors import MissingExtra, WeightsError, layout
from symattn.models.checkpoints import read_weights
from symattn.models.trained import Asked, Head, read_heads

EXTRAS = {"glassllm": "real"}
ABOUT = ("query", "key", "value", "output", "heads", "kv_heads", "layout", "packing")  # what needs a file


def read(arguments: argparse.Namespace) -> list[Head]:
    """The heads of one layer, or of every layer whose names are recognised when no key is given; none without a file.

    Raises: MissingExtra for a package that is not installed, WeightsError for a file or a key that cannot be used.
    """
    if arguments.weights is None:
        if given := [option for option in ABOUT if getattr(arguments, option) is not None]:
            raise WeightsError(f"--{given[0].replace('_', '-')} is about trained weights: say --weights FILE too")
        return []
    if not arguments.weights.strip():
        raise WeightsError("--weights names no file")
    weights = read_weights(_path(arguments.weights))
    asked = Asked(arguments.heads, arguments.kv_heads, arguments.layout, arguments.packing)
    names = {part: getattr(arguments, part) for part in ("query", "key", "value", "output")}
    if names["query"] is None:
        given = [f"--{part}" for part, name in names.items() if name is not None]
        if given:
            raise WeightsError(f"{given[0]} needs --query, the name of the queries")
    elif names["query"] == names["key"]:
        return read_heads(weights, asked, fused=names["query"], output=names["output"])
    return read_heads(weights, asked, **names)


def _path(place: str) -> Path:
    """The path of a file, or of PACKAGE:PATH, a file inside an installed package, which is not imported."""
    path = Path(place)
    package, colon, inside = place.partition(":")
    # a single letter before a colon is a drive of Windows
    if not colon or path.exists() or len(package) < 2 or not package.isidentifier():
        return path
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        extra = f", or pip install 'symattn[{EXTRAS[package]}]'" if package in EXTRAS else ""
        raise MissingExtra(layout(f"the package {package} is not installed", note=f"pip install {package}{extra}"))
    return Path(found.origin).parent / inside
