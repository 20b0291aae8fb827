"""Finding the rule of a node.  An unknown node is refused, never guessed."""

from functools import lru_cache
from typing import Any

from symattn.errors import LanguageError
from symattn.language import text
from symattn.language.walk import nearest
from symattn.numeric.evaluation import rules_algebra, rules_heads

VALUES = rules_algebra.ALGEBRA | rules_heads.OVER_HEADS


@lru_cache(maxsize=1024)  # there are few classes, and many nodes
def _of_class(kind: Any) -> rules_algebra.Rule | None:
    return nearest(VALUES, kind)


def rule_for(node: Any) -> rules_algebra.Rule:
    """The rule of the node's class, or of the nearest class above it that has one."""
    rule = _of_class(node.__class__)
    if rule is None:
        raise LanguageError(f"{text(node)} cannot be evaluated: {type(node).__name__} is not part of the language")
    return rule
