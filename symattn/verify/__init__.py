"""Layer verify: every theorem held to every witness, as data.  The command line prints it.

Plan                     what is asked of every statement                        plan.py
Finding, Row             what one witness says, what all say of one theorem       findings.py
..._witness              the witnesses                                            witnesses.py
select, check, verify    the statements by name, one of them, several             job.py
"""

from .findings import Finding, Row, together
from .job import check, select, verify
from .plan import Plan
from .witnesses import exact_witness, kernel_witness, rounded_witness, trained_witness

__all__ = [
    "Finding",
    "Plan",
    "Row",
    "check",
    "exact_witness",
    "kernel_witness",
    "rounded_witness",
    "select",
    "together",
    "trained_witness",
    "verify",
]
