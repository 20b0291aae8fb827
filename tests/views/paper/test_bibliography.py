"""BibTeX entries: what a source says, and nothing that it does not say."""

from __future__ import annotations

import pytest

from symattn.views.paper.bibliography import bibtex, entries

SAID = [
    (
        "Milakov, Gimelshein: Online normalizer calculation for softmax, 2018, for the masses",
        {"author": "Milakov and Gimelshein", "title": "{Online normalizer calculation for softmax}", "year": "2018"},
    ),
    (
        "Horn and Johnson, Matrix Analysis, 2nd ed., section 7.2",
        {"author": "Horn and Johnson", "title": "{Matrix Analysis}", "edition": "2nd"},
    ),
    (
        "a case of it: Xu et al., Permutation Equivariance of Transformers, arXiv:2304.07735",
        {
            "author": "Xu and others",
            "title": "{Permutation Equivariance of Transformers}",
            "eprint": "2304.07735",
            "archiveprefix": "arXiv",
        },
    ),
    (
        "Kolmogorov's criterion: Kelly, Reversibility and Stochastic Networks (1979), pages 21 to 25",
        {"author": "Kelly", "title": "{Reversibility and Stochastic Networks}", "year": "1979"},
    ),
    (
        "the principle; as a maximum Boyd and Vandenberghe, Convex Optimization, section 3.3.1",
        {"author": "Boyd and Vandenberghe", "title": "{Convex Optimization}"},
    ),
    (
        "Kobayashi, Akram, von Oswald: Weight decay, 2024",
        {"author": "Kobayashi and Akram and von Oswald", "title": "{Weight decay}", "year": "2024"},
    ),
]


@pytest.mark.parametrize(("source", "fields"), SAID, ids=[source[:9] for source, _ in SAID])
def test_an_entry_has_what_the_source_says(source: str, fields: dict[str, str]) -> None:
    (entry,) = entries(source)
    assert dict(entry.fields) == fields


@pytest.mark.parametrize("source", [None, "textbook calculus", "not found stated elsewhere", "TorchLean, a library"])
def test_what_names_no_author_and_title_has_no_entry(source: str | None) -> None:
    assert entries(source) == []


def test_two_papers_in_one_source_are_two_entries() -> None:
    source = "Ainslie et al.: GQA, 2023; for one group Shazeer: Fast Transformer Decoding, 2019"
    assert [entry.key for entry in entries(source)] == ["ainslie-gqa", "shazeer-fast"]


def test_accents_are_written_as_tex_reads_them_and_entries_come_once() -> None:
    source = "the bounds behind Veličković et al.: Softmax is not Enough, arXiv:2410.01104, lemma 2.1"
    text = bibtex([source, source, "Namazifar, Hakkani-Tür: Bias, 2023"])
    assert text.count("@misc") == 2
    assert r"Veli{\v c}kovi{\'c} and others" in text
    assert r"Hakkani-T{\"u}r" in text
