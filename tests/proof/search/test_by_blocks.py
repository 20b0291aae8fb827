"""A goal about an index of a size such as n + k is proved part by part, and no part may be left out."""

from __future__ import annotations

import pytest

from symattn.engine import rules
from symattn.errors import KernelError
from symattn.kernel.proofs import Proof
from symattn.kernel.replay import replay
from symattn.kernel.syntax import terms
from symattn.kernel.syntax.formulas import Equation, NonNegative
from symattn.kernel.syntax.sizes import Index, constant_size, part_index, size_of, variable
from symattn.kernel.syntax.terms import Term
from symattn.proof.elaborate.elaborator import Elaborator
from symattn.proof.search.by_blocks import as_known, in_parts, part_by_part, splits_in
from symattn.proof.search.equations.derived import identity
from tests.kernel.build import d, j, k, letter, m, matrix, n

W, V = matrix(letter("W", n + k, d)), matrix(letter("V", n + k, d))
U, L = matrix(letter("U", n, d)), matrix(letter("L", k, d))
P = matrix(letter("P", n, d, "positive"))
whole, c = variable("whole", n + k), variable("c", d)
a, b = variable("a", n), variable("b", k)


def upper(place: Index) -> Index:
    return part_index((n, k), 0, place)


def lower(place: Index) -> Index:
    return part_index((n, k), 1, place)


def stacked(index: int, top: Term, bottom: Term) -> Term:
    """Row `index` of two matrices one over the other: `top` is about a, `bottom` about b."""
    return terms.add(
        terms.summation([a], terms.multiply(terms.delta(index, upper(a)), top)),
        terms.summation([b], terms.multiply(terms.delta(index, lower(b)), bottom)),
    )


def e() -> Elaborator:
    return Elaborator(prefix="s")


