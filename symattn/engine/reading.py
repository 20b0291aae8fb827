"""What others may read of normal forms: their parts by name, sums and products, and whether one would be too long.

The proof layer uses no more.
"""

from __future__ import annotations

from symattn.engine.finder.counting import is_long, refuse_long
from symattn.engine.normal.functions import argument_of, split_content
from symattn.engine.normal.polynomial import (
    EMPTY,
    SKELETONS,
    Factor,
    Monomial,
    Number,
    Params,
    Poly,
    accumulate,
    is_positive,
    merge_parameters,
    multiply,
    parameter_of,
    positive_parameter,
    raise_power,
    scale,
    tidy_number,
)
from symattn.engine.normal.sums import is_open_sum, opened

__all__ = [
    "EMPTY",
    "SKELETONS",
    "Factor",
    "Monomial",
    "Number",
    "Params",
    "Poly",
    "accumulate",
    "argument_of",
    "is_long",
    "is_open_sum",
    "is_positive",
    "merge_parameters",
    "multiply",
    "opened",
    "parameter_of",
    "positive_parameter",
    "raise_power",
    "refuse_long",
    "scale",
    "split_content",
    "tidy_number",
]
