"""`symattn show`: every letter, claims that fit, and the same as data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symattn.language import letters_of
from symattn.theory import select


def test_letters_of_hypotheses_are_named_with_their_sizes(symattn: Any) -> None:
    out = symattn("show", "mirsky_operator")[1]
    assert "c, b   : number" in out
    assert "s, g   : 1×(k + 1)" in out
    assert "U', V' : d×r" in out


def test_bound_letters_and_facts_are_named(symattn: Any) -> None:
    out = symattn("show", "score_symmetric_iff", "kolmogorov_hidden_symmetry", "concat_sum")[1]
    assert "x, y : 1×d, bound" in out
    assert "P : n×n, > 0" in out
    assert "Z : H matrices n×v" in out


@pytest.mark.parametrize("name", ["attn_backward", "flash_exact"])
def test_claims_with_named_parts_fit_too(symattn: Any, narrow: int, name: str) -> None:
    code, out, _ = symattn("show", name)
    assert code == 0
    assert max(map(len, out.splitlines())) <= narrow
    assert all(f"{letter} = " in out for letter, _ in select([name])[0].where)


@pytest.mark.parametrize("name", ["softmax_jacobian", "dispersion_bound"])
def test_long_claims_are_cut_at_the_width(symattn: Any, narrow: int, name: str) -> None:
    code, out, _ = symattn("show", name)
    assert code == 0
    assert max(map(len, out.splitlines())) <= narrow
    assert "".join(str(select([name])[0].says).split()) in "".join(out.split())


def test_a_section_shows_its_theorems_in_order(symattn: Any) -> None:
    code, out, _ = symattn("show", "2.14")
    places = [out.index(f"{one.name}  (2.14, The score as a bilinear form)") for one in select(["2.14"])]
    assert code == 0
    assert places == sorted(places)
    assert len(places) > 1


def test_json_names_every_letter_and_has_the_claim_in_three_languages(symattn: Any) -> None:
    code, out, _ = symattn("show", "mirsky_operator", "score_symmetric_iff", "--json")
    content = json.loads(out)
    first, second = content["theorems"]
    stated = select(["mirsky_operator"])[0]
    free = {str(a) for claim in (stated.says, *stated.given) for a in letters_of(claim)}
    assert (code, content["schema"]) == (0, 1)
    assert {letter["name"] for letter in first["letters"] if not letter["bound"]} == free
    assert [letter["name"] for letter in second["letters"] if letter["bound"]] == ["x", "y"]
    assert second["says"]["python"].startswith("Iff(ForAll((x, y)")
    assert second["says"]["latex"].count(r"\forall") == 1
    assert second["sizes"] == [{"name": "d", "minimum": 1}]
    assert second["kernel"]["status"] == "holds"


def test_a_typo_is_answered_with_what_may_be_meant(symattn: Any) -> None:
    code, out, err = symattn("show", "gage_invariance")
    assert (code, out) == (2, "")
    assert "Did you mean gauge_invariance" in err
