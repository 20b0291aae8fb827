"""A spec from text, as the command line has it: "causal=lower-right, heads=8/2, window=128/0"."""

from __future__ import annotations

import re
from typing import Any

from symattn.checks.attention.spec.presets import PRESETS
from symattn.checks.attention.spec.spec import AttentionSpec, attention_spec
from symattn.errors import LanguageError, layout

__all__ = ["read"]

PAIRS = ("heads", "window")
WORDS = {"none": None, "true": True, "false": False}


def read(text: str) -> AttentionSpec:
    """A spec from text; a preset by its name, with options behind it: "torch_sdpa, causal=upper-left, heads=8/2".

    Raises    LanguageError for what is not NAME=VALUE; UnknownName for an option that there is not
    """
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip() not in ("", "plain")]
    made = PRESETS[parts.pop(0)]() if parts and parts[0] in PRESETS else attention_spec()
    options: dict[str, Any] = {}
    for part in parts:
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals:
            note = f"accepted: NAME=VALUE, separated by commas; first a preset: {', '.join(PRESETS)}"
            raise LanguageError(layout(f"{part!r} is no option of attention", note=note))
        options[name] = _value(name, value)
    return made.but(**options)


def _value(name: str, value: str) -> Any:
    if name == "window" and value.lower() == "none":
        return None
    if name in PAIRS:
        sides = tuple(_plain(side) for side in value.split("/"))
        return sides * 2 if name == "heads" and len(sides) == 1 else sides
    return _plain(value)


def _plain(value: str) -> Any:
    if value.lower() in WORDS:
        return WORDS[value.lower()]
    for kind in (int, float):
        try:
            return kind(value) if not re.fullmatch(r"[01]*[bhnm][bhnm1]*", value) else value
        except ValueError:
            continue
    return value
