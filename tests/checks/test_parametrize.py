"""What pytest is given is a collection of parameters, one for each theorem that is selected."""

from __future__ import annotations

from collections.abc import Collection

import pytest

import symattn as sa
from symattn.checks.parametrize import Parameters, selected
from symattn.errors import UnknownName

GAUGE = Parameters(("gauge_",), None, {})


def test_the_parameters_are_a_collection_as_pytest_wants_it() -> None:
    assert isinstance(GAUGE, Collection)
    assert len(GAUGE) == len(selected(("gauge_",))) > 1


def test_a_parameter_is_among_those_that_are_selected_or_is_not() -> None:
    other = next(iter(Parameters(("softmax",), None, {})))
    assert all(parameter in GAUGE for parameter in GAUGE)
    assert other not in GAUGE


def test_a_parameter_is_a_theorem_under_its_name() -> None:
    assert {parameter.id: parameter.values[0] for parameter in GAUGE} == selected(("gauge_",))


def test_a_theorem_that_is_expected_to_fail_is_marked_with_the_reason() -> None:
    first, *others = selected(("gauge_",))
    marked = {p.id: [mark.kwargs for mark in p.marks] for p in Parameters(("gauge_",), None, {first: "not yet"})}
    assert marked == {first: [{"reason": "not yet", "strict": True}], **{name: [] for name in others}}


def test_none_that_is_not_selected_may_be_expected_to_fail() -> None:
    with pytest.raises(UnknownName, match="is not selected"):
        list(Parameters(("gauge_",), None, {next(iter(selected(("softmax",)))): "not yet"}))


def test_a_selector_that_selects_nothing_is_refused() -> None:
    with pytest.raises(UnknownName, match="no theorem is called gage_"):
        selected(("gage_",))


def test_a_section_is_not_one_that_begins_alike() -> None:
    sections = {statement.section for statement in selected(("2",)).values()}
    assert sections
    assert all(section == "2" or section.startswith("2.") for section in sections)


def test_only_theorems_with_the_part_are_kept() -> None:
    everything, some = selected(("gauge_",)), selected(("gauge_",), uses="form")
    assert 0 < len(some) <= len(everything)
    with pytest.raises(UnknownName, match="no part of a theorem"):
        selected((), uses="farm")


def test_the_catalogue_waits_for_pytest() -> None:
    parametrized = sa.checks.parametrize_theorems("gage_")
    with pytest.raises(UnknownName):
        len(parametrized.args[1])
