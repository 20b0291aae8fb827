"""Models: the heads of trained models, from files to certain statements.

tensor_files        the tensors of one file                  layouts            which way round, which head
checkpoints         folders, shards, what torch wrote        trained            heads as Q, K, V, O
configs             what a configuration says                unfolded, notes    what is left out, and said so
names               what tensors are called                  factored, thin_qr  spectra from the factors alone
tensors             of NumPy, torch and JAX                  reports            what is certain about a head
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symattn.lazy import attached

if TYPE_CHECKING:
    from symattn.models.checkpoints import read_weights as read_weights
    from symattn.models.factored import form_spectra as form_spectra, symmetric_spectra as symmetric_spectra
    from symattn.models.reports import HeadReport as HeadReport, head_report as head_report
    from symattn.models.tensor_files import Weights as Weights
    from symattn.models.trained import Head as Head, heads as heads
else:  # so that a misspelt name is seen by a type checker
    __getattr__, __dir__, __all__ = attached(__name__)
