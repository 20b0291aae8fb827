"""Every theorem held to every witness, as data.  The command line prints it.

Plan                     what is asked of every statement                        plan.py
Finding, Row             what one witness says, what all say of one theorem       findings.py
..._witness              the witnesses                                            witnesses.py
check, verify            one statement, several                                   job.py
"""

from symattn.verify.findings import Finding, Row, together
from symattn.verify.job import check, verify
from symattn.verify.plan import Plan
from symattn.verify.witnesses import exact_witness, kernel_witness, rounded_witness, trained_witness

__all__ = [
    "Finding",
    "Plan",
    "Row",
    "check",
    "exact_witness",
    "kernel_witness",
    "rounded_witness",
    "together",
    "trained_witness",
    "verify",
]
