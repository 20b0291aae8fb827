"""Engine, the finder: steps inside of functions and at them, at one monomial.

A reciprocal and a log go into products; an exp takes logs apart; what a denominator has on top is cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Protocol

from symattn.engine.finder import macros
from symattn.engine.finder.angles import TURNS, angle_steps
from symattn.engine.finder.contracting import ZERO_ONE, Site, may_change
from symattn.engine.finder.naming import Names, text
from symattn.engine.finder.products import Parts, content, divided, factors_of, parts_of, symbol_term
from symattn.engine.finder.skeletons import Thing, index_text
from symattn.engine.finder.writing import MARK, one_term, pieces, rank, term_of, without
from symattn.kernel.plain.checking import Evidence, Step
from symattn.kernel.plain.expansion import any_power, moved
from symattn.kernel.plain.laws import LEIBNIZ
from symattn.kernel.plain.monomials import Before, Delta, Entry, Function, Monomial, Monomials, Number, free_in_factor
from symattn.kernel.plain.signs import visibly_positive
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.sizes import Index, size_of, variable, variables_of
from symattn.kernel.syntax.terms import Letter, Term

ONE = terms.number(1)


class Search(Protocol):
    settled: set[tuple[str, int, str]]
    """The functions, by their texts under so many names, at which a rule has found nothing."""
    joining: bool
    """Whether sums are joined, which any of them may be."""

    def simplified(self, term: Term, names: Names) -> tuple[Monomials, tuple[Step, ...]]: ...

    def proved(self, term: Term, names: Names) -> Evidence: ...

    def checked(self, term: Term, steps: tuple[Step, ...], names: Names) -> Evidence: ...


def function_steps(site: Site, search: Search) -> list[Step]:
    """The first steps that the functions of a monomial allow, none if there are none."""
    for rule in (_inside, _exponents, _at_functions, _cancelled):
        for steps in rule(site, search):
            return steps
    for steps in angle_steps(site):
        return steps
    return []


def _unsettled(
    rule: str, thing: Thing, site: Site, search: Search, steps: Iterator[list[Step]]
) -> Iterator[list[Step]]:
    """The steps of a rule that looks at nothing but a function, which is asked once for all monomials that have it."""
    key = rule, len(site.names), text(thing, site.names)
    if key not in search.settled:
        yield from steps
        search.settled.add(key)  # reached where there were none, for who takes some asks for no more


def odd_steps(site: Site, search: Search) -> list[Step]:
    """A sum that becomes its own negative when the two indices of a skew letter change places."""
    swap = site.swap or {}
    for factor in site.body.factors:
        match factor:
            case Entry(letter, (int(v), int(w))) if "skew" in letter.facts and {v, w} <= {*site.variables}:
                if (swap.get(v), swap.get(w)) == (w, v):
                    others = tuple([u for u in site.variables if u not in (v, w)])
                    rest = terms.summation(others, site.rest(factor))
                    change = terms.subtract(rest, terms.reindex(rest, {v: w, w: v}))
                    proof = search.proved(change, site.names)
                    return [site.step("alternating", (letter, v, w, rest, *proof), ONE, *site.variables)]
    return []


def _inside(site: Site, search: Search) -> Iterator[list[Step]]:
    """What a function is of is made simpler."""
    for factor in site.body.factors:
        if type(factor) is Function:
            found = (_entries_simplified if factor.kind == "determinant" else _simplified)(site, factor, search)
            yield from _unsettled("inside", factor, site, search, found)
    if site.body.exponent:
        of = Monomial(exponent=site.body.exponent)
        yield from _unsettled("inside", of, site, search, _simplified(site, None, search))


def _simplified(site: Site, function: Function | None, search: Search) -> Iterator[list[Step]]:
    """What a function, or else the exp, is of."""
    kind, inside = (function.kind, function.inside) if function else ("exp", site.body.exponent)
    if not (search.joining or any(map(may_change, inside))):
        return
    before = term_of(inside, site.names)
    after, steps = search.simplified(before, site.names)
    if steps:
        new = term_of(after, site.names)
        proof = search.proved(terms.subtract(before, new), site.names)
        rest = without(site.body, function) if function else site.body._replace(exponent=())
        yield [site.step("alike", (kind, before, new, *proof), site.term(rest))]


def _entries_simplified(site: Site, factor: Function, search: Search) -> Iterator[list[Step]]:
    whole = one_term(Monomial(factors=(factor,)), site.names)
    row, column, before = whole.args
    names = {**site.names, row: f"b{len(site.names)}", column: f"b{len(site.names) + 1}"}
    after, steps = search.simplified(before, names)
    if steps:
        new = term_of(after, names)
        proof = search.proved(terms.subtract(before, new), names)
        yield [site.step("same_entries", (row, column, before, new, *proof), site.rest(factor))]
    elif before.kind == "delta":
        yield [site.step("unit_determinant", (row, column), site.rest(factor))]
    elif size_of(row).constant is not None and (size_of(row).constant or 0) < LEIBNIZ:
        yield [site.step("leibniz", (row, column, before), site.rest(factor))]


def _exponents(site: Site, search: Search) -> Iterator[list[Step]]:
    """`exp(c log x)`: the whole number in c, and all of it where x has any power."""
    if not site.body.exponent:
        return
    yield from _lifted(site, "exp", list(site.body.exponent), site.body._replace(exponent=()), search)
    for x in site.body.exponent:
        match x:
            case Monomial(c, (), (), (Function("log", _, inside),), ()):
                of = term_of(inside, site.names)
                whole = c if any_power(of) else floor(c)
                if whole and visibly_positive(of):
                    left = tuple([y for y in site.body.exponent if y is not x])
                    left += (x._replace(coefficient=c - whole),) if c != whole else ()
                    rest = site.term(site.body._replace(exponent=left))
                    yield [site.step("exp_log", (of, Fraction(whole)), rest)]


def _at_functions(site: Site, search: Search) -> Iterator[list[Step]]:
    for factor in site.body.factors:
        if type(factor) is Function and factor.kind != "determinant":
            yield from _unsettled("at", factor, site, search, _at(site, factor, search))


def _at(site: Site, function: Function, search: Search) -> Iterator[list[Step]]:
    kind, inside, rest = function.kind, function.inside, without(site.body, function)
    yield from _lifted(site, kind, list(inside), rest, search)
    if kind in TURNS:
        return
    if len(inside) == 1 and not inside[0].bound and (alone := _alone(kind, inside[0], site.names, search)):
        yield _taken(site, alone, site.term(rest))
    elif kind == "reciprocal" or visibly_positive(term_of(inside, site.names)):
        yield from _split(site, function, search)


def _taken(site: Site, laws: macros.Steps, rest: Term) -> list[Step]:
    return [site.step(law, arguments, terms.multiply(factor, rest)) for law, arguments, factor in laws]


def _alone(kind: str, inside: Monomial, names: Names, search: Search) -> macros.Steps:
    """The laws, when the function is of one thing only that they know."""
    match inside:
        case Monomial(1, ((symbol, exponent),), (), (), ()) if kind == "log" and exponent != 1:
            base = symbol_term(symbol)
            return macros.log_power(base, Fraction(exponent), names, search.proved) if any_power(base) else []
        case Monomial(1, (), (), (Function("reciprocal", _, below),), ()) if kind == "log":
            of = term_of(below, names)
            return macros.log_power(of, Fraction(-1), names, search.proved) if visibly_positive(of) else []
        case Monomial(1, (), (), (Entry(letter, _),), ()) if kind == "reciprocal":
            return macros.own_reciprocal(one_term(inside, names)) if letter.known & ZERO_ONE else []
        case Monomial(1, (), (), (Delta() | Before(),), ()) if kind == "reciprocal":
            return macros.own_reciprocal(one_term(inside, names))
    law = _one_law(kind, inside, names, search)
    return [(*law, ONE)] if law else []


def _one_law(kind: str, inside: Monomial, names: Names, search: Search) -> tuple[str, tuple[object, ...]] | None:
    whole = one_term(inside, names)
    match inside:
        case Monomial(1, (), (), (), ()) if kind == "log":
            return "log_exp", (terms.number(0),)
        case Monomial(c, (), (), (), ()) if kind == "reciprocal":
            return "inverse", (whole, terms.number(1 / Fraction(c)), (), ())
        case Monomial(1, ((symbol, exponent),), (), (), ()):
            base = symbol_term(symbol)
            if kind == "reciprocal" and any_power(base):
                return "inverse", (whole, terms.power(base, -Fraction(exponent)), (), ())
        case Monomial(1, (), (), (), exponent) if exponent:
            if kind == "log":
                return "log_exp", (term_of(exponent, names),)
            minus = terms.exponential(terms.negative(term_of(exponent, names)))
            product = terms.subtract(terms.multiply(whole, minus), ONE)
            return "inverse", (whole, minus, *search.checked(product, (), names))
        case Monomial(1, (), (), (Function("reciprocal", _, below),), ()):
            return "reciprocal_twice", (term_of(below, names),)
    return None


def _product(factors: list[Term]) -> Term:
    return terms.multiply(*factors) if factors else ONE


def _split(site: Site, function: Function, search: Search) -> Iterator[list[Step]]:
    """`1/(x y)` and `log(x y)`, where x is what all summands share, or the first of several factors."""
    names, kind = site.names, function.kind
    inside = [parts_of(m, names) for m in sorted(function.inside, key=lambda m: text(m, names))]
    common = content(inside, names, signed=kind == "reciprocal")
    factors = factors_of(common, names)
    if len(inside) == 1:
        if len(factors) < 2:
            yield from _one_power(site, function, common, search)
            return
        first, second = factors[0], _product(factors[1:])
    elif factors:
        rests = [_product(factors_of(divided(m, common), names)) for m in inside]
        first, second = _product(factors), terms.add(*rests)
    else:
        return
    rest = site.rest(function)
    before, after = term_of(function.inside, names), terms.multiply(first, second)
    steps, given = search.proved(terms.subtract(before, after), names)
    change = [site.step("alike", (kind, before, after, steps, given), rest)] if steps else []
    if kind == "log":
        yield [*change, *_taken(site, macros.log_product(first, second, names, search.proved), rest)]
    else:
        yield [*change, site.step("reciprocal_product", (first, second), rest)]


def _one_power(site: Site, function: Function, parts: Parts, search: Search) -> Iterator[list[Step]]:
    """`f(x^p)` for a single x."""
    bases = [
        *((one_term(piece, site.names), power) for piece, power in parts.pieces.values()),
        *((symbol_term(symbol), exponent) for symbol, exponent in parts.powers.items()),
    ]
    for base, times in bases:
        if function.kind == "log" and times != 1:
            laws = macros.log_power(base, Fraction(times), site.names, search.proved)
            yield _taken(site, laws, site.rest(function))
        elif times > 1 and times == int(times):
            rest = terms.power(base, Fraction(times - 1))
            yield [site.step("reciprocal_product", (base, rest), site.rest(function))]


def _cancelled(site: Site, search: Search) -> Iterator[list[Step]]:
    """`lead/P = 1/c - rest/(c P)` for a positive P = c lead + rest, and `1/(x P)` in parts for an exp x."""
    for factor in site.body.factors:
        if type(factor) is Function and factor.kind == "reciprocal":
            key = "lead", len(site.names), text(factor, site.names)
            if key in search.settled:
                continue
            whole = term_of(factor.inside, site.names)
            found = _lead(factor, site.names) if visibly_positive(whole) else None
            if found is None:
                search.settled.add(key)
                continue
            lead, power, coefficient = found
            used = free_in_factor(factor)
            # what 1/P itself uses stays bound outside: only the other indices may belong to the lead
            inner = tuple([v for v in site.variables if v not in used])
            there = pieces(without(site.body, factor)._replace(bound=inner), site.names)
            parts = Parts(site.body.coefficient, dict(site.body.powers), there)
            ((of, _),) = pieces(lead, site.names).items()
            here = there[of][1] if of in there else 0
            if here >= power:
                rest = divided(parts, Parts(coefficient, {}, {of: (lead, power)}))
                yield [site.step("cancel", (whole,), _product(factors_of(rest, site.names)), *inner)]
            elif here < 0 and (number := _number_beside(factor, lead)):
                rest = divided(parts, Parts(number, {}, {}))
                yield [site.step("cancel", (whole,), _product(factors_of(rest, site.names)), *inner)]


def _number_beside(function: Function, lead: Monomial) -> Number:
    """r, where the function is of c x^p + r with an exp x; 0 otherwise."""
    rest = [m for m in function.inside if not m.exponent]
    alone = len(function.inside) == 2 and len(rest) == 1 and bool(lead.exponent) and not lead.bound
    return rest[0].coefficient if alone and rest[0] == Monomial(rest[0].coefficient) else 0


def _lead(function: Function, names: Names) -> tuple[Monomial, Number, Number] | None:
    """The summand that is a power of one piece, heavier than everything in the others: piece, power, coefficient."""
    inside = [(m, pieces(m, names)) for m in function.inside]
    ranks = [(rank(piece), m, piece, power) for m, found in inside for piece, power in found.values()]
    if not ranks:
        return None
    heaviest = max(r for r, _, _, _ in ranks)
    top = [(m, piece, power) for r, m, piece, power in ranks if r == heaviest]
    if len(top) != 1:
        return None
    ((m, piece, power),) = top
    if power < 1 or m.powers or len(pieces(m, names)) != 1:
        return None
    return piece, power, m.coefficient


def _links(m: Monomial, names: Names) -> Iterator[tuple[Letter, int, Index, Entry]]:
    """The entries of permutations that tie a bound index to a row (or column) that the monomial does not bind."""
    for factor in m.factors:
        if type(factor) is Entry and "permutation" in factor.letter.facts:
            for column in (0, 1):
                i, a = factor.places[column], factor.places[1 - column]
                if isinstance(a, int) and a in m.bound and not set(variables_of(i)) & set(m.bound):
                    yield factor.letter, column, i, factor


def _lifted(site: Site, kind: str, inside: Monomials, rest: Monomial, search: Search) -> Iterator[list[Step]]:
    """`F(sum_a P_ia x_a) = sum_a P_ia F(x_a)`: first all summands are brought under the sum."""
    names = site.names
    found = [link for m in inside for link in _links(m, names)]
    if not found:
        return
    letter, column, i, _ = min(found, key=lambda link: (link[0].name, link[1], index_text(link[2], names.__getitem__)))
    a: int = variable(f"{MARK}{len(names)}", letter.sizes[0])
    inner = {**names, a: f"b{len(names)}"}
    under, steps = list[Term](), list[Step]()
    for m in inside:
        mine = next((e for one, side, at, e in _links(m, names) if (one, side, at) == (letter, column, i)), None)
        if mine is None:
            under.append(one_term(m, inner))
            steps.append(("one_in_all", (letter, i, bool(column)), (), terms.negative(one_term(m, names))))
        else:
            linked = variables_of(mine.places[1 - column])
            left = without(m, mine)._replace(bound=tuple([v for v in m.bound if v not in linked]))
            under.append(term_of(moved(left, dict.fromkeys(linked, a)), inner))
    body = terms.add(*under)
    place = terms.entry(letter, a, i) if column else terms.entry(letter, i, a)
    before, after = term_of(inside, names), terms.summation((a,), terms.multiply(place, body))
    proof = search.checked(terms.subtract(before, after), tuple(steps), names)
    multiplier = site.term(rest)
    yield [
        site.step("alike", (kind, before, after, *proof), multiplier),
        site.step("lift", (kind, letter, i, a, body, bool(column)), multiplier),
    ]


def idle_steps(site: Site, search: Search) -> list[Step]:
    """exp(x + z - z) = exp(x), where an index is summed over that only what cancels inside of a function mentions.

    The kernel's monomial still has the index, and so the step needs a z that has it.
    """
    idle = [v for v in site.variables if v not in site.body.free]
    if not idle:
        return []
    after = term_of(site.body.exponent, site.names)
    gone = [terms.entry(Letter("idle", (size_of(v),)), v) for v in idle]
    before = terms.add(after, *gone, *map(terms.negative, gone))
    proof = search.proved(terms.subtract(before, after), site.names)
    return [site.step("alike", ("exp", before, after, *proof), site.term(site.body._replace(exponent=())))]
