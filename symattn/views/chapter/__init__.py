"""A chapter, as the scripts in derivations/ write it: `chapter` collects `parts`, `as_...` write,
`pictures` draw in LaTeX alone and `figures` by matplotlib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symattn.lazy import attached

if TYPE_CHECKING:
    from symattn.views.chapter.bounded import rounded as rounded
    from symattn.views.chapter.chapter import Chapter as Chapter
else:
    __getattr__, __dir__, __all__ = attached(__name__)
