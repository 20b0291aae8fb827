"""Growth: a family holds when it is proved at every size and grows no faster than is stated."""

from __future__ import annotations

import pytest

from benchmarks import growth
from benchmarks.families import FAMILIES
from benchmarks.growth import NOTHING, Growth, main, measured


def test_the_exponent_is_the_slope_of_the_logarithms() -> None:
    assert Growth("squares", {1: 0.1, 2: 0.4, 4: 1.6}, 2.5).exponent == pytest.approx(2)


def test_what_grows_faster_than_stated_does_not_hold() -> None:
    cubes = {1: 0.1, 2: 0.8, 4: 6.4}
    assert Growth("cubes", cubes, 3.01).holds
    assert not Growth("cubes", cubes, 2.9).holds


def test_what_takes_no_time_is_not_seen_to_grow() -> None:
    assert Growth("fast", {1: NOTHING / 1000, 2: NOTHING / 2, 4: NOTHING}, 0.1).exponent == 0


def test_a_size_that_fails_is_named_and_counts_as_failure() -> None:
    found = Growth("short", {1: 0.1}, 9.0, failure="2: no answer within 10 s")
    assert not found.holds
    assert "FAIL" in str(found)
    assert "2: no answer within 10 s" in str(found)


def test_a_family_is_proved_at_the_sizes_that_are_asked_for() -> None:
    found = measured("product chain, factors", sizes=(3, 2))
    assert list(found.seconds) == [2, 3]
    assert not found.failure


def test_a_limit_ends_a_size_that_takes_too_long() -> None:
    assert "no answer within" in measured("product chain, factors", sizes=(200,), limit=0.01).failure


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_is_proved_at_its_smallest_size(name: str) -> None:
    assert not measured(name, sizes=FAMILIES[name].sizes[:1]).failure


def test_the_command_fails_when_one_family_does(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setattr(growth, "_all", lambda *asked: iter([Growth("a", {1: 1.0}, 1.0), Growth("b", {}, 1.0, "no")]))
    assert main([]) == 1
    assert "FAIL  b" in capsys.readouterr().out
    monkeypatch.setattr(growth, "_all", lambda *asked: iter([Growth("a", {1: 1.0}, 1.0)]))
    assert main([]) == 0
