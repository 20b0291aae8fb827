"""What holds at 0 and never falls holds for all t >= 0; what is refused says which premise is at fault."""

import pytest
import sympy

from symattn.errors import TheoremError
from symattn.language import AtMost, Partial, exp, log, reciprocal, row, scalar, sizes, total
from symattn.proof import Theorem, decide, prove, replay, rising

t, u, positive = scalar("t"), scalar("u"), scalar("p", positive=True)
LATER = AtMost(0, t)
ABOVE = exp(t) - 1 - t


def at_0(F: sympy.Expr) -> Theorem:
    return prove(AtMost(0, F.subs(t, 0)))


def steep(F: sympy.Expr, *given: AtMost) -> Theorem:
    return prove(AtMost(0, Partial(F, t)), given=(LATER, *given))


def test_twice_in_a_row_it_gives_the_next_term_of_taylor() -> None:
    """`e^t >= 1 + t + t²/2` does not follow from `e^x >= 1 + x` alone."""
    F = exp(t) - 1 - t - t**2 / 2
    first = rising(ABOVE, t, base=at_0(ABOVE), step=steep(ABOVE))
    slope = prove(AtMost(0, Partial(F, t)), given=LATER, using=[first])
    found = rising(F, t, base=at_0(F), step=slope)
    assert (found.claim, found.given) == (AtMost(0, F), (LATER,))
    assert replay(found.certificate()).conclusion == found.kernel.conclusion


def test_hypotheses_about_other_letters_are_kept() -> None:
    least = AtMost(0, u)
    found = rising(u * t, t, base=prove(AtMost(0, u * 0)), step=steep(u * t, least))
    assert set(found.given) == {least, LATER}


def test_without_its_hypothesis_the_bound_is_false() -> None:
    assert decide(AtMost(0, exp(t) - 1 - t - t**2 / 2)).status == "refuted"


def test_a_premise_about_something_else_is_refused() -> None:
    F, least = exp(t) - t - u, AtMost(u, 1)
    base, step = prove(AtMost(0, F.subs(t, 0)), given=least), steep(F)
    assert rising(F, t, base=base, step=step).given == (least, LATER)
    for first, then in ((step, step), (base, base), (at_0(ABOVE), step)):
        with pytest.raises(TheoremError, match="nothing rises in t"):
            rising(F, t, base=first, step=then)


def test_a_hypothesis_about_t_is_refused() -> None:
    """(t - 1)² - 1 is 0 at 0 and rises for t >= 1, but is negative in between."""
    F = (t - 1) ** 2 - 1
    step = prove(AtMost(0, Partial(F, t)), given=AtMost(1, t))
    with pytest.raises(TheoremError, match="about t"):
        rising(F, t, base=prove(AtMost(0, (0 * u - 1) ** 2 - 1)), step=step)


def test_a_positive_number_and_a_matrix_are_no_place_to_start() -> None:
    step = prove(AtMost(0, Partial(positive, positive)))
    with pytest.raises(TheoremError, match="may be 0|something positive|declared"):
        rising(positive, positive, base=prove(AtMost(0, 0 * u)), step=step)
    s = row("s", sizes("n"))
    with pytest.raises(TheoremError, match="not a scalar"):
        rising(total(s), s, base=prove(AtMost(0, 0 * u)), step=step)


@pytest.mark.parametrize("F", [log(1 + t), -reciprocal(t - 1), t * reciprocal(1 + t)])
def test_what_may_have_no_slope_is_refused(F: sympy.Expr) -> None:
    """-1/(t - 1) is 1 at 0, rises wherever it has a slope, and is negative for t > 1."""
    assume = AtMost(0, u), AtMost(u, 0)
    with pytest.raises(TheoremError, match="may vanish"):
        rising(F, t, base=prove(AtMost(0, 0 * u), given=assume), step=prove(AtMost(0, 0 * u), given=assume))
