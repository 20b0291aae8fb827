"""Errors: one base class, an exit code each, and one layout."""

from __future__ import annotations

import pickle

import pytest

from symattn import errors
from symattn.errors import Refuted, SymattnError, Undecided, WeightsWarning, layout, unknown_name

CLASSES = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]
CLASSES.remove(WeightsWarning)  # a warning, which ends nothing
EXIT_CODES = {
    "ShapeError": 2,
    "LanguageError": 2,
    "StatementError": 2,
    "UnknownName": 2,
    "WeightsError": 2,
    "ExportError": 2,
    "Undecided": 3,
    "MissingExtra": 4,
    "Contradiction": 5,
}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_has_its_exit_code_and_the_common_base(kind: type[SymattnError]) -> None:
    assert issubclass(kind, SymattnError)
    assert kind.exit_code == EXIT_CODES.get(kind.__name__, 1)


def test_no_error_exits_as_if_all_were_well() -> None:
    assert all(kind.exit_code != 0 for kind in CLASSES)


def test_what_an_error_carries_survives_pickling() -> None:
    refuted = pickle.loads(pickle.dumps(Refuted("no", counterexample={"n": 2}, verdict="v")))
    undecided = pickle.loads(pickle.dumps(Undecided("?", reason="too deep", verdict="v")))
    assert (str(refuted), refuted.counterexample, refuted.verdict) == ("no", {"n": 2}, "v")
    assert (str(undecided), undecided.reason, undecided.verdict) == ("?", "too deep", "v")


def test_a_message_aligns_what_disagrees_and_ends_with_the_note() -> None:
    message = layout("cannot add", [("X @ Q", "n×k"), ("K", "d×k")], "one\ntwo")
    assert message == "cannot add\n    X @ Q : n×k\n    K     : d×k\n  one\n  two"


def test_a_message_without_parts_is_one_line() -> None:
    assert layout("no theorem") == "no theorem"


def test_an_unknown_name_suggests_the_nearest() -> None:
    known = ["rank_bound", "score_symmetric_iff", "gauge_invariance"]
    assert "Did you mean rank_bound?" in str(unknown_name("rank_bond", known))
    assert "Did you mean" not in str(unknown_name("zzz", known))
