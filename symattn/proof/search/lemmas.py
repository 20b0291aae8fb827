"""A theorem in other letters and at other sizes: found by comparing formulas, and then proved by the kernel's rules.

    Q Kᵀ = (K Qᵀ)ᵀ for Q, K  d×k      says      A Bᵀ = (B Aᵀ)ᵀ for A, B  n×(p + q)

A letter may stand for another one, or for its transpose, that has the facts it needs; a size for a size.  A theorem
about m + 2 says the same of every n that is at least 2, by induction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from symattn.engine import rules
from symattn.engine.derived import substitute
from symattn.engine.differences import rest_of
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.rules.induction import resized
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import And, Array, ForAll, Formula, Implies, Symbol, free_symbols
from symattn.kernel.syntax.sizes import Size, SizeSymbol, Variable, constant_size, size_of, variable
from symattn.kernel.syntax.terms import Letter, Parameter, Term
from symattn.kernel.values import ATOMS, TAKEN_APART
from symattn.proof.search.rewording import itself
from symattn.proof.search.search import NoProof, worded


@dataclass
class Binding:
    """What the letters, parameters, sizes and indices of a theorem stand for."""

    letters: dict[Letter, tuple[Letter, bool]] = field(default_factory=dict)
    parameters: dict[Parameter, Parameter] = field(default_factory=dict)
    sizes: dict[SizeSymbol, Size] = field(default_factory=dict)
    variables: dict[Variable, Any] = field(default_factory=dict)
    later: list[tuple[Size, Size]] = field(default_factory=list)

    def copy(self) -> Binding:
        return Binding(
            dict(self.letters), dict(self.parameters), dict(self.sizes), dict(self.variables), list(self.later)
        )

    def settled(self) -> bool:
        """Whether the sums of sizes that could not be told apart when they were met fit what was learnt since."""
        waiting, self.later = self.later, []
        for mine, theirs in waiting:
            if not self._size(mine, theirs):
                return False
        if self.later and len(self.later) == len(waiting):  # nothing tells them apart: then in order
            mine, theirs = self.later.pop()
            parts = zip(mine.terms, theirs.terms, strict=False)
            if not all(c == k and self._size(Size(((s, 1),)), Size(((t, 1),))) for (s, c), (t, k) in parts):
                return False
        return not self.later or self.settled()

    def meets(self, mine: Any, theirs: Any) -> bool:
        """Whether the one becomes the other; notes what that takes."""
        kind = type(mine)
        if kind is not type(theirs):
            return False
        if kind is Term and mine.kind == theirs.kind == "entry":
            return self._entry(mine.args, theirs.args)
        if kind is Size:
            return self._size(mine, theirs)
        if kind is Letter:
            return self._letter(mine, theirs, False)
        if kind is Parameter:
            return (theirs.positive or not mine.positive) and self.parameters.setdefault(mine, theirs) == theirs
        if kind is Variable:
            return self._size(size_of(mine), size_of(theirs)) and self.variables.setdefault(mine, theirs) == theirs
        if kind in ATOMS:
            return bool(mine == theirs)
        if kind not in TAKEN_APART:
            return False
        (maker, parts), (other, others) = TAKEN_APART[kind](mine), TAKEN_APART[kind](theirs)
        mine, theirs = tuple(parts), tuple(others)
        return maker == other and len(mine) == len(theirs) and all(map(self.meets, mine, theirs))

    def _entry(self, mine: Any, theirs: Any) -> bool:
        before = self.copy()
        for turned in (False, True):
            letter, *places = theirs
            places = places[::-1] if turned else places
            fits = len(mine) == len(theirs) and (not turned or len(places) == 2)
            if fits and self._letter(mine[0], letter, turned) and all(map(self.meets, mine[1:], places)):
                return True
            vars(self).update(vars(before.copy()))
        return False

    def _letter(self, mine: Letter, theirs: Letter, turned: bool) -> bool:
        shape = theirs.sizes[::-1] if turned else theirs.sizes
        alike = mine.inverse == theirs.inverse and mine.facts <= theirs.facts and len(shape) == len(mine.sizes)
        return (
            alike
            and all(map(self._size, mine.sizes, shape))
            and self.letters.setdefault(mine, (theirs, turned)) == (theirs, turned)
        )

    def _size(self, mine: Size, theirs: Size) -> bool:
        match mine.terms:
            case (((symbol,), 1),):
                return theirs.minimum >= symbol.minimum and self.sizes.setdefault(symbol, theirs) == theirs
        unknown = [(at, part) for at, part in enumerate(mine.terms) if any(s not in self.sizes for s in part[0])]
        match unknown:
            case []:
                return bool(self.resize(mine) == theirs)
            case [(at, ((symbol,), times))]:  # 2 n + 1 is 2 m + 2 p + 1: then n is m + p
                try:
                    rest = rest_of(theirs, self.resize(Size((*mine.terms[:at], *mine.terms[at + 1 :]))))
                except KernelError:
                    return False
                if any(c % times for _, c in rest.terms):
                    return False
                one = Size(tuple((several, c // times) for several, c in rest.terms))
                return one.minimum >= symbol.minimum and self.sizes.setdefault(symbol, one) == one
        self.later.append((mine, theirs))
        return True

    def apart(self) -> dict[SizeSymbol, SizeSymbol]:
        """Names for the sizes that nothing else has, so that all can be replaced at once."""
        return {symbol: SizeSymbol(f"{symbol.name}″{at}", symbol.minimum) for at, symbol in enumerate(self.sizes)}

    def resize(self, thing: Any) -> Any:
        """The same at the sizes that are bound, all at once."""
        apart = self.apart()
        for symbol, other in apart.items():
            (thing,) = resized((thing,), symbol, Size((((other,), 1),)))
        for symbol, size in self.sizes.items():
            (thing,) = resized((thing,), apart[symbol], size)
        return thing


def alike(said: Formula, goal: Formula) -> bool:
    """Whether the one may say the other, whatever it is said under."""
    inner = isinstance(goal, Implies) and alike(said, goal.conclusion)
    return Binding().meets(said, goal) or inner


def instance(lemma: Proof, goal: Formula, stated: list[Formula]) -> Proof | None:
    """The goal under what is stated, when the lemma says it in other letters and at other sizes."""
    binding = Binding()
    if binding.meets(lemma.conclusion, goal):
        for chosen, hypotheses in _chosen(binding, lemma.hypotheses, tuple(stated)):
            found = _instance(lemma, goal, chosen, hypotheses)
            if found is not None:
                return found
    if lemma.hypotheses and isinstance(goal, Implies):
        parts = goal.hypothesis.parts if isinstance(goal.hypothesis, And) else (goal.hypothesis,)
        inner = instance(lemma, goal.conclusion, [*stated, *parts])
        return None if inner is None else under(inner, goal.hypothesis, parts)
    return None


def may_say(said: Formula, goal: Formula) -> bool:
    """Whether the one may say the other, or says it of a size that is written as `m + 2`."""
    return alike(said, goal) or any(alike(said, _above(goal, symbol, symbol.minimum)) for symbol in _sizes_of(goal))


def stepwise(lemma: Proof, goal: Formula) -> Proof | None:
    """The goal for all n >= c, where the lemma says it of n = m + c.

    Of n = m + k with m >= c - k it is shown for one k after the other, by induction over m: the least is the goal at c,
    and the next is what was shown of k + 1.
    """
    for symbol in _sizes_of(goal):
        least, far = resized((goal,), symbol, constant_size(symbol.minimum))[0], _above(goal, symbol, symbol.minimum)
        found, base = _for_all(instance(lemma, far, [])), _for_all(instance(lemma, least, []))
        if found is None or base is None:
            continue
        for more in reversed(range(symbol.minimum)):
            here, before = (SizeSymbol(symbol.name, symbol.minimum - k) for k in (more, more + 1))
            step = rules.at_size((found,), before, Size((((here,), 1),)))
            claim = _above(goal, symbol, more)
            found = rules.induction((base, step), ForAll(_letters(claim), claim), here)
        return rules.specialise((found,), tuple((a, itself(a)) for a in _letters(goal)))
    return None


def _for_all(theorem: Proof | None) -> Proof | None:
    return None if theorem is None else rules.generalise((theorem,), _letters(theorem.conclusion))


def _letters(formula: Formula) -> tuple[Symbol, ...]:
    return tuple(sorted(free_symbols(formula), key=lambda symbol: symbol.name))


def _above(goal: Formula, symbol: SizeSymbol, more: int) -> Formula:
    """The goal at m + more, for an m that is so much less."""
    lower = Size((((SizeSymbol(symbol.name, symbol.minimum - more),), 1),))
    return resized((goal,), symbol, lower + constant_size(more) if more else lower)[0]


def _sizes_of(goal: Formula) -> list[SizeSymbol]:
    """The sizes of its letters that are at least 1: the others are no sum with a number."""
    letters = [a for a in free_symbols(goal) if isinstance(a, Letter)]
    found = {symbol for a in letters for size in a.sizes for symbols, _ in size.terms for symbol in symbols}
    return sorted(symbol for symbol in found if symbol.minimum >= 1)


def under(theorem: Proof, hypothesis: Formula, parts: tuple[Formula, ...]) -> Proof:
    """What holds under the parts of a hypothesis, as an implication."""
    if isinstance(hypothesis, And):
        whole = rules.assume((), hypothesis)
        for at, part in enumerate(parts):
            theorem = rules.apply((rules.discharge((theorem,), part), rules.project((whole,), at)))
    return rules.discharge((theorem,), hypothesis)


def _chosen(
    binding: Binding, wanted: tuple[Formula, ...], stated: tuple[Formula, ...]
) -> Iterator[tuple[Binding, tuple[Formula, ...]]]:
    """Ways to find the hypotheses of a lemma among what is stated."""
    if not wanted:
        if binding.settled():
            yield binding, ()
        return
    for formula in stated:
        more = binding.copy()
        if more.meets(wanted[0], formula):
            for whole, others in _chosen(more, wanted[1:], stated):
                yield whole, (formula, *others)


def _instance(lemma: Proof, goal: Formula, binding: Binding, hypotheses: tuple[Formula, ...]) -> Proof | None:
    try:
        whole = lemma
        for formula in reversed(lemma.hypotheses):
            whole = rules.discharge((whole,), formula)
        whole = _at(whole, binding)
        for formula in hypotheses:
            whole = rules.apply((whole, worded(rules.assume((), formula), whole.conclusion.hypothesis)))
        return worded(whole, goal)
    except (KernelError, NoProof):
        return None


def _at(whole: Proof, binding: Binding) -> Proof:
    """The theorem at the sizes and for the letters that are bound."""
    free = free_symbols(whole.conclusion)
    apart = binding.apart()
    for symbol, other in apart.items():
        whole = rules.at_size((whole,), symbol, Size((((other,), 1),)))
    for symbol, size in binding.sizes.items():
        whole = rules.at_size((whole,), apart[symbol], size)
    new = [(binding.resize(a), _array(*b)) for a, b in binding.letters.items() if a in free]
    new += [(a, Array((), terms.parameter(b))) for a, b in binding.parameters.items() if a in free]
    return substitute((whole,), tuple(new)) if new else whole


def _array(letter: Letter, turned: bool) -> Array:
    places = tuple(variable(f"place{at}", size) for at, size in enumerate(letter.sizes))
    return Array(places[::-1] if turned else places, terms.entry(letter, *places))
