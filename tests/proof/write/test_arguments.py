"""Arguments: every step is proved from what it names, and the last one is the claim."""

from __future__ import annotations

import pytest

import symattn as sa
from symattn.errors import StepError
from symattn.views.paper.document import document
from symattn.views.paper.unicode import theorem as written

n, k = sa.sizes("n k")
A, B, C = sa.matrix("A", n, n), sa.matrix("B", n, n), sa.matrix("C", n, n)
LEFT, RIGHT = sa.Equal(B @ A, sa.identity(n)), sa.Equal(A @ C, sa.identity(n))


def inverses_agree() -> sa.Argument:
    with sa.argument(LEFT, RIGHT) as a:
        back = a.have("A is undone on the left", sa.Equal(B @ A @ C, C), by=LEFT)
        there = a.have("and on the right", sa.Equal(B @ A @ C, B), by=RIGHT)
        a.show(sa.Equal(B, C), by=(back, there))
    return a


def test_it_proves_what_it_shows_under_its_assumptions() -> None:
    theorem = inverses_agree().theorem()
    assert theorem.claim == sa.Equal(B, C)
    assert theorem.given == (LEFT, RIGHT)


def test_a_step_knows_the_steps_that_it_uses() -> None:
    assert [step.uses for step in inverses_agree().steps] == [(), (), (1, 2)]


def test_a_step_that_does_not_follow_is_named() -> None:
    with pytest.raises(StepError, match=r"step 1 \(too much\) does not follow"), sa.argument(LEFT) as a:
        a.have("too much", sa.Equal(B, C), by=LEFT)


def test_a_step_uses_nothing_that_it_does_not_name() -> None:
    with pytest.raises(StepError), sa.argument(LEFT, RIGHT) as a:
        a.have("without a reason", sa.Equal(B @ A @ C, C))


def test_what_is_assumed_for_a_step_alone_is_said_and_stays_an_assumption() -> None:
    with sa.argument() as a:
        step = a.have("by the assumption", sa.Equal(B @ A @ C, C), by=LEFT)
        assert a.steps[0].words == f"by the assumption; where {sa.text(LEFT)}"
        assert step.given == (LEFT,)
        with pytest.raises(StepError):
            a.show(sa.Equal(B @ A @ C, C), by=step)
        a.show(sa.Implies(LEFT, sa.Equal(B @ A @ C, C)), by=step)


def test_an_argument_without_an_end_is_refused() -> None:
    with pytest.raises(StepError, match="nothing was shown"), sa.argument(LEFT) as a:
        a.have("A is undone", sa.Equal(B @ A @ C, C), by=LEFT)


def test_the_steps_of_an_argument_can_be_steps_of_another() -> None:
    with sa.argument(LEFT, RIGHT) as a:
        agree = a.have("the inverses agree", inverses_agree())
        a.show(sa.Equal(A @ B, sa.identity(n)), by=(agree, RIGHT))
    assert [step.uses for step in a.steps] == [(), (), (1, 2), (3,)]


def test_each_line_of_a_calculation_is_a_step_and_one_more_joins_them() -> None:
    with sa.argument(LEFT, RIGHT) as a:
        right = a.have("as assumed", RIGHT, by=RIGHT)
        lines = sa.calc(B, (LEFT, RIGHT)).eq(B @ A @ C, by=right).eq(C, by=LEFT)
        agree = a.have("so B is C", lines)
        a.show(sa.Equal(C, B), by=agree)
    assert [(step.words, step.uses) for step in a.steps[1:4]] == [
        ("", (1,)),
        (sa.text(LEFT), ()),
        ("so B is C", (2, 3)),
    ]
    assert a.steps[1].claim == sa.Equal(B, B @ A @ C)


def test_a_calculation_of_one_line_is_one_step() -> None:
    with sa.argument(LEFT) as a:
        cancel = a.have("cancel", sa.calc(C, LEFT).eq(B @ A @ C, by=LEFT))
        a.show(sa.Equal(B @ A @ C, C), by=cancel)
    assert [(step.words, step.uses) for step in a.steps] == [(f"cancel; {sa.text(LEFT)}", ()), ("", (1,))]


def test_what_is_supposed_is_a_step_and_is_done_away_with() -> None:
    with sa.argument() as a:
        left = a.suppose("A is undone on the left", LEFT)
        cancel = a.have("multiply by C", sa.Equal(B @ A @ C, C), by=left)
        a.show(sa.Implies(LEFT, sa.Equal(B @ A @ C, C)), by=cancel)
    assert a.steps[0].words == "suppose that A is undone on the left"
    assert cancel.given == (LEFT,)
    assert a.theorem().given == ()


def test_what_is_supposed_cannot_be_shown_as_if_it_were_given() -> None:
    """The last step is shown as it stands, so that nothing would say under what it holds."""
    a = sa.argument()
    left = a.suppose("A is undone on the left", LEFT)
    cancel = a.have("multiply by C", sa.Equal(B @ A @ C, C), by=left)
    with pytest.raises(StepError, match="B A = I, which is not assumed throughout"):
        a.show(cancel)


