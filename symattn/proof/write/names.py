"""Letters for what a gradient uses more than once, so that a deep one reads as short lines.

P is a softmax, H a sum, E another function of a matrix, Y a product; dP is what arrives at P from the loss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

import sympy

from symattn import language as lang
from symattn.language.walk import inside_out
from symattn.proof.elaborate.sharing import CURVED, Sharing

BETWEEN = "D"
"""What is used more than once and arrives at nothing that has a letter."""


def letters(loss: Any, result: Any, arrived: Mapping[Any, Any], known: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """Letters for the parts of the result that is the gradient of the loss, inner ones first, beside those known.

    loss       what was differentiated
    result     its gradient
    arrived    the parts of the loss by what arrived at them
    known      letters that are there already, each with its part
    """
    sharing = Sharing((loss, result), runs_of=(loss,))
    forward = dict.fromkeys(made for node in inside_out(loss) for made in (*sharing.runs.before.get(node, ()), node))
    shared = {part for part in sharing.parts if part.is_Matrix}
    shared |= {what for what, at in arrived.items() if at in shared and isinstance(at, lang.Softmax)}
    order = [*forward, *(node for node in inside_out(result) if node not in forward)]
    parts = [node for node in order if node in shared and node.args and lang.letters_of(node) != (node,)]
    names: dict[Any, str] = {part: letter.name for letter, part in known}
    taken = {symbol.name for symbol in (*lang.letters_of(result), *lang.letters_of(loss), *lang.sizes_of(loss))}
    taken |= {*names.values()}
    kinds = Counter(_kind(part) for part in parts if part in forward and part not in names)
    found: dict[Any, Any] = {}
    for part in parts:
        if part not in names and part.T not in names:
            names[part] = _name(part, forward, arrived, names, kinds, taken)
            found[lang.matrix(names[part], *part.shape)] = part
    return found


def _kind(part: Any) -> str:
    if isinstance(part, lang.Softmax):
        return "P"
    return "E" if isinstance(part, CURVED) else "H" if isinstance(part, sympy.MatAdd) else "Y"


def _name(
    part: Any,
    forward: Mapping[Any, None],
    arrived: Mapping[Any, Any],
    names: Mapping[Any, str],
    kinds: Mapping[str, int],
    taken: set[str],
) -> str:
    """The name of a part, which is then taken; numbered where there are several of a kind."""
    if part in forward:
        word = _kind(part)
        tried = (f"{word}{at}" for at in count(1)) if kinds[word] > 1 else _from(word)
    else:
        at = arrived.get(part)
        tried = _from(f"d{names.get(at, getattr(at, 'name', ''))}" if at is not None else BETWEEN)
    name = next(word for word in tried if word not in taken)
    taken.add(name)
    return name


def _from(word: str) -> Iterable[str]:
    """The word, and then the word with numbers."""
    yield word
    yield from (f"{word}{at}" for at in count(1))
