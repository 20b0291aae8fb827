"""Layer verify: every theorem held to every witness, as data.  The command line prints it.

Finding, Row             what one witness says, what all say of one theorem       findings.py
kernel, numeric, trained witnesses                                                witnesses.py
select, check, verify    the statements by name, one of them, several             job.py
"""

from .findings import Finding, Row, together
from .job import check, select, verify
from .witnesses import kernel_witness, numeric_witness, trained_witness

__all__ = [
    "Finding",
    "Row",
    "check",
    "kernel_witness",
    "numeric_witness",
    "select",
    "together",
    "trained_witness",
    "verify",
]
