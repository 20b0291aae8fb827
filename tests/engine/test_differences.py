"""What follows from comparisons: paths, circles, and the places along them; and what does not follow."""

from __future__ import annotations

from itertools import pairwise

import pytest

from symattn.engine.differences import Edge, composed, contradiction, edge_of, indices_along, path, rest_of, sides
from symattn.errors import KernelError
from symattn.kernel.plain.places import FIRST, ordered
from symattn.kernel.syntax.sizes import ONE_SIZE, ZERO_SIZE, Index, Size, place, size_of, variable
from tests.kernel.build import i, j, m, n

l, u = variable("l", n), variable("u", m)


def edge(x: Index, y: Index, b: Size = ZERO_SIZE, c: Size = ZERO_SIZE) -> Edge:
    return Edge(x, b, y, c)


def test_an_edge_is_two_places_of_one_size_and_back() -> None:
    for there in (edge(i, j), edge(i, u, m, n), edge(i, FIRST, ONE_SIZE, n)):
        left, right = sides(there)
        assert size_of(left) == size_of(right)
        assert edge_of(left, right) == there


FOLLOWS = {
    "two steps": ([edge(i, j), edge(j, l)], edge(i, l)),
    "with sizes added": ([edge(i, j, ZERO_SIZE, m), edge(j, l, ZERO_SIZE, n)], edge(i, l, ZERO_SIZE, n + m)),
    "and more": ([edge(i, j, n)], edge(i, j)),
    "one less is less": ([edge(i, j, ONE_SIZE)], edge(i, j)),
    "the first is before": ([edge(j, i, ONE_SIZE)], edge(FIRST, i, ONE_SIZE)),
    "what is before is not the last": ([edge(j, i, ONE_SIZE)], edge(j, FIRST, ONE_SIZE + ONE_SIZE, n)),
}
DOES_NOT = {
    "the way back": ([edge(i, j), edge(j, l)], edge(l, i)),
    "one step only": ([edge(i, j)], edge(i, l)),
    "one too many": ([edge(i, j), edge(j, l)], edge(i, l, ONE_SIZE)),
    "less than is added": ([edge(i, j, ZERO_SIZE, m)], edge(i, j)),
    "a fork": ([edge(i, j), edge(i, l)], edge(j, l)),
}


@pytest.mark.parametrize("what", FOLLOWS)
def test_what_follows_is_found_with_places_along_the_way(what: str) -> None:
    given, goal = FOLLOWS[what]
    found = path(given, goal)
    assert found is not None
    along = indices_along(found, goal)
    assert {size_of(place) for place in along} == {size_of(along[0])}
    assert ordered(along[0], along[-1]) == ordered(*sides(goal))
    for step, pair in zip(found, pairwise(along), strict=False):
        assert ordered(*pair) == ordered(*sides(step))
    assert ordered(along[-2], along[-1]) == ()


@pytest.mark.parametrize("what", DOES_NOT)
def test_what_does_not_follow_is_not_found(what: str) -> None:
    assert path(*DOES_NOT[what]) is None


def test_a_circle_that_goes_up_is_a_contradiction() -> None:
    up = contradiction([edge(i, j), edge(j, l, ONE_SIZE), edge(l, i)])
    assert up is not None
    assert composed(up) == (ONE_SIZE, ZERO_SIZE)
    assert contradiction([edge(i, FIRST, n)]) is not None
    assert contradiction([edge(i, j), edge(j, l), edge(l, i)]) is None
    assert contradiction([edge(i, j, ONE_SIZE), edge(j, i, ZERO_SIZE, ONE_SIZE)]) is None


def test_what_is_left_of_a_size_has_to_be_there() -> None:
    assert rest_of(n + m, m) == n
    with pytest.raises(KernelError, match="not greater"):
        rest_of(n, m)
    assert edge_of(place(m, i, ZERO_SIZE), place(ZERO_SIZE, u, n)) == edge(i, u, m)
