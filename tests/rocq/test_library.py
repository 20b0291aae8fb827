"""The library and the scripts as they lie in the package: no script states, assumes or admits anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symattn import catalogue
from symattn.kernel.proofs import lines
from symattn.rocq import library
from symattn.rocq.library import FOLDER, LIBRARY, RocqError, ban, script, scripts, sources, without_comments

SCRIPTS = sorted(scripts())
UNPROVED = {
    "cubic_collapse",
    "dobrushin_linear",
    "entropy_near_log",
    "exp_between_taylor",
    "one_more_power",
    "qknorm_entropy_near",
    "rank_collapse_cubic",
    "remainder_of_one_more_power",
    "softcap_lipschitz",
    "softcap_near_identity",
    "softmax_cocoercive",
    "softmax_map_half",
    "taylor_error_within",
    "taylor_error_of_any_degree",
    "taylor_error_of_degree_two",
    "tanh_between",
    "tv_linear",
}
"""The theorems that have no proof by Rocq: they rest on the mean value theorem, which does not follow from what
`is_exp` says.  Any other theorem brings its own."""


def test_every_script_belongs_to_a_theorem() -> None:
    assert set(SCRIPTS) <= set(catalogue())


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_made_of_tactics(name: str) -> None:
    assert script(name)


def test_only_these_theorems_have_no_proof() -> None:
    assert set(catalogue()) - set(SCRIPTS) <= UNPROVED


@pytest.mark.parametrize("name", sorted(UNPROVED))
def test_what_has_no_proof_rests_on_the_mean_value_theorem(name: str) -> None:
    assert "rising" in {line.rule for line in lines(catalogue()[name].prove().kernel)}


@pytest.mark.parametrize("name", LIBRARY)
def test_the_library_admits_nothing(name: str) -> None:
    ban(sources()[name], name)


def test_no_lemma_has_the_name_of_a_theorem() -> None:
    """A theorem that is printed before would hide it."""
    named = {n for text in sources().values() for n in re.findall(r"^(?:Lemma|Definition) (\w+)", text, re.M)}
    assert named & set(catalogue()) == set()


def test_no_two_lemmas_have_the_same_name() -> None:
    """The later one would hide the earlier one."""
    names = [name for text in sources().values() for name in re.findall(r"^(?:Lemma|Definition) (\w+)", text, re.M)]
    assert sorted(names) == sorted(set(names))


def test_every_file_of_the_library_is_compiled() -> None:
    assert {path.stem for path in FOLDER.glob("*.v")} == set(LIBRARY)


@pytest.mark.parametrize(
    "text", ["Admitted.", "by admit.", "Axiom oops : False.", "Parameter x : nat.", "Unset Guard Checking.", "give_up."]
)
def test_what_would_prove_anything_is_banned(text: str) -> None:
    with pytest.raises(RocqError, match="accept anything"):
        ban(f"split=> //.\n{text}", "here")


def test_a_comment_bans_nothing() -> None:
    ban("(* Axiom (* Admitted *) *) by [].", "here")
    assert without_comments("a (* b (* c *) d *) e").split() == ["a", "e"]


@pytest.mark.parametrize("text", ["by []. Qed. Lemma more : True.", "Set Implicit Arguments.", "Abort."])
def test_a_script_with_a_command_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "scripts", lambda: {"mine": text})
    with pytest.raises(RocqError, match="no tactic"):
        script("mine")


@pytest.mark.parametrize(
    ("text", "says"),
    [("by [].\n(* one *)\nby [].\n", "before the first"), ("(* one *)\nby [].\n" * 2, "one stands twice")],
)
def test_a_file_of_scripts_is_read_with_care(
    text: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "proofs").mkdir()
    (tmp_path / "proofs" / "rank.v").write_text(text)
    monkeypatch.setattr(library, "FOLDER", tmp_path)
    with pytest.raises(RocqError, match=says):
        scripts.__wrapped__()


def test_a_script_lies_in_the_file_of_its_chapter() -> None:
    for name in SCRIPTS:
        chapter = catalogue()[name].body.__module__.split(".")[2]
        assert f"(* {name} *)" in (FOLDER / "proofs" / f"{chapter}.v").read_text().splitlines()


def test_a_theorem_without_a_script_has_none() -> None:
    assert script("no_such_theorem") is None