def test_what_another_argument_assumes_is_looked_up_among_what_is_supposed() -> None:
    with sa.argument() as a:
        a.suppose("A is undone on the right", RIGHT)
        a.suppose("and on the left", LEFT)
        agree = a.have("the inverses agree", inverses_agree())
        a.show(sa.Implies(LEFT, sa.Implies(RIGHT, sa.Equal(B, C))), by=agree)
    assert [step.uses for step in a.steps] == [(), (), (2,), (1,), (3, 4), (5,)]


def test_what_a_theorem_from_elsewhere_assumes_is_said() -> None:
    with sa.argument(LEFT) as a:
        agree = a.have("as is known", sa.Equal(B, C), by=inverses_agree().theorem())
        a.show(sa.Implies(RIGHT, sa.Equal(C, B)), by=agree)
    assert a.steps[0].words == f"as is known; where {sa.text(RIGHT)}"


def test_what_only_the_included_argument_assumes_is_said() -> None:
    with sa.argument(LEFT) as a:
        a.have("the inverses agree", inverses_agree())
        a.show(sa.Implies(RIGHT, sa.Equal(B, C)), by=a.steps[-1].theorem)
    assert [step.words for step in a.steps[:3]] == [
        "A is undone on the left",
        f"and on the right; where {sa.text(RIGHT)}",
        "the inverses agree",
    ]


def test_a_step_can_be_said_of_other_values() -> None:
    v, M, F = sa.matrix("v", n, 1), sa.matrix("M", n, n), sa.Equal(A @ A, A)
    with sa.argument(sa.Equal(M @ M, M)) as a:
        kept = a.have("A keeps its columns", sa.Equal(A @ A @ v, A @ v), by=F)
        here = a.at("and so does M", kept, {A: M, v: M @ v}, by=a.given)
        a.show(sa.Equal(M @ M @ M @ v, M @ M @ v), by=here)
    assert here.given == a.given
    assert a.steps[1].uses == (1,)


def test_a_step_is_not_said_of_values_for_which_its_assumptions_fail() -> None:
    M, F = sa.matrix("M", n, n), sa.Equal(A @ A, A)
    with sa.argument(F) as a:
        kept = a.have("three times", sa.Equal(A @ A @ A, A), by=F)
        with pytest.raises(StepError, match=r"step 2 \(M too\) does not follow"):
            a.at("M too", kept, {A: M})
        a.show(kept.claim, by=kept)


def test_an_assumption_of_a_step_becomes_a_premise_for_all_values_of_its_letters() -> None:
    every = sa.ForAll(B, sa.Implies(LEFT, sa.Equal(B, C)))
    with sa.argument(RIGHT) as a:
        same = a.have("both undo A", inverses_agree())
        a.show(a.have("so for every B", every, by=same, under=RIGHT))
    assert a.theorem().given == (RIGHT,)


def test_a_letter_that_is_spoken_of_elsewhere_does_not_stand_for_all_values() -> None:
    """What is given is about A too, and does not hold of every A."""
    first, second = sa.Equal(B, A), sa.Equal(A @ A, C)
    with sa.argument(second) as a:
        same = a.have("", sa.Equal(B @ A, C), by=(first, second))
        with pytest.raises(StepError):
            a.have("", sa.ForAll(A, sa.Implies(first, sa.Equal(B @ A, C))), by=same, under=second)
        a.show(sa.Equal(A @ A, C), by=second)


def test_the_steps_are_printed_with_their_reasons() -> None:
    @sa.theorem(section="3.1", says=sa.Equal(B, C), given=(LEFT, RIGHT))
    def agreement() -> sa.Argument:
        """A left and a right inverse agree."""
        return inverses_agree()

    text = written(document(agreement))
    assert "In steps:\n" in text
    assert "(1) A is undone on the left:\n    B A C = C\n" in text
    assert "(3) from (1) and (2): this is the claim.\n" in text


def test_a_sketch_is_printed_where_there_are_no_steps() -> None:
    @sa.theorem(section="3.1", says=sa.Equal(A, sa.T(sa.T(A))), sketch="Turn it round twice.")
    def twice() -> None:
        """Transposing twice does nothing."""

    assert "Idea: Turn it round twice." in written(document(twice))


def quotient_is_one(given: sa.Claim) -> None:
    """x/x = 1, from t/t = 1 for a positive t, where x is positive by what is given."""
    t, x = sa.scalar("t", positive=True), sa.scalar("x")
    with sa.argument(given) as a:
        whole = a.have("a positive number meets its inverse", sa.Equal(t * (1 / t), 1))
        a.show(a.at("such as x", whole, {t: x}, by=given))
    assert a.theorem().given == (given,)
    assert a.claim == sa.Equal(x * (1 / x), 1)


def test_what_is_proved_to_be_positive_stands_for_a_positive_letter() -> None:
    quotient_is_one(sa.AtMost(1, sa.scalar("x")))


def test_what_may_be_0_does_not() -> None:
    with pytest.raises(StepError, match=r"x > 0"):
        quotient_is_one(sa.AtMost(0, sa.scalar("x")))
