"""What is asked of every statement, as plain data that another process can be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from symattn.errors import LanguageError, UnknownName, layout
from symattn.language import Size
from symattn.models.trained import Head
from symattn.numeric.arithmetics.registry import parse_arithmetic
from symattn.numeric.samples.samples import SEED
from symattn.proof import Statement

SMALL_PRIMES = (2, 3)
LARGE_PRIME = 2**31 - 1


@dataclass(frozen=True)
class Plan:
    """What is asked of every statement.

    arithmetics    the names of those that answer beside the exact one, such as float64, mpmath:50 or torch:bfloat16
    sizes          the sizes of the general samples by name; sizes that it does not name are chosen
    trials         how many samples of each kind of entries are drawn, from `seed` on
    seconds        the limit for each witness of each statement, kept in the main thread of a process only
    heads          trained heads, which are one more witness
    """

    arithmetics: tuple[str, ...] = ("float64",)
    sizes: Mapping[str, int] = field(default_factory=dict)
    seed: int = SEED
    trials: int = 1
    seconds: float | None = None
    heads: Sequence[Head] = ()

    def checked(self, statements: Iterable[Statement]) -> Plan:
        """The plan itself, when every arithmetic is there and every size occurs in one of the statements.

        Raises    UnknownName, MissingExtra or LanguageError, before any work is done
        """
        for name in self.arithmetics:
            parse_arithmetic(name)
        known = {size.name: size for statement in statements for size in statement.says.sizes}
        for name, number in self.sizes.items():
            if name not in known:
                note = f"There are {', '.join(sorted(known)) or 'none'}."
                raise UnknownName(layout(f"no size of these theorems is called {name}", note=note))
            _allowed(known[name], number)
        return self


def _allowed(size: Size, number: int) -> None:
    if number < size.minimum:
        pairs = [("asked for", str(number)), ("allowed", f"{size.minimum} or more")]
        raise LanguageError(layout(f"the size {size.name} cannot be {number}", pairs))


def moduli(over: str, *more: int) -> tuple[int, ...]:
    """The primes, of a few and `more`, modulo which a statement must hold too, from what it holds over."""
    if not over.startswith("any") or "characteristic 0" in over:
        return ()
    _, _, units = over.partition(" where ")
    return tuple(prime for prime in (*SMALL_PRIMES, LARGE_PRIME, *more) if str(prime) not in units.split())
