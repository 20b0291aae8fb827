"""Theorems as data: the body must prove what is said, under the claims that are given and no others."""

from __future__ import annotations

from typing import Any

import pytest

import symattn as sa
from symattn import Equal, calc, theorem
from symattn.errors import Refuted, TheoremError, Undecided

d = sa.sizes("d", min=1)
A, B, C = (sa.matrix(name, d, d) for name in "ABC")
transposed = Equal(sa.T(A @ B), B.T @ A.T)


def stated(says: Any, body: Any = lambda: None, given: Any = ()) -> Any:
    def named() -> Any:
        """The statement in words.

        And why it holds.
        """
        return body()

    return theorem(says=says, section="2.3", given=given, source="a paper, p. 1")(named)


def test_a_body_of_dots_lets_the_kernel_decide() -> None:
    @theorem(says=transposed, section="1.1")
    def transpose_of_product() -> None:
        """Transposing reverses a product."""

    assert transpose_of_product.prove().claim == transposed
    assert (transpose_of_product.name, transpose_of_product.title) == (
        "transpose_of_product",
        "Transposing reverses a product.",
    )


def test_nothing_is_proved_before_it_is_asked() -> None:
    ran = []
    statement = stated(transposed, lambda: ran.append(1) or sa.prove(transposed))
    assert ran == []
    statement.prove()
    statement.prove()
    assert ran == [1]


def test_a_statement_keeps_what_it_says_and_where_it_is_from() -> None:
    statement = stated(transposed)
    assert (statement.section, statement.chapter, statement.source) == ("2.3", 2, "a paper, p. 1")
    assert statement.prose == "And why it holds."


def test_a_body_may_be_a_calculation_which_is_kept() -> None:
    statement = stated(transposed, lambda: calc(sa.T(A @ B)).eq(B.T @ A.T, by="reversed"))
    assert statement.prove().claim == transposed
    assert [line.by for line in statement.derivation().lines] == ["", "reversed"]


@pytest.mark.parametrize(
    "body",
    [
        lambda: sa.prove(Equal(sa.T(A @ B @ C), C.T @ B.T @ A.T)),
        lambda: sa.prove(Equal(B.T @ A.T, sa.T(A @ B))),
        lambda: calc(A).eq(A + B - B),
        lambda: sa.prove(Equal(sa.trace(A @ B), sa.trace(B @ A))),
    ],
    ids=["another product", "the sides exchanged", "a calculation of something else", "a scalar equation"],
)
def test_a_body_that_proves_something_else_is_refused(body: Any) -> None:
    with pytest.raises(TheoremError, match="proves something else"):
        stated(transposed, body).prove()


@pytest.mark.parametrize(
    "body",
    [lambda: sa.prove(Equal(A @ C, B @ C), given=Equal(A, B)), lambda: calc(A @ C, given=Equal(A, B)).eq(B @ C)],
    ids=["a theorem", "a calculation"],
)
def test_a_body_that_uses_a_claim_that_is_not_given_is_refused(body: Any) -> None:
    with pytest.raises(TheoremError, match="uses a claim that is not given"):
        stated(Equal(A @ C, B @ C), body).prove()
    assert stated(Equal(A @ C, B @ C), body, given=Equal(A, B)).prove().hypotheses == (Equal(A, B),)


def test_a_weaker_claim_that_is_given_does_not_do_for_a_stronger_one() -> None:
    with pytest.raises(TheoremError, match="not given"):
        stated(
            Equal(A @ C, B @ C), lambda: sa.prove(Equal(A @ C, B @ C), given=Equal(A, B)), given=Equal(A.T, B.T)
        ).prove()


@pytest.mark.parametrize("body", [lambda: 1, lambda: sa.decide(transposed), lambda: transposed], ids=range(3))
def test_a_body_that_returns_no_proof_is_refused(body: Any) -> None:
    with pytest.raises(TheoremError, match="not a theorem, a calculation or an argument"):
        stated(transposed, body).prove()


def test_a_false_statement_is_refuted_and_an_open_one_undecided() -> None:
    with pytest.raises(Refuted):
        stated(Equal(A @ B, B @ A)).prove()
    with pytest.raises(Undecided):
        stated(Equal(sa.log(sa.hadamard(A, A)), 2 * sa.log(A))).prove()


def test_the_catalogue_names_every_theorem_in_the_order_of_its_card() -> None:
    found = sa.catalogue()
    assert all(name == statement.name for name, statement in found.items())
    sections = [[int(part) for part in statement.section.split(".")] for statement in found.values()]
    assert sections == sorted(sections)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (sa.Equal(A @ B, A @ B), "both sides read alike"),
        (sa.ForAll((A, B), sa.Equal(A @ A, A)), "binds a letter that does not occur"),
        (sa.Not(sa.Exists((A,), sa.Equal(B, B))), "binds a letter that does not occur"),
        (sa.Implies(sa.Equal(A, B), sa.Equal(B, B)), "both sides read alike"),
    ],
)
def test_a_statement_that_says_nothing_is_refused_when_it_is_declared(says: Any, words: str) -> None:
    with pytest.raises(TheoremError, match=words):
        theorem(says=says, section="1.1")(lambda: None)


def test_the_order_of_a_sum_is_something_to_say() -> None:
    assert theorem(says=sa.Equal(A + B, B + A), section="1.1")(lambda: None).prove().over == "any commutative ring"


def abbreviated(where: Any, says: Any = None, body: Any = lambda: None) -> Any:
    def named() -> Any:
        """The statement in words."""
        return body()

    return theorem(says=says if says is not None else transposed, section="2.3", where=where)(named)


M, N, x = sa.matrix("M", d, d), sa.matrix("N", d, d), sa.row("x", d)


def test_letters_for_parts_leave_what_is_judged_as_it_is() -> None:
    statement = abbreviated({M: A @ B, N: M @ A}, says=Equal(sa.T(A @ B @ A), A.T @ B.T @ A.T))
    assert statement.says == stated(statement.says).says
    assert statement.where == ((M, A @ B), (N, A @ B @ A))
    assert [sa.text(claim) for claim in statement.definitions] == ["M = A B", "N = M A"]
    assert statement.prove().claim == statement.says


@pytest.mark.parametrize(
    ("where", "says", "because"),
    [
        ({A: A @ B}, transposed, "has a meaning already"),
        ({sa.matrix("d", d, d): A @ B}, transposed, "has a meaning already"),
        ({M: A @ B, sa.scalar("M"): sa.total(A)}, Equal(sa.total(A) * A @ B, sa.total(A.T) * A @ B), "already"),
        ({A @ M: A @ B}, transposed, "not a letter"),
        ({x: A @ B}, transposed, "another shape"),
        ({M: B @ C}, transposed, "do not speak of"),
        ({M: B @ A @ B}, transposed, "does not occur"),
        ({M: A @ B}, sa.ForAll(A, transposed), "do not speak of"),
    ],
    ids=["used", "a size", "twice", "no letter", "shape", "strange", "idle", "bound"],
)
def test_a_letter_for_a_part_must_be_a_new_name_of_it(where: Any, says: Any, because: str) -> None:
    with pytest.raises(TheoremError, match=because):
        abbreviated(where, says=says)


def test_a_letter_for_a_part_means_nothing_else_in_the_steps() -> None:
    def body() -> Any:
        with sa.argument() as proof:
            proof.have("", Equal(M, M))
            proof.show(transposed)
        return proof

    with pytest.raises(TheoremError, match="M, which has a meaning already"):
        abbreviated({M: A @ B}, body=body).prove()
