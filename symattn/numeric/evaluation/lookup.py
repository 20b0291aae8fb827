"""Finding the rule of a node.  An unknown node is refused, never guessed."""

from functools import lru_cache, partial
from typing import Any

from symattn.errors import LanguageError
from symattn.language import text
from symattn.language.walk import nearest
from symattn.numeric.evaluation import rules_algebra, rules_heads

VALUES = rules_algebra.ALGEBRA | rules_heads.OVER_HEADS


_of_class = lru_cache(maxsize=1024)(partial(nearest, VALUES))


def rule_for(node: Any) -> rules_algebra.Rule:
    """The rule of the node's class, or of the nearest class above it that has one."""
    rule = _of_class(type(node))
    if rule is None:
        raise LanguageError(f"{text(node)} cannot be evaluated: {type(node).__name__} is not part of the language")
    return rule