class Prover:
    """Proves equations by their normal forms and bounds by sight, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Equation | NonNegative] = []

    def __call__(self, goal: Equation | NonNegative) -> Proof:
        self.asked.append(goal)
        if isinstance(goal, NonNegative):
            return rules.bound((), goal, goal.body, ())
        found = identity(goal)
        if found is None:
            raise KernelError("the part is false")
        return found


def cut(index: int) -> Term:
    """W, from its own two parts."""
    return stacked(index, W.at(upper(a), c), W.at(lower(b), c))


def test_a_matrix_is_its_parts_one_over_the_other() -> None:
    prover, goal = Prover(), Equation((whole, c), cut(whole), W.at(whole, c))
    theorem = in_parts(e(), goal, prover)
    assert (theorem.conclusion, theorem.hypotheses) == (goal, ())
    assert replay(theorem) == theorem


def test_each_part_is_asked_for_at_a_place_of_its_own() -> None:
    prover = Prover()
    in_parts(e(), Equation((whole, c), cut(whole), W.at(whole, c)), prover)
    assert [[size_of(v) for v in goal.indices] for goal in prover.asked] == [[n, d], [k, d]]
    for goal, which in zip(prover.asked, (0, 1), strict=True):
        place = part_index((n, k), which, goal.indices[0])
        assert goal.right == W.at(place, c)


@pytest.mark.parametrize(
    "wrong",
    [stacked(whole, W.at(upper(a), c), V.at(lower(b), c)), stacked(whole, V.at(upper(a), c), W.at(lower(b), c))],
    ids=["the last part", "the first part"],
)
def test_a_goal_that_is_false_in_one_part_is_not_proved(wrong: Term) -> None:
    with pytest.raises(KernelError, match="the part is false"):
        in_parts(e(), Equation((whole, c), wrong, W.at(whole, c)), Prover())


def test_a_bound_holds_where_it_holds_in_both_parts() -> None:
    square = terms.power(L.at(b, c), 2)
    goal = NonNegative((whole, c), stacked(whole, P.at(a, c), square))
    theorem = in_parts(e(), goal, Prover())
    assert (theorem.conclusion, theorem.hypotheses) == (goal, ())


def test_a_bound_that_fails_in_one_part_does_not_hold() -> None:
    goal = NonNegative((whole, c), stacked(whole, P.at(a, c), L.at(b, c)))
    with pytest.raises(KernelError):
        in_parts(e(), goal, Prover())


def test_a_goal_is_not_split_where_nothing_is_compared_with_a_part() -> None:
    prover = Prover()
    assert in_parts(e(), Equation((whole, c), W.at(whole, c), W.at(whole, c)), prover) is None
    assert in_parts(e(), Equation((a, c), W.at(upper(a), c), W.at(upper(a), c)), prover) is None
    assert in_parts(e(), Equation((whole,), terms.delta(whole, whole), terms.number(1)), prover) is None
    assert prover.asked == []


def test_a_delta_is_seen_in_either_order() -> None:
    place = upper(a)
    for pair in ((whole, place), (place, whole)):
        prover = Prover()
        body = terms.summation([a], terms.multiply(terms.delta(*pair), U.at(a, c)))
        assert in_parts(e(), Equation((whole, c), body, body), prover) is not None
        assert len(prover.asked) == 2


def test_a_delta_that_another_sum_hides_is_seen() -> None:
    inner = variable("v", n + k)
    rows = stacked(inner, U.at(a, c), L.at(b, c))
    hidden = terms.summation([inner], terms.multiply(rows, terms.delta(inner, whole)))
    goal, asked = Equation((whole, c), hidden, V.at(whole, c)), []
    assert in_parts(e(), goal, lambda part: asked.append(part) or rules.assume((), part)).conclusion == goal
    assert [size_of(part.indices[0]) for part in asked] == [n, k]


def test_an_index_is_split_in_three() -> None:
    sizes = (n, k, m)
    three = matrix(letter("T", n + k + m, d))
    index, places = variable("t", n + k + m), [variable(f"p{size}", size) for size in sizes]
    ends = [part_index(sizes, which, place) for which, place in enumerate(places)]
    body = terms.add(
        *(
            terms.summation([place], terms.multiply(terms.delta(index, end), three.at(end, c)))
            for place, end in zip(places, ends, strict=True)
        )
    )
    prover, goal = Prover(), Equation((index, c), body, three.at(index, c))
    assert in_parts(e(), goal, prover).conclusion == goal
    assert [size_of(asked.indices[0]) for asked in prover.asked] == [n, k, m]


def test_an_index_is_split_as_it_is_asked() -> None:
    goal = Equation((whole, j), terms.delta(whole, whole), terms.number(1))
    prover = Prover()
    assert part_by_part(e(), goal, whole, (n, k), prover).conclusion == goal
    assert len(prover.asked) == 2


def test_an_index_is_not_split_into_other_sizes() -> None:
    goal = Equation((whole, j), terms.delta(whole, whole), terms.number(1))
    with pytest.raises(KernelError):
        part_by_part(e(), goal, whole, (n, m), Prover())


def test_an_index_that_is_split_in_what_is_known_may_be_split() -> None:
    known = [rules.assume((), Equation((a, c), W.at(upper(a), c), U.at(a, c)))]
    assert list(as_known(known, Equation((whole, c), W.at(whole, c), V.at(whole, c)))) == [(whole, (n, k))]
    assert list(as_known(known, Equation((a, c), U.at(a, c), U.at(a, c)))) == []
    assert list(as_known([], Equation((whole, c), W.at(whole, c), V.at(whole, c)))) == []


def test_every_way_to_cut_a_size_is_listed_once() -> None:
    other = matrix(letter("O", n + constant_size(2), d))
    last = part_index((n, constant_size(2)), 0, a)
    roots = [W.at(upper(a), c), terms.multiply(W.at(lower(b), c), terms.delta(whole, upper(a))), other.at(last, c)]
    assert sorted(map(len, splits_in(roots))) == [2, 2]
    assert {*splits_in(roots)} == {(n, k), (n, constant_size(2))}
    assert splits_in([W.at(whole, c)]) == []
