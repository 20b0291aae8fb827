"""Numbers for things, made from what the things are and from nothing that was made before.

Normal forms order what they hold by these numbers, so that no answer depends on what was asked earlier, on the process,
or on the hash seed.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import Any

from symattn.kernel.syntax.formulas import contents
from symattn.kernel.syntax.sizes import BITS


def fingerprint(value: Any) -> int:
    """The first bits of the SHA-256 of the value as plain text."""
    return int.from_bytes(sha256(plain(value).encode()).digest()[:8]) >> (64 - BITS)


def plain(value: Any) -> str:
    """The value as text: equal for equal values, also where a set holds its elements in another order."""
    match value:
        case bool() | str():
            return repr(value)
        case int() | Fraction():
            return str(value)
        case frozenset():
            return f"{{{','.join(sorted(map(plain, value)))}}}"
    return f"{type(value).__name__ * (type(value) is not tuple)}({','.join(map(plain, contents(value)))})"
