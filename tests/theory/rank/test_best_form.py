"""When the best form is unique: what is stated is proved, and not without what it rests on."""

from __future__ import annotations

from typing import Any

from symattn.theory.rank import best_form as ch
from tests.theory.chapter import chapter_tests

NEAR_MISSES: dict[str, tuple[Any, Any]] = {
    "best_form_is_unique": (ch.best_form_is_unique.says, ()),
    "best_form_may_be_two": (ch.best_form_may_be_two.says, ch.directions[:4]),
}


test_proved, test_near_misses, test_complete = chapter_tests(ch, NEAR_MISSES)
